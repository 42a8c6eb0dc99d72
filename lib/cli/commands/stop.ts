/* eslint-disable -- a placeholder that its author replaces */
import type { CommandContext } from '../context';
import type { FolderOptions } from '../output-folder';
export interface StopOptions extends FolderOptions {
  readonly json?: boolean;
}
export async function stop(
  _names: readonly string[],
  _options: StopOptions,
  _context: CommandContext,
): Promise<number> {
  throw new Error('not yet');
}
