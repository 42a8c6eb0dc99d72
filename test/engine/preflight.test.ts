import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { EngineInfo } from '../../lib/engine/api';
import { parseDescribed, type DescribedService } from '../../lib/engine/described';
import { prepareFolders, writableSources } from '../../lib/engine/folders';
import { assertComplete, assertReady, folderProblems } from '../../lib/engine/preflight';
import { sandboxOf } from './helpers/subject';

let base: string;
let folder: string;
const person = { uid: process.getuid!() || 1234, gid: process.getgid!() || 1234 };
const info = { Runtimes: { runc: {} }, DockerRootDir: '/no such folder' } as unknown as EngineInfo;

beforeEach(() => {
  base = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-ready-')));
  folder = path.join(base, 'lab');
  fs.mkdirSync(folder);
});
afterEach(() => fs.rmSync(base, { recursive: true }));

const described = (service: DescribedService) => ({ name: 'lab', services: { agent: service } });
const writes = (...sources: string[]) =>
  described({ volumes: sources.map((source) => ({ type: 'bind', source, target: '/output' })) });
const reads = (source: string) =>
  described({ volumes: [{ type: 'bind', source, target: '/workspace', read_only: true }] });
const ready = (what: ReturnType<typeof described>) =>
  assertReady(sandboxOf(folder), what, info, person);

describe('generated files', () => {
  const sandbox = () => ({ ...sandboxOf(folder), changed: ['a', 'b'], missing: ['c'] });

  test('that are missing or edited are told with what to do', () => {
    expect(folderProblems(sandbox(), false)).toEqual([
      'generated files are missing: lab/c; sandbox-cdk synth writes them again',
      expect.stringContaining('generated files were edited: lab/a, lab/b; sandbox-cdk synth'),
    ]);
    expect(() => assertComplete(sandbox(), false)).toThrow(/missing: lab\/c.*\n.*edited: lab\/a/);
  });

  test('that were edited on purpose are fine, but what is missing is not', () => {
    expect(folderProblems(sandbox(), true)).toHaveLength(1);
    expect(() => assertComplete(sandboxOf(folder), false)).not.toThrow();
  });
});

describe('output folders', () => {
  const output = () => path.join(folder, 'agent', 'output');

  test('are made for the person', () => {
    expect(prepareFolders(sandboxOf(folder), writes(output()), person)).toEqual([]);
    const { uid, gid } = fs.statSync(output());
    expect({ uid, gid }).toEqual(person);
  });

  test('are never made through a link, nor over a file', () => {
    fs.mkdirSync(path.join(base, 'elsewhere'));
    fs.symlinkSync('../elsewhere', path.join(folder, 'agent'));
    expect(prepareFolders(sandboxOf(folder), writes(output()), person)).toEqual([
      `${folder}/agent is a symlink: remove it, a folder belongs there`,
    ]);
    expect(fs.readdirSync(path.join(base, 'elsewhere'))).toEqual([]);
    fs.rmSync(path.join(folder, 'agent'));
    fs.writeFileSync(path.join(folder, 'agent'), '');
    expect(prepareFolders(sandboxOf(folder), writes(output()), person)).toEqual([
      `${folder}/agent is no folder: remove it, a folder belongs there`,
    ]);
  });

  test('elsewhere that somebody else owns are told, and not changed', () => {
    const other = path.join(base, 'other');
    fs.mkdirSync(other, { mode: 0o755 });
    const stranger = { uid: person.uid + 1, gid: person.gid + 1 };
    expect(prepareFolders(sandboxOf(folder), writes(other), stranger)).toEqual([
      expect.stringContaining(`sudo chown ${stranger.uid}:${stranger.gid} ${other}`),
    ]);
    expect(fs.statSync(other).uid).toBe(process.getuid!());
    fs.chmodSync(other, 0o777);
    expect(prepareFolders(sandboxOf(folder), writes(other), stranger)).toEqual([]);
  });

  test('are listed once each', () => {
    expect(writableSources(writes('/b', '/a', '/b'))).toEqual(['/a', '/b']);
    expect(writableSources(reads('/a'))).toEqual([]);
  });
});

describe('before a start', () => {
  test('a sound sandbox passes', () => {
    expect(() => ready(writes(path.join(folder, 'output')))).not.toThrow();
    expect(() => ready(reads(base))).not.toThrow();
  });

  test('every problem is told at once, with its remedy', () => {
    const both = described({ ...reads(path.join(base, 'gone')).services.agent, runtime: 'runsc' });
    expect(() => ready(both)).toThrow(
      /lab cannot start, 2 problems:\n {2}the service agent asks for the runtime runsc, and the engine has runc: install gVisor.*\n {2}.*gone does not exist, which the service agent has at \/workspace/,
    );
  });

  test('a folder beside that begins with the same name is not one of the sandbox', () => {
    expect(() => ready(writes(path.join(base, 'lab2/output')))).toThrow(
      /lab2\/output does not exist/,
    );
  });
});

test('a dollar that Compose writes twice is one', () => {
  const text = '{"name":"x","services":{"a":{"environment":{"A":"$$b$$$$"}}}}';
  expect(parseDescribed(text).services.a?.environment).toEqual({ A: '$b$$' });
});
