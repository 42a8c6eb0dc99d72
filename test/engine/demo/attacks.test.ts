/** The programs of the attacks, run by this host's own Python with harmless attacks in them. */
import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ATTACKS } from '../../../lib/engine/demo/attacks';
import { commandOf, MARK } from '../../../lib/engine/demo/harness';

const LIMITS = { memoryBytes: 0, pids: 4 };
const hasPython = spawnSync('python3', ['--version']).status === 0;
const withPython = hasPython ? describe : describe.skip;

/** What the program of an attack is, as Python's own arguments. */
function words(script: string): string[] {
  const command = commandOf({ ...ATTACKS[0]!, script }, LIMITS);
  return command.slice(command.indexOf('-I'));
}

function started(script: string) {
  const child = spawn('python3', words(script));
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  const answer = new Promise<Record<string, string>>((resolve) =>
    child.on('close', () => resolve(JSON.parse(said) as Record<string, string>)),
  );
  return { child, answer };
}

test('every attack has an id of its own, and rows of docs/THREATS.md', () => {
  const threats = fs.readFileSync(path.join(__dirname, '../../../docs/THREATS.md'), 'utf8');
  expect(new Set(ATTACKS.map(({ id }) => id)).size).toBe(ATTACKS.length);
  for (const { walls } of ATTACKS) {
    expect(walls.length).toBeGreaterThan(0);
    for (const wall of walls) expect(threats).toContain(`### ${wall}\n`);
  }
});

test('no program is looked for where an agent could have put another', () => {
  for (const attack of ATTACKS) {
    const command = commandOf(attack, LIMITS);
    expect(command.slice(0, 3)).toEqual(['/usr/bin/env', '-i', '/bin/sh']);
    expect(command[5]).toMatch(/^\/usr\/local\/lib\/sandbox-cdk\//);
    expect(command.slice(6, 8)).toEqual(['-I', '-S']);
    expect(attack.script).not.toMatch(/os\.system|shell=True|execvp|spawn.p/);
  }
});

test('what is left of an attacker is known by its first line', () => {
  expect(words('').at(-2)).toMatch(new RegExp(`^# ${MARK}\n`));
});

withPython('the program of an attack', () => {
  test.each(ATTACKS)('$id compiles', ({ script }) => {
    const check = ['-c', 'import sys; compile(sys.argv[1], "attack", "exec")'];
    const { stderr } = spawnSync('python3', [...check, words(script).at(-2)!], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
  });

  test.each([
    ['return "it worked"', { done: 'it worked' }],
    ['os.close(os.open("/", os.O_WRONLY))', { refusal: 'EISDIR' }],
    ['raise Refused("SERVFAIL")', { refusal: 'SERVFAIL' }],
    ['raise NotTried("no perl")', { untried: 'no perl' }],
    ['return 1 / 0', { untried: 'ZeroDivisionError: division by zero' }],
    ['reached("at 1"); reached("at 2"); return "x"', { done: 'x', reached: 'at 2' }],
    ['reached("at 1"); raise MemoryError', { refusal: 'ENOMEM', reached: 'at 1' }],
  ])('that does %j answers %j', async (body, expected) => {
    expect(await started(`def attack():\n    ${body}\n`).answer).toEqual(expected);
  });

  test('does not fill memory where another process could be killed for it', async () => {
    const { script } = ATTACKS.find(({ id }) => id === 'fill-memory')!;
    const { untried } = await started(`${script}\nLIMITS["memoryBytes"] = 1 << 60\n`).answer;
    expect(untried).toBeDefined();
  });

  test('that somebody else killed was not refused', async () => {
    const { answer } = started('def attack():\n    os.kill(os.getpid(), signal.SIGKILL)\n');
    expect(await answer).toEqual({ untried: 'was ended by somebody else' });
  });

  test('ends with standard input, and lets the attack clean up', async () => {
    const script = `
def attack():
    try:
        reached(str(os.getpid()))
        time.sleep(60)
    finally:
        sys.stderr.write("cleaned up")
        sys.stderr.flush()
`;
    const { child, answer } = started(script);
    const cleaned = new Promise<string>((resolve) =>
      child.stderr.on('data', (data: Buffer) => resolve(data.toString())),
    );
    setTimeout(() => child.stdin.end(), 300);
    expect(await cleaned).toBe('cleaned up');
    const { untried, reached } = await answer;
    expect(untried).toBe('interrupted');
    expect(fs.existsSync(`/proc/${reached}`)).toBe(false);
  });

  test('that forks ends every process, also when it is interrupted', async () => {
    const { script } = ATTACKS.find(({ id }) => id === 'fork')!;
    const held = script.replace('return f"{goal} processes"', 'reached("all"); time.sleep(60)');
    const { child, answer } = started(held);
    setTimeout(() => child.stdin.end(), 500);
    expect(await answer).toMatchObject({ untried: 'interrupted' });
    expect(await started(script).answer).toEqual({
      done: '20 processes',
      reached: 'after 20 processes',
    });
    const left = spawnSync('ps', ['-eo', 'ppid,args'], { encoding: 'utf8' }).stdout;
    expect(left).not.toContain(`${child.pid} python3`);
  });
});
