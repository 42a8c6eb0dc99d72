import * as fc from 'fast-check';
import { all, either, judgeFact, proven, type Judgement } from '../../lib/engine/verdict';

const judgement = fc.record<Judgement>({
  verdict: fc.constantFrom('proven', 'broken', 'unproven'),
  evidence: fc.string(),
});

test('all of several are proven only when each is, and broken when one is', () => {
  fc.assert(
    fc.property(fc.array(judgement, { minLength: 1 }), (judgements) => {
      const verdicts = judgements.map(({ verdict }) => verdict);
      const { verdict } = all(judgements);
      expect(verdict === 'proven').toBe(verdicts.every((each) => each === 'proven'));
      expect(verdict === 'broken').toBe(verdicts.includes('broken'));
    }),
  );
});

test('of two ways to see a wall one is enough to prove it, and one is enough to break it', () => {
  fc.assert(
    fc.property(judgement, judgement, (a, b) => {
      const verdicts = [a.verdict, b.verdict];
      const { verdict } = either(a, b);
      expect(verdict === 'broken').toBe(verdicts.includes('broken'));
      expect(verdict === 'unproven').toBe(verdicts.every((each) => each === 'unproven'));
    }),
  );
});

test('nothing that was looked at proves nothing', () => {
  expect(all([]).verdict).toBe('unproven');
});

test('what could not be seen is unproven, with the reason', () => {
  const fact: { readonly unseen: string } = { unseen: 'it is elsewhere' };
  expect(judgeFact(fact, () => proven('x'))).toEqual({
    verdict: 'unproven',
    evidence: 'it is elsewhere',
  });
});
