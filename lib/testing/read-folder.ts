/** A committed output folder, read back for assertions. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse as parseYaml } from 'yaml';
import { MANIFEST_FILE, type Manifest, type SandboxManifest } from '../assembly/manifest';
import { chooseName, COMPOSE_FILE, type TemplateContent } from './content';
import { plainDataOfFile } from './plain-data';

/**
 * Reads one sandbox from an output folder, or from the folder of that one sandbox.
 *
 * @throws RangeError when there is no such folder or no such sandbox in it
 */
export function contentOfFolder(folder: string, name: string | undefined): TemplateContent {
  const absolute = path.resolve(folder);
  if (fs.existsSync(path.join(absolute, MANIFEST_FILE))) {
    const manifest = readManifest(absolute);
    const chosen = chooseName(Object.keys(manifest.sandboxes), name);
    return read(path.join(absolute, chosen), chosen, manifest.sandboxes[chosen]);
  }
  if (!fs.existsSync(path.join(absolute, COMPOSE_FILE))) {
    throw new RangeError(
      `Template.fromFolder: ${folder} has no ${MANIFEST_FILE} and no ${COMPOSE_FILE}; give the output folder, such as sandbox.out`,
    );
  }
  const own = path.basename(absolute);
  const output = path.dirname(absolute);
  const beside = fs.existsSync(path.join(output, MANIFEST_FILE)) ? readManifest(output) : undefined;
  return read(absolute, name ?? own, beside?.sandboxes[own]);
}

function read(
  folder: string,
  name: string,
  manifest: SandboxManifest | undefined,
): TemplateContent {
  const names = manifest ? Object.keys(manifest.files) : [COMPOSE_FILE];
  const files = new Map(
    names.map((file) => [file, fs.readFileSync(path.join(folder, file), 'utf8')]),
  );
  return {
    name,
    document: parse(files.get(COMPOSE_FILE) ?? ''),
    files,
    findings: undefined,
    accepted: manifest?.acknowledged ?? [],
  };
}

function readManifest(folder: string): Manifest {
  return JSON.parse(fs.readFileSync(path.join(folder, MANIFEST_FILE), 'utf8')) as Manifest;
}

function parse(yaml: string): Readonly<Record<string, unknown>> {


  return plainDataOfFile(parseYaml(yaml)) as Record<string, unknown>;
}
