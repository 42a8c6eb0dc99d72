/** What is remembered of a sandbox, and who works on it: nothing that lies around there breaks a command. */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { LOCK_FILE } from '../../lib/assembly/lock';
import { ownIdentity } from '../../lib/assembly/process-identity';
import {
  forgetVerdict,
  lastVerdict,
  rememberVerdict,
  stateFolder,
  whileAlone,
  whoWorksOn,
} from '../../lib/engine/state';
import { sandboxOf } from './helpers/subject';

let base: string;
beforeEach(() => (base = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-state-'))));
afterEach(() => fs.rmSync(base, { recursive: true }));

const env = () => ({ XDG_STATE_HOME: base });
const sandbox = () => sandboxOf(path.join(base, 'checkout'));
const folder = () => stateFolder(sandbox(), env());
const put = (name: string, content: string) => {
  fs.mkdirSync(folder(), { recursive: true });
  fs.writeFileSync(path.join(folder(), name), content);
};

test('the folder is that of the checkout, in the home for states', () => {
  const { HOME } = { HOME: '/home/ada' };
  const of = (variables: Record<string, string>) => stateFolder(sandbox(), variables);
  expect(folder()).toMatch(new RegExp(`^${base}/sandbox-cdk/lab-[0-9a-f]{6}$`));
  expect(of({ HOME })).toMatch(/^\/home\/ada\/\.local\/state\/sandbox-cdk\/lab-/);
  expect(of({ HOME, XDG_STATE_HOME: 'relative' })).toBe(of({ HOME }));
});

describe('a verdict', () => {
  const result = { id: 'N1', title: 'no way out', verdict: 'proven', evidence: 'none' } as const;
  const report = { isProven: true, services: [{ service: 'agent', results: [result] }] };
  const remember = (variables = env()) =>
    rememberVerdict(sandbox(), variables, report, { agent: 'c0' });

  test('is remembered with when it was given, and of what', () => {
    const before = Date.now();
    remember();
    const { at, ...rest } = lastVerdict(sandbox(), env())!;
    expect(rest).toEqual({ ...report, containers: { agent: 'c0' } });
    expect(at.getTime()).toBeGreaterThanOrEqual(before);
    expect(fs.readdirSync(folder())).toEqual(['verdict.json']);
  });

  test('is replaced by the next one, and forgotten when that is wanted', () => {
    remember();
    rememberVerdict(sandbox(), env(), { ...report, isProven: false }, {});
    expect(lastVerdict(sandbox(), env())).toMatchObject({ isProven: false, containers: {} });
    forgetVerdict(sandbox(), env());
    forgetVerdict(sandbox(), env());
    expect(lastVerdict(sandbox(), env())).toBeUndefined();
  });

  test('that cannot be kept is no error', () => {
    fs.writeFileSync(path.join(base, 'file'), '');
    const nowhere = { XDG_STATE_HOME: path.join(base, 'file') };
    remember(nowhere);
    expect(lastVerdict(sandbox(), nowhere)).toBeUndefined();
    fs.mkdirSync(path.join(folder(), 'verdict.json', 'x'), { recursive: true });
    remember();
    expect(fs.readdirSync(folder())).toEqual(['verdict.json']);
  });

  const kept = (change: object) => () => {
    remember();
    const file = path.join(folder(), 'verdict.json');
    return JSON.stringify({ ...(JSON.parse(fs.readFileSync(file, 'utf8')) as object), ...change });
  };

  test.each<[what: string, content: () => string]>([
    ['is empty', () => ''],
    ['is cut off', () => kept({})().slice(0, 40)],
    ['is something else', () => '[null]'],
    ['has another format', kept({ format: 2 })],
    ['has no time', kept({ at: undefined })],
    ['has a time that is none', kept({ at: 'noon' })],
    ['has no answer', kept({ isProven: 'yes' })],
    ['has containers of another type', kept({ containers: { agent: 1 } })],
    ['has services of another type', kept({ services: { agent: [] } })],
    ['has a service without results', kept({ services: [{ service: 'agent' }] })],
    ['has a result without evidence', kept({ services: [{ service: 'a', results: [{}] }] })],
    [
      'has a verdict that nobody gives',
      kept({ services: [{ service: 'a', results: [{ ...result, verdict: 'fine' }] }] }),
    ],
  ])('whose file %s counts as none', (_what, content) => {
    put('verdict.json', content());
    expect(lastVerdict(sandbox(), env())).toBeUndefined();
  });
});

describe('who works on a sandbox', () => {
  const lock = () => path.join(folder(), LOCK_FILE);
  const holder = (pid: number) => JSON.stringify({ ...ownIdentity(), pid, token: 'of another' });
  const putOld = (content: string) => {
    put(LOCK_FILE, content);
    fs.utimesSync(lock(), new Date(0), new Date(0));
  };
  const take = (waiting = {}) => whileAlone(sandbox(), env(), () => Promise.resolve(7), waiting);

  test('is alone, and leaves no trace', async () => {
    const seen = await whileAlone(sandbox(), env(), () =>
      Promise.resolve(whoWorksOn(sandbox(), env())),
    );
    expect(seen).toBe(`process ${process.pid} on ${os.hostname()}`);
    expect(whoWorksOn(sandbox(), env())).toBeUndefined();
    expect(fs.existsSync(folder())).toBe(false);
  });

  test('gives the lock back when the work fails, and what is remembered stays', async () => {
    put('verdict.json', '{}');
    const work = () => Promise.reject(new Error('no'));
    await expect(whileAlone(sandbox(), env(), work)).rejects.toThrow('no');
    expect(fs.readdirSync(folder())).toEqual(['verdict.json']);
  });

  test.each<[what: string, leave: () => void]>([
    ['of a process that has ended', () => put(LOCK_FILE, holder(spawnSync('true').pid))],
    ['that was never finished', () => putOld('')],
    ['of nobody', () => putOld('garbage')],
  ])('is not stopped by a lock %s', async (_what, leave) => {
    leave();
    expect(whoWorksOn(sandbox(), env())).toBeUndefined();
    expect(await take()).toBe(7);
    expect(fs.existsSync(folder())).toBe(false);
  });

  test('waits for one that is at it, is told who that is, and goes on after it', async () => {
    put(LOCK_FILE, holder(process.pid));
    const told: (string | undefined)[] = [];
    const onWait = (who: string | undefined) => {
      told.push(who);
      setTimeout(() => fs.rmSync(lock()), 50);
    };
    expect(await take({ onWait })).toBe(7);
    expect(told).toEqual([`process ${process.pid} on ${os.hostname()}`]);
  });

  test('can be told to stop waiting', async () => {
    put(LOCK_FILE, holder(process.pid));
    const controller = new AbortController();
    const waiting = { onWait: () => controller.abort(), signal: controller.signal };
    await expect(take(waiting)).rejects.toMatchObject({
      code: 'INTERRUPTED',
      message: expect.stringContaining('sandbox-cdk start lab goes on from there') as string,
    });
    expect(fs.readdirSync(folder())).toEqual([LOCK_FILE]);
  });

  test('is told where nothing can be remembered, and what to do', async () => {
    fs.writeFileSync(path.join(base, 'sandbox-cdk'), '');
    await expect(take()).rejects.toMatchObject({
      code: 'STATE_UNWRITABLE',
      message: expect.stringMatching(
        /nothing can be remembered in .*: .*file, .*, or set XDG_STATE_HOME to another folder/,
      ) as string,
    });
  });

  test('is told of a folder in place of the lock', async () => {
    fs.mkdirSync(lock(), { recursive: true });
    await expect(take()).rejects.toThrow(/\.lock is no file; remove it/);
    expect(whoWorksOn(sandbox(), env())).toBeUndefined();
  });
});
