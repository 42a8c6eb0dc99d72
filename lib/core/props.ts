/**
 * Props are parsed once, in the constructor. Every problem of one call is reported together, each
 * with the value received, what is allowed, the construct path and the user's own line.
 */
import type { IConstruct } from 'constructs';
import * as z from 'zod';
import { InvalidPropsError } from './errors';
import type { Finding } from './finding';
import { problemOfName } from './names';
import { escapeActive, quoteUnlessPlain } from './quote';
import { captureStack, userLocation } from './source-location';
import { closest } from './suggest';

/** Which construct the props are for. */
export interface PropsOwner {
  /** The construct's class, as the user wrote it. */
  readonly kind: string;
  readonly scope?: IConstruct;
  readonly id?: string;
}

/**
 * Parses `props` by `schema`.
 *
 * @throws InvalidPropsError with one finding for each problem
 */
export function parseProps<S extends z.ZodType>(
  schema: S,
  props: unknown,
  owner: PropsOwner,
): z.output<S> {
  const { data, problems } = check(schema, props);
  if (problems.length > 0) throw invalidProps(owner, problems);
  return data as z.output<S>;
}

/**
 * As `parseProps`, for a construct whose id becomes a name in Compose.
 *
 * @throws InvalidPropsError with one finding for each problem, the id's included
 */
export function parseNamed<S extends z.ZodType>(
  schema: S,
  props: unknown,
  owner: PropsOwner & { readonly id: string },
): z.output<S> {
  const { data, problems } = check(schema, props);
  const nameProblem = problemOfName(owner.id);
  if (nameProblem !== undefined) problems.unshift(invalid(['id'], owner.id, nameProblem));
  if (problems.length > 0) throw invalidProps(owner, problems);
  return data as z.output<S>;
}

function check(schema: z.ZodType, props: unknown): { data: unknown; problems: Problem[] } {
  const result = schema.safeParse(props ?? {});
  if (result.success) return { data: result.data, problems: [] };
  const problems = result.error.issues.flatMap((issue) => explain(issue, schema, props, []));
  return { data: undefined, problems };
}

/** The error for problems that no schema can express, such as two props that exclude each other. */
export function invalidProps(owner: PropsOwner, problems: readonly Problem[]): InvalidPropsError {
  const made = owner.scope?.node.tryFindChild(owner.id ?? '');
  const source = userLocation(captureStack(), made);
  const construct = pathOf(owner);
  return new InvalidPropsError(
    construct,
    problems.map(({ rule = 'invalid-prop', message, fix }): Finding => {
      return {
        rule,
        severity: 'error',
        message: `${owner.kind}: ${message}`,
        fix,
        construct,
        source,
        acknowledgeable: false,
      };
    }),
  );
}

/** Shows a received value in one line, whatever it is. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'symbol' || (typeof value === 'number' && !Number.isFinite(value)))
    return String(value);
  const kind = classOf(value);
  if (kind !== undefined) return `an instance of ${quoteUnlessPlain(kind)}`;
  let text: string;
  try {
    text = JSON.stringify(value);
  } catch {
    text = 'an object that contains itself';
  }
  text = escapeActive(text);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** The name of a value's class; `undefined` for plain data. */
function classOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const name: unknown = (value as { constructor?: { name?: unknown } }).constructor?.name;
  const isPlain = typeof name !== 'string' || ['', 'Object', 'Array'].includes(name);
  return isPlain ? undefined : name;
}

interface Problem {
  /** Default: `invalid-prop`. */
  readonly rule?: string;
  readonly message: string;
  readonly fix: string;
}

type Issue = z.core.$ZodIssue;

/** What zod says of a union that was given no message. */
const UNION_WITHOUT_MESSAGE = 'Invalid input';

function explain(
  issue: Issue,
  schema: z.ZodType,
  props: unknown,
  prefix: PropertyKey[],
): Problem[] {
  const at = [...prefix, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const allowed = keysAt(schema, at);
    return issue.keys.map((key) => unknownKey([...at, key], key, allowed));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // The alternative that got furthest is the one that was meant.
    const alternatives = issue.errors.filter((issues) => issues.length > 0);
    const deepest = alternatives.find((issues) => issues.some((inner) => inner.path.length > 0));
    if (deepest) return deepest.flatMap((inner) => explain(inner, schema, props, at));
    const each = alternatives.map((issues) => issues[0]!.message).join(', or ');
    const allowed = issue.message === UNION_WITHOUT_MESSAGE ? each : issue.message;
    return [invalid(at, valueAt(props, at), allowed)];
  }
  if (issue.code === 'invalid_key') {
    const key = String(at.at(-1));
    return issue.issues.map(({ message }) => invalid(at.slice(0, -1), key, message, 'the key '));
  }
  return [invalid(at, valueAt(props, at), issue.message)];
}

function invalid(at: PropertyKey[], value: unknown, allowed: string, what = ''): Problem {
  const name = at.length === 0 ? 'props' : dotted(at);
  return {
    rule: 'invalid-prop',
    message: `${name}: received ${what}${show(value)}; allowed: ${allowed}`,
    fix: value === undefined ? `give ${name}` : `change ${name}`,
  };
}

function unknownKey(at: PropertyKey[], key: string, allowed: string[]): Problem {
  const guess = closest(key, allowed);
  const known = allowed.length > 0 ? `; known: ${allowed.join(', ')}` : '';
  return {
    rule: 'unknown-prop',
    message: `there is no prop ${dotted(at)}${known}`,
    fix: guess ? `did you mean ${guess}?` : `remove ${quoteUnlessPlain(key)}`,
  };
}

/** A path as the user would write it: `mounts.0.source`. */
function dotted(path: readonly PropertyKey[]): string {
  return path.map((key) => quoteUnlessPlain(String(key))).join('.');
}

function valueAt(value: unknown, at: PropertyKey[]): unknown {
  return at.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
}

/** The keys that the object schema at `path` knows; empty when there is no object schema. */
function keysAt(schema: z.ZodType, path: PropertyKey[]): string[] {
  let at: z.ZodType | undefined = schema;
  for (const key of path) at = child(unwrap(at), key);
  const inner = unwrap(at);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

function unwrap(schema: z.ZodType | undefined): z.ZodType | undefined {
  let at = schema;
  while (at instanceof z.ZodOptional || at instanceof z.ZodDefault) at = at.unwrap() as z.ZodType;
  return at;
}

function child(schema: z.ZodType | undefined, key: PropertyKey): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[String(key)] as z.ZodType | undefined;
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  return undefined;
}

function pathOf({ scope, id }: PropsOwner): string {
  const above = scope?.node.path ?? '';
  return [above, id].filter((part) => part).join('/');
}
