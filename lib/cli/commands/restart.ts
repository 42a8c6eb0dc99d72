/* eslint-disable -- a placeholder that its author replaces */
import type { CommandContext } from '../context';
import type { StartOptions } from './start';
export async function restart(
  _names: readonly string[],
  _options: StartOptions,
  _context: CommandContext,
): Promise<number> {
  throw new Error('not yet');
}
