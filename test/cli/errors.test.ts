/** What is said when a command cannot go on. */
import { EngineError } from '../../lib/core/errors';
import { usageError } from '../../lib/cli/exit-code';
import { reportError } from '../../lib/cli/output/errors';
import { recordedIo } from './helpers/recorded-io';

function told(error: unknown): string {
  const io = recordedIo();
  reportError(error, { io, json: false, projectDir: __dirname });
  return io.stderr;
}

test.each([
  ['the engine', (text: string) => new EngineError('UNHEALTHY', text)],
  ['a command', (text: string) => usageError('NOT_CONFIRMED', text)],
  ['somebody else', (text: string) => new Error(text)],
])('an error of %s that repeats an agent’s words moves no cursor', (_what, make) => {
  const text = told(
    make('agent ended; it said:\n  \u001b[2J\u001b]0;owned\u0007all is\u009b8m well'),
  );
  expect(text).toContain('agent ended; it said:\n  all is well');
  expect(text).not.toMatch(/(?!\n)\p{Cc}/u);
});
