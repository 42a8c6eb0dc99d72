import * as fs from 'node:fs';
import * as path from 'node:path';
import { readManifest, readOutput, requireOutput } from '../../lib/assembly/read';
import { writeAssembly } from '../../lib/assembly/write';
import { assemblyOf, errorOf, newFolder, removeFolders } from './support';

afterEach(removeFolders);

function written() {
  const folder = newFolder();
  const assembly = assemblyOf(folder, {
    payments: { 'docker-compose.yml': 'name: payments\n', 'agent/Dockerfile': 'FROM debian\n' },
    billing: { 'docker-compose.yml': 'name: billing\n' },
  });
  writeAssembly(assembly);
  return { folder, assembly };
}

describe('readManifest', () => {
  it('gives back the manifest that was written', () => {
    const { folder, assembly } = written();
    expect(readManifest(folder)).toEqual(assembly.manifest);
  });

  it('gives nothing when there is no folder, or nothing in it', () => {
    const folder = newFolder();
    expect(readManifest(folder)).toBeUndefined();
    fs.mkdirSync(folder);
    expect(readManifest(folder)).toBeUndefined();
  });

  const valid = {
    level: 1,
    dataClassification: 'public',
    services: [],
    acknowledged: [],
    files: {},
  };
  const entries: [string, unknown][] = [
    ['entry', null],
    ['level', { ...valid, level: 4 }],
    ['dataClassification', { ...valid, dataClassification: 'secret' }],
    ['services', { ...valid, services: [1] }],
    ['acknowledged', { ...valid, acknowledged: [{ rule: 'x' }] }],
    ['files', { ...valid, files: { 'a/../b': '0'.repeat(64) } }],
    ['files', { ...valid, files: { a: 'not a hash' } }],
  ];
  it.each(entries)('names the part that is not valid: %s', (part, entry) => {
    const folder = newFolder();
    fs.mkdirSync(folder);
    const manifest = { format: 1, policyDigest: '', sandboxes: { lab: entry } };
    fs.writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
    const error = errorOf(() => readManifest(folder));
    expect(error).toMatchObject({ code: 'OUTPUT_FOREIGN' });
    expect(error.message).toContain(`no valid ${part} for the sandbox lab`);
  });
});

describe('readOutput', () => {
  it('gives the content of every generated file', () => {
    const { folder } = written();
    fs.writeFileSync(path.join(folder, 'payments/notes.md'), 'mine');
    const output = readOutput(folder)!;
    expect(output.interrupted).toBe(false);
    const payments = output.sandboxes.find(({ name }) => name === 'payments')!;
    expect(payments).toMatchObject({
      folder: path.join(folder, 'payments'),
      manifest: { level: 1, services: ['agent'] },
      changed: [],
      missing: [],
    });
    expect([...payments.files]).toEqual([
      ['docker-compose.yml', 'name: payments\n'],
      ['agent/Dockerfile', 'FROM debian\n'],
    ]);
  });

  it('tells files that were changed, by a byte even, and files that are missing', () => {
    const { folder } = written();
    fs.rmSync(path.join(folder, 'payments/agent'), { recursive: true });
    fs.appendFileSync(path.join(folder, 'payments/docker-compose.yml'), Buffer.from([0xff]));
    expect(readOutput(folder, ['payments'])!.sandboxes).toMatchObject([
      { changed: ['docker-compose.yml'], missing: ['agent/Dockerfile'] },
    ]);
  });

  it('reads only the sandboxes that were asked for', () => {
    const { folder } = written();
    const output = readOutput(folder, ['billing', 'constructor', 'billing'])!;
    expect(output.sandboxes.map(({ name }) => name)).toEqual(['billing']);
    expect(Object.keys(output.manifest.sandboxes)).toHaveLength(2);
  });

  it('tells that a run was cut short', () => {
    const { folder } = written();
    fs.writeFileSync(path.join(folder, 'manifest.pending.json'), '{"files":{}}');
    expect(readOutput(folder)!.interrupted).toBe(true);
  });

  it('follows no symlink', () => {
    const { folder } = written();
    fs.rmSync(path.join(folder, 'payments/docker-compose.yml'));
    fs.symlinkSync('/etc/hostname', path.join(folder, 'payments/docker-compose.yml'));
    expect(errorOf(() => readOutput(folder))).toMatchObject({ code: 'OUTPUT_UNSAFE' });
    const link = newFolder('link');
    fs.symlinkSync(folder, link);
    expect(errorOf(() => readOutput(link))).toMatchObject({ code: 'OUTPUT_UNSAFE' });
  });
});

describe('requireOutput', () => {
  it('says what to do when nothing was synthesized yet', () => {
    const folder = newFolder();
    const error = errorOf(() => requireOutput(folder));
    expect(error).toMatchObject({ code: 'OUTPUT_MISSING', paths: [folder] });
    expect(error.message).toContain('run sandbox-cdk synth first');
  });

  it('gives what is there', () => {
    const { folder } = written();
    expect(requireOutput(folder)).toEqual(readOutput(folder));
  });
});
