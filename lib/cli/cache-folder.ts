/** Where the command keeps what it can make again: in the project, else in a folder of this user's own. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/**
 * The folders to look in and to write to, in this order. Code is loaded from them, so nobody else
 * can have put it there.
 *
 * @param env for the place of temporary files
 */
export function cacheFolders(
  projectDir: string,
  env: Readonly<Record<string, string | undefined>>,
): string[] {
  const modules = path.join(projectDir, 'node_modules');
  const temporary = env.TMPDIR || os.tmpdir();
  const shared = path.join(temporary, `sandbox-cdk-${String(process.getuid?.() ?? 'user')}`);
  return [
    ...(fs.existsSync(modules) ? [path.join(modules, '.cache', 'sandbox-cdk')] : []),
    ...(isPrivate(shared) ? [shared] : []),
  ];
}

/**
 * Writes beside and renames, so that another run reads the old file or the new one, never a half.
 *
 * @returns whether it could be written; a cache that cannot be kept is no error
 */
export function writeAtomically(folder: string, name: string, content: string | Buffer): boolean {
  const part = path.join(folder, `${name}.${process.pid}.part`);
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    fs.writeFileSync(part, content, { mode: 0o600 });
    fs.renameSync(part, path.join(folder, name));
    return true;
  } catch {
    removeIfPossible(part);
    return false;
  }
}

function removeIfPossible(file: string): void {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // Its folder is none; then neither is the file there.
  }
}

/** The folder for temporary files is everybody's: ours in it must belong to us, and to nobody else. */
function isPrivate(folder: string): boolean {
  const uid = process.getuid?.();
  if (uid === undefined) return false;
  const found = fs.lstatSync(folder, { throwIfNoEntry: false });
  return !found || (found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0);
}
