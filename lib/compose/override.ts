/**
 * Overrides: the way to a key that the props do not reach or that an L2 construct sets otherwise.
 * They work on the rendered element, in the Compose spelling, and what they make is validated and
 * checked by the policy rules like everything else.
 */
import { EnvRef } from '../core/env-ref';
import { describeValue, type SchemaProblem } from './problem';
import { copyPlain } from './rename';
import { childType, SCHEMA, setOwn, type TypeName } from './schema';

export interface Override {
  readonly path: readonly string[];
  /** Plain data; `undefined` deletes the key. */
  readonly value: unknown;
}

type Container = unknown[] | Record<string, unknown>;

const INDEX = /^(0|[1-9]\d*)$/;

/** Segments that reach an object's prototype instead of its keys. */
const REFUSED: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/**
 * Splits a dotted path; a list is taken as it is, for keys that contain dots.
 *
 * @throws RangeError for an empty path, an empty segment, and a segment that names a prototype
 */
export function parsePath(path: string | readonly (string | number)[]): string[] {
  const segments = typeof path === 'string' ? path.split('.') : path.map(String);
  const wrong = segments.find((segment) => segment === '' || REFUSED.includes(segment));
  if (segments.length > 0 && wrong === undefined) return segments;
  const shown = JSON.stringify(path);
  throw new RangeError(
    wrong
      ? `addOverride: received the path ${shown}; ${wrong} is no key of a Compose document`
      : `addOverride: received the path ${shown}; allowed are keys and indexes, none of them empty`,
  );
}

/** Applies one override to a rendered element of the type; gives the problem when it does not fit. */
export function applyOverride(
  root: Record<string, unknown>,
  rootType: TypeName,
  { path, value }: Override,
): SchemaProblem | undefined {
  let container: Container = root;
  let type = rootType;
  for (let depth = 0; ; depth++) {
    const segment = path[depth]!;
    const misfit = misfitOf(container, segment, value === undefined);
    if (misfit !== undefined) return problem(path.slice(0, depth + 1), ...misfit);
    if (depth === path.length - 1) {
      if (value === undefined) remove(container, segment);
      // A copy, so that a later override of something inside it does not change this one.
      else set(container, segment, copyPlain(value).value);
      return undefined;
    }
    type = childType(type, Array.isArray(container) ? Number(segment) : segment);
    let next = get(container, segment);
    if (next === undefined || next === null) {
      if (value === undefined) return undefined;
      set(container, segment, (next = emptyContainer(type)));
    }
    if (!isContainer(next)) {
      const inside = path.slice(0, depth + 1);
      return problem(inside, 'has nothing inside that could be overridden', describeValue(next));
    }
    container = next;
  }
}

/** What is wrong with a segment in this container: the message, and what was received. */
function misfitOf(
  container: Container,
  segment: string,
  deleting: boolean,
): [message: string, received: string] | undefined {
  if (!Array.isArray(container)) return undefined;
  const { length } = container;
  if (!INDEX.test(segment)) return ['is no index of a list', JSON.stringify(segment)];
  if (Number(segment) <= length || deleting) return undefined;
  return [`is beyond the end of the list; the next index is ${length}`, segment];
}

function problem(path: readonly string[], message: string, received: string): SchemaProblem {
  const allowed = 'a key of an object, or an index of a list up to one past its end';
  return { path, message, received, allowed };
}

function emptyContainer(type: TypeName): Container {
  const { array, object } = SCHEMA[type];
  return array && !object ? [] : {};
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null && !EnvRef.is(value);
}

function get(container: Container, segment: string): unknown {
  if (Array.isArray(container)) return container[Number(segment)];
  return Object.hasOwn(container, segment) ? container[segment] : undefined;
}

function set(container: Container, segment: string, value: unknown): void {
  if (Array.isArray(container)) container[Number(segment)] = value;
  else setOwn(container, segment, value);
}

function remove(container: Container, segment: string): void {
  if (Array.isArray(container)) container.splice(Number(segment), 1);
  else Reflect.deleteProperty(container, segment);
}
