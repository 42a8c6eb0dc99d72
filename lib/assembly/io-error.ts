/** A failed file operation, told as a person needs it: which path, why, and what to do. */
import { OutputError } from '../core/errors';

/** Reason and remedy by error code of the operating system. */
const REASONS: Readonly<Record<string, readonly [reason: string, fix: string]>> = {
  EACCES: ['permission denied', 'give yourself the right to read and write there'],
  EPERM: ['the operation is not permitted', 'give yourself the right to read and write there'],
  EROFS: ['the file system is read-only', 'choose an output folder that can be written'],
  ENOSPC: ['no space is left on the disk', 'free some space'],
  EDQUOT: ['the disk quota is used up', 'free some space'],
  ENOTDIR: ['a part of this path is a file, not a folder', 'move that file away'],
  EEXIST: ['something else stands there', 'move it away'],
  EISDIR: ['a folder stands where a file is needed', 'move the folder away'],
  ENAMETOOLONG: ['the path is too long', 'choose shorter names'],
  EMFILE: ['too many files are open', 'raise the limit of open files'],
  EIO: ['the disk failed', 'check the disk'],
};

/** Any error of the operating system as an `OutputError`; every other error as it is. */
export function asOutputError(error: unknown, folder: string): unknown {
  if (!isSystemError(error)) return error;
  const where = error.dest ?? error.path ?? folder;
  return new OutputError('OUTPUT_UNWRITABLE', `${where}: ${systemReason(error)}, then run again`, [
    where,
  ]);
}

/** Why a file operation failed, and what to do. */
export function systemReason(error: unknown): string {
  if (!isSystemError(error)) return (error as Error).message;
  const [reason, fix] = REASONS[error.code] ?? [error.message, 'mend it'];
  return `${reason} (${error.code}, ${error.syscall ?? 'file operation'}); ${fix}`;
}

export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return isSystemError(error) && codes.includes(error.code);
}

type SystemError = NodeJS.ErrnoException & { readonly code: string; readonly dest?: string };

// Told by its shape: an error of another realm is no instance of this one's `Error`.
function isSystemError(error: unknown): error is SystemError {
  const { code, syscall } = (error ?? {}) as Partial<SystemError>;
  return typeof code === 'string' && typeof syscall === 'string';
}
