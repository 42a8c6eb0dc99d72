import { codeOfSignal, PassedSignals } from '../../lib/cli/passed-signals';

/** A program that ends when it is told, if it listens. */
function program(listens: boolean, endsWith?: number) {
  let end: (code: number) => void = () => undefined;
  const received: string[] = [];
  return {
    received,
    work: () => new Promise<number>((resolve) => (end = resolve)),
    receiver: {
      signal(signal: NodeJS.Signals) {
        received.push(signal);
        if (endsWith !== undefined) setImmediate(() => end(endsWith));
        return Promise.resolve(listens);
      },
    },
  };
}

const listeners = () => process.listenerCount('SIGINT') + process.listenerCount('SIGTERM');

test('work that ends by itself gives its own code, and nothing stays behind', async () => {
  const before = listeners();
  expect(await new PassedSignals(() => undefined).during(() => Promise.resolve(5))).toBe(5);
  await expect(
    new PassedSignals(() => undefined).during(() => Promise.reject(new Error('x'))),
  ).rejects.toThrow('x');
  expect(listeners()).toBe(before);
});

test('a program that is told ends as it likes', async () => {
  const { work, receiver, received } = program(true, 9);
  const signals = new PassedSignals(() => undefined);
  signals.to(receiver);
  const code = signals.during(work);
  process.emit('SIGINT', 'SIGINT');
  expect(await code).toBe(9);
  expect(received).toEqual(['SIGINT']);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)(
  'one that cannot be told is left, and that is said: %s gives %d',
  async (signal, code) => {
    let lost = 0;
    const { work, receiver } = program(false);
    const signals = new PassedSignals(() => (lost += 1));
    signals.to(receiver);
    const result = signals.during(work);
    process.emit(signal, signal);
    expect(await result).toBe(code);
    expect(lost).toBe(1);
  },
);

test('one that goes on is left at the second signal', async () => {
  const { work, receiver, received } = program(true);
  const signals = new PassedSignals(() => undefined);
  signals.to(receiver);
  const result = signals.during(work);
  process.emit('SIGTERM', 'SIGTERM');
  process.emit('SIGTERM', 'SIGTERM');
  expect(await result).toBe(143);
  expect(received).toEqual(['SIGTERM']);
});

test('before there is a program, a signal ends the command', async () => {
  const result = new PassedSignals(() => undefined).during(() => new Promise(() => undefined));
  process.emit('SIGINT', 'SIGINT');
  expect(await result).toBe(130);
});

test('an engine that fails to pass it on is no reason to stay', async () => {
  const signals = new PassedSignals(() => undefined);
  signals.to({ signal: () => Promise.reject(new Error('gone')) });
  const result = signals.during(() => new Promise(() => undefined));
  process.emit('SIGINT', 'SIGINT');
  expect(await result).toBe(130);
});

describe('when the reader has gone', () => {
  test('the program is told as in a pipe', async () => {
    const { work, receiver, received } = program(true, 141);
    const signals = new PassedSignals(() => undefined);
    signals.to(receiver);
    const result = signals.during(work);
    void signals.readerGone();
    expect(await result).toBe(141);
    expect(received[0]).toBe('SIGPIPE');
  });

  test('one that cannot be told is left in silence', async () => {
    let lost = 0;
    const { work, receiver } = program(false);
    const signals = new PassedSignals(() => (lost += 1));
    signals.to(receiver);
    const result = signals.during(work);
    void signals.readerGone();
    expect([await result, lost]).toEqual([141, 0]);
  });
});

test('codes are those of shells', () => {
  expect([codeOfSignal('SIGKILL'), codeOfSignal('SIGPIPE')]).toEqual([137, 141]);
});
