import type { NetworkFacts } from './service';
import type { Fact } from '../verdict';
import type { CollectContext } from './context';

export async function collectNetwork(_context: CollectContext): Promise<Fact<NetworkFacts>> {
  return Promise.resolve({ unseen: 'not collected yet' });
}
