/** A value that is only known when the sandbox is started: `${NAME}` in Compose's own syntax. */

const BRAND = Symbol.for('sandbox-cdk.EnvRef');
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
// Compose ends a message or default at the first `}` and interpolates `$` inside it.
const TEXT = /^[^${}\p{Cc}]*$/u;
/** `$$`, or a reference with its default where it has one. */
const SPELT = /\$(?:\$|\{[A-Za-z_]\w*(?::?-([^}]*)|[^}]*)\}|[A-Za-z_]\w*)/g;

/**
 * A value that Compose reads from the environment when the sandbox is started.
 *
 * Everything else in the generated file is literal: a `$` in any other value is escaped. An
 * `EnvRef` is the one way to a value that differs from machine to machine.
 *
 * @see Compose specification, "Interpolation"
 * @example
 * import { EnvRef } from 'sandbox-cdk';
 *
 * const host = EnvRef.required('SIEM_HOST', 'address of the log server');
 * const port = EnvRef.optional('SIEM_PORT', '6514');
 * EnvRef.text`tcp://${host}:${port}`; // tcp://${SIEM_HOST:?address of the log server}:${SIEM_PORT:-6514}
 */
export class EnvRef {
  /** True for an `EnvRef`, also for one made by another installed copy of this package. */
  static is(value: unknown): value is EnvRef {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  /**
   * The variable must be set and not empty; otherwise Compose stops and shows `whatItIs`.
   *
   * @throws RangeError for a name that is no variable name, or a text that is empty or has `$`,
   * `{`, `}` or control characters (Compose would read them as its own syntax)
   */
  static required(name: string, whatItIs: string): EnvRef {
    if (whatItIs.trim() === '') {
      throw new RangeError(`EnvRef ${name}: say in a few words what the value is; received ''`);
    }
    return new EnvRef(reference(name, ':?', whatItIs), undefined);
  }

  /** The variable may be unset or empty; Compose then uses `defaultValue`. Throws as `required`. */
  static optional(name: string, defaultValue: string): EnvRef {
    return new EnvRef(reference(name, ':-', defaultValue), defaultValue);
  }

  /** Literal text around references: `` EnvRef.text`${uid}:${gid}` ``. */
  static text(
    literals: TemplateStringsArray,
    ...values: readonly (string | number | EnvRef)[]
  ): EnvRef {
    const parts: readonly (string | number | EnvRef)[] = literals.flatMap((literal, index) =>
      index < values.length ? [literal, values[index]!] : [literal],
    );
    const defaults = parts.map((part) => (EnvRef.is(part) ? part.defaultValue : String(part)));
    return new EnvRef(
      parts
        .map((part) => (EnvRef.is(part) ? part.toString() : escapeDollars(String(part))))
        .join(''),
      defaults.includes(undefined) ? undefined : defaults.join(''),
    );
  }

  /**
   * A value as a Compose file spells it: text without references is that text, every `$$` in it read
   * as `$`. A reference in any form that Compose knows is taken as it is.
   */
  static parse(spelt: string): string | EnvRef {
    const references = [...spelt.matchAll(SPELT)].filter(([all]) => all !== '$$');
    const withDefaults = spelt.replace(SPELT, (all, fallback?: string) =>
      all === '$$' ? '$' : (fallback ?? ''),
    );
    if (references.length === 0) return withDefaults;
    const haveDefaults = references.every(([, fallback]) => fallback !== undefined);
    return new EnvRef(spelt, haveDefaults ? withDefaults : undefined);
  }

  private constructor(
    private readonly rendered: string,
    /** What Compose uses when no variable is set; `undefined` when one must be set. */
    readonly defaultValue: string | undefined,
  ) {
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** The value in Compose's syntax. */
  toString(): string {
    return this.rendered;
  }

  toJSON(): string {
    return this.rendered;
  }
}

/** Literal text as Compose must spell it: every `$` doubled, so that none is interpolated. */
export function escapeDollars(literal: string): string {
  return literal.replaceAll('$', '$$$$');
}

function reference(name: string, operator: ':?' | ':-', text: string): string {
  if (!NAME.test(name)) {
    throw new RangeError(
      `EnvRef: received the name ${JSON.stringify(name)}; allowed are letters, digits and _, not starting with a digit`,
    );
  }
  if (!TEXT.test(text) || !text.isWellFormed()) {
    throw new RangeError(
      `EnvRef ${name}: received the text ${JSON.stringify(text)}; allowed is text without $, {, } and control characters`,
    );
  }
  return `\${${name}${operator}${text}}`;
}
