import type { Fact } from '../verdict';
import type { CollectContext } from './context';

export async function collectSetuid(_context: CollectContext): Promise<Fact<readonly string[]>> {
  return Promise.resolve({ unseen: 'not collected yet' });
}
