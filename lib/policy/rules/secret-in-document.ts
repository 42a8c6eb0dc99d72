import type { ServiceDocument } from '../../compose/generated/document';
import { eachService } from '../checks';
import type { Rule, Violation } from '../rule';
import { hasKnownKey } from '../secret-text';
import { entriesOf, listOf, recordOf, textOf } from '../values';

const inServices = eachService((service) => {
  const found = [
    ...inList(service.command, 'command'),
    ...inList(service.entrypoint, 'entrypoint'),
    ...inList(service.healthcheck && recordOf(service.healthcheck).test, 'healthcheck.test'),
    ...inEntries(service.labels, 'labels'),
    ...inEntries(service.annotations, 'annotations'),
    ...inBuild(service.build),
  ];
  return found.length > 0 ? found : undefined;
});

/** No key anywhere else in the document either. */
export const secretInDocument: Rule = {
  id: 'secret-in-document',
  title: 'No command, label or config holds a key',
  severity: 'error',
  acknowledgeable: true,
  why: 'The document is committed, commands and labels are shown by every inspect, and configs are files inside.',
  fix: 'remove the key and replace it where it was made: it is no secret any more',
  threats: ['S1'],
  controls: ['key-custody'],
  check: (subject) => {
    const found = inServices(subject);
    if (subject.document.configs === undefined) return found;
    const inConfigs = Object.entries(recordOf(subject.document.configs)).flatMap(([name, config]) =>
      inList(recordOf(config).content, `configs.${name}.content`),
    );
    return [...found, ...inConfigs];
  },
};

const NONE: readonly Violation[] = [];
const message = 'holds what looks like a key';

function inBuild(build: ServiceDocument['build']): readonly Violation[] {
  if (build === undefined) return NONE;
  return inEntries(recordOf(build).labels, 'build.labels');
}

function inList(value: unknown, property: string): readonly Violation[] {
  if (value === undefined) return NONE;
  return listOf(value).some((item) => hasKnownKey(textOf(item) ?? ''))
    ? [{ property, message }]
    : NONE;
}

function inEntries(value: unknown, property: string): readonly Violation[] {
  if (value === undefined) return NONE;
  return entriesOf(value)
    .filter((entry) => hasKnownKey(textOf(entry.value) ?? ''))
    .map(({ key }) => ({ property: `${property}.${key}`, message }));
}
