/** The base of every construct here: knows the user's line that made it, and can acknowledge. */
import { Construct, type IConstruct } from 'constructs';
import { reasonProblem } from './acknowledgement-reason';
import { DuplicateIdError, InvalidPropsError } from './errors';
import type { Acknowledgement } from './finding';
import { quote } from './quote';
import {
  captureStack,
  userLocation,
  type CapturedStack,
  type SourceLocation,
} from './source-location';

const STACK = Symbol.for('sandbox-cdk.stack');
const ACKNOWLEDGEMENTS = Symbol.for('sandbox-cdk.acknowledgements');

let sharesLineOfScope = false;

/**
 * Makes constructs that share the user's line of the scope they are made in: those that a construct
 * of this package makes for itself. Saves a stack for each.
 */
export function onLineOfScope<T>(make: () => T): T {
  const outer = sharesLineOfScope;
  sharesLineOfScope = true;
  try {
    return make();
  } finally {
    sharesLineOfScope = outer;
  }
}

interface GivenAcknowledgement {
  readonly rule: string;
  readonly reason: string;
  readonly stack: CapturedStack;
}

/**
 * Base class of all constructs of this package, and of a company's own.
 *
 * @throws DuplicateIdError when the scope already has a child of this id
 * @throws InvalidPropsError for an empty id
 */
export abstract class SandboxConstruct extends Construct {
  /** @internal */
  readonly [STACK]?: CapturedStack;
  /** @internal */
  [ACKNOWLEDGEMENTS]?: GivenAcknowledgement[];

  constructor(scope: Construct, id: string) {
    super(scopeFor(scope, id), id);
    if (!sharesLineOfScope) this[STACK] = captureStack();
  }

  /**
   * Accepts a finding on this construct and everything below it, on purpose and in the open: the
   * rule and the reason are written into the manifest. One that matches nothing is an error.
   *
   * @param rule the finding's id, as printed with it
   * @param reason one line that a reviewer will read
   * @throws InvalidPropsError for a reason that is empty or more than one line
   * @example
   * import { App, Level1Sandbox } from 'sandbox-cdk';
   *
   * const sandbox = new Level1Sandbox(new App(), 'demo', { source: '.' });
   * sandbox.acknowledge('image-not-pinned', 'digest follows with the first release');
   */
  acknowledge(rule: string, reason: string): this {
    checkReason(this, rule, reason);
    (this[ACKNOWLEDGEMENTS] ??= []).push({ rule, reason, stack: captureStack() });
    return this;
  }
}

/** The user's line that made a construct, or the nearest construct above that knows its line. */
export function sourceOf(construct: IConstruct | undefined): SourceLocation | undefined {
  for (let at = construct; at !== undefined; at = at.node.scope) {
    const stack = (at as Partial<SandboxConstruct>)[STACK];
    const location = stack && userLocation(stack, at);
    if (location) return location;
  }
  return undefined;
}

/** The acknowledgements given on one construct (not on those above it). */
export function acknowledgementsOf(construct: IConstruct): Acknowledgement[] {
  const given = (construct as Partial<SandboxConstruct>)[ACKNOWLEDGEMENTS] ?? [];
  return given.map(({ rule, reason, stack }) => ({
    rule,
    reason,
    scope: construct.node.path,
    source: userLocation(stack),
  }));
}

/** The scope, when the id is one and not taken yet. The root of a tree has no scope. */
function scopeFor(scope: Construct | undefined, id: string): Construct {
  if (scope && id === '') throw emptyId(scope);
  const taken = scope?.node.tryFindChild(id);
  if (scope && taken) throw new DuplicateIdError(scope.node.path, id, sourceOf(taken));
  return scope as Construct;
}

function emptyId(scope: Construct): InvalidPropsError {
  const where = scope.node.path || 'the app';
  return refused(scope, {
    message: `id: received "" in ${where}; allowed: a text that is not empty`,
    fix: 'give the construct an id',
  });
}

function checkReason(construct: IConstruct, rule: string, reason: string): void {
  if (reasonProblem(reason) === undefined) return;
  throw refused(construct, {
    message: `acknowledge: received the reason ${quote(reason)} for ${quote(rule)}; allowed: one line of text`,
    fix: 'say in one line why the finding is acceptable; a reviewer will read it',
  });
}

function refused(
  construct: IConstruct,
  problem: { readonly message: string; readonly fix: string },
): InvalidPropsError {
  const { path } = construct.node;
  const finding = {
    rule: 'invalid-prop',
    severity: 'error',
    ...problem,
    construct: path,
    source: userLocation(captureStack()),
    acknowledgeable: false,
  } as const;
  return new InvalidPropsError(path || 'the app', [finding]);
}
