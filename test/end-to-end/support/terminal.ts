/** The built command on a terminal, as a person uses it: keys go in, what is shown comes out. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import * as path from 'node:path';
import type { Writable } from 'node:stream';
import { Watched } from './command';
import { describeWithEngine, isRequired } from './engine';
import type { Project } from './project';
import { COMMAND } from './run';

/** As `describeWithEngine`; the terminal itself is made by Python. */
export function describeOnTerminal(name: string, tests: () => void): void {
  const hasPython = spawnSync('python3', ['--version']).status === 0;
  if (hasPython || isRequired) describeWithEngine(name, tests);
  else describe.skip(`${name} (skipped: there is no python3)`, tests);
}

export const CTRL_C = '\u0003';

export class Terminal extends Watched {
  constructor(project: Project, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    super(onTerminal(project, args, env));
  }

  /** Ctrl-C is a key: the terminal sends the signal, to the whole foreground process group. */
  type(keys: string): void {
    this.child.stdin!.write(keys);
  }

  resize(rows: number, columns: number): void {
    (this.child.stdio[3] as Writable).write(`${rows} ${columns}\n`);
  }

  /** The lines that are left on the screen in the end. */
  get screen(): string[] {
    return this.output.split('\r\n').map(lastState);
  }
}

function onTerminal(
  project: Project,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): ChildProcess {
  const script = path.join(__dirname, 'terminal.py');
  return spawn('python3', [script, process.execPath, COMMAND, ...args], {
    cwd: project.folder,
    env: { ...process.env, ...project.personEnv(), TERM: 'xterm', ...env },
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  });
}

/** A line is written over from its start, and cleared, again and again. */
function lastState(line: string): string {
  const cleared = line.split('\r\u001b[K').at(-1)!;
  return cleared.replace(/\u001b\[[\d;]*m/g, '');
}
