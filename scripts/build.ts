/**
 * Builds what the package ships:
 *
 *   dist/**                     the library that programs and tests import: CommonJS with types
 *   dist/bin/**                 the command: a few bundled files, which load in a third of the time
 *   dist/cdk-like.schema.json   the schema of cdk-like.json, for editors
 *
 * `build.ts library|command` builds one of the two only.
 */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as z from 'zod';
import { configSchema } from '../lib/app/project';
import { bundleCommand } from './build/bundle-command';

const ROOT = path.resolve(__dirname, '..');
const DIST = path.join(ROOT, 'dist');

async function main([part]: readonly string[]): Promise<void> {
  if (part !== 'command') buildLibrary();
  if (part !== 'library') await bundleCommand(ROOT, path.join(DIST, 'bin'));
}

function buildLibrary(): void {
  fs.rmSync(DIST, { recursive: true, force: true });
  const tsc = require.resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  // The command is shipped as a bundle only.
  for (const folder of ['bin', 'lib/cli']) {
    fs.rmSync(path.join(DIST, folder), { recursive: true, force: true });
  }
  writeConfigSchema();
}

function writeConfigSchema(): void {
  const schema = { title: 'cdk-like.json', ...z.toJSONSchema(configSchema, { io: 'input' }) };
  fs.writeFileSync(path.join(DIST, 'cdk-like.schema.json'), `${JSON.stringify(schema, null, 2)}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
