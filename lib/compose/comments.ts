/** Comments in the generated compose file, where a reviewer would ask why. */

type Comment = string | ((value: unknown) => string | undefined);

const SERVICE_COMMENTS: Readonly<Record<string, Comment>> = {
  init: 'A small init reaps zombies and passes signals on, so a stop takes well under a second.',
  user: 'Never root; the same ids as the person who starts it, so that outputs are theirs.',
  network_mode: (value) =>
    value === 'none' ? 'Air gap: one loopback interface, no route, no DNS.' : undefined,
  read_only: (value) =>
    value === true ? 'Nothing in the image can be changed at run time.' : undefined,
  cap_drop:
    "No capability, and none to be had by a setuid program. The engine's own seccomp and AppArmor profiles stay on.",
  ipc: 'Shared memory of its own, with nobody else in it.',
  tmpfs: 'Writable places, in memory: each has a size and an inode limit, and is gone at stop.',
  memswap_limit: 'Memory and swap together: equal to mem_limit means no swap.',
  pids_limit: 'Stops fork bombs.',
  runtime: (value) =>
    typeof value === 'string'
      ? undefined
      : 'gVisor where the host has it: start with SANDBOX_RUNTIME=runsc.',
  healthcheck:
    'Proves the walls from inside, by root-owned files that the agent can neither replace nor trace.',
};

/** The comment above a key of the document, if there is one. */
export function commentFor(path: readonly string[], value: unknown): string | undefined {
  if (path[0] !== 'services' || path.length !== 3) return undefined;
  const comment = Object.hasOwn(SERVICE_COMMENTS, path[2]!)
    ? SERVICE_COMMENTS[path[2]!]
    : undefined;
  return typeof comment === 'function' ? comment(value) : comment;
}
