import type { SourceFacts } from './service';
import type { Fact } from '../verdict';
import type { CollectContext } from './context';

export async function collectSources(
  _context: CollectContext,
): Promise<Fact<readonly SourceFacts[]>> {
  return Promise.resolve({ unseen: 'not collected yet' });
}
