import * as fs from 'node:fs';
import * as path from 'node:path';
import { readManifest } from '../../lib/assembly/read';
import { writeAssembly } from '../../lib/assembly/write';
import {
  assemblyOf,
  errorOf,
  FIRST,
  generatedIn,
  lookAt,
  newFolder,
  removeFolders,
  stateOf,
  withoutRightTo,
  written,
} from './support';

afterEach(removeFolders);

function edit(folder: string, file: string, content = 'my own work\n'): void {
  fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  fs.writeFileSync(path.join(folder, file), content);
}

describe('the first write', () => {
  it('makes the folder and every file in it, and a manifest that knows them', () => {
    const folder = newFolder('deep/down/sandbox.out');
    const result = writeAssembly(assemblyOf(folder, FIRST));
    expect(result).toEqual({
      written: [
        'payments/docker-compose.yml',
        'payments/agent/Dockerfile',
        'billing/docker-compose.yml',
        'manifest.json',
      ],
      unchanged: 0,
      removed: [],
    });
    expect(generatedIn(folder)).toEqual({
      'payments/docker-compose.yml': 'name: payments\n',
      'payments/agent/Dockerfile': 'FROM debian\n',
      'billing/docker-compose.yml': 'name: billing\n',
    });
    expect(Object.keys(readManifest(folder)!.sandboxes)).toEqual(['billing', 'payments']);
  });

  it('gives files the mode 0644 and folders 0755, less what the umask takes', () => {
    const old = process.umask(0o022);
    try {
      const folder = written();
      expect(fs.statSync(path.join(folder, 'payments/agent/Dockerfile')).mode & 0o777).toBe(0o644);
      expect(fs.statSync(path.join(folder, 'payments/agent')).mode & 0o777).toBe(0o755);
      process.umask(0o077);
      const secret = written();
      expect(fs.statSync(path.join(secret, 'payments/agent/Dockerfile')).mode & 0o777).toBe(0o600);
      expect(fs.statSync(path.join(secret, 'payments')).mode & 0o777).toBe(0o700);
    } finally {
      process.umask(old);
    }
  });

  it('fills a folder that is there and holds files of other names', () => {
    const folder = newFolder();
    edit(folder, 'README.md');
    writeAssembly(assemblyOf(folder, FIRST));
    expect(generatedIn(folder)).toMatchObject({ 'README.md': 'my own work\n' });
    expect(generatedIn(folder)).toHaveProperty(['billing/docker-compose.yml']);
  });

  it('refuses to replace a file that it did not write, and writes nothing', () => {
    const folder = newFolder();
    edit(folder, 'payments/docker-compose.yml');
    edit(folder, 'payments/agent/Dockerfile');
    const error = errorOf(() => writeAssembly(assemblyOf(folder, FIRST)));
    expect(error).toMatchObject({
      code: 'OUTPUT_FOREIGN',
      paths: ['payments/docker-compose.yml', 'payments/agent/Dockerfile'],
    });
    expect(error.message).toContain('payments/agent/Dockerfile');
    expect(error.message).toContain('--overwrite');
    expect(Object.keys(lookAt(folder))).toHaveLength(2);
  });

  it('accepts a file that it did not write when it holds just what is wanted', () => {
    const folder = newFolder();
    edit(folder, 'billing/docker-compose.yml', FIRST.billing['docker-compose.yml']);
    expect(writeAssembly(assemblyOf(folder, FIRST)).unchanged).toBe(1);
  });
});

