/* eslint-disable -- a placeholder that its author replaces */
import type { CommandContext } from '../context';
import type { FolderOptions } from '../output-folder';
export interface StartOptions extends FolderOptions {
  readonly json?: boolean;
}
export async function start(
  _names: readonly string[],
  _options: StartOptions,
  _context: CommandContext,
): Promise<number> {
  throw new Error('not yet');
}
