import * as fc from 'fast-check';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Finding } from '../../lib/core/finding';
import { colourDiff } from '../../lib/cli/output/diff-colours';
import {
  countFindings,
  excerpt,
  findingToJson,
  grouped,
  tellFindings,
} from '../../lib/cli/output/findings';
import { renderTable } from '../../lib/cli/output/table';
import { recordedIo } from './helpers/recorded-io';

const here = __filename;
const finding: Finding = {
  rule: 'network-not-air-gapped',
  severity: 'error',
  message: 'received network_mode "bridge"; allowed is network_mode none',
  fix: 'use new IsolatedNetwork(scope, id)',
  construct: 'payments/agent',
  property: 'services.agent.network_mode',
  source: { file: here, line: 1, column: 8 },
  acknowledgeable: true,
};

function tell(...findings: Finding[]): string {
  const io = recordedIo();
  tellFindings(io, findings, __dirname);
  return io.stderr;
}

test('a finding says what, where, how to mend it and how to accept it', () => {
  expect(tell(finding))
    .toBe(`error network-not-air-gapped: received network_mode "bridge"; allowed is network_mode none
  at payments/agent (services.agent.network_mode)
  output.test.ts:1:8
    1 | import * as fc from 'fast-check';
      |        ^
  fix: use new IsolatedNetwork(scope, id)
  accept: sandbox.acknowledge('network-not-air-gapped', 'why it is needed')  // on payments/agent

`);
});

test('a finding that can never be accepted says so', () => {
  expect(tell({ ...finding, acknowledgeable: false })).toContain('  accept: not possible\n');
});

test('a finding without a source has no line of source', () => {
  expect(tell({ ...finding, source: undefined })).not.toContain('|');
});

test('all findings are told, errors first', () => {
  const text = tell(
    { ...finding, severity: 'note', rule: 'a-note' },
    { ...finding, severity: 'warning', rule: 'a-warning' },
    finding,
  );
  const order = ['network-not-air-gapped:', 'a-warning:', 'a-note:'].map((id) => text.indexOf(id));
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(order).not.toContain(-1);
});

test('findings are counted by severity', () => {
  expect(countFindings([finding, finding, { ...finding, severity: 'note' }])).toBe(
    '2 errors, 1 note',
  );
});

test('a caret stands below its column, also after tabs', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-excerpt-'));
  const file = path.join(folder, 'app.ts');
  fs.writeFileSync(file, 'first\n\tnew Sandbox();\n');
  expect(excerpt({ file, line: 2, column: 2 }, '^')).toEqual([
    '    2 | \tnew Sandbox();',
    '      | \t^',
  ]);
  fs.rmSync(folder, { recursive: true });
});

test('a line that cannot be read has no excerpt', () => {
  expect(excerpt({ file: '/nowhere', line: 1, column: 1 }, '^')).toEqual([]);
});

test('JSON names files from the project folder', () => {
  expect(findingToJson(finding, __dirname)).toMatchObject({ source: { file: 'output.test.ts' } });
  expect(findingToJson(finding, '/elsewhere')).toMatchObject({ source: { file: here } });
});

test('numbers are grouped as in English', () => {
  fc.assert(
    fc.property(fc.nat(), (count) => {
      expect(grouped(count)).toBe(count.toLocaleString('en-US'));
    }),
  );
});

test('the columns of a table start below each other', () => {
  expect(
    renderTable(
      ['A', 'LONG'],
      [
        ['wide cell', 'x'],
        ['y', ''],
      ],
    ),
  ).toBe('A          LONG\nwide cell  x\ny\n');
});

test('colours change nothing but the look of a diff', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (lines) => {
      const text = lines.join('\n');
      expect(colourDiff(text, (_, part) => part)).toBe(text);
    }),
  );
  expect(colourDiff('--- a\n+++ b\n-x\n+y\n z', (format, text) => `${format}(${text})`)).toBe(
    'bold(--- a)\nbold(+++ b)\nred(-x)\ngreen(+y)\n z',
  );
});
