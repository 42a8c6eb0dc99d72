import { eachService } from '../checks';
import type { Rule } from '../rule';
import { entriesOf, show } from '../values';

/** Values are written down, not picked up. */
export const environmentFromHost: Rule = {
  id: 'environment-from-host',
  title: 'No variable is passed through from the host without a value',
  severity: 'error',
  acknowledgeable: true,
  why: 'A variable without a value takes whatever the shell that starts the sandbox has under this name, a key for example.',
  fix: 'give it a value, or an EnvRef that says what it is',
  threats: ['S1'],
  controls: ['key-custody', 'configuration-management'],
  check: eachService((service) => {
    const found = entriesOf(service.environment).filter(({ value }) => value === null);
    if (found.length === 0) return undefined;
    return found.map(({ name, key }) => ({
      property: `environment.${key}`,
      message: `${show(name)} has no value, so that Compose takes the host’s`,
    }));
  }),
};
