/** What every command is given. */
import type { Io } from './io';

export interface CommandContext {
  readonly io: Io;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}
