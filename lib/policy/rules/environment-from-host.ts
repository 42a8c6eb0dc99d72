import type { ComposeDocument } from '../../compose/generated/document';
import { eachService } from '../checks';
import type { Rule, Violation } from '../rule';
import { entriesOf, recordOf, show } from '../values';

const inServices = eachService((service) => {
  const found = entriesOf(service.environment).filter(({ value }) => value === null);
  if (found.length === 0) return undefined;
  return found.map(({ name, key }) => ({
    property: `environment.${key}`,
    message: `${show(name)} has no value, so that Compose takes the host’s`,
  }));
});

/** Secrets and configs of a variable, whoever uses them: a service or a build. */
function inGrants(document: ComposeDocument): Violation[] {
  return (['secrets', 'configs'] as const).flatMap((section) =>
    Object.entries(recordOf(document[section])).flatMap(([name, grant]) => {
      const { environment } = recordOf(grant);
      if (environment === undefined || environment === null) return [];
      const message = `hands over the host’s variable ${show(environment)}`;
      return [{ property: `${section}.${name}.environment`, message }];
    }),
  );
}

/** Values are written down, not picked up. */
export const environmentFromHost: Rule = {
  id: 'environment-from-host',
  title: 'No variable is passed through from the host without a value, nor as a secret or config',
  severity: 'error',
  acknowledgeable: true,
  why: 'A variable without a value takes whatever the shell that starts the sandbox has under this name, a key for example; a secret or config of a variable is the same in a file.',
  fix: 'give it a value, or an EnvRef that says what it is',
  threats: ['S1'],
  controls: ['key-custody', 'configuration-management'],
  check: (subject) => [...inServices(subject), ...inGrants(subject.document)],
};
