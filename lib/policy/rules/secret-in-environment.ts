import { EnvRef } from '../../core/env-ref';
import { eachService } from '../checks';
import type { Rule, Violation } from '../rule';
import { hasKnownKey, isPlaceholder, isSecretName } from '../secret-text';
import { entriesOf, recordOf, show, textOf } from '../values';

/** No key among the variables of a service or of its build. */
export const secretInEnvironment: Rule = {
  id: 'secret-in-environment',
  title: 'No variable of a service or of its build holds a secret',
  severity: 'error',
  acknowledgeable: true,
  why: 'Variables can be read by every process inside, by whoever inspects the container, and from the committed file; build arguments stay in the image.',
  fix: 'keep the key in a gateway, as a file; where a program insists on a variable, give it the value "unused"',
  threats: ['S1'],
  controls: ['key-custody'],
  check: eachService((service) => {
    const found: Violation[] = [];
    look(service.environment, 'environment', found);
    if (service.build !== undefined) look(recordOf(service.build).args, 'build.args', found);
    return found.length > 0 ? found : undefined;
  }),
};

function look(value: unknown, at: string, found: Violation[]): void {
  for (const { name, value: received, key } of entriesOf(value)) {
    const reason = reasonFor(name, received);
    // The value itself is never shown.
    if (reason) found.push({ property: `${at}.${key}`, message: `${show(name)} ${reason}` });
  }
}

function reasonFor(name: string, value: unknown): string | undefined {
  const text = textOf(value) ?? '';
  if (hasKnownKey(text)) return 'holds what looks like a key';
  if (!isSecretName(name)) return undefined;
  if (EnvRef.is(value)) return 'takes a secret from the environment at start';
  return isPlaceholder(text) ? undefined : 'is named like a secret, and has a value';
}
