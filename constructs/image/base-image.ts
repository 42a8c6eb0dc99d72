/** The image that a sandbox's image starts from. */

/** Releases of Debian that the generated Dockerfiles were built on. */
export const DEBIAN_RELEASES = ['bookworm', 'trixie'] as const;
export type DebianRelease = (typeof DEBIAN_RELEASES)[number];

/** Major version of the `nodejs` package. */
const NODE_VERSIONS: Readonly<Record<DebianRelease, number>> = { bookworm: 18, trixie: 20 };

export interface BaseImage {
  /** Name and tag, without digest. */
  readonly reference: string;
  readonly digest: string | undefined;
  /** Undefined for an image that somebody else made. */
  readonly release: DebianRelease | undefined;
}

/** The major version of Node.js that a base image's packages have, where that is known. */
export function nodeVersionOf({ release }: BaseImage): number | undefined {
  return release && NODE_VERSIONS[release];
}
