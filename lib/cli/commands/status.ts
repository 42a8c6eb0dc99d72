/* eslint-disable -- a placeholder that its author replaces */
import type { CommandContext } from '../context';
import type { FolderOptions } from '../output-folder';
export interface StatusOptions extends FolderOptions {
  readonly json?: boolean;
}
export async function status(
  _names: readonly string[],
  _options: StatusOptions,
  _context: CommandContext,
): Promise<number> {
  throw new Error('not yet');
}
