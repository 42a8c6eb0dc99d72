/**
 * The base of all L1 constructs: one entry of a Compose document, from props to plain data. The
 * classes themselves, with their props, are generated from the specification.
 */
import type { Construct } from 'constructs';
import {
  COMPOSE_ELEMENT,
  type ComposeSection,
  type IComposeElement,
  type RenderedElement,
} from '../../lib/compose/element';
import { applyOverride, parsePath, type Override } from '../../lib/compose/override';
import {
  describeValue,
  isPlainObject,
  notPlain,
  type SchemaProblem,
} from '../../lib/compose/problem';
import { copyPlain, toCompose } from '../../lib/compose/rename';
import type { TypeName } from '../../lib/compose/schema';
import { SandboxConstruct } from '../../lib/core/construct';

/** What every L1 construct takes beside its props. */
export interface ComposeElementOptions {
  /**
   * Key of the element in its section of the document. Default: the construct's id; for the
   * default child of another construct (id `Resource`), the id of that construct.
   */
  readonly name?: string;
}

/**
 * Base class of the L1 constructs; `P` are the props of one kind of element.
 *
 * @throws DuplicateIdError when the scope already has a child of this id
 * @see Compose specification
 */
export abstract class ComposeElement<P extends object>
  extends SandboxConstruct
  implements IComposeElement
{
  static {
    // On the prototype: a mark for isComposeElement, not a property of each element.
    Object.defineProperty(this.prototype, COMPOSE_ELEMENT, { value: true });
  }

  readonly section: ComposeSection;
  readonly elementName: string;

  private readonly type: TypeName;
  private readonly props: P | (() => P);
  private readonly overrides: Override[] = [];
  private readonly overrideProblems: SchemaProblem[] = [];

  /** @param props the props, or a function that gives them each time the element is rendered */
  constructor(
    scope: Construct,
    id: string,
    section: ComposeSection,
    type: TypeName,
    props: P | (() => P),
    name?: string,
  ) {
    super(scope, id);
    this.section = section;
    this.type = type;
    this.props = props;
    this.elementName = name ?? defaultName(scope, this.node.id);
  }

  /**
   * Sets or deletes a key of the rendered element, whatever made it. Overrides are applied in the
   * order of the calls, after the props; the result is validated and checked by the policy rules.
   *
   * @param path keys in the Compose spelling, joined by dots (`deploy.resources.limits.cpus`,
   * `volumes.0.read_only`), or a list of them for keys that contain dots
   * (`['labels', 'com.example.team']`). Objects and lists on the way are created; an index one past
   * the end of a list appends.
   * @param value plain data or an `EnvRef`; `undefined` deletes the key
   * @throws RangeError for an empty path or segment, and for `__proto__`, `constructor` and
   * `prototype`
   * @example
   * import { App, Sandbox } from 'sandbox-cdk';
   * import { ComposeService } from 'sandbox-cdk/compose';
   *
   * const sandbox = new Sandbox(new App(), 'lab');
   * const service = new ComposeService(sandbox, 'agent', { image: 'debian:trixie-slim' });
   * service.addOverride('deploy.resources.limits.cpus', 2);
   * service.addOverride(['labels', 'com.example.team'], 'payments');
   */
  addOverride(path: string | readonly (string | number)[], value: unknown): this {
    const segments = parsePath(path);
    if (value === undefined) {
      this.overrides.push({ path: segments, value });
      return this;
    }
    const copy = copyPlain(value);
    for (const problem of copy.problems) {
      this.overrideProblems.push({ ...problem, path: [...segments, ...problem.path] });
    }
    if (copy.value !== undefined) this.overrides.push({ path: segments, value: copy.value });
    return this;
  }

  /** The element as plain data in the Compose spelling, overrides included, not yet validated. */
  render(): RenderedElement {
    const props: unknown = typeof this.props === 'function' ? this.props() : this.props;
    if (!isProps(props)) {
      return { value: {}, problems: [notPlain([], describeValue(props), this.type)] };
    }
    const { value, problems } = toCompose(this.type, props);
    const element = value as Record<string, unknown>;
    problems.push(...this.overrideProblems);
    for (const override of this.overrides) {
      const problem = applyOverride(element, this.type, override);
      if (problem) problems.push(problem);
    }
    return { value: element, problems };
  }
}

function isProps(props: unknown): props is Record<string, unknown> {
  return (
    typeof props === 'object' && props !== null && !Array.isArray(props) && isPlainObject(props)
  );
}

/** A default child stands for the construct around it, and is called like it. */
function defaultName(scope: Construct, id: string): string {
  return id === 'Resource' || id === 'Default' ? scope.node.id || id : id;
}
