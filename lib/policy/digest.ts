/** A digest of the policy, so that a reviewer sees in the manifest when the rules changed. */
import { createHash } from 'node:crypto';
import type { Rule } from './rule';
import { RULES } from './rules';

export function policyDigest(rules: readonly Rule[] = RULES): string {
  const facts = rules.map(({ id, title, severity, acknowledgeable }) => [
    id,
    title,
    severity,
    acknowledgeable,
  ]);
  return `sha256:${createHash('sha256').update(JSON.stringify(facts)).digest('hex')}`;
}
