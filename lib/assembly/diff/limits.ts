/** Limits: memory, CPUs, processes, files. Raising or removing one broadens. */
import { isObject } from '../../core/is-object';
import { isTrue } from '../../policy/values';
import type { Verdict } from './change';
import { keyed, parts, plain, type Classifier, type Subject } from './classifier';
import { bytesOf, entriesOf, get, isVariable, numberOf, show } from './values';

interface Limit {
  /** In sentences: "agent may use more memory". */
  readonly noun: string;
  /** Things that are counted are fewer, not less. */
  readonly counted?: boolean;
  readonly parse: (value: unknown) => number | undefined;
  /** Values besides "not set" that mean no limit. */
  readonly unlimited?: readonly number[];
  /** What the engine does where nothing is set. Default: no limit. */
  readonly otherwise?: number;
}

/** A limit of its own, such as `mem_limit`. */
export function limit(options: Limit): Classifier {
  return function* (before, after, subject) {
    const verdict = compareLimits(options, before, after, subject);
    if (verdict) yield verdict;
    else yield* plain([options.noun])(before, after, subject);
  };
}

/** What a limit means that was raised, lowered, removed or given; `undefined` where it is the same. */
export function compareLimits(
  { noun, parse, counted = false, unlimited = [], otherwise = Infinity }: Limit,
  before: unknown,
  after: unknown,
  { name, isNew }: Subject,
): Verdict | undefined {
  const size = (value: unknown) => {
    if (value === undefined || value === null) return otherwise;
    const number = parse(value);
    return number !== undefined && unlimited.includes(number) ? Infinity : number;
  };
  const [old, next] = [size(before), size(after)];
  if (old === next) return undefined;
  const from = isNew ? '' : ` (was ${before === undefined ? noLimit(otherwise) : show(before)})`;
  const told = after === undefined ? noLimit(otherwise) : show(after);
  const verdict = (effect: Verdict['effect'], phrase: string): Verdict => {
    return { before, after, effect, summary: `${name}${phrase}${from}` };
  };
  if (next === Infinity) return verdict('broadens', ` has no limit on ${noun}`);
  // A value that only the start knows, or that nobody can read, may be anything.
  if (next === undefined) return verdict('broadens', `: the limit on ${noun} is ${told} now`);
  if (old === undefined) return verdict('narrows', `: the limit on ${noun} is ${told} now`);
  return next > old
    ? verdict('broadens', ` may use more ${noun}: ${told}`)
    : verdict('narrows', ` may use ${counted ? 'fewer' : 'less'} ${noun}: ${told}`);
}

function noLimit(otherwise: number): string {
  return otherwise === Infinity ? 'unlimited' : "the engine's default";
}

const MEMORY = { parse: bytesOf, unlimited: [0, -1] };

export const memory = limit({ noun: 'memory', ...MEMORY });
export const memoryAndSwap = limit({ noun: 'memory and swap together', ...MEMORY });
export const cpus = limit({ noun: 'CPU', parse: numberOf, unlimited: [0] });
export const pids = limit({
  noun: 'processes',
  counted: true,
  parse: numberOf,
  unlimited: [0, -1],
});
/** An engine gives 64 MiB where nothing is set. */
export const sharedMemory = limit({
  noun: 'shared memory',
  parse: bytesOf,
  otherwise: 64 * 1024 ** 2,
});

/** `deploy.resources.limits`, the other way to spell the same limits. */
export const deploy = parts(
  { resources: parts({ limits: parts({ cpus, memory, pids }, 'limits') }, 'resources') },
  'deploy',
);

/** In words, and whether it is counted. */
const ULIMITS = new Map<string, Pick<Limit, 'noun' | 'counted'>>([
  ['core', { noun: 'memory in core dumps' }],
  ['nofile', { noun: 'open files', counted: true }],
  ['nproc', { noun: 'processes of its user', counted: true }],
  ['memlock', { noun: 'locked memory' }],
]);

/** Soft and hard limit of each resource; the looser of the two decides. */
export const ulimits = keyed(entriesOf, function* (key, before, after, subject) {
  const words = ULIMITS.get(key) ?? { noun: key };
  const options: Limit = { ...words, parse: numberOf, unlimited: [-1] };
  const verdicts = (['soft', 'hard'] as const).flatMap((which) => {
    const [one, other] = [partOf(before, which), partOf(after, which)];
    return compareLimits(options, one, other, subject) ?? [];
  });
  const telling = verdicts.find(({ effect }) => effect === 'broadens') ?? verdicts[0];
  if (telling) yield { ...telling, before, after };
  else yield* plain(['ulimit', key])(before, after, subject);
});

function partOf(ulimit: unknown, which: 'soft' | 'hard'): unknown {
  return isObject(ulimit) ? get(ulimit, which) : ulimit;
}

/** The kernel kills the service last, or never, when memory runs out. */
export const oomKillDisable: Classifier = function* (before, after, subject) {
  const on = (value: unknown) => isTrue(value) || isVariable(value);
  const [effect, phrase] = on(after)
    ? (['broadens', 'is not stopped when memory runs out'] as const)
    : (['narrows', 'is stopped when memory runs out'] as const);
  yield { before, after, effect, summary: `${subject.name} ${phrase}` };
};
