// Measures whole processes: from the call that starts one until it has ended, which is what a person at
// a terminal waits for. Programs that are compared run in turn (A B C A B C …), so that a machine that
// gets busier or slower meanwhile does so for all of them.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childCpuMilliseconds } from './cpu-time';

/** No process may run longer than this. */
const TIMEOUT_MILLISECONDS = 180_000;

/** One program under measurement. */
export interface Program {
  readonly name: string;
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Runs before each start, outside the time measured. */
  readonly prepare?: (run: number) => void;
  /** Runs after each end, outside the time measured; throws if the program did not do its work. */
  readonly verify?: (run: number) => void;
}

/** How often programs are run. */
export interface Plan {
  readonly rounds: number;
  /** Runs of each program that are not counted. The last one measures memory, if there is any. */
  readonly warmUps: number;
  /** No further round starts after this time (the first always runs). */
  readonly seconds: number;
}

/** What was measured of one program. */
export interface Series {
  readonly name: string;
  /** One time for each round. */
  readonly milliseconds: number[];
  /** Processor time of the program and all its children, a value for each round; see `cpu-time.ts`. */
  readonly cpuMilliseconds: number[];
  /** The peak of its largest process. */
  peakMegabytes: number;
}

/** Runs all programs in turn and returns their series, in the same order. */
export function measure(programs: readonly Program[], plan: Plan): Series[] {
  const series = programs.map(({ name }): Series => ({
    name,
    milliseconds: [],
    cpuMilliseconds: [],
    peakMegabytes: 0,
  }));
  const end = Date.now() + plan.seconds * 1000;
  let run = 0;

  for (let warmUp = 1; warmUp <= plan.warmUps; warmUp++, run++) {
    programs.forEach((program, index) => {
      const sample = runOnce(program, run, warmUp === plan.warmUps);
      series[index]!.peakMegabytes = sample.peakMegabytes;
    });
  }
  for (let round = 0; round < plan.rounds; round++, run++) {
    if (round > 0 && Date.now() > end) break;
    programs.forEach((program, index) => {
      // Without a warm-up the runs are long, and reading the peak at their end costs them nothing.
      const sample = runOnce(program, run, plan.warmUps === 0);
      const of = series[index]!;
      of.milliseconds.push(sample.milliseconds);
      of.cpuMilliseconds.push(sample.cpuMilliseconds);
      of.peakMegabytes = Math.max(of.peakMegabytes, sample.peakMegabytes);
    });
  }
  return series;
}

function runOnce(program: Program, run: number, withMemory: boolean) {
  const scratch = mkdtempSync(join(tmpdir(), 'sandbox-cdk-bench-run-'));
  try {
    program.prepare?.(run);
    const cpuBefore = childCpuMilliseconds();
    const milliseconds = timeProcess(program, scratch, withMemory);
    const cpuMilliseconds = childCpuMilliseconds() - cpuBefore;
    program.verify?.(run);
    return {
      milliseconds,
      cpuMilliseconds,
      peakMegabytes: withMemory ? largestPeak(scratch) : 0,
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function timeProcess(program: Program, scratch: string, withMemory: boolean): number {
  const [command, ...args] = program.command;
  const log = join(scratch, 'stderr.log');
  const stderr = openSync(log, 'w');
  const env = { ...cleanEnvironment(), ...program.env, ...(withMemory ? preload(scratch) : {}) };

  const start = process.hrtime.bigint();
  const result = spawnSync(command!, args, {
    cwd: program.cwd,
    env,
    stdio: ['ignore', 'ignore', stderr], // files, not pipes: nothing of ours takes part in the run
    timeout: TIMEOUT_MILLISECONDS,
  });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  closeSync(stderr);

  if (result.error || result.status !== 0) {
    const reason = result.error?.message ?? `exit code ${result.status ?? result.signal}`;
    throw new Error(`${program.name}: ${reason}\n${readFileSync(log, 'utf8').slice(-4000)}`);
  }
  return milliseconds;
}

function preload(directory: string): Record<string, string> {
  const script = join(__dirname, 'peak-memory.cjs');
  return { NODE_OPTIONS: `--require ${JSON.stringify(script)}`, BENCH_PEAK_MEMORY_DIR: directory };
}

/** The peak of the largest Node process of a run, in megabytes (10^6 bytes). */
function largestPeak(directory: string): number {
  const peaks = readdirSync(directory)
    .filter((name) => /^\d+$/.test(name))
    .map((name) => Number(readFileSync(join(directory, name), 'utf8')));
  return (Math.max(0, ...peaks) * 1024) / 1e6;
}

/** The environment without what `npm run` adds, so that a run is the same with and without it. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const added =
    /^(npm_(package|lifecycle|command|execpath|node_execpath)|npm_config_local_prefix$)/;
  const entries = Object.entries(process.env).filter(
    ([name]) => !added.test(name) && !['INIT_CWD', 'NODE_OPTIONS'].includes(name),
  );
  return Object.fromEntries(entries);
}
