/**
 * A project's own copy of the package runs its commands: what a globally installed command would
 * write could differ from what the project's lockfile promises.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { PACKAGE_ROOT } from './package-root';

const PACKAGE = 'sandbox-cdk';
const STARTED = Symbol.for('sandbox-cdk.command');

/**
 * The bin file of the project's own copy, when that is another copy than this one. Once a copy has
 * been handed the command, it keeps it.
 */
export function otherCopy(argv: readonly string[], cwd: string): string | undefined {
  const slot = globalThis as { [STARTED]?: boolean };
  if (slot[STARTED]) return undefined;
  slot[STARTED] = true;
  return findOtherCopy(path.resolve(cwd, projectOption(argv) ?? '.'));
}

/** The copy that a program in `folder` would get, unless it is this one or has no command. */
export function findOtherCopy(folder: string): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    const copy = path.join(at, 'node_modules', PACKAGE);
    if (fs.existsSync(path.join(copy, 'package.json'))) {
      return fs.realpathSync(copy) === PACKAGE_ROOT ? undefined : binOf(copy);
    }
    if (path.dirname(at) === at) return undefined;
  }
}

function binOf(copy: string): string | undefined {
  const { bin } = JSON.parse(fs.readFileSync(path.join(copy, 'package.json'), 'utf8')) as {
    bin?: string | Record<string, string>;
  };
  const file = typeof bin === 'string' ? bin : bin?.[PACKAGE];
  const absolute = file && path.join(copy, file);
  return absolute && fs.existsSync(absolute) ? absolute : undefined;
}

/** `--project DIR` or `--project=DIR`, read before there is a parser: the copy found has its own. */
export function projectOption(argv: readonly string[]): string | undefined {
  for (const [index, word] of argv.entries()) {
    if (word === '--') return undefined;
    if (word === '--project' || word === '-p') return argv[index + 1];
    if (word.startsWith('--project=')) return word.slice('--project='.length);
  }
  return undefined;
}
