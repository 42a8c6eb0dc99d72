/** Differences between the files beside the Compose document. */
import * as path from 'node:path';
import { isObject } from '../../core/is-object';
import { isSeed } from '../seed';
import type { Verdict } from './change';
import { plain } from './classifier';
import { diffDockerfiles, isDockerfile, without } from './dockerfile';

/** Content by path relative to the sandbox's folder. */
type Files = ReadonlyMap<string, string>;

/**
 * @param except the Compose document, which is compared by its meaning
 * @param sandbox its name
 */
export function* diffFiles(
  before: Files,
  after: Files,
  { sandbox, except }: { readonly sandbox: string; readonly except: string },
): Iterable<Verdict> {
  for (const file of new Set([...before.keys(), ...after.keys()])) {
    // What an agent made of a file in its own folder is no difference of the sandbox.
    if (file === except || isSeed(`${sandbox}/${file}`)) continue;
    const [one, other] = [before.get(file), after.get(file)];
    if (one === other) continue;
    for (const verdict of diffFile(file, one, other)) {
      yield { ...verdict, at: [file, ...(verdict.at ?? [])] };
    }
  }
}

function* diffFile(
  file: string,
  before: string | undefined,
  after: string | undefined,
): Iterable<Verdict> {
  if (before === undefined || after === undefined) {
    const summary = `the file ${file} is ${after === undefined ? 'gone' : 'new'}`;
    yield { before, after, effect: 'neutral', summary };
    return;
  }
  const verdicts = [...diffContent(file, before, after)];
  if (verdicts.length > 0) yield* verdicts;
  else yield { before, after, effect: 'neutral', summary: `${file}: another layout only` };
}

function* diffContent(file: string, before: string, after: string): Iterable<Verdict> {
  if (isDockerfile(file)) {
    const folder = path.posix.dirname(file);
    yield* diffDockerfiles(folder === '.' ? file : folder, before, after);
    return;
  }
  const [old, next] = [parseJson(file, before), parseJson(file, after)];
  if (old && next) {
    yield* plain([])(old, next, { name: file, before: {}, after: {}, isNew: false });
    return;
  }
  const [gone, come] = [
    without(before.split('\n'), after.split('\n')),
    without(after.split('\n'), before.split('\n')),
  ];
  if (gone.length + come.length === 0) return;
  const summary = `${file} holds something else (lines: +${come.length} −${gone.length})`;
  yield { before: gone, after: come, effect: 'neutral', summary };
}

function parseJson(file: string, text: string): object | undefined {
  if (!file.endsWith('.json')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
