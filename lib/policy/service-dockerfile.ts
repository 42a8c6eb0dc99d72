/** The Dockerfile that a service is built from, where it is one of the sandbox's own files. */
import { posix } from 'node:path';
import type { ServiceDocument } from '../compose/generated/document';
import { parseDockerfile, type Dockerfile } from './dockerfile';
import { readingOf } from './interpolate';
import type { PolicySubject } from './rule';
import { entriesOf, isRecord } from './values';

export interface ServiceDockerfile {
  /** Path below the service that names it: `build.dockerfile`. */
  readonly property: string;
  /** As a message shows it. */
  readonly name: string;
  /** Nothing when the file is not part of the sandbox, so that no rule can read it. */
  readonly dockerfile?: Dockerfile;
  /** Build arguments that the document gives. */
  readonly args: ReadonlyMap<string, string>;
  /** The stage that is built, where it is not the last one. */
  readonly target?: string;
}

export function dockerfileOf(
  service: ServiceDocument,
  { files }: PolicySubject,
): ServiceDockerfile | undefined {
  if (service.build === undefined) return undefined;
  const build = isRecord(service.build) ? service.build : { context: service.build };
  const args = new Map<string, string>();
  for (const { name, value } of entriesOf(build.args)) {
    const text = readingOf(value);
    if (text !== undefined) args.set(name, text);
  }
  const shared = { args, target: readingOf(build.target)?.toLowerCase() };
  const inline = readingOf(build.dockerfile_inline);
  if (inline !== undefined) {
    const dockerfile = parseDockerfile(inline);
    return {
      ...shared,
      property: 'build.dockerfile_inline',
      name: 'dockerfile_inline',
      dockerfile,
    };
  }
  const context = readingOf(build.context) ?? '.';
  const file = readingOf(build.dockerfile) ?? 'Dockerfile';
  const name = posix.isAbsolute(file) ? file : posix.join(context, file);
  const text = files.get(name);
  const dockerfile = text === undefined ? undefined : parseDockerfile(text);
  return { ...shared, property: 'build', name, dockerfile };
}
