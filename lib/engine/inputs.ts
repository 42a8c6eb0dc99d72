/** Whether an image has to be built: the digest of everything that its build reads. */
import * as path from 'node:path';
import { sha256 } from '../assembly/manifest';
import type { OutputSandbox } from '../assembly/read';
import { isInside } from '../core/inside';
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
  const { context: _context, dockerfile = 'Dockerfile', args = {}, ...rest } = build;
  const folder = contextFolder(sandbox, service);
  if (folder === undefined || Object.keys(rest).some(readsElsewhere)) return undefined;
  const files = [...sandbox.files].filter(([file]) => file.startsWith(`${folder}/`)).sort(byName);
  return sha256(JSON.stringify([dockerfile, Object.entries(args).sort(byName), rest, files]));
}

/** The build context, relative to the sandbox's folder; `undefined` where it lies elsewhere. */
export function contextFolder(
  { folder }: OutputSandbox,
  { build }: DescribedService,
): string | undefined {
  const root = realFolder(folder);
  if (!build || build.context === root || !isInside(build.context, root)) return undefined;
  return path.relative(root, build.context).split(path.sep).join('/');
}

/** Parts of a build that come from outside of its context. */
function readsElsewhere(key: string): boolean {
  return ['additional_contexts', 'secrets', 'ssh', 'dockerfile_inline'].includes(key);
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
