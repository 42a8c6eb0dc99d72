/* eslint-disable -- a placeholder that its author replaces */
import type { CommandContext } from '../context';
import type { FolderOptions } from '../output-folder';
export interface CleanOptions extends FolderOptions {
  readonly json?: boolean;
}
export async function clean(
  _names: readonly string[],
  _options: CleanOptions,
  _context: CommandContext,
): Promise<number> {
  throw new Error('not yet');
}
