/** The rows S of docs/THREATS.md: no secret inside, and a health check that nobody can stand in for. */
import { isGvisor } from '../../policy/runtimes';
import { hasKnownKey, isPlaceholder, isSecretName } from '../../policy/secret-text';
import { OWN_FOLDER } from '../evidence/own-files';
import type { OwnFile, ServiceEvidence } from '../evidence/service';
import { all, either, judgeFact, type Judgement } from '../verdict';
import { health, none } from './parts';
import type { Probe, ProbeSubject } from './probe';
import { contextFolder } from '../inputs';

export const noSecrets: Probe = {
  id: 'S1',
  title: 'no secret in environment, labels or image',
  why: 'what is there can be read by every program inside, and by docker inspect',
  fix: 'take the value out of the program; keys belong on the gateway’s side, as files',
  judge: ({ service }) => {
    const { Config } = service.container;
    const container = none(
      [
        ...secretNames(Config.Env ?? [], 'variable'),
        ...secretNames(assignments(Config.Labels), 'label'),
        ...secretWords([...(Config.Cmd ?? []), ...(Config.Entrypoint ?? [])], 'command'),
      ],
      'none in the container',
    );
    const image = judgeFact(service.image, ({ Config: config }) =>
      none(
        [
          ...secretNames(config?.Env ?? [], 'variable of the image'),
          ...secretNames(assignments(config?.Labels), 'label of the image'),
        ],
        'none in the image',
      ),
    );
    const layers = judgeFact(service.history, (steps) =>
      none(
        secretWords(
          steps.flatMap((step) => step.split(/\s+/)),
          'layer',
        ),
        `none in ${steps.length} layers`,
      ),
    );
    return all([container, image, layers, health(service, 'secret-environment')]);
  },
};

function assignments(record: Readonly<Record<string, string>> | null | undefined): string[] {
  return Object.entries(record ?? {}).map(([name, value]) => `${name}=${value}`);
}

/** Names only: a value must not come into a report. */
function secretNames(entries: readonly string[], kind: string): string[] {
  return entries.flatMap((entry) => {
    const at = entry.indexOf('=');
    if (at < 0) return hasKnownKey(entry) ? [`a key in a ${kind}`] : [];
    const [name, value] = [entry.slice(0, at), entry.slice(at + 1)];
    if (hasKnownKey(name)) return [`a key in a ${kind}`];
    const isSecret = hasKnownKey(value) || (isSecretName(name) && !isPlaceholder(value));
    return isSecret ? [`${kind} ${name}`] : [];
  });
}

function secretWords(words: readonly string[], kind: string): string[] {
  return [...new Set(secretNames(words, kind))];
}

/** What the image must hold as it was generated. */
const GENERATED = ['healthcheck.py', 'healthcheck.json', 'entrypoint.sh'];

export const ownHealthCheck: Probe = {
  id: 'S2',
  title: 'nothing stands in for the health check',
  why: 'a check that an agent can replace says what the agent wants',
  fix: 'sandbox-cdk start --build makes the image anew from the generated files',
  judge: (subject) =>
    all([
      judgeFact(subject.service.ownFiles, (files) =>
        none(wrongFiles(files, subject), `${files.size} files, root’s own and as generated`),
      ),
      notCovered(subject.service),
      none(testProblems(subject.service), 'run as described'),
    ]),
};

function wrongFiles(
  files: ReadonlyMap<string, OwnFile>,
  { sandbox, service }: ProbeSubject,
): string[] {
  const folder = contextFolder(sandbox, service.described);
  const mustRead = isGvisor(service.container.HostConfig.Runtime);
  const problems: string[] = [];
  for (const name of [...GENERATED, 'python3']) {
    const file = files.get(name);
    const expected = folder === undefined ? undefined : sandbox.manifest.files[`${folder}/${name}`];
    if (!file) problems.push(`${name} is missing`);
    else if (file.uid !== 0 || file.gid !== 0) problems.push(`${name} is not root’s`);
    else if (file.mode & 0o222) problems.push(`${name} can be written to`);
    else if (name === 'python3' && file.mode & 0o444 && !mustRead)
      problems.push(`${name} can be read, so be traced`);
    else if (expected !== undefined && file.sha256 !== expected)
      problems.push(`${name} is not the generated one`);
  }
  return problems;
}

/** The archive shows the image; what is mounted over it would hide that. */
function notCovered(service: ServiceEvidence): Judgement {
  const covers = (target: string) =>
    target !== '/' &&
    (OWN_FOLDER === target ||
      OWN_FOLDER.startsWith(`${target}/`) ||
      target.startsWith(`${OWN_FOLDER}/`));
  const { Mounts, HostConfig } = service.container;
  const settings = [
    ...Mounts.map(({ Destination }) => Destination),
    ...Object.keys(HostConfig.Tmpfs ?? {}),
  ];
  const mounted = judgeFact(service.mounts, (mounts) =>
    none(
      mounts
        .filter(({ target }) => covers(target))
        .map(({ target }) => `${target} is mounted over it`),
      'nothing is mounted over it',
    ),
  );
  return either(
    none(
      settings.filter(covers).map((target) => `${target} is mounted over it`),
      'nothing is mounted over it',
    ),
    mounted,
  );
}

function testProblems({ container, described }: ServiceEvidence): string[] {
  const actual = container.Config.Healthcheck?.Test ?? [];
  const expected = described.healthcheck?.test ?? [];
  const shadows = (container.Config.Env ?? []).filter((entry) =>
    /^(?:PYTHON|LD_)[A-Z_]*=/.test(entry),
  );
  return [
    ...(actual.join('\0') === expected.join('\0') ? [] : ['the engine runs another check']),
    ...shadows.map((entry) => `variable ${entry.slice(0, entry.indexOf('='))}`),
  ];
}
