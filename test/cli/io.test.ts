import { coloured, plain, processIo, wantsColour } from '../../lib/cli/io';
import { runNode } from './helpers/built-command';

const terminal = () => true;
const pipe = () => false;

test('colours are for terminals only', () => {
  expect(wantsColour(2, {}, terminal)).toBe(true);
  expect(wantsColour(2, {}, pipe)).toBe(false);
});

test('NO_COLOR turns colours off, unless it is empty', () => {
  expect(wantsColour(2, { NO_COLOR: '1' }, terminal)).toBe(false);
  expect(wantsColour(2, { NO_COLOR: '1', FORCE_COLOR: '1' }, terminal)).toBe(false);
  expect(wantsColour(2, { NO_COLOR: '' }, terminal)).toBe(true);
});

test('FORCE_COLOR turns colours on, or off when it says so', () => {
  expect(wantsColour(2, { FORCE_COLOR: '1' }, pipe)).toBe(true);
  expect(wantsColour(2, { FORCE_COLOR: '0' }, terminal)).toBe(false);
});

test('a dumb terminal has no colours', () => {
  expect(wantsColour(2, { TERM: 'dumb' }, terminal)).toBe(false);
});

test('a marked text ends its own mark', () => {
  expect(coloured('red', 'error')).toBe('\u001b[31merror\u001b[39m');
  expect(plain('red', 'error')).toBe('error');
});

test('a style of a process that writes to a pipe leaves text as it is', () => {
  const { style } = processIo({ NO_COLOR: '1' });
  expect(style('bold', 'text')).toBe('text');
});

test('a reader that has gone ends the output and not the process', () => {
  const script = `
    const { processIo } = require(${JSON.stringify(require.resolve('../../lib/cli/io.ts'))});
    const io = processIo({});
    for (let i = 0; i < 100000; i++) io.answer('a line that fills the pipe\\n');
    io.tell('still here');
  `;
  const shell = `"$NODE" -r ts-node/register/transpile-only -e "$SCRIPT" | head -1`;
  const { code, stdout, stderr } = runNode(
    process.cwd(),
    [
      '-e',
      `process.exit(require('child_process').spawnSync('bash', ['-c', ${JSON.stringify(shell)}], { stdio: 'inherit' }).status)`,
    ],
    { env: { NODE: process.execPath, SCRIPT: script } },
  );
  expect({ code, stdout, stderr }).toEqual({
    code: 0,
    stdout: 'a line that fills the pipe\n',
    stderr: 'still here\n',
  });
});
