import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { findDrift } from '../../lib/assembly/drift';
import { readOutput } from '../../lib/assembly/read';
import { writeAssembly } from '../../lib/assembly/write';
import { OutputTree } from '../../lib/assembly/output-tree';
import { asNobody } from '../as-nobody';
import { assemblyOf, errorOf, generatedIn, newFolder, removeFolders, stateOf } from './support';

afterEach(removeFolders);

describe('a generated file in the folder that an agent writes to', () => {
  const seed = 'lab/output/agent/.gitignore';
  const contents = (text: string) => ({
    lab: { 'docker-compose.yml': `# ${text}\n`, 'output/agent/.gitignore': text },
  });
  const folderWith = (text: string) => {
    const folder = newFolder();
    writeAssembly(assemblyOf(folder, contents(text)));
    return folder;
  };

  it('is written when it is missing, and replaced while it is as generated', () => {
    const folder = folderWith('old');
    writeAssembly(assemblyOf(folder, contents('new')));
    expect(generatedIn(folder)).toMatchObject({ [seed]: 'new' });
    fs.rmSync(path.join(folder, seed));
    expect(writeAssembly(assemblyOf(folder, contents('new'))).written).toEqual([seed]);
  });

  const closings: [string, (file: string) => void][] = [
    ['closed the file', (file) => fs.chmodSync(file, 0o000)],
    ['closed its folder', (file) => fs.chmodSync(path.dirname(file), 0o000)],
    ['made it too large to read', (file) => fs.truncateSync(file, 3 * 2 ** 30)],
  ];
  it.each(closings)('keeps nobody from reading the folder once an agent has %s', (_, close) => {
    const folder = folderWith('old');
    fs.chmodSync(path.dirname(folder), 0o755);
    close(path.join(folder, seed));
    const read = () => readOutput(folder)!.sandboxes;
    expect(asNobody(read)).toMatchObject([{ changed: [], missing: [] }]);
    fs.chmodSync(path.dirname(path.join(folder, seed)), 0o755);
  });

  const traps: [string, (file: string) => void][] = [
    ['an edited file', (file) => fs.writeFileSync(file, 'agent')],
    ['a symlink', (file) => fs.symlinkSync('/etc/passwd', file)],
    ['a folder', (file) => fs.mkdirSync(file)],
    ['a named pipe', (file) => execFileSync('mkfifo', [file])],
  ];
  it.each(traps)('is left alone once an agent has made it %s', (_, trap) => {
    const folder = folderWith('old');
    fs.rmSync(path.join(folder, seed));
    trap(path.join(folder, seed));
    const state = stateOf(path.join(folder, seed));
    expect(writeAssembly(assemblyOf(folder, contents('old'))).written).toEqual([]);
    for (const overwrite of [false, true]) {
      const next = assemblyOf(folder, contents(`new ${overwrite}`));
      expect(writeAssembly(next, { overwrite }).written).not.toContain(seed);
      expect(findDrift(next)).toEqual([]);
      expect(readOutput(folder)!.sandboxes).toMatchObject([{ changed: [], missing: [] }]);
    }
    writeAssembly(assemblyOf(folder, {}));
    expect(stateOf(path.join(folder, seed))).toBe(state);
    expect(Object.keys(generatedIn(folder))).toEqual([seed]);
  });

  it('is looked at once, for an agent can change it between two looks', () => {
    const folder = folderWith('old');
    const look = jest.spyOn(OutputTree.prototype, 'head').mockImplementation(() => {
      fs.rmSync(path.join(folder, seed));
      fs.symlinkSync('/etc/passwd', path.join(folder, seed));
      return Buffer.from('old');
    });
    expect(readOutput(folder)!.sandboxes[0]!.files.get('output/agent/.gitignore')).toBe('old');
    look.mockRestore();
  });

  it('goes with the sandbox when no agent touched it, and stays no reason to keep the folder', () => {
    const folder = folderWith('old');
    writeAssembly(assemblyOf(folder, {}));
    expect(generatedIn(folder)).toEqual({});
  });

  it('is not written through a symlink in the place of the folder itself', () => {
    const folder = folderWith('old');
    const elsewhere = newFolder('elsewhere');
    fs.renameSync(path.join(folder, 'lab/output/agent'), elsewhere);
    fs.symlinkSync(elsewhere, path.join(folder, 'lab/output/agent'));
    for (const text of ['old', 'new']) {
      expect(errorOf(() => writeAssembly(assemblyOf(folder, contents(text))))).toMatchObject({
        code: 'OUTPUT_UNSAFE',
      });
    }
  });
});
