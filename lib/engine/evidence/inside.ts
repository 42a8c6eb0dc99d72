import type { HealthVerdict } from './service';
import type { Fact } from '../verdict';
import type { CollectContext } from './context';

export async function collectHealth(
  _context: CollectContext,
): Promise<Fact<ReadonlyMap<string, HealthVerdict>>> {
  return Promise.resolve({ unseen: 'not collected yet' });
}
