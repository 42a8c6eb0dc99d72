/* eslint-disable -- a placeholder that its author replaces */
import type { CommandContext } from '../context';
import type { FolderOptions } from '../output-folder';
export interface LogsOptions extends FolderOptions {
  readonly json?: boolean;
}
export async function logs(
  _name: string | undefined,
  _options: LogsOptions,
  _context: CommandContext,
): Promise<number> {
  throw new Error('not yet');
}
