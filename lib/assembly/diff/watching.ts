/** How a service is watched: its health check and its logs. Less of either broadens. */
import { isTrue } from '../../policy/values';
import type { Effect } from './change';
import { keyed, parts, plain, type Classifier } from './classifier';
import { entriesOf, get, listOf, show } from './values';

/** True where somebody looks whether the service is well. */
function isChecked(healthcheck: unknown): boolean {
  if (healthcheck === undefined || isTrue(get(healthcheck, 'disable'))) return false;
  return listOf(get(healthcheck, 'test'))[0] !== 'NONE';
}

export const healthcheck: Classifier = function* (before, after, subject) {
  const { name } = subject;
  if (isChecked(before) === isChecked(after)) {
    yield* plain(['health check'])(before, after, subject);
  } else if (isChecked(after)) {
    yield { before, after, effect: 'narrows', summary: `${name}: its health is checked now` };
  } else {
    const summary = `${name}: its health is not checked${subject.isNew ? '' : ' any more'}`;
    yield { before, after, effect: 'broadens', summary };
  }
};

const driver: Classifier = function* (before, after, subject) {
  const { name } = subject;
  if (after === 'none') {
    yield { before, after, effect: 'broadens', summary: `${name} leaves no log any more` };
  } else if (before === 'none') {
    yield { before, after, effect: 'narrows', summary: `${name} leaves a log now` };
  } else yield* plain(['logging driver'])(before, after, subject);
};

export const logging = parts(
  {
    driver,
    options: keyed(entriesOf, function* (key, before, after, subject) {
      if (key !== 'mode') {
        yield* plain(['logging', key])(before, after, subject);
        return;
      }
      const loses = after === 'non-blocking';
      const effect: Effect = loses ? 'broadens' : before === 'non-blocking' ? 'narrows' : 'neutral';
      const what = loses ? 'log records may be lost' : 'no log record is dropped for speed';
      yield { before, after, effect, summary: `${subject.name}: ${what} now` };
    }),
  },
  'logging',
);

/** Names with values that are told as they are: variables, labels. */
export function entries(label: string): Classifier {
  return keyed(entriesOf, function* (key, before, after, { name }) {
    const what = `${name}: ${label} ${show(key)}`;
    const summary =
      after === undefined
        ? `${what} is not set any more`
        : `${what} is ${show(after)} now${before === undefined ? '' : ` (was ${show(before)})`}`;
    yield { before, after, effect: 'neutral', summary };
  });
}
