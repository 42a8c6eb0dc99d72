/* eslint-disable -- a placeholder that its author replaces */
import type { CommandContext } from '../context';
import type { FolderOptions } from '../output-folder';
export interface ValidateOptions extends FolderOptions {
  readonly json?: boolean;
}
export async function validate(
  _names: readonly string[],
  _options: ValidateOptions,
  _context: CommandContext,
): Promise<number> {
  throw new Error('not yet');
}
