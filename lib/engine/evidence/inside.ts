/** The image's own health check, run now: what only a process inside can try. */
import { isObject } from '../../core/is-object';
import { capture } from '../execute';
import type { Fact } from '../verdict';
import type { CollectContext } from './context';
import type { HealthVerdict } from './service';

/** Root's own, and can be run but not read: nobody inside can look into it, or change what it says. */
export const PYTHON = '/usr/local/lib/sandbox-cdk/python3';
export const HEALTH_CHECK = '/usr/local/lib/sandbox-cdk/healthcheck.py';

const COMMAND = [PYTHON, '-I', '-S', HEALTH_CHECK, '--json'];

/** Between two looks: a program that was entering the container has become what it is by then. */
export const SECOND_LOOK_MS = 100;

export async function collectHealth(
  context: CollectContext,
): Promise<Fact<ReadonlyMap<string, HealthVerdict>>> {
  const first = await runCheck(context);
  const isBroken =
    'seen' in first && [...first.seen.values()].some(({ verdict }) => verdict === 'broken');
  if (!isBroken) return first;
  // Somebody else's exec may just have been entering. What is broken stays broken.
  await new Promise((resolve) => setTimeout(resolve, SECOND_LOOK_MS));
  return runCheck(context);
}

async function runCheck({
  client,
  container,
}: CollectContext): Promise<Fact<ReadonlyMap<string, HealthVerdict>>> {
  try {
    const { stdout, stderr, exitCode } = await capture(client, container.Id, { command: COMMAND });
    const verdicts = parseHealth(stdout);
    if (verdicts) return { seen: verdicts };
    const reason = (stderr || stdout).trim().split('\n').at(-1);
    return { unseen: `the health check gave no answer (exit code ${exitCode}): ${reason}` };
  } catch (error) {
    return { unseen: `the health check cannot be run: ${(error as Error).message}` };
  }
}

export function parseHealth(text: string): ReadonlyMap<string, HealthVerdict> | undefined {
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(rows) || !rows.every(isRow)) return undefined;
  return new Map(rows.map(({ id, verdict, evidence }) => [id, { verdict, evidence }]));
}

function isRow(value: unknown): value is { id: string } & HealthVerdict {
  return (
    isObject(value) &&
    typeof value.id === 'string' &&
    typeof value.evidence === 'string' &&
    ['proven', 'broken', 'unproven'].includes(value.verdict as string)
  );
}
