/** Programs that would give more rights than their caller has. */
import type { Fact } from '../verdict';
import { ask } from './ask';
import type { CollectContext } from './context';
import { PYTHON } from './inside';

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

/**
 * As the container's own user: what that one cannot look into, it cannot run either. Its Python can be
 * run and not read, so nobody inside can change what this says.
 */
export function collectSetuid(context: CollectContext): Promise<Fact<readonly string[]>> {
  const command = [PYTHON, '-I', '-S', '-c', SCRIPT];
  return ask(
    context,
    'the search for setuid programs',
    { command, workingDir: '/' },
    ({ exitCode, stdout }) => {
      const lines = stdout.split('\n').filter(Boolean);
      return exitCode === 0 && lines.pop() === 'done' ? lines : undefined;
    },
  );
}
