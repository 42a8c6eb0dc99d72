/** Settings of a mount in the long syntax, besides what is mounted and whether it is writable. */
import type { Effect } from './change';
import { parts, plain, type Classifier } from './classifier';
import { compareLimits } from './limits';
import { bytesOf, show } from './values';

/** A classifier for the settings of the mount at a target. */
export function mountOptions(target: string): Classifier {
  const here = `mount at ${target}`;
  return parts(
    {
      bind: parts(
        { propagation: propagation(target), create_host_path: createHostPath(target) },
        `${here}: bind`,
      ),
      volume: parts({ subpath: subpath(target) }, `${here}: volume`),
      image: parts({ subpath: subpath(target) }, `${here}: image`),
      tmpfs: parts({ size: size(target) }, `${here}: tmpfs`),
    },
    here,
  );
}

function propagation(target: string): Classifier {
  const isOwn = (value: unknown) => [undefined, 'private', 'rprivate'].includes(value as string);
  return function* (before, after, { name }) {
    const effect = !isOwn(after) ? 'broadens' : isOwn(before) ? 'neutral' : 'narrows';
    const phrase = isOwn(after) ? 'stay apart' : 'pass between it and the host';
    yield { before, after, effect, summary: `${name}: mounts below ${target} ${phrase} now` };
  };
}

function createHostPath(target: string): Classifier {
  const on = (value: unknown) => value !== false && value !== 'false';
  return function* (before, after, subject) {
    if (on(before) === on(after)) {
      yield* plain([`mount at ${target}: create_host_path`])(before, after, subject);
      return;
    }
    const effect = on(after) ? 'broadens' : 'narrows';
    const phrase = on(after) ? 'is made as root' : 'stops the start';
    const summary = `${subject.name}: a missing source of ${target} ${phrase} now`;
    yield { before, after, effect, summary };
  };
}

function size(target: string): Classifier {
  const options = { noun: `memory at ${target}`, parse: bytesOf, unlimited: [0] };
  return function* (before, after, subject) {
    const verdict = compareLimits(options, before, after, subject);
    if (verdict) yield verdict;
    else yield* plain([`mount at ${target}: size`])(before, after, subject);
  };
}

function subpath(target: string): Classifier {
  return function* (before, after, { name }) {
    const effect: Effect = before === undefined ? 'narrows' : 'broadens';
    const what = after === undefined ? 'the whole of it' : `only ${show(after)} of it`;
    yield { before, after, effect, summary: `${name} sees ${what} at ${target} now` };
  };
}
