/**
 * Image references, by the grammar of the distribution project's reference package: only what is a
 * reference in full, so that nothing else can come into a `FROM` line.
 */

const COMPONENT = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const IPV6 = '\\[[a-fA-F0-9:]+\\]';
const DOMAIN = `(?:${COMPONENT}(?:\\.${COMPONENT})*|${IPV6})(?::[0-9]{1,5})?`;
const PATH_COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const NAME = `(?:${DOMAIN}/)?${PATH_COMPONENT}(?:/${PATH_COMPONENT})*`;
const TAG = '[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}';
const REFERENCE = new RegExp(`^(${NAME})(?::(${TAG}))?(?:@(sha256:[a-f0-9]{64}))?$`);
const MAX_NAME = 255;

/** A digest as registries and `docker images --digests` show it. */
export const DIGEST_PATTERN = /^sha256:[a-f0-9]{64}$/;

export interface ImageReference {
  /** `debian`, `registry.example.com:5000/team/base`. */
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** The parts of a reference, or `undefined` for a text that is none. */
export function parseImageReference(text: string): ImageReference | undefined {
  const [, name, tag, digest] = REFERENCE.exec(text) ?? [];
  if (name === undefined || name.length > MAX_NAME) return undefined;
  // Engines take 64 hexadecimal digits for an image id.
  if (/^[a-f0-9]{64}$/.test(name)) return undefined;
  return { name, tag, digest };
}
