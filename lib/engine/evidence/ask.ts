/** Runs a program inside of a service, and reads one fact from what it says. */
import { capture, type Captured, type Execution } from '../execute';
import type { Fact } from '../verdict';
import type { CollectContext } from './context';

/** No process of the sandbox runs as this user, so none can trace or change what does. */
export const STRANGER: Pick<Execution, 'user' | 'workingDir'> = {
  user: '65533:65533',
  workingDir: '/',
};

/**
 * @param what in words, for the reason why there is no answer
 * @param read `undefined` for what is no answer
 */
export async function ask<T>(
  { client, container }: CollectContext,
  what: string,
  execution: Execution,
  read: (captured: Captured) => T | undefined,
): Promise<Fact<T>> {
  try {
    const captured = await capture(client, container.Id, execution);
    const seen = read(captured);
    if (seen !== undefined) return { seen };
    const { exitCode, stdout, stderr } = captured;
    const reason = (stderr || stdout).trim().split('\n').at(-1);
    return { unseen: `${what} gave no answer (exit code ${exitCode}): ${reason}` };
  } catch (error) {
    return { unseen: `${what} cannot be run: ${(error as Error).message}` };
  }
}
