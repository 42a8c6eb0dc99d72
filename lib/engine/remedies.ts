/** What to do about failures whose reason the engine names, in words that say nothing about a remedy. */

const REMEDIES: readonly (readonly [complaint: RegExp, remedy: string])[] = [
  [
    /no space left on device|disk quota exceeded/i,
    'the engine has no space left: docker system df shows what takes it, docker builder prune frees what builds left behind',
  ],
  [
    /port is already allocated|address already in use|ports are not available/i,
    'something else on this host has that port: end it, or publish another port in the program',
  ],
  [
    /container name .* is already in use/i,
    'another container has that name: docker rm removes it; without a containerName Compose finds a name that is free',
  ],
  [
    /(?:network|volume) .* has incorrect label/i,
    'another project has one of that name: choose another name in the program, or remove it there',
  ],
  [
    /cannot connect to the docker daemon|error during connect/i,
    'the engine went away meanwhile: start it',
  ],
];

/** The remedy for what Compose said; `undefined` when its own words have to do. */
export function remedyOf(output: string): string | undefined {
  return REMEDIES.find(([complaint]) => complaint.test(output))?.[1];
}
