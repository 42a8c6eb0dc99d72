import { eachService } from '../checks';
import type { Rule } from '../rule';
import { recordOf, show } from '../values';

/** Builds sign in nowhere as you. */
export const buildSshForwarded: Rule = {
  id: 'build-ssh-forwarded',
  title: 'No SSH agent or key is forwarded to a build',
  severity: 'error',
  acknowledgeable: true,
  why: 'While it builds, every package’s install script can sign in wherever you can.',
  fix: 'remove build.ssh; use RUN --mount=type=secret with a token that reads one repository',
  threats: ['F3', 'F4'],
  controls: ['key-custody'],
  check: eachService(({ build }) => {
    const { ssh } = recordOf(build);
    return ssh === undefined
      ? undefined
      : { property: 'build.ssh', message: `forwards ${show(ssh)}` };
  }),
};
