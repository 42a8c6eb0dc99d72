/** Values of parsed JSON or YAML, before anything is known about them. */

/** True for an object, as opposed to a list, a text, null. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
