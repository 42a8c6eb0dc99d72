import type { LimitFacts } from './service';
import type { Fact } from '../verdict';
import type { CollectContext } from './context';

export async function collectLimits(_context: CollectContext): Promise<Fact<LimitFacts>> {
  return Promise.resolve({ unseen: 'not collected yet' });
}
