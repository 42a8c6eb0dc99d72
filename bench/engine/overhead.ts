// What the walls cost the work inside: three kinds of work, in each level and in a plain container of the
// same image, in turn. The work times itself.
import type { Case, CaseResult, Check } from '../lib/case';
import { docker, hasRuntime, type EngineProject } from '../lib/engine-project';
import type { Series } from '../lib/measure';
import { median } from '../lib/statistics';

const PLAIN = 'bench-plain-container';

/** The most that a level may cost, in percent, by kind of work; the issue asks the same of all levels. */
const LIMITS: Readonly<Record<string, number>> = { cpu: 2, files: 5, processes: 8 };

const LEVELS: Readonly<Record<string, string>> = {
  'Level 1': 'bench-one',
  'Level 2': 'bench-two',
  'Level 3': 'bench-three',
};

export const overhead: Case = {
  name: 'overhead',
  title: 'Work inside a sandbox, beside the same image in a plain container',
  run({ quick, engine }) {
    const runtimeBefore = process.env.SANDBOX_RUNTIME;
    process.env.SANDBOX_RUNTIME = 'runc'; // Level 3 itself; gVisor is measured apart
    try {
      return measure(quick, engine);
    } finally {
      if (runtimeBefore === undefined) delete process.env.SANDBOX_RUNTIME;
      else process.env.SANDBOX_RUNTIME = runtimeBefore;
      removePlain();
    }
  },
};

function measure(quick: boolean, engine: EngineProject): CaseResult {
  const levels = { ...LEVELS, ...(hasRuntime('runsc') && { 'on gVisor': 'bench-gvisor' }) };
  for (const sandbox of Object.values(levels)) engine.run('start', sandbox);
  removePlain(); // that an aborted run left
  startPlain(engine.image('bench-one'), engine.directory);
  const containers = { plain: PLAIN, ...mapValues(levels, (name) => engine.container(name)) };
  const kinds = Object.keys(LIMITS).map((kind) => measureKind(kind, containers, quick ? 3 : 15));
  return {
    series: kinds.flatMap(({ series }) => series),
    checks: kinds.flatMap(({ checks }) => checks),
    notes: [
      'gVisor answers every system call in a kernel of its own. That is its wall, and its price; it has no target.',
    ],
  };
}

/** Also where there is none. */
function removePlain(): void {
  docker('rm', '--force', '--volumes', PLAIN);
}

function startPlain(image: string, directory: string): void {
  const source = `${directory}/workspace:/workspace`;
  const output = `${directory}/plain-output:/output`;
  docker(
    'run',
    '--detach',
    '--user',
    '0',
    '--name',
    PLAIN,
    '-v',
    source,
    '-v',
    output,
    image,
    'sleep',
    'infinity',
  );
}

function measureKind(kind: string, containers: Readonly<Record<string, string>>, rounds: number) {
  const times = mapValues(containers, (): number[] => []);
  for (let round = -1; round < rounds; round++) {
    for (const [name, container] of Object.entries(containers)) {
      const answer = docker('exec', container, 'python3', '/workspace/workload.py', kind);
      if (round >= 0) times[name]!.push(Number(answer) * 1000);
    }
  }
  const series = Object.entries(times).map(([name, milliseconds]): Series => ({
    name: `${kind}, ${name}`,
    milliseconds,
    cpuMilliseconds: [],
    peakMegabytes: 0,
  }));
  const checks = Object.keys(containers)
    .filter((name) => name !== 'plain')
    .map((name) => checkOf(kind, name, times));
  return { series, checks };
}

function checkOf(kind: string, name: string, times: Readonly<Record<string, number[]>>): Check {
  const ratio = median(times[name]!.map((time, round) => time / times.plain![round]!));
  const limit = name.startsWith('Level') ? LIMITS[kind] : undefined;
  return {
    what: `${kind}, ${name}: more than plain`,
    value: (ratio - 1) * 100,
    unit: ' %',
    ...(limit !== undefined && { atMost: limit }),
  };
}

function mapValues<A, B>(
  record: Readonly<Record<string, A>>,
  map: (value: A) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
