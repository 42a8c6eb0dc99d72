import { eachMount } from '../checks';
import type { Rule } from '../rule';

/** Set-user-id programs and device nodes mean nothing on a tmpfs. */
export const tmpfsOptionsWeak: Rule = {
  id: 'tmpfs-options-weak',
  title: 'No tmpfs has the options suid or dev',
  severity: 'error',
  acknowledgeable: true,
  why: 'On a tmpfs with suid or dev, a set-user-id program or a device node that an agent gets there works.',
  fix: 'remove the option; the engine’s defaults are nosuid and nodev',
  threats: ['F7', 'K3'],
  controls: ['least-privilege'],
  check: eachMount(({ tmpfs, target }) => {
    const weak = tmpfs?.options.filter((option) => option === 'suid' || option === 'dev') ?? [];
    return weak.length > 0 ? `the tmpfs at ${target} has ${weak.join(' and ')}` : undefined;
  }),
};
