/** Names that are safe as a Compose name, a folder, an image name and a host name at once. */

/** Lower-case letters, digits, `-` and `_`, starting with a letter or digit; at most 63. */
export const NAME_PATTERN = /^[a-z0-9][a-z0-9_-]{0,62}$/;

const NAME_RULE =
  'lower-case letters, digits, - and _, starting with a letter or digit, at most 63 characters';

/** A valid name close to the received one, or `undefined` when nothing of it can be kept. */
export function suggestName(received: string): string | undefined {
  const name = received
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[^a-z0-9]+|-+$/g, '')
    .slice(0, 63);
  return name === '' ? undefined : name;
}

/** What is allowed instead of this name; `undefined` when the name is valid. */
export function problemOfName(received: string): string | undefined {
  if (NAME_PATTERN.test(received)) return undefined;
  const guess = suggestName(received);
  return NAME_RULE + (guess === undefined || guess === received ? '' : `; for example ${guess}`);
}
