/** A committed output folder, read back for assertions. */
import * as path from 'node:path';
import { parse } from 'yaml';
import { readManifest, readOutput } from '../assembly/read';
import { COMPOSE_FILE } from '../assembly/manifest';
import { chooseName, type TemplateContent } from './content';
import { plainDataOfFile } from './plain-data';

/**
 * Reads one sandbox from an output folder, or from the folder of that one sandbox.
 *
 * @throws RangeError when it is neither, or there is no such sandbox in it
 * @throws OutputError when the folder's manifest is damaged
 */
export function contentOfFolder(folder: string, name: string | undefined): TemplateContent {
  const absolute = path.resolve(folder);
  const own = path.basename(absolute);
  const [output, wanted] = readManifest(absolute)
    ? [absolute, name]
    : [path.dirname(absolute), name ?? own];
  const manifest = readManifest(output);
  if (!manifest || (output !== absolute && wanted !== own)) {
    throw new RangeError(
      `Template.fromFolder: received ${folder}, where nothing was synthesized; allowed: an output folder, such as sandbox.out, or the folder of one sandbox in it`,
    );
  }
  const chosen = chooseName(Object.keys(manifest.sandboxes), wanted);
  const [sandbox] = readOutput(output, [chosen])!.sandboxes;
  const { files, manifest: recorded } = sandbox!;
  return {
    name: chosen,
    document: plainDataOfFile(parse(files.get(COMPOSE_FILE) ?? '')) as Record<string, unknown>,
    files,
    findings: undefined,
    accepted: recorded.acknowledged,
  };
}
