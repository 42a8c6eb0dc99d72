/** The licence of every package that is inside the bundle, as its terms ask. */
import type { Metafile } from 'esbuild';
import * as fs from 'node:fs';
import * as path from 'node:path';

export function licences(root: string, { inputs }: Metafile): string {
  const folders = Object.keys(inputs)
    .filter((file) => !file.includes(':'))
    .map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1])
    .filter((folder) => folder !== undefined);
  return [...new Set(folders)]
    .sort()
    .map((folder) => licenceOf(path.resolve(root, folder)))
    .join('\n\n');
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(
    fs.readFileSync(path.join(folder, 'package.json'), 'utf8'),
  ) as { name: string; version: string; license: string };
  const file = fs.readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name}: found no licence file in ${folder}`);
  const text = fs.readFileSync(path.join(folder, file), 'utf8').trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
}
