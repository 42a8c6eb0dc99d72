import type { Fact } from '../verdict';
import type { CollectContext } from './context';

export async function collectSystemCalls(
  _context: CollectContext,
): Promise<Fact<ReadonlyMap<string, string>>> {
  return Promise.resolve({ unseen: 'not collected yet' });
}
