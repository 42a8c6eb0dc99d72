/**
 * What Compose may read in place of a text with `${NAME}` in it. Only an `EnvRef` is interpolated:
 * a `$` in any other value is escaped in the generated file.
 */
import { EnvRef } from '../core/env-ref';
import { VARIABLES } from './sensitive-paths';
import { textOf } from './values';

/** Stands for what only the environment knows. No text of a document has it by accident. */
export const UNKNOWN = '\ue000';

const REFERENCE = /\$(?:\$|\{([A-Za-z_]\w*)(?:(:?[-?+])([^}]*))?\}|([A-Za-z_]\w*))/g;

/**
 * The readings of a scalar: with defaults in place of variables (`UNKNOWN` where there is none),
 * and with what well-known variables such as HOME hold on most hosts. Empty for no scalar.
 */
export function readingsOf(value: unknown): readonly string[] {
  if (!EnvRef.is(value)) {
    const text = textOf(value);
    return text === undefined ? [] : [text];
  }
  const usual = interpolate(value, (name, fallback) => VARIABLES[name] ?? fallback);
  const fallbacks = interpolate(value, (_, fallback) => fallback);
  return usual === fallbacks ? [usual] : [usual, fallbacks];
}

/** The reading of a scalar when no variable is set. */
export function readingOf(value: unknown): string | undefined {
  return EnvRef.is(value) ? interpolate(value, (_, fallback) => fallback) : textOf(value);
}

function interpolate(value: EnvRef, lookUp: (name: string, fallback: string) => string): string {
  return value
    .toString()
    .replace(REFERENCE, (all, braced?: string, operator?: string, word?: string, bare?: string) => {
      const name = braced ?? bare;
      if (name === undefined) return all === '$$' ? '$' : all;
      return lookUp(name, operator?.endsWith('-') ? (word ?? '') : UNKNOWN);
    });
}
