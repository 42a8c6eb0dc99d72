import * as fc from 'fast-check';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { distinctTime, setDistinctTime } from '../../lib/assembly/distinct-time';

const NOW = 1_795_000_000;

test('files of other content have other times, in the same second', () => {
  fc.assert(
    fc.property(fc.integer(), (number) => {
      const [one, other] = [distinctTime(NOW, `${number}`), distinctTime(NOW, `${number + 1}`)];
      expect([Math.floor(one), Math.floor(other)]).toEqual([NOW, NOW]);
      expect(one).not.toBe(other);
    }),
    { numRuns: 500, seed: 1 },
  );
});

test('the time on disk holds what the content asks for, and setting it again changes nothing', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-time-'));
  const times = ['content one', 'content two'].map((content) => {
    const file = path.join(folder, 'file');
    fs.writeFileSync(file, content);
    fs.utimesSync(file, NOW, NOW);
    setDistinctTime(file, content);
    const first = fs.statSync(file, { bigint: true }).mtimeNs;
    setDistinctTime(file, content);
    expect(fs.statSync(file, { bigint: true }).mtimeNs).toBe(first);
    return first;
  });
  expect(times[0]).not.toBe(times[1]);
  fs.rmSync(folder, { recursive: true });
});

test('what is not there stays so', () => {
  expect(() => setDistinctTime('/nowhere/file', '')).not.toThrow();
});
