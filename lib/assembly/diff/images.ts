/** What a service is made from: its image, and what a build may reach. */
import { isPinned } from '../../policy/images';
import type { Effect } from './change';
import { flag, grants, keyed, parts, plain, was, type Classifier } from './classifier';
import { entriesOf, show, textOf } from './values';

/** What it means that one image takes the place of another. */
export function imageEffect(before: unknown, after: unknown): Effect {
  const step = Number(isPinned(textOf(before))) - Number(isPinned(textOf(after)));
  return step > 0 ? 'broadens' : step < 0 ? 'narrows' : 'neutral';
}

export const image: Classifier = function* (before, after, subject) {
  const effect =
    before === undefined || after === undefined ? 'neutral' : imageEffect(before, after);
  const lost = effect === 'broadens' ? ', which no digest pins' : '';
  const told = after === undefined ? 'the one it builds' : show(after);
  const summary = `${subject.name}: the image is ${told} now${lost}${was(subject, show(before))}`;
  yield { before, after, effect, summary };
};

/** A build runs before any wall stands; what it is given ends up in the image, or may. */
export const build = parts(
  {
    privileged: flag(
      'build privileged',
      ['broadens', 'is built with privileges now'],
      ['narrows', 'is built without privileges now'],
    ),
    entitlements: grants(
      (item) => `is built with the entitlement ${show(item)} now`,
      (item) => `is built without the entitlement ${show(item)} now`,
    ),
    ssh: grants(
      (item) => `is built with the SSH key ${show(item)} now`,
      (item) => `is built without the SSH key ${show(item)} now`,
    ),
    secrets: grants(
      (item) => `is built with the secret ${show(item)} now`,
      (item) => `is built without the secret ${show(item)} now`,
    ),
    additional_contexts: keyed(entriesOf, function* (key, before, after, { name }) {
      const summary =
        after === undefined
          ? `${name} is no longer built from ${key}`
          : `${name} is also built from ${show(after)} now`;
      yield { before, after, effect: after === undefined ? 'narrows' : 'broadens', summary };
    }),
    args: keyed(entriesOf, function* (key, before, after, subject) {
      yield* plain(['build argument', key])(before, after, subject);
    }),
  },
  'build',
);

/** A hook runs beside the service's own program, with rights of its own. */
export const hooks: Classifier = function* (before, after, { name }) {
  const effect = after === undefined ? 'narrows' : 'broadens';
  const what =
    after === undefined ? 'runs no such hook any more' : `runs other hooks now: ${show(after)}`;
  yield { before, after, effect, summary: `${name} ${what}` };
};
