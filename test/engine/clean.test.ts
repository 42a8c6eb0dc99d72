import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { emptyOutputs, filledOutputs } from '../../lib/engine/clean';
import { asNobody } from '../as-nobody';
import { sandboxOf } from './helpers/subject';

let folder: string;
let output: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-clean-'));
  output = path.join(folder, 'output/agent');
  fs.mkdirSync(output, { recursive: true });
  fs.chmodSync(folder, 0o755);
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

test('a folder with more than what was generated is filled, and can be emptied', () => {
  expect(filledOutputs(sandboxOf(folder))).toEqual([]);
  fs.mkdirSync(path.join(output, 'sub'));
  expect(filledOutputs(sandboxOf(folder))).toEqual([output]);
  emptyOutputs(sandboxOf(folder));
  expect(fs.readdirSync(output)).toEqual([]);
});

test('a folder that its agent has closed counts as filled, and that it cannot be emptied is told', () => {
  fs.chmodSync(output, 0o300);
  asNobody(() => {
    expect(filledOutputs(sandboxOf(folder))).toEqual([output]);
    expect(() => emptyOutputs(sandboxOf(folder))).toThrow(
      expect.objectContaining({ code: 'OUTPUT_UNWRITABLE', paths: [output] }) as Error,
    );
  });
  fs.chmodSync(output, 0o755);
});

test('a closed folder within a folder is told too', () => {
  const inner = path.join(output, 'inner');
  fs.mkdirSync(inner, { mode: 0 });
  fs.writeFileSync(path.join(inner, 'file'), '');
  fs.chmodSync(inner, 0);
  asNobody(() => {
    expect(() => emptyOutputs(sandboxOf(folder))).toThrow(
      expect.objectContaining({ code: 'OUTPUT_UNWRITABLE' }) as Error,
    );
  });
  fs.chmodSync(inner, 0o755);
});
