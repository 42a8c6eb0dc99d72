/** D1: the container is what the folder describes, in every setting. */
import type { ContainerInspect, ImageInspect } from '../api';
import type { DescribedService } from '../described';
import { hasKnownKey } from '../../policy/secret-text';
import type { Probe, ProbeSubject } from './probe';
import { INPUTS_LABEL, inputsDigest } from '../inputs';
import { all, judgeFact, proven, unproven, type Judgement } from '../verdict';
import { none } from './parts';
import { differences, SETTINGS, text } from './settings';

export const drift: Probe = {
  id: 'D1',
  title: 'the container is what the folder describes',
  why: 'what was reviewed says nothing about a container that was changed later',
  fix: 'sandbox-cdk restart makes it anew from the folder; find out who changed it',
  judge: (subject) => {
    const { service } = subject;
    const differing = differences(service.described, service.container);
    return all([
      none(folderProblems(subject), 'folder as generated'),
      none(differing, `${SETTINGS.length} settings as described`),
      none(changedEnvironment(service.described, service.container), 'environment as described'),
      judgeFact(service.image, (image) =>
        none(beyondImage(service.described, service.container, image), 'program as described'),
      ),
      imageDrift(subject),
    ]);
  },
};

function folderProblems({ sandbox }: ProbeSubject): string[] {
  return [
    ...sandbox.changed.map((file) => `${file} was edited`),
    ...sandbox.missing.map((file) => `${file} is missing`),
  ];
}

/** What the image says that it was built from, beside what the folder holds now. */
function imageDrift({ service, sandbox }: ProbeSubject): Judgement {
  const digest = inputsDigest(sandbox, service.described);
  return judgeFact(service.image, ({ Config }) => {
    const label = Config?.Labels?.[INPUTS_LABEL];
    if (label === undefined) {
      return service.described.build
        ? unproven('something else than start built the image, and from what cannot be told')
        : proven('an image that is not built here');
    }
    if (digest === undefined) return unproven('what the image is built from cannot be told');
    return none(
      label === digest ? [] : ['the image is built from other files'],
      'image built from the folder',
    );
  });
}

/** What is described must be there. Names only. */
function changedEnvironment(
  { environment = {}, labels = {} }: DescribedService,
  { Config }: ContainerInspect,
): string[] {
  const actual = variablesOf(Config.Env);
  const variables = Object.entries(environment).filter(
    ([name, value]) => actual.get(name) !== (value ?? undefined),
  );
  const changedLabels = Object.entries(labels).filter(
    ([name, value]) => Config.Labels?.[name] !== value,
  );
  return [
    ...variables.map(([name]) => `the variable ${name} differs`),
    ...changedLabels.map(([name]) => `the label ${name} differs`),
  ];
}

/**
 * What is neither described nor the image's: another program, another place, one variable more. Told
 * without values, for a secret may stand in them.
 */
function beyondImage(
  { entrypoint, command, working_dir: workingDir, environment = {} }: DescribedService,
  { Config: actual }: ContainerInspect,
  { Config: image }: ImageInspect,
): string[] {
  const ofImage = variablesOf(image?.Env);
  const added = [...variablesOf(actual.Env)].filter(
    ([name, value]) => !Object.hasOwn(environment, name) && ofImage.get(name) !== value,
  );
  // Another entrypoint leaves the image's command out.
  const differing = [
    ['entrypoint', actual.Entrypoint, entrypoint ?? image?.Entrypoint],
    ['command', actual.Cmd, command ?? (entrypoint ? null : image?.Cmd)],
    ['working_dir', actual.WorkingDir, workingDir ?? image?.WorkingDir ?? ''],
  ].filter(([, is, should]) => text(is) !== text(should));
  return [
    ...differing.map(([name]) => `${String(name)} is another one`),
    ...added.map(
      ([name]) => `the variable ${hasKnownKey(name) ? '(a key)' : name} is not described`,
    ),
  ];
}

function variablesOf(entries: readonly string[] | null | undefined): ReadonlyMap<string, string> {
  return new Map(
    (entries ?? []).map((entry) => {
      const [name, ...value] = entry.split('=');
      return [name!, value.join('=')];
    }),
  );
}
