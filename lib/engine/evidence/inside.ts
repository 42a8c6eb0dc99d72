/** The image's own health check, run now: what only a process inside can try. */
import { isObject } from '../../core/is-object';
import type { Fact } from '../verdict';
import { ask } from './ask';
import type { CollectContext } from './context';
import type { HealthVerdict } from './service';
import { steady } from './steady';

/** Root's own, and can be run but not read: nobody inside can look into it, or change what it says. */
export const PYTHON = '/usr/local/lib/sandbox-cdk/python3';
const HEALTH_CHECK = '/usr/local/lib/sandbox-cdk/healthcheck.py';

const COMMAND = [PYTHON, '-I', '-S', HEALTH_CHECK, '--json'];

export function collectHealth(
  context: CollectContext,
): Promise<Fact<ReadonlyMap<string, HealthVerdict>>> {
  return steady(() => runCheck(context), hasBroken);
}

function hasBroken(fact: Fact<ReadonlyMap<string, HealthVerdict>>): boolean {
  return 'seen' in fact && [...fact.seen.values()].some(({ verdict }) => verdict === 'broken');
}

function runCheck(context: CollectContext): Promise<Fact<ReadonlyMap<string, HealthVerdict>>> {
  return ask(context, 'the health check', { command: COMMAND }, ({ stdout }) =>
    parseHealth(stdout),
  );
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
