/** The walls of a sandbox and their verdicts, as a person reads them. */
import type { SandboxReport } from '../../engine/report';
import type { Io } from '../io';

export function tellWalls(io: Io, report: SandboxReport): void {
  io.tell(JSON.stringify(report, null, 2));
}
