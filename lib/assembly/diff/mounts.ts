/** What of the host a service sees, and what of it it may write to. */
import * as path from 'node:path';
import type { Effect, Verdict } from './change';
import { keyed, was, type Classifier, type Subject } from './classifier';
import { isInside, removedMount } from './mount-inside';
import { isAbove, targetAbove, volumesOf, type MountValue } from './mount-list';
import { mountOptions } from './mount-options';
import { get, show } from './values';

export const volumes: Classifier = keyed(volumesOf, function* (target, before, after, subject) {
  const [old, next] = [before, after] as [MountValue | undefined, MountValue | undefined];
  if (!next) {
    const { readOnly } = old!;
    yield removedMount(target, { value: old, empty: isEmpty(old!), readOnly }, subject);
  } else if (!old) yield added(target, next, subject);
  else yield* changed(target, old, next, subject);
});

function added(target: string, mount: MountValue, subject: Subject): Verdict {
  const { name } = subject;
  const verdict = (effect: Effect, summary: string): Verdict => {
    return { before: undefined, after: mount, effect, summary };
  };
  if (isEmpty(mount) && isInside(target, subject.after)) {
    return verdict('narrows', `${target} is hidden from ${name} now`);
  }
  if (protects(target, mount, subject.after)) {
    return verdict('narrows', `${name} can no longer write to ${target}`);
  }
  return mount.readOnly
    ? verdict('broadens', `${name} can now read ${describe(mount)} at ${target}`)
    : verdict('broadens', `${name} can now write to ${target}, which is ${describe(mount)}`);
}

function* changed(
  target: string,
  before: MountValue,
  after: MountValue,
  subject: Subject,
): Iterable<Verdict> {
  const { name } = subject;
  if (before.readOnly !== after.readOnly) {
    const [effect, phrase]: [Effect, string] = after.readOnly
      ? ['narrows', `can no longer write to ${target}`]
      : ['broadens', `can now write to ${target} (was read-only)`];
    const summary = `${name} ${phrase}`;
    yield { at: ['read_only'], before: before.readOnly, after: after.readOnly, effect, summary };
  }
  if (before.type !== after.type) {
    const effect =
      after.type === 'bind' ? 'broadens' : before.type === 'bind' ? 'narrows' : 'neutral';
    const summary = `${name} has ${describe(after)} at ${target} now (was ${describe(before)})`;
    yield { at: ['type'], before: before.type, after: after.type, effect, summary };
  } else if (before.source !== after.source) {
    yield changedSource(target, before, after, subject);
  }
  yield* mountOptions(target)(before.rest, after.rest, subject);
}

function changedSource(
  target: string,
  before: MountValue,
  after: MountValue,
  { name }: Subject,
): Verdict {
  const verdict = (effect: Effect, what: string): Verdict => {
    const summary = `${name} ${what} at ${target}: ${show(after.source)} (was ${show(before.source)})`;
    return { at: ['source'], before: before.source, after: after.source, effect, summary };
  };
  if (after.type !== 'bind') return verdict('neutral', 'has another volume');
  if (isEmpty(after)) return verdict('narrows', 'sees nothing');
  if (isAbove(after.source, before.source)) return verdict('broadens', 'sees more of the host');
  if (isAbove(before.source, after.source)) return verdict('narrows', 'sees less of the host');
  return verdict('broadens', 'sees something else of the host');
}

/** The mounts of other services, whatever they are. */
export const volumesFrom: Classifier = function* (before, after, subject) {
  const effect = after === undefined ? 'narrows' : 'broadens';
  const old = before === undefined ? '' : was(subject, show(before));
  const summary = `${subject.name} has the mounts of ${show(after)} now${old}`;
  yield { before, after, effect, summary };
};

/** True for a read-only mount of the very part of the host that a writable one around it shows there. */
function protects(target: string, mount: MountValue, service: Subject['after']): boolean {
  const all = volumesOf(get(service, 'volumes'));
  const around = targetAbove(all.keys(), target);
  const outer = around === undefined ? undefined : all.get(around)!;
  if (!mount.readOnly || !outer || outer.readOnly || outer.type !== mount.type) return false;
  const part = path.posix.join(outer.source, path.posix.relative(around!, target));
  return part === path.posix.normalize(mount.source);
}

/** True for a mount that shows nothing: it is there for what it hides. */
function isEmpty({ type, source }: MountValue): boolean {
  return source === '/dev/null' || type === 'tmpfs';
}

function describe({ type, source }: MountValue): string {
  if (type === 'bind') return `${show(source)} of the host`;
  if (type === 'tmpfs') return 'memory';
  return source === '' ? 'a volume' : `the ${type} ${show(source)}`;
}
