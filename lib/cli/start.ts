/** The process around the command: the only file that reads argv and env, and that exits. */
import { otherCopy } from './hand-over';
import { processIo } from './io';

const OLDEST_NODE = 20;

export function start(): void {
  const io = processIo(process.env);
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) {
    io.tell(`sandbox-cdk needs Node ${OLDEST_NODE} or newer; this is ${process.versions.node}`);
    process.exit(2);
  }
  const argv = process.argv.slice(2);
  const other = otherCopy(argv, process.cwd());
  if (other !== undefined) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- its place is known only now
    require(other);
    return;
  }
  // The rest is loaded only by the copy that does the work.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
  const { main } = require('./main') as typeof import('./main');
  void main({ argv, cwd: process.cwd(), env: process.env, io })
    // Not `process.exitCode`: timers that the user's program left behind must not keep us.
    .then((code) => process.exit(code));
}
