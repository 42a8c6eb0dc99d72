import { assertNotInterrupted, unlessInterrupted } from '../../lib/engine/interrupted';

const never = new Promise<never>(() => undefined);
const INTERRUPTED = { code: 'INTERRUPTED' };

test('what nobody interrupts is as it is', async () => {
  const { signal } = new AbortController();
  for (const each of [undefined, signal]) {
    expect(() => assertNotInterrupted(each, 'lab')).not.toThrow();
    expect(await unlessInterrupted(Promise.resolve(7), each, 'lab')).toBe(7);
    const fails = Promise.reject(new Error('no'));
    await expect(unlessInterrupted(fails, each, 'lab')).rejects.toThrow('no');
  }
});

test('what never ends is left, before and after it began', async () => {
  const controller = new AbortController();
  const work = unlessInterrupted(never, controller.signal, 'lab');
  controller.abort();
  await expect(work).rejects.toMatchObject(INTERRUPTED);
  await expect(unlessInterrupted(never, controller.signal, 'lab')).rejects.toMatchObject(
    INTERRUPTED,
  );
  expect(() => assertNotInterrupted(controller.signal, 'lab')).toThrow('sandbox-cdk start lab');
});

test.each([
  ['succeeds', () => Promise.resolve(7)],
  ['fails', () => Promise.reject(new Error('killed by the same Ctrl-C'))],
])('what is interrupted and then %s was interrupted', async (_how, end) => {
  const controller = new AbortController();
  let finish = (): void => undefined;
  const work = new Promise<void>((resolve) => (finish = resolve)).then(end);
  const left = unlessInterrupted(work, controller.signal, 'lab', 60_000);
  controller.abort();
  finish();
  await expect(left).rejects.toMatchObject(INTERRUPTED);
});
