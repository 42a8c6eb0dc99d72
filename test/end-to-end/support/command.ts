/** The built command as a process that a test watches, and talks to, while it runs. */
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Project } from './project';
import { COMMAND } from './run';

const PATIENCE_MS = 60_000;

/** What a program says, until now. */
export class Watched {
  private said = '';
  /** Its exit code; `null` when a signal ended it. */
  readonly code: Promise<number | null>;

  constructor(readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.said += text));
    }
    this.code = new Promise((resolve) => child.on('close', resolve));
  }

  get output(): string {
    return this.said;
  }

  /** Waits until it says something, after what was taken before. */
  async says(text: string | RegExp): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (!matches(this.said, text)) {
      const over = this.child.exitCode !== null || Date.now() > deadline;
      if (over && !matches(this.said, text))
        throw new Error(`it never said ${String(text)}:\n${this.said}`);
      await pause(20);
    }
  }

  /** Forgets what was said. */
  take(): string {
    const { said } = this;
    this.said = '';
    return said;
  }
}

function matches(said: string, text: string | RegExp): boolean {
  return typeof text === 'string' ? said.includes(text) : text.test(said);
}

export interface SpawnOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Run by another user than that of the tests. */
  readonly uid?: number;
  readonly gid?: number;
}

/** Starts the command in a project, for its person. */
export function startCommand(
  project: Project,
  args: readonly string[],
  { env, ...user }: SpawnOptions = {},
): Watched {
  return new Watched(
    spawn(process.execPath, [COMMAND, ...args], {
      cwd: project.folder,
      env: { ...process.env, ...project.personEnv(), ...env },
      ...user,
    }),
  );
}

/** As `startCommand`, to its end; other work of the test goes on meanwhile. */
export async function runCommand(
  project: Project,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<{ readonly code: number | null; readonly output: string }> {
  const command = startCommand(project, args, options);
  const code = await command.code;
  return { code, output: command.output };
}
