/**
 * Calls the functions of `healthcheck.py` from a test, in one Python process a test file.
 *
 * The health check has no switch that would make it read another place than the real one: what tests
 * need is done from outside, in `evaluate.py`.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import path from 'node:path';

/** The script under test, as it is copied into every image. */
export const HEALTHCHECK = path.resolve(__dirname, '../../lib/templates/healthcheck.py');

/** What a check answers: the verdict, then its evidence. */
export type Verdict = readonly ['proven' | 'broken' | 'unproven', string];

interface Answer {
  readonly value?: unknown;
  readonly error?: string;
  readonly message?: string;
}

/** Files that the script finds; `null` is one that may not be read. */
export type Files = Readonly<Record<string, string | null>>;

/** What the script meets instead of the machine. */
export interface World {
  readonly files?: Files;
  /** Python expressions that stand in for functions of the script, by their name. */
  readonly overrides?: Readonly<Record<string, string>>;
}

export class HealthcheckModule {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] =
    [];

  constructor() {
    const script = path.join(__dirname, 'evaluate.py');
    this.child = spawn('python3', ['-I', '-S', '-B', script, HEALTHCHECK]);
    this.child.stderr.pipe(process.stderr);
    createInterface(this.child.stdout).on('line', (line) => this.waiting.shift()?.resolve(line));
    this.child.on('exit', (code) => {
      for (const { reject } of this.waiting) reject(new Error(`python3 ended with ${code}`));
    });
  }

  /** Evaluates a Python expression; rejects with `NameOfException: message` when it raises. */
  async evaluate(expression: string, variables: object = {}, world: World = {}): Promise<unknown> {
    const line = await new Promise<string>((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.child.stdin.write(`${JSON.stringify({ expression, variables, ...world })}\n`);
    });
    const answer = JSON.parse(line) as Answer;
    if (answer.error) throw new Error(`${answer.error}: ${answer.message}`);
    return answer.value;
  }

  /** The same, of an expression that gives a verdict. */
  async judge(expression: string, variables: object = {}): Promise<Verdict> {
    return (await this.evaluate(expression, variables)) as Verdict;
  }

  /** Runs a whole check, with the report's treatment of what it raises. */
  async check(
    name: string,
    expected: object,
    files: Files,
    overrides: World['overrides'] = {},
  ): Promise<Verdict> {
    const world = { files, overrides };
    const run = await this.evaluate('run_check(name, expected)', { name, expected }, world);
    const [, verdict, evidence] = run as [string, Verdict[0], string];
    return [verdict, evidence];
  }

  stop(): void {
    this.child.kill();
  }
}
