import type { MountFacts } from './service';
import type { Fact } from '../verdict';
import type { CollectContext } from './context';

export async function collectMounts(
  _context: CollectContext,
): Promise<Fact<readonly MountFacts[]>> {
  return Promise.resolve({ unseen: 'not collected yet' });
}
