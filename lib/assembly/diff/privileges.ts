/** Who a service is, and what the kernel lets it do. */
import { isSandboxRuntime } from '../../policy/runtimes';
import { isTrue } from '../../policy/values';
import type { Effect } from './change';
import { flag, grants, keyed, plain, was, type Classifier } from './classifier';
import { isVariable, listOf, show, splitOutside, textOf, textsOf } from './values';

export const privileged = flag(
  'privileged',
  ['broadens', 'is privileged now: no wall of the kernel is left'],
  ['narrows', 'is not privileged any more'],
);

export const engineSocket = flag(
  'use_api_socket',
  ['broadens', 'can now command the container engine'],
  ['narrows', 'can no longer command the container engine'],
);

export const readOnlyRoot: Classifier = function* (before, after, subject) {
  const on = isTrue(after);
  if (on === isTrue(before)) {
    yield* plain(['read_only'])(before, after, subject);
  } else if (on) {
    const summary = `${subject.name} can no longer write to its root file system`;
    yield { before, after, effect: 'narrows', summary };
  } else {
    const summary = `${subject.name} can now write to its root file system${was(subject, 'read-only')}`;
    yield { before, after, effect: 'broadens', summary };
  }
};

/** How close to root: nobody special; decided at start; root's group; root, or whom the image says. */
function standing(user: unknown): number {
  if (user === undefined || user === null) return 3;
  const [id, group] = splitOutside(textOf(user), ':');
  if (id === 'root' || id === '' || Number(id) === 0) return 3;
  if (group === 'root' || (group !== undefined && group !== '' && Number(group) === 0)) return 2;
  return isVariable(user) ? 1 : 0;
}

export const user: Classifier = function* (before, after, subject) {
  const told = (value: unknown) => (value === undefined ? "the image's own user" : show(value));
  const step = standing(after) - standing(before);
  const effect: Effect = step > 0 ? 'broadens' : step < 0 ? 'narrows' : 'neutral';
  const root =
    standing(after) < 3 ? '' : after === undefined ? ', perhaps root' : ', which is root';
  const summary = `${subject.name} runs as ${told(after)} now${root}${was(subject, told(before))}`;
  yield { before, after, effect, summary };
};

export const groups = grants(
  (item) => `is in the group ${item} now`,
  (item) => `is no longer in the group ${item}`,
);

const capability = (text: string) => text.toUpperCase().replace(/^CAP_/, '');

export const addedCapabilities = grants(
  (item) => `has ${item === 'ALL' ? 'every capability' : `the capability ${item}`} now`,
  (item) => `no longer has ${item === 'ALL' ? 'every capability' : `the capability ${item}`}`,
  { spelling: capability },
);

/** Where all are dropped, naming single ones changes nothing. */
export const droppedCapabilities: Classifier = function* (before, after, subject) {
  const [old, next] = [textsOf(before, capability), textsOf(after, capability)];
  const { name } = subject;
  if (old.has('ALL') && next.has('ALL')) yield* plain(['cap_drop'])(before, after, subject);
  else if (next.has('ALL')) {
    yield { before, after, effect: 'narrows', summary: `${name} has dropped all capabilities now` };
  } else if (old.has('ALL')) {
    const but = next.size > 0 ? ` but ${[...next].join(', ')}` : '';
    const summary = `${name} has the engine's default capabilities${but} now${was(subject, 'none')}`;
    yield { before, after, effect: 'broadens', summary };
  } else yield* droppedOneByOne(before, after, subject);
};

const droppedOneByOne = grants(
  (item) => `has dropped the capability ${item} now`,
  (item) => `may have the capability ${item} now (was dropped)`,
  { spelling: capability, effect: 'narrows' },
);

/** `seccomp=unconfined`, `no-new-privileges:true`, `label:disable`, by what they are about. */
function securityOptionsOf(value: unknown): Map<string, string> {
  return new Map(
    listOf(value).map((item) => {
      const [, key, setting] = /^([^:=]*)[:=]?([^]*)$/.exec(textOf(item))!;
      if (key !== 'label') return [key!, setting!];
      const [, part, rest] = /^([^:=]*)[:=]?([^]*)$/.exec(setting!)!;
      return part === 'disable' ? ['label', 'disable'] : [`label ${part}`, rest!];
    }),
  );
}

/** How much of the engine's own protection is left: all, another one, none. */
function weakness(setting: unknown): number {
  if (setting === undefined || setting === 'docker-default' || setting === 'builtin') return 0;
  return setting === 'unconfined' || setting === 'disable' ? 2 : 1;
}

export const securityOptions: Classifier = keyed(
  securityOptionsOf,
  function* (key, before, after, subject) {
    const { name } = subject;
    if (key === 'no-new-privileges') {
      const on = after !== undefined && after !== 'false';
      if (on === (before !== undefined && before !== 'false')) return;
      const phrase = on ? 'can no longer gain privileges' : 'can now gain privileges';
      const summary = `${name} ${phrase} through setuid programs`;
      yield { before, after, effect: on ? 'narrows' : 'broadens', summary };
      return;
    }
    // One profile is not comparable with another: somebody has to read them.
    const [old, next] = [weakness(before), weakness(after)];
    const effect = next === 0 && old === 0 ? 'neutral' : next < old ? 'narrows' : 'broadens';
    const told = (setting: unknown) => (setting === undefined ? "the engine's own" : show(setting));
    const summary = `${name}: the protection by ${key} is ${told(after)} now${was(subject, told(before))}`;
    yield { before, after, effect, summary };
  },
);

export const runtime: Classifier = function* (before, after, subject) {
  const told = (value: unknown) =>
    value === undefined ? "the engine's own runtime" : `the runtime ${show(value)}`;
  const step = Number(isSandboxRuntime(before)) - Number(isSandboxRuntime(after));
  const effect =
    step === 0 ? otherRuntime(after, isSandboxRuntime(after)) : step > 0 ? 'broadens' : 'narrows';
  const lost = step > 0 ? ', which shares the kernel of the host' : '';
  const summary = `${subject.name} runs in ${told(after)} now${lost}${was(subject, told(before))}`;
  yield { before, after, effect, summary };
};

function otherRuntime(after: unknown, isStrong: boolean): Effect {
  return isStrong ? 'neutral' : after === undefined ? 'narrows' : 'broadens';
}

/** A namespace that may be the service's own, somebody else's or the host's. */
export function namespace(what: string, harmless: readonly unknown[]): Classifier {
  const rank = (value: unknown) => {
    if (value === undefined || value === null || harmless.includes(value)) return 0;
    return value === 'host' ? 2 : 1;
  };
  const told = (value: unknown) => (rank(value) === 0 ? 'its own' : show(value));
  return function* (before, after, subject) {
    const step = rank(after) - rank(before);
    const effect: Effect =
      step > 0 || (step === 0 && rank(after) > 0) ? 'broadens' : step < 0 ? 'narrows' : 'neutral';
    const own = rank(after) === 0 ? ` has a ${what} of its own` : `: its ${what} is ${show(after)}`;
    const phrase = after === 'host' ? ` shares the ${what} of the host` : own;
    const summary = `${subject.name}${phrase} now${was(subject, told(before))}`;
    yield { before, after, effect, summary };
  };
}

export const devices = grants(
  (item) => `can now use the device ${show(item)}`,
  (item) => `can no longer use the device ${show(item)}`,
);

export const cgroupParent: Classifier = function* (before, after, { name }) {
  const effect = after === undefined ? 'narrows' : 'broadens';
  const summary = `${name} is under the limits of the control group ${show(after ?? 'of its own')} now`;
  yield { before, after, effect, summary };
};
