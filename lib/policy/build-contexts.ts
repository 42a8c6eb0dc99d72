/** Where the files of a build come from and where its cache goes: this host, or somewhere else. */
import { EnvRef } from '../core/env-ref';
import { readingsOf } from './interpolate';
import { entriesOf, isRecord, listOf, textOf } from './values';

/** Contexts that the builder fetches. Case counts: anything else is a path of this host. */
const FETCHED = /^(?:https?:\/\/|git:\/\/|ssh:\/\/|git@|github\.com\/)/;
/** Contexts that are an image or another build. */
const IMAGE_OR_BUILD = /^(?:docker-image:\/\/|service:|target:)/;
const FOLDER_KEYS = new Set(['src', 'dest']);
const OCI_LAYOUT = 'oci-layout://';

export interface BuildContext {
  /** Path below the service: `build.context`. */
  readonly property: string;
  readonly value: unknown;
  /** True for a repository or an archive that the builder fetches. */
  readonly fetched: boolean;
  /** True when it surely is no path of this host. */
  readonly remote: boolean;
  /** The paths of this host that it may mean, where it is not remote. */
  readonly paths: readonly string[];
}

/** The context of a build and the further ones. */
export function contextsOf(build: unknown): BuildContext[] {
  if (build === undefined) return [];
  const { context, additional_contexts: more } = isRecord(build) ? build : { context: build };
  const found = [contextOf('build.context', context, (text) => text)];
  const items = isRecord(more) ? [] : listOf(more);
  for (const { key, value } of entriesOf(more)) {
    const property = `build.additional_contexts.${key}`;
    const item = items[Number(key)];
    // An entry of a list that holds a variable comes in one piece: `docs=${DOCS}`.
    if (EnvRef.is(item)) found.push(contextOf(property, item, afterName));
    else found.push(contextOf(property, value, (text) => text));
  }
  return found;
}

function afterName(text: string): string {
  return text.slice(text.indexOf('=') + 1);
}

function contextOf(property: string, value: unknown, rest: (text: string) => string): BuildContext {
  // A default says nothing about where it is: the variable may hold a path.
  const start = rest(EnvRef.is(value) ? value.toString() : (textOf(value) ?? ''));
  return {
    property,
    value,
    fetched: FETCHED.test(start),
    remote: FETCHED.test(start) || IMAGE_OR_BUILD.test(start),
    paths: readingsOf(value).flatMap((text) => pathsOf(rest(text))),
  };
}

/** `oci-layout://./x:tag@sha256:…` is `./x`. */
function pathsOf(text: string): string[] {
  if (!text.startsWith(OCI_LAYOUT)) return [text];
  const layout = text.slice(OCI_LAYOUT.length).split('@', 1)[0]!;
  const colon = layout.lastIndexOf(':');
  return colon > 1 ? [layout, layout.slice(0, colon)] : [layout];
}

/** `type=local,src=./cache` of `cache_from` and `cache_to`: the folders named. */
export function cachePaths(value: unknown): readonly string[] {
  return readingsOf(value).flatMap((text) =>
    text.split(',').flatMap((field) => {
      const [key, ...path] = field.replaceAll('"', '').split('=');
      return FOLDER_KEYS.has(key!.trim().toLowerCase()) ? [path.join('=').trim()] : [];
    }),
  );
}

/** The entries of `cache_from` or `cache_to` that can name a folder. */
export function cachesOf(value: unknown): { index: number; value: unknown }[] {
  return listOf(value)
    .map((item, index) => ({ index, value: item }))
    .filter((cache) => EnvRef.is(cache.value) || cachePaths(cache.value).length > 0);
}
