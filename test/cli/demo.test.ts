import { coloured, plain } from '../../lib/cli/io';
import { renderDemo, tellResult } from '../../lib/cli/output/demo';
import type { AttackResult, Demo } from '../../lib/engine/demo/run';
import { recordedIo } from './helpers/recorded-io';

const refused: AttackResult = {
  ...{ id: 'fork', title: 'fork until refused', walls: ['K4'] },
  ...{ outcome: 'refused', refusal: 'EAGAIN', detail: 'after 252 processes' },
};
const root: AttackResult = {
  ...{ id: 'become-root', title: 'become root', walls: ['K1', 'F7'] },
  ...{ outcome: 'succeeded', detail: 'su gave root' },
};
const mount: AttackResult = {
  ...{ id: 'mount', title: 'mount a file system', walls: ['K2'] },
  ...{ outcome: 'untried', detail: '/usr/bin/perl cannot be run: no such file or directory' },
};
const demo = (...attacks: AttackResult[]): Demo => ({ attacks, changes: [] });

test('every attack is a line, with its wall and its evidence', () => {
  expect(renderDemo('lab/agent', demo(refused, root, mount), plain)).toBe(
    `ATTACK               WALL   RESULT     EVIDENCE
fork until refused   K4     refused    EAGAIN after 252 processes
become root          K1 F7  SUCCEEDED  su gave root
mount a file system  K2     not tried  /usr/bin/perl cannot be run: no such file
                                       or directory
lab/agent: 1 succeeded, 1 not tried, 1 refused; everything is as it was before
`,
  );
});

test.each([200, 80, 70, 60, 50, 41])('it fits a terminal of %d columns', (columns) => {
  const text = renderDemo('lab/agent', demo(refused, root, mount), plain, columns);
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
  expect(text.replace(/\s+/g, ' ')).toContain('no such file or directory');
});

test('on a narrow terminal the evidence stands below', () => {
  expect(renderDemo('lab/agent', demo(refused), plain, 45)).toBe(`ATTACK              WALL  RESULT
fork until refused  K4    refused
  EAGAIN after 252 processes
lab/agent: 1 refused; everything is as it was
before
`);
});

test('what has changed is told, and turns the answer red', () => {
  const changes = ['the container was started again'];
  const text = renderDemo('lab/agent', { attacks: [refused], changes }, coloured);
  expect(text).toContain('\u001b[31mlab/agent: 1 refused; the container was started again');
  const good = renderDemo('lab/agent', demo(refused), coloured);
  expect(good).toContain('\u001b[32mlab/agent: 1 refused; everything');
});

test('what an agent had a hand in is shown without its control characters', () => {
  const detail = 'asked \u001b[2J\u001b]0;x\u0007a\nb';
  const text = renderDemo('lab/agent', demo({ ...refused, detail }), plain);
  expect(text).toContain('EAGAIN asked a b\n');
});

test('a line an attack is told as it happens, on a terminal only', () => {
  const io = recordedIo();
  tellResult(io, 'lab/agent', refused);
  expect(io.stderr).toBe('');
  let lived = '';
  const terminal = { ...recordedIo(), live: (text: string) => (lived += `<${text}>`) };
  let told = '';
  tellResult({ ...terminal, tell: (text) => (told += text) }, 'lab/agent', root);
  expect(lived).toBe('<>');
  expect(told).toBe('lab/agent: become root (K1, F7): SUCCEEDED');
});
