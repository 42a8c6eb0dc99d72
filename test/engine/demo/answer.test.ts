import type { Attack } from '../../../lib/engine/demo/attack';
import { judgeAnswer } from '../../../lib/engine/demo/answer';

const attack: Attack = {
  id: 'write',
  title: 'write',
  walls: ['F1'],
  script: '',
  refusals: ['EROFS'],
};
const judge = (answer: object | string) =>
  judgeAnswer(attack, {
    exitCode: 0,
    stdout: typeof answer === 'string' ? answer : JSON.stringify(answer),
    stderr: '',
  });

test('the error that the wall gives is a refusal, with how far the attack came', () => {
  expect(judge({ refusal: 'EROFS', reached: '/workspace' })).toEqual({
    ...{ id: 'write', title: 'write', walls: ['F1'] },
    ...{ outcome: 'refused', refusal: 'EROFS', detail: '/workspace' },
  });
});

test('what was achieved is a success, whatever was reached before', () => {
  const result = judge({ done: 'made a file', reached: '/workspace' });
  expect(result).toMatchObject({ outcome: 'succeeded', detail: 'made a file' });
});

test('another error says nothing about the wall', () => {
  const result = judge({ refusal: 'ENOENT' });
  expect(result).toMatchObject({
    outcome: 'untried',
    detail: 'failed with ENOENT, which no wall gives',
  });
});

test('what the attack itself gave up is not tried, with its reason', () => {
  const result = judge({ untried: 'was not refused in 90 s', reached: 'at 1G' });
  expect(result).toMatchObject({ outcome: 'untried', detail: 'was not refused in 90 s at 1G' });
});

test.each(['', 'no JSON', '[]', '{"done": 1}', '{}', 'null'])(
  'a program that says %j has not tried',
  (text) => {
    expect(judge(text).outcome).toBe('untried');
  },
);

test('a program that is not there is told as the engine tells it', () => {
  const captured = { exitCode: 127, stdout: '', stderr: 'first\n/x/python3: not found\n' };
  expect(judgeAnswer(attack, captured).detail).toBe(
    'its program gave no answer (exit code 127): /x/python3: not found',
  );
});
