/** Every image that a service is made of: run, built from, copied from, mounted. */
import type { ServiceDocument } from '../compose/generated/document';
import { substitute, type Dockerfile } from './dockerfile';
import { readingOf } from './interpolate';
import type { ServiceEntry } from './inventory';
import { entriesOf, recordOf } from './values';

export interface ImageUse {
  /** Path below the service. */
  readonly property: string;
  /** Where in a file, for the message: `Dockerfile, line 1: `. */
  readonly where: string;
  readonly reference: string;
}

/** The images that are pulled for a service. What it builds itself is none of them. */
export function imagesOf(service: ServiceDocument, entry: ServiceEntry): ImageUse[] {
  const images: ImageUse[] = [];
  const { dockerfile: built, mounts } = entry;
  const contexts = built ? entriesOf(recordOf(service.build).additional_contexts) : [];
  const add = (property: string, where: string, reference: string | undefined) => {
    // A context may stand in for an image of its name.
    if (reference === undefined || contexts.some(({ name }) => name === reference)) return;
    images.push({ property, where, reference });
  };
  if (!built) add('image', '', readingOf(service.image));
  if (built?.dockerfile) {
    const { dockerfile, args, name, property } = built;
    const known = new Map([...dockerfile.args, ...args]);
    for (const { line, reference } of usesOf(dockerfile)) {
      add(property, `${name}, line ${line}: `, substitute(reference, known));
    }
  }
  for (const { property, image } of mounts) add(property, '', image);
  for (const { key, value } of contexts) {
    const [, reference] = /^docker-image:\/\/(.*)$/s.exec(readingOf(value) ?? '') ?? [];
    add(`build.additional_contexts.${key}`, '', reference);
  }
  return images;
}

/** True for a reference that can only mean one image. */
export function isPinned(reference: string): boolean {
  return /@sha256:[0-9a-f]{64}$/.test(reference);
}

/** True for a reference without a tag, or with the tag that moves by its nature. */
export function hasMovingTag(reference: string): boolean {
  if (reference.includes('@') || reference.includes('$')) return false;
  const tag = reference.slice(reference.lastIndexOf('/') + 1).split(':')[1];
  return tag === undefined || tag === '' || tag === 'latest';
}

interface Use {
  readonly line: number;
  readonly reference: string;
}

const uses = new WeakMap<Dockerfile, readonly Use[]>();

/** What a Dockerfile pulls: bases, sources of COPY and of mounts, and the frontend that reads it. */
function usesOf(dockerfile: Dockerfile): readonly Use[] {
  let found = uses.get(dockerfile);
  if (!found) uses.set(dockerfile, (found = findUses(dockerfile)));
  return found;
}

function findUses({ frontend, stages }: Dockerfile): Use[] {
  const found: Use[] = [];
  const own = new Set(['scratch']);
  if (frontend !== undefined) found.push({ line: 1, reference: frontend });
  const add = (line: number, reference: string) => {
    if (!own.has(reference.toLowerCase()) && !/^\d+$/.test(reference))
      found.push({ line, reference });
  };
  for (const { base, name, line, instructions } of stages) {
    add(line, base);
    if (name !== undefined) own.add(name);
    for (const { keyword, text, line } of instructions) {
      if (keyword === 'COPY' || keyword === 'ADD') {
        const [, from] = /^(?:--\S+\s+)*?--from=(\S+)/.exec(text) ?? [];
        if (from !== undefined) add(line, from);
      } else if (keyword === 'RUN') {
        for (const [, from] of text.matchAll(/(?:^|\s)--mount=(?:\S*?,)?from=([^,\s]+)/g)) {
          add(line, from!);
        }
      }
    }
  }
  return found;
}
