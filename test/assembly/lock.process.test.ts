import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { LOCK_FILE, withLock } from '../../lib/assembly/lock';
import { sha256 } from '../../lib/assembly/manifest';
import { fateOf, ownIdentity } from '../../lib/assembly/process-identity';
import { readOutput } from '../../lib/assembly/read';
import { compile, run } from './children';
import { errorOf, generatedIn, lookAt, newFolder, removeFolders } from './support';

let lockBundle: string;
let writeBundle: string;
beforeAll(() => {
  lockBundle = compile('lib/assembly/lock.ts');
  writeBundle = compile('lib/assembly/write.ts');
});
afterAll(removeFolders);

function existing(): string {
  const folder = newFolder();
  fs.mkdirSync(folder);
  return folder;
}

/** A folder whose lock holds `content`, written `ageMs` ago. */
function locked(content: string | object, ageMs = 0): string {
  const folder = existing();
  const lock = path.join(folder, LOCK_FILE);
  fs.writeFileSync(lock, typeof content === 'string' ? content : JSON.stringify(content));
  const then = (Date.now() - ageMs) / 1_000;
  fs.utimesSync(lock, then, then);
  return folder;
}

/** The identity of a process that has ended. */
function ended(): object {
  return { ...ownIdentity(), pid: spawnSync('true').pid };
}

function isTaken(folder: string): boolean {
  return withLock(folder, () => fs.existsSync(path.join(folder, LOCK_FILE)), 50);
}

describe('a lock', () => {
  it('is there during the action only, whether that succeeds or fails', () => {
    const folder = existing();
    expect(isTaken(folder)).toBe(true);
    expect(lookAt(folder)).toEqual({});
    const fail = () => {
      throw new Error('failed');
    };
    expect(() => withLock(folder, fail)).toThrow('failed');
    expect(lookAt(folder)).toEqual({});
  });

  it('is not taken while a running process holds it; the error says which, and what to do', () => {
    const folder = locked({ ...ownIdentity(), token: 'x' });
    const before = Date.now();
    const error = errorOf(() => withLock(folder, () => 'never', 200));
    expect(Date.now() - before).toBeGreaterThanOrEqual(195);
    expect(Date.now() - before).toBeLessThan(2_000);
    expect(error).toMatchObject({ code: 'OUTPUT_BUSY', paths: [path.join(folder, LOCK_FILE)] });
    expect(error.message).toContain(`process ${process.pid} on ${os.hostname()}`);
    expect(error.message).toContain(`remove ${path.join(folder, LOCK_FILE)}`);
    expect(Object.keys(lookAt(folder))).toEqual([LOCK_FILE]);
  });

  const stale: [string, () => string][] = [
    ['a process that has ended', () => locked(ended())],
    [
      'a process whose number somebody else has now',
      () => locked({ ...ownIdentity(), start: '1' }),
    ],
    [
      'a process from before the last boot',
      () => locked({ ...ownIdentity(), system: 'boot pid:1' }),
    ],
    ['nobody, because it was killed before it could write its name', () => locked('', 3_000)],
    ['nonsense', () => locked('{"pid":"me"}', 3_000)],
    ['another machine, long ago', () => locked({ ...ownIdentity(), host: 'elsewhere' }, 600_000)],
  ];
  it.each(stale)('is taken over from %s', (_, make) => {
    const folder = make();
    expect(isTaken(folder)).toBe(true);
    expect(lookAt(folder)).toEqual({});
  });

  const believed: [string, () => string][] = [
    ['nobody yet', () => locked('')],
    ['another machine', () => locked({ ...ownIdentity(), host: 'elsewhere' })],
    [
      'another container of this machine',
      () => locked({ ...ownIdentity(), system: ownIdentity().system!.replace(/ .*/, ' pid:[1]') }),
    ],
  ];
  it.each(believed)('is left with %s', (_, make) => {
    expect(errorOf(() => withLock(make(), () => 'never', 50))).toMatchObject({
      code: 'OUTPUT_BUSY',
    });
  });

  it('is taken over also when a process died while it took it over, and leaves no trace', () => {
    const folder = locked(ended());
    // The right to replace a lock is a lock itself, named after the content of the stale one.
    const lock = path.join(folder, LOCK_FILE);
    const claim = `${lock}.${sha256(fs.readFileSync(lock)).slice(0, 16)}`;
    fs.writeFileSync(claim, JSON.stringify(ended()));
    fs.writeFileSync(`${lock}.0123456789abcdef`, JSON.stringify(ended()));
    expect(isTaken(folder)).toBe(true);
    expect(lookAt(folder)).toEqual({});
  });

  it('that is a folder or a symlink is refused', () => {
    for (const make of [fs.mkdirSync, (lock: string) => fs.symlinkSync('/etc/passwd', lock)]) {
      const folder = existing();
      make(path.join(folder, LOCK_FILE));
      expect(errorOf(() => withLock(folder, () => 'never', 50))).toMatchObject({
        code: 'OUTPUT_UNSAFE',
      });
    }
  });
});

