/** Programs that would give more rights than their caller has. */
import { capture } from '../execute';
import type { Fact } from '../verdict';
import type { CollectContext } from './context';
import { PYTHON } from './inside';
import { STRANGER } from './system-calls';

/** The image's own file system only: what is mounted over it is `nosuid`, or the host's. */
const SCRIPT = `
import os, stat

device = os.stat("/").st_dev

def is_own(path):
    status = os.lstat(path)
    return stat.S_ISDIR(status.st_mode) and status.st_dev == device

for folder, folders, files in os.walk("/"):
    folders[:] = [name for name in folders if is_own(os.path.join(folder, name))]
    for name in files:
        path = os.path.join(folder, name)
        status = os.lstat(path)
        if stat.S_ISREG(status.st_mode) and status.st_mode & 0o6000:
            print(path)
print("done")
`;

export async function collectSetuid({
  client,
  container,
}: CollectContext): Promise<Fact<readonly string[]>> {
  try {
    const { exitCode, stdout, stderr } = await capture(client, container.Id, {
      command: [PYTHON, '-I', '-S', '-c', SCRIPT],
      user: STRANGER,
      workingDir: '/',
    });
    const lines = stdout.split('\n').filter(Boolean);
    if (exitCode === 0 && lines.pop() === 'done') return { seen: lines };
    return { unseen: `the search for setuid programs failed: ${stderr.trim().split('\n').at(-1)}` };
  } catch (error) {
    return { unseen: `the search for setuid programs cannot be run: ${(error as Error).message}` };
  }
}
