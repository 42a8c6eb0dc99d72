/* eslint-disable -- a placeholder that its author replaces */
import type { CommandContext } from '../context';
import type { FolderOptions } from '../output-folder';
export interface ShellOptions extends FolderOptions {
  readonly json?: boolean;
}
export async function shell(
  _name: string | undefined,
  _options: ShellOptions,
  _context: CommandContext,
): Promise<number> {
  throw new Error('not yet');
}
