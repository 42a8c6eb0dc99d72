/** What is mounted where in a container, as the host's /proc shows it. */
import { readText } from '../../core/files';
import type { Fact } from '../verdict';
import type { CollectContext } from './context';
import type { MountFacts } from './service';

export function collectMounts({ hostPid }: CollectContext): Fact<readonly MountFacts[]> {
  if ('unseen' in hostPid) return hostPid;
  const text = readText(`/proc/${hostPid.seen}/mountinfo`);
  if (text === undefined) return { unseen: `/proc/${hostPid.seen}/mountinfo cannot be read` };
  return { seen: parseMountInfo(text) };
}

/** Of two mounts at one place the later one is seen (proc_pid_mountinfo(5)). */
export function parseMountInfo(text: string): readonly MountFacts[] {
  const mounts = new Map<string, MountFacts>();
  for (const line of text.split('\n')) {
    const fields = line.split(' ');
    const dash = fields.indexOf('-', 6);
    if (dash < 0) continue;
    const target = unescape(fields[4]!);
    const options = [...fields[5]!.split(','), ...(fields[dash + 3] ?? '').split(',')];
    mounts.set(target, {
      target,
      type: fields[dash + 1]!,
      readOnly: options.includes('ro'),
      options,
      root: unescape(fields[3]!),
    });
  }
  return [...mounts.values()];
}

/** The kernel writes blanks and backslashes in octal. */
function unescape(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(parseInt(octal, 8)),
  );
}
