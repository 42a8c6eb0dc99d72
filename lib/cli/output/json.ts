/** The one way in which `--json` answers are written. */
import type { Io } from '../io';

export function answerJson(io: Io, value: unknown): void {
  io.answer(`${JSON.stringify(value, null, 2)}\n`);
}
