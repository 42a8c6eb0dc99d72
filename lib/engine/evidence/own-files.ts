import type { OwnFile } from './service';
import type { Fact } from '../verdict';
import type { CollectContext } from './context';

export async function collectOwnFiles(
  _context: CollectContext,
): Promise<Fact<ReadonlyMap<string, OwnFile>>> {
  return Promise.resolve({ unseen: 'not collected yet' });
}
