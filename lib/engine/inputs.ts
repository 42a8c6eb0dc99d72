/** Whether an image has to be built: the digest of everything that its build reads. */
import * as path from 'node:path';
import { sha256 } from '../assembly/manifest';
import type { OutputSandbox } from '../assembly/read';
import { realFolder } from './deployment';
import type { DescribedService } from './described';

/** On images that `start` built: what they were built from. */
export const INPUTS_LABEL = 'dev.sandbox-cdk.inputs';

/**
 * The digest of Dockerfile, context and arguments. `undefined` where a build reads what is not in the
 * sandbox's folder, so that nobody can tell whether it changed.
 */
export function inputsDigest(
  sandbox: OutputSandbox,
  service: DescribedService,
): string | undefined {
  const { build } = service;
  if (!build) return undefined;
  const { context, dockerfile = 'Dockerfile', args = {}, ...rest } = build;
  const folder = path.relative(realFolder(sandbox.folder), context).split(path.sep).join('/');
  if (folder === '' || folder.startsWith('..') || Object.keys(rest).some(readsElsewhere)) {
    return undefined;
  }
  const files = [...sandbox.files].filter(([file]) => file.startsWith(`${folder}/`)).sort(byName);
  return sha256(JSON.stringify([dockerfile, Object.entries(args).sort(byName), rest, files]));
}

/** Parts of a build that come from outside of its context. */
function readsElsewhere(key: string): boolean {
  return ['additional_contexts', 'secrets', 'ssh', 'dockerfile_inline'].includes(key);
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