describe('writing the same again', () => {
  it('touches no file and no folder', () => {
    const folder = written();
    const entries = ['', 'manifest.json', 'payments', 'payments/agent/Dockerfile'];
    const before = entries.map((entry) => stateOf(path.join(folder, entry)));
    const result = writeAssembly(assemblyOf(folder, FIRST));
    expect(result).toEqual({ written: [], unchanged: 4, removed: [] });
    expect(entries.map((entry) => stateOf(path.join(folder, entry)))).toEqual(before);
  });

  it('needs no right to write', () => {
    const folder = written();
    const write = () => writeAssembly(assemblyOf(folder, FIRST));
    expect(withoutRightTo(folder, '', write)).toMatchObject({ unchanged: 4 });
  });

  it('writes back a file that somebody deleted, and only that', () => {
    const folder = written();
    const kept = stateOf(path.join(folder, 'payments/docker-compose.yml'));
    fs.rmSync(path.join(folder, 'payments/agent'), { recursive: true });
    const result = writeAssembly(assemblyOf(folder, FIRST));
    expect(result).toMatchObject({ written: ['payments/agent/Dockerfile'], unchanged: 3 });
    expect(stateOf(path.join(folder, 'payments/docker-compose.yml'))).toBe(kept);
  });

  it('holds for text that is not well-formed, and for text that looks like broken bytes', () => {
    const contents = {
      lab: { lone: 'a\ud800b', replacement: 'a\ufffdb', empty: '', bom: '\ufeffx' },
    };
    const folder = written(contents);
    expect(writeAssembly(assemblyOf(folder, contents)).written).toEqual([]);
    fs.writeFileSync(path.join(folder, 'lab/replacement'), Buffer.from([0x61, 0xff, 0x62]));
    expect(errorOf(() => writeAssembly(assemblyOf(folder, contents)))).toMatchObject({
      code: 'OUTPUT_EDITED',
      paths: ['lab/replacement'],
    });
  });
});

