import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
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
  written,
} from './support';

afterEach(removeFolders);

describe('paths that must not be written', () => {
  const paths = [
    '/etc/passwd',
    '../x',
    'a/../../x',
    'a//b',
    'a/',
    './a',
    'a/./b',
    'a\\b',
    'C:/x',
    '',
  ];
  it.each([...paths, 'a\0b', 'a\nb', '..', '.', 'a/.sandbox-cdk.tmp', 'a\ud800'])(
    'refuses the file %j before anything is written',
    (file) => {
      const folder = newFolder();
      const write = () => writeAssembly(assemblyOf(folder, { lab: { ok: '1', [file]: '2' } }));
      expect(errorOf(write)).toMatchObject({ code: 'OUTPUT_UNSAFE' });
      expect(fs.existsSync(folder)).toBe(false);
    },
  );

  it.each(['../lab', '', '/', 'Lab', 'manifest.json', '.lock'])(
    'refuses the sandbox %j',
    (name) => {
      const folder = newFolder();
      const write = () => writeAssembly(assemblyOf(folder, { [name]: { ok: '1' } }));
      expect(errorOf(write)).toMatchObject({ code: 'OUTPUT_UNSAFE' });
      expect(fs.existsSync(folder)).toBe(false);
    },
  );

  it('refuses a file that is also the folder of another', () => {
    const write = () => writeAssembly(assemblyOf(newFolder(), { lab: { 'a/b/c': '1', a: '2' } }));
    expect(errorOf(write)).toMatchObject({ code: 'OUTPUT_UNSAFE' });
  });
});

describe('folders that must not be written', () => {
  it('refuses the root of the disk, the home folder, what lies above it, and no absolute path', () => {
    const home = execFileSync('sh', ['-c', 'getent passwd $(id -u) | cut -d: -f6'])
      .toString()
      .trim();
    for (const folder of ['/', '//', '/.', home, `${home}/`, path.dirname(home), 'sandbox.out']) {
      const error = errorOf(() => writeAssembly(assemblyOf(folder, { lab: { ok: '1' } })));
      expect(error).toMatchObject({ code: 'OUTPUT_UNSAFE' });
    }
  });

  it('refuses the project folder and what lies above it', () => {
    const project = path.dirname(newFolder());
    const write = (folder: string) => () =>
      writeAssembly(assemblyOf(folder, FIRST), { projectDir: project });
    expect(errorOf(write(project))).toMatchObject({ code: 'OUTPUT_UNSAFE' });
    expect(errorOf(write(path.dirname(project)))).toMatchObject({ code: 'OUTPUT_UNSAFE' });
    fs.writeFileSync(path.join(project, 'cdk-like.json'), '{}');
    expect(errorOf(() => writeAssembly(assemblyOf(project, FIRST)))).toMatchObject({
      code: 'OUTPUT_UNSAFE',
    });
    expect(Object.keys(lookAt(project))).toEqual(['cdk-like.json']);
    expect(write(path.join(project, '..out'))().written).toContain('manifest.json');
  });
});

describe('traps in the output folder', () => {
  /** Replaces an entry of a written folder by a symlink to a copy of it elsewhere. */
  function moveAway(folder: string, entry: string): string {
    const elsewhere = newFolder('elsewhere');
    fs.renameSync(path.join(folder, entry), elsewhere);
    fs.symlinkSync(elsewhere, path.join(folder, entry));
    return elsewhere;
  }

  it.each(['', 'payments', 'payments/agent', 'payments/docker-compose.yml', 'manifest.json'])(
    'refuses a symlink at %j, whatever is behind it',
    (entry) => {
      const folder = written();
      const elsewhere = moveAway(folder, entry);
      const state = stateOf(elsewhere);
      const next = { ...FIRST, payments: { ...FIRST.payments, 'docker-compose.yml': 'new\n' } };
      for (const contents of [FIRST, next, { web: { a: '1' } }]) {
        for (const overwrite of [false, true]) {
          const write = () => writeAssembly(assemblyOf(folder, contents), { overwrite });
          expect(errorOf(write)).toMatchObject({ code: 'OUTPUT_UNSAFE' });
        }
      }
      expect(stateOf(elsewhere)).toBe(state);
    },
  );

  it('refuses a symlink that leads nowhere', () => {
    const folder = written();
    fs.rmSync(path.join(folder, 'payments/docker-compose.yml'));
    fs.symlinkSync('/nowhere', path.join(folder, 'payments/docker-compose.yml'));
    const write = () => writeAssembly(assemblyOf(folder, FIRST));
    expect(errorOf(write)).toMatchObject({ code: 'OUTPUT_UNSAFE' });
  });

  it('writes through a symlink above the output folder, as people have them', () => {
    const folder = newFolder('real/sandbox.out');
    fs.mkdirSync(path.dirname(folder));
    const link = path.join(path.dirname(path.dirname(folder)), 'link');
    fs.symlinkSync('real', link);
    writeAssembly(assemblyOf(path.join(link, 'sandbox.out'), FIRST));
    expect(generatedIn(folder)).toHaveProperty(['billing/docker-compose.yml']);
  });

  it.each(['x', ''])(
    'refuses a named pipe in the place of a file with the content %j',
    (content) => {
      const folder = written({ lab: { file: content } });
      fs.rmSync(path.join(folder, 'lab/file'));
      execFileSync('mkfifo', [path.join(folder, 'lab/file')]);
      const error = errorOf(() => writeAssembly(assemblyOf(folder, { lab: { file: content } })));
      expect(error).toMatchObject({ code: 'OUTPUT_UNSAFE' });
      expect(error.message).toContain('neither a file nor a folder');
    },
  );

  it('refuses an output folder that is a file', () => {
    const folder = newFolder();
    fs.writeFileSync(folder, 'mine');
    const write = () => writeAssembly(assemblyOf(folder, FIRST));
    expect(errorOf(write)).toMatchObject({ code: 'OUTPUT_UNSAFE' });
  });
});
