// Processor time of ended child processes. On a machine that is busy with other things it tells what a
// program costs, where the time on the clock tells how long it had to wait for its turn.
import { readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever the kernel's own clock. */
const MILLISECONDS_PER_TICK = 10;

/**
 * User and system time of all children that have ended so far, and of theirs; NaN where there is no
 * /proc, because Node has no portable way to ask. Exact to 10 ms, so use means of several runs.
 */
export function childCpuMilliseconds(): number {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    // The second field, the name in parentheses, may hold spaces; the third follows the last ")".
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const user = Number(fields[13]); // cutime
    const system = Number(fields[14]); // cstime
    return (user + system) * MILLISECONDS_PER_TICK;
  } catch {
    return NaN;
  }
}