describe('writing something else', () => {
  const second = {
    payments: { 'docker-compose.yml': 'name: payments\n# new\n', 'agent/run.sh': 'exec agent\n' },
    web: { 'docker-compose.yml': 'name: web\n' },
  };

  it('writes what changed, and removes what is no longer produced, with its empty folders', () => {
    const folder = written();
    const result = writeAssembly(assemblyOf(folder, second));
    expect(result).toEqual({
      written: [
        'payments/docker-compose.yml',
        'payments/agent/run.sh',
        'web/docker-compose.yml',
        'manifest.json',
      ],
      unchanged: 0,
      removed: ['billing/docker-compose.yml', 'payments/agent/Dockerfile'],
    });
    expect(generatedIn(folder)).toEqual({
      'payments/docker-compose.yml': 'name: payments\n# new\n',
      'payments/agent/run.sh': 'exec agent\n',
      'web/docker-compose.yml': 'name: web\n',
    });
    expect(fs.existsSync(path.join(folder, 'billing'))).toBe(false);
  });

  it('replaces a file by a new one, so that no reader sees half of it', () => {
    const folder = written();
    const file = path.join(folder, 'payments/docker-compose.yml');
    const reader = fs.openSync(file, 'r');
    writeAssembly(assemblyOf(folder, second));
    expect(fs.readFileSync(reader, 'utf8')).toBe('name: payments\n');
    fs.closeSync(reader);
  });

  it('leaves a folder in which something else lies', () => {
    const folder = written();
    edit(folder, 'billing/output/agent/result.txt');
    edit(folder, 'payments/agent/notes.md');
    const result = writeAssembly(assemblyOf(folder, { web: second.web }));
    expect(result.removed).toHaveLength(3);
    expect(generatedIn(folder)).toEqual({
      'billing/output/agent/result.txt': 'my own work\n',
      'payments/agent/notes.md': 'my own work\n',
      'web/docker-compose.yml': 'name: web\n',
    });
  });

  it('refuses to lose files edited by hand, produced or not, names them all and writes nothing', () => {
    const folder = written();
    edit(folder, 'payments/docker-compose.yml');
    edit(folder, 'billing/docker-compose.yml');
    const before = lookAt(folder);
    const error = errorOf(() => writeAssembly(assemblyOf(folder, second)));
    expect(error).toMatchObject({
      code: 'OUTPUT_EDITED',
      paths: ['billing/docker-compose.yml', 'payments/docker-compose.yml'],
    });
    expect(error.message).toMatch(/payments\/docker-compose\.yml[^]*--overwrite/);
    expect(lookAt(folder)).toEqual(before);
  });

  it('accepts an edit that made the file just what is wanted', () => {
    const folder = written();
    edit(folder, 'payments/docker-compose.yml', second.payments['docker-compose.yml']);
    expect(writeAssembly(assemblyOf(folder, second)).unchanged).toBe(1);
  });

  it('with overwrite, replaces and removes edited files, and leaves everything else alone', () => {
    const folder = written();
    edit(folder, 'payments/docker-compose.yml');
    edit(folder, 'billing/docker-compose.yml');
    edit(folder, 'web/docker-compose.yml');
    edit(folder, 'web/notes.md');
    writeAssembly(assemblyOf(folder, second), { overwrite: true });
    expect(generatedIn(folder)).toEqual({
      'payments/docker-compose.yml': 'name: payments\n# new\n',
      'payments/agent/run.sh': 'exec agent\n',
      'web/docker-compose.yml': 'name: web\n',
      'web/notes.md': 'my own work\n',
    });
  });

  it('can put a file in the place of a folder of generated files, and the reverse', () => {
    const one = { lab: { 'a/b/c': '1', d: '2' } };
    const two = { lab: { a: '3', 'd/e': '4' } };
    const folder = written(one);
    writeAssembly(assemblyOf(folder, two));
    expect(generatedIn(folder)).toEqual({ 'lab/a': '3', 'lab/d/e': '4' });
    writeAssembly(assemblyOf(folder, one));
    expect(generatedIn(folder)).toEqual({ 'lab/a/b/c': '1', 'lab/d': '2' });
  });

  it('refuses to put a file in the place of a folder that holds anything else, even with overwrite', () => {
    const folder = written({ lab: { 'a/b': '1' } });
    edit(folder, 'lab/a/mine');
    const before = lookAt(folder);
    const write = () => writeAssembly(assemblyOf(folder, { lab: { a: '2' } }), { overwrite: true });
    expect(errorOf(write)).toMatchObject({ code: 'OUTPUT_FOREIGN', paths: ['lab/a'] });
    expect(lookAt(folder)).toEqual(before);
  });

  it('refuses to put a folder in the place of a file that it did not write', () => {
    const folder = newFolder();
    edit(folder, 'lab/a');
    const write = () => writeAssembly(assemblyOf(folder, { lab: { 'a/b': '2' } }));
    expect(errorOf(write)).toMatchObject({ code: 'OUTPUT_FOREIGN', paths: ['lab/a'] });
  });

  it('is not misled by sandboxes and files that are called as what every object has', () => {
    const folder = written({ constructor: { 'to-string': '1', hasownproperty: '2' } });
    const next = { constructor: { valueOf: '3', __proto__x: '4', constructor: '5' } };
    writeAssembly(assemblyOf(folder, next));
    expect(generatedIn(folder)).toEqual({
      'constructor/valueOf': '3',
      'constructor/__proto__x': '4',
      'constructor/constructor': '5',
    });
  });
});

