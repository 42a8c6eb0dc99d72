import { EnvRef } from '../../core/env-ref';
import { contextsOf } from '../build-contexts';
import { eachService } from '../checks';
import type { Rule } from '../rule';
import { show, textOf } from '../values';

/** A commit as the fragment of a Git address, with or without a folder, or as its `commit`. */
const COMMIT = /#(?:[0-9a-f]{40}|[0-9a-f]{64})(?::|$)|[?&](?:commit|checksum)=[0-9a-f]{40}/;

/** What is built is what was reviewed. */
export const buildContextRemote: Rule = {
  id: 'build-context-remote',
  title: 'A build context that is fetched names a commit',
  severity: 'warning',
  acknowledgeable: true,
  why: 'A branch, a tag or an archive holds something else tomorrow, and its Dockerfile is seen by no rule.',
  fix: 'name the commit: https://example.com/x.git#<40 hexadecimal digits>; better, build from a folder of the project',
  threats: ['K8'],
  controls: ['image-provenance'],
  check: eachService(({ build }) =>
    contextsOf(build)
      .filter(({ fetched, value }) => fetched && !namesCommit(value))
      .map(({ property, value }) => ({ property, message: `fetches ${show(value)}` })),
  ),
};

function namesCommit(value: unknown): boolean {
  return !EnvRef.is(value) && COMMIT.test(textOf(value) ?? '');
}