describe('fateOf', () => {
  it('tells a running process from one that has ended', async () => {
    expect(fateOf(ownIdentity())).toBe('running');
    const child = run(`process.stdout.write('x'); setInterval(() => {}, 1e6);`, {});
    await child.started;
    const identity = { ...ownIdentity(), pid: child.process.pid!, start: undefined };
    expect(fateOf(identity)).toBe('running');
    child.process.kill('SIGKILL');
    await child.ended;
    expect(fateOf(identity)).toBe('ended');
  });
});

describe('processes at once', () => {
  const COUNT = 4;

  /** Each child holds the lock many times, and fails when it is not alone. */
  const TAKE_TURNS = `
    const fs = require('fs');
    const { withLock } = require(args.bundle);
    process.stdout.write('x');
    while (Date.now() < args.at);
    for (let turn = 0; turn < args.turns; turn++) {
      withLock(args.folder, () => {
        fs.writeFileSync(args.mark, String(process.pid), { flag: 'wx' });
        fs.rmSync(args.mark);
      }, 60000);
    }
  `;

  it('are never in the lock together, although they leave it stale again and again', async () => {
    const folder = locked(ended());
    // As if the child had been killed: its lock stays, and names a process that has ended.
    const script = TAKE_TURNS.replace(
      'fs.rmSync(args.mark);',
      `fs.rmSync(args.mark);
       fs.writeFileSync(args.lock, JSON.stringify({ ...args.ended, token: Math.random() }));`,
    );
    const children = Array.from({ length: COUNT }, () =>
      run(script, {
        bundle: lockBundle,
        folder,
        lock: path.join(folder, LOCK_FILE),
        mark: `${folder}.mark`,
        at: Date.now() + 500,
        turns: 150,
        ended: ended(),
      }),
    );
    for (const child of children) {
      expect(await child.ended).toEqual({ code: 0, signal: null, output: 'x' });
    }
    expect(isTaken(folder)).toBe(true);
    expect(lookAt(folder)).toEqual({});
  }, 60_000);

  const RUNS = `
    function runs(pid) {
      try {
        return !/^[^]*\\) [ZX]/.test(require('fs').readFileSync('/proc/' + pid + '/stat', 'utf8'));
      } catch {
        return false;
      }
    }
  `;

  it('that are killed in the lock never let two of the others in', async () => {
    const folder = existing();
    const mark = `${folder}.mark`;
    const script =
      RUNS +
      TAKE_TURNS.replace(
        /fs\.writeFileSync\(args\.mark[^;]*;/,
        `
      if (fs.existsSync(args.mark) && runs(fs.readFileSync(args.mark, 'utf8'))) {
        process.stdout.write('together');
        process.exit(1);
      }
      fs.writeFileSync(args.mark, String(process.pid));
      if (args.dies && turn === 2) process.kill(process.pid, 'SIGKILL');
    `,
      ).replace('fs.rmSync(args.mark)', 'fs.rmSync(args.mark, { force: true })');
    const args = { bundle: lockBundle, folder, mark, at: Date.now() + 500, turns: 10 };
    const children = Array.from({ length: COUNT }, (_, index) =>
      run(script, { ...args, dies: index % 2 === 0 }),
    );
    const ends = await Promise.all(children.map((child) => child.ended));
    expect(ends.map(({ output }) => output)).toEqual(ends.map(() => 'x'));
    expect(ends.map(({ signal, code }) => signal ?? code)).toEqual(
      ends.map((_, index) => (index % 2 === 0 ? 'SIGKILL' : 0)),
    );
    // The last one may have been killed; the next one finds the lock stale and leaves nothing.
    await run(script, { ...args, turns: 1 }).ended;
    expect(lookAt(folder)).toEqual({});
  }, 60_000);

  it('write whole outputs, one after the other', async () => {
    const folder = newFolder();
    const script = `
      const { createHash } = require('crypto');
      const { writeAssembly } = require(args.bundle);
      const hash = (text) => createHash('sha256').update(text).digest('hex');
      process.stdout.write('x');
      for (let turn = 0; turn < 4; turn++) {
        const names = ['a', 'b', 'c', 'd', String(args.number)];
        const content = (name) => 'version ' + args.number + '.' + turn;
        const entry = (name) => ({ level: 1, dataClassification: 'internal', services: [],
          acknowledged: [], files: { 'docker-compose.yml': hash(content(name)) } });
        writeAssembly({
          folder: args.folder, findings: [], accepted: [],
          sandboxes: names.map((name) => ({ name, level: 1, document: {},
            files: new Map([['docker-compose.yml', content(name)]]) })),
          manifest: { format: 1, policyDigest: '',
            sandboxes: Object.fromEntries(names.map((name) => [name, entry(name)])) },
        });
      }
    `;
    const children = Array.from({ length: 4 }, (_, number) =>
      run(script, { bundle: writeBundle, folder, number }),
    );
    for (const child of children) {
      expect(await child.ended).toEqual({ code: 0, signal: null, output: 'x' });
    }
    const output = readOutput(folder)!;
    expect(output.interrupted).toBe(false);
    expect(output.sandboxes.flatMap(({ changed, missing }) => [...changed, ...missing])).toEqual(
      [],
    );
    expect(new Set(Object.values(generatedIn(folder))).size).toBe(1);
    expect(Object.keys(generatedIn(folder))).toHaveLength(5);
  }, 60_000);
});