describe('writing a few sandboxes only', () => {
  it('keeps the others, on disk and in the manifest', () => {
    const folder = written();
    const next = assemblyOf(folder, { billing: { 'docker-compose.yml': 'name: new\n' } });
    const result = writeAssembly(next, { only: ['billing'] });
    expect(result).toMatchObject({ written: ['billing/docker-compose.yml', 'manifest.json'] });
    expect(generatedIn(folder)).toMatchObject({
      'billing/docker-compose.yml': 'name: new\n',
      'payments/docker-compose.yml': 'name: payments\n',
    });
    expect(Object.keys(readManifest(folder)!.sandboxes)).toEqual(['billing', 'payments']);
    expect(writeAssembly(next, { only: ['billing'] }).written).toEqual([]);
  });

  it('leaves the same manifest as a write of all', () => {
    const folder = newFolder();
    for (const name of ['payments', 'billing'] as const) {
      writeAssembly(assemblyOf(folder, { [name]: FIRST[name] }), { only: [name] });
    }
    expect(writeAssembly(assemblyOf(folder, FIRST)).written).toEqual([]);
  });

  it('does not look at edits in the others', () => {
    const folder = written();
    edit(folder, 'payments/docker-compose.yml');
    const next = assemblyOf(folder, { billing: { 'docker-compose.yml': 'new\n' } });
    expect(writeAssembly(next, { only: ['billing'] }).written).toContain('manifest.json');
    expect(generatedIn(folder)).toMatchObject({ 'payments/docker-compose.yml': 'my own work\n' });
  });
});

describe('a manifest that cannot be understood', () => {
  const cases: [string, string, RegExp][] = [
    ['no JSON', '{', /no JSON/],
    ['empty', '', /no JSON/],
    ['a merge conflict', '{\n<<<<<<< ours\n"a": 1\n=======\n}', /merge conflict/],
    ['a list', '[]', /no JSON object/],
    ['somebody else’s', '{"name":"my web app"}', /no format 1/],
    ['of a newer version', '{"format":2}', /format 2.*Update sandbox-cdk/],
    [
      'one that reaches out of the folder',
      `{"format":1,"policyDigest":"","sandboxes":{"a":{"level":1,"dataClassification":"public","services":[],"acknowledged":[],"files":{"../../x":"${'0'.repeat(64)}"}}}}`,
      /no valid files for the sandbox a/,
    ],
  ];
  it.each(cases)('stops the write: %s', (_, text, message) => {
    const folder = written();
    edit(folder, 'manifest.json', text);
    const before = lookAt(folder);
    const next = assemblyOf(folder, { payments: { 'docker-compose.yml': 'new\n' } });
    const error = errorOf(() => writeAssembly(next));
    expect(error).toMatchObject({ code: 'OUTPUT_FOREIGN' });
    expect(error.message).toMatch(message);
    expect(lookAt(folder)).toEqual(before);
    writeAssembly(next, { overwrite: true });
    expect(generatedIn(folder)).toMatchObject({ 'payments/docker-compose.yml': 'new\n' });
  });
});

describe('a system that refuses', () => {
  it('names the path, the reason and the fix when a parent is a file', () => {
    const folder = newFolder('file/sandbox.out');
    fs.writeFileSync(path.dirname(folder), '');
    const error = errorOf(() => writeAssembly(assemblyOf(folder, FIRST)));
    expect(error).toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
    expect(error.message).toMatch(/file\/sandbox.out: a part of this path is a file.*\(ENOTDIR/);
  });

  it('names a folder without permission, and mends everything once it has it', () => {
    const folder = written();
    const next = assemblyOf(folder, {
      billing: { 'docker-compose.yml': 'new\n' },
      payments: { 'docker-compose.yml': 'new\n', 'agent/Dockerfile': 'new\n' },
    });
    const write = () => writeAssembly(next);
    const error = errorOf(() => withoutRightTo(folder, 'payments/agent', write));
    expect(error).toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
    expect(error.message).toMatch(/payments\/agent.*permission denied \(EACCES.*give yourself/);
    expect(lookAt(folder)).toHaveProperty(['manifest.pending.json']);
    expect(lookAt(folder)).toMatchObject({ 'payments/docker-compose.yml': 'new\n' });

    const other = { payments: { 'docker-compose.yml': 'third\n', 'agent/Dockerfile': 'third\n' } };
    writeAssembly(assemblyOf(folder, other));
    expect(generatedIn(folder)).toEqual({
      'payments/docker-compose.yml': 'third\n',
      'payments/agent/Dockerfile': 'third\n',
    });
  });
});
