import type { ProcessFacts } from './service';
import type { Fact } from '../verdict';
import type { CollectContext } from './context';

export async function collectProcesses(
  _context: CollectContext,
): Promise<Fact<readonly ProcessFacts[]>> {
  return Promise.resolve({ unseen: 'not collected yet' });
}
