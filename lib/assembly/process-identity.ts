/**
 * Who a process is, beyond its number: numbers are used again, and mean nothing in another container
 * or on another machine.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';

export interface ProcessIdentity {
  readonly pid: number;
  /** When the process started, in the system's own unit; absent where the system does not tell. */
  readonly start?: string;
  readonly host: string;
  /** The running system: since which boot, in which process namespace. */
  readonly system?: string;
}

export function ownIdentity(): ProcessIdentity {
  const { pid } = process;
  return { pid, start: statusOf(pid)?.start, host: os.hostname(), system: ownSystem() };
}

/** Whether a process still runs; `unknown` when it cannot be seen from here. */
export function fateOf(identity: ProcessIdentity): 'running' | 'ended' | 'unknown' {
  if (identity.host !== os.hostname()) return 'unknown';
  if (identity.system !== ownSystem()) {
    const sameBoot = bootOf(identity.system) === bootOf(ownSystem());
    return sameBoot ? 'unknown' : 'ended';
  }
  if (!existsProcess(identity.pid)) return 'ended';
  const status = statusOf(identity.pid);
  if (!status) return 'running'; // Somebody else's process, hidden from us; or no /proc.
  const same = identity.start === undefined || identity.start === status.start;
  return same && !status.zombie ? 'running' : 'ended';
}

function existsProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** State and start of a process, from /proc (Linux). */
function statusOf(pid: number): { readonly start?: string; readonly zombie: boolean } | undefined {
  const text = readIfThere(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  // The second field is the program's name in parentheses, and may hold spaces and parentheses.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { start: fields[19], zombie: fields[0] === 'Z' || fields[0] === 'X' };
}

function ownSystem(): string | undefined {
  const boot = readIfThere('/proc/sys/kernel/random/boot_id')?.trim();
  if (boot === undefined) return undefined;
  try {
    return `${boot} ${fs.readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return boot;
  }
}

function bootOf(system: string | undefined): string | undefined {
  return system?.split(' ')[0];
}

function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
