/* eslint-disable -- a placeholder that its author replaces */
import type { CommandContext } from '../context';
import type { FolderOptions } from '../output-folder';
export interface DemoOptions extends FolderOptions {
  readonly json?: boolean;
}
export async function demo(
  _name: string | undefined,
  _options: DemoOptions,
  _context: CommandContext,
): Promise<number> {
  throw new Error('not yet');
}
