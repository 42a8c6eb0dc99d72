/* eslint-disable -- a placeholder that its author replaces */
import type { CommandContext } from '../context';
import type { FolderOptions } from '../output-folder';
export interface DoctorOptions extends FolderOptions {
  readonly json?: boolean;
}
export async function doctor(_options: DoctorOptions, _context: CommandContext): Promise<number> {
  throw new Error('not yet');
}
