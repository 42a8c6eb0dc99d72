/** Differences in what a sandbox promises, and in what was accepted on purpose. */
import type { SandboxManifest } from '../manifest';
import type { Verdict } from './change';

export function* diffManifests(before: SandboxManifest, after: SandboxManifest): Iterable<Verdict> {
  if (before.level !== after.level) {
    const lower = after.level < before.level;
    yield {
      at: ['level'],
      before: before.level,
      after: after.level,
      effect: lower ? 'broadens' : 'narrows',
      summary: `the level is ${after.level} now (was ${before.level}): rules are ${lower ? 'less' : 'more'} strict`,
    };
  }
  if (before.dataClassification !== after.dataClassification) {
    yield {
      at: ['dataClassification'],
      before: before.dataClassification,
      after: after.dataClassification,
      effect: 'neutral',
      summary: `the data is ${after.dataClassification} now (was ${before.dataClassification})`,
    };
  }
  yield* diffAcknowledged(before.acknowledged, after.acknowledged);
}

type Acknowledged = SandboxManifest['acknowledged'];

/** Every acknowledgement is a wall that somebody took down on purpose. */
export function* diffAcknowledged(before: Acknowledged, after: Acknowledged): Iterable<Verdict> {
  const [old, next] = [byPlace(before), byPlace(after)];
  for (const [place, { rule, construct, reason }] of next) {
    const earlier = old.get(place)?.reason;
    const base = { at: ['acknowledged', rule, construct], before: earlier, after: reason };
    if (earlier === undefined) {
      const summary = `${rule} is accepted at ${construct} now: ${reason}`;
      yield { ...base, effect: 'broadens', summary };
    } else if (earlier !== reason) {
      const summary = `${rule} is accepted at ${construct} for another reason now: ${reason}`;
      yield { ...base, effect: 'neutral', summary };
    }
  }
  for (const [place, { rule, construct, reason }] of old) {
    if (next.has(place)) continue;
    const at = ['acknowledged', rule, construct];
    const summary = `${rule} is not accepted at ${construct} any more`;
    yield { at, before: reason, after: undefined, effect: 'narrows', summary };
  }
}

function byPlace(acknowledged: Acknowledged): Map<string, Acknowledged[number]> {
  return new Map(acknowledged.map((one) => [`${one.rule} ${one.construct}`, one]));
}
