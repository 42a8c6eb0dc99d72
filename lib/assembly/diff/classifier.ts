/**
 * Classifiers: small pure functions that say what a difference in one property of a service means. The
 * ones here are general; the files beside hold those for one kind of wall each.
 */
import { isObject } from '../../core/is-object';
import { isTrue } from '../../policy/values';
import type { Effect, Verdict } from './change';
import { get, same, show, textsOf, type Plain } from './values';

/** The service that a property belongs to. */
export interface Subject {
  readonly name: string;
  readonly before: Plain;
  readonly after: Plain;
  /** True for a service that was not there before: it is compared with a hardened one. */
  readonly isNew: boolean;
}

/** Called with two values of a property that differ; `undefined` where it is not set. */
export type Classifier = (before: unknown, after: unknown, subject: Subject) => Iterable<Verdict>;

/** "(was 4g)", which a new service was not. */
export function was({ isNew }: Subject, text: string): string {
  return isNew ? '' : ` (was ${text})`;
}

/** A switch: `on` and `off` say what it means when it is turned; `label` names the property otherwise. */
export function flag(label: string, on: [Effect, string], off: [Effect, string]): Classifier {
  return function* (before, after, subject) {
    if (isTrue(before) === isTrue(after)) yield* plain([label])(before, after, subject);
    else {
      const [effect, phrase] = isTrue(after) ? on : off;
      yield { before, after, effect, summary: `${subject.name} ${phrase}` };
    }
  };
}

/** A list in which every item gives something: `added` and `removed` say what. */
export function grants(
  added: (item: string, subject: Subject) => string,
  removed: (item: string, subject: Subject) => string,
  {
    spelling = (text: string) => text,
    effect = 'broadens',
  }: { spelling?: (text: string) => string; effect?: Effect } = {},
): Classifier {
  return function* (before, after, subject) {
    const old = textsOf(before, spelling);
    const next = textsOf(after, spelling);
    for (const item of next) {
      if (old.has(item)) continue;
      const summary = `${subject.name} ${added(item, subject)}`;
      yield { at: [item], before: undefined, after: item, effect, summary };
    }
    for (const item of old) {
      if (next.has(item)) continue;
      const summary = `${subject.name} ${removed(item, subject)}`;
      yield { at: [item], before: item, after: undefined, effect: reverse(effect), summary };
    }
  };
}

/** A map whose entries are compared one by one; `undefined` where there is none. */
export function keyed(
  entries: (value: unknown) => ReadonlyMap<string, unknown>,
  classify: (key: string, before: unknown, after: unknown, subject: Subject) => Iterable<Verdict>,
): Classifier {
  return function* (before, after, subject) {
    const old = entries(before);
    const next = entries(after);
    for (const key of new Set([...old.keys(), ...next.keys()])) {
      const [one, other] = [old.get(key), next.get(key)];
      if (same(one, other)) continue;
      for (const verdict of classify(key, one, other, subject)) {
        yield { ...verdict, at: [key, ...(verdict.at ?? [])] };
      }
    }
  };
}

/** A map with a classifier for each of its keys; the others are told as they are. */
export function parts(table: Readonly<Record<string, Classifier>>, label: string): Classifier {
  return function* (before, after, subject) {
    const keys = [before, after].flatMap((value) => (isObject(value) ? Object.keys(value) : []));
    if (keys.length === 0) yield* plain([label])(before, after, subject);
    for (const key of new Set(keys)) {
      const [one, other] = [get(before, key), get(after, key)];
      if (same(one, other)) continue;
      const classify = Object.hasOwn(table, key) ? table[key]! : plain([label, key]);
      for (const verdict of classify(one, other, subject)) {
        yield { ...verdict, at: [key, ...(verdict.at ?? [])] };
      }
    }
  };
}

/** Tells what differs, value by value, without judging it. Lists are compared as a whole. */
export function plain(label: readonly string[], effect: Effect = 'neutral'): Classifier {
  return function* classify(before, after, subject): Iterable<Verdict> {
    if (isObject(before) && isObject(after)) {
      for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
        const [one, other] = [get(before, key), get(after, key)];
        if (same(one, other)) continue;
        for (const verdict of plain([...label, key], effect)(one, other, subject)) {
          yield { ...verdict, at: [key, ...(verdict.at ?? [])] };
        }
      }
      return;
    }
    const what = [subject.name, label.join(' ')].filter((part) => part !== '').join(': ');
    const summary =
      after === undefined
        ? `${what} is not set any more (was ${show(before)})`
        : `${what} is now ${show(after)}${before === undefined ? '' : ` (was ${show(before)})`}`;
    yield { before, after, effect, summary };
  };
}

export function reverse(effect: Effect): Effect {
  return effect === 'broadens' ? 'narrows' : effect === 'narrows' ? 'broadens' : 'neutral';
}
