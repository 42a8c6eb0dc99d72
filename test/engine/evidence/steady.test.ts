import { withoutPassing } from '../../../lib/engine/evidence/processes';
import type { ProcessFacts } from '../../../lib/engine/evidence/service';
import { steady } from '../../../lib/engine/evidence/steady';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

async function looksAt(answers: readonly string[]): Promise<[string, number]> {
  let looks = 0;
  const seen = steady(
    () => answers[Math.min(looks++, answers.length - 1)]!,
    (answer) => answer === 'broken',
  );
  await jest.runAllTimersAsync();
  return [await seen, looks];
}

test('what is sound is looked at once', async () => {
  expect(await looksAt(['sound'])).toEqual(['sound', 1]);
});

test('what is broken in passing is looked at until it has passed', async () => {
  expect(await looksAt(['broken', 'broken', 'sound', 'broken'])).toEqual(['sound', 3]);
});

test('what stays broken is broken, and is not looked at for ever', async () => {
  expect(await looksAt(['broken'])).toEqual(['broken', 5]);
});

test('a process that has just come is not judged beside one that stays as it is', () => {
  const process = (pid: number, seccomp: number) =>
    ({ pid, seccomp, capabilities: { bounding: 0n } }) as unknown as ProcessFacts;
  const [weak, sound, entering] = [process(1, 0), process(2, 2), process(3, 0)];
  expect(withoutPassing([weak, sound, entering], [weak])).toEqual([weak, sound]);
});
