import * as fc from 'fast-check';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { applyPatch, parsePatch } from 'diff';
import { findDrift } from '../../lib/assembly/drift';
import { unifiedDiff } from '../../lib/assembly/unified-diff';
import { writeAssembly } from '../../lib/assembly/write';
import { assemblyOf, errorOf, lookAt, newFolder, removeFolders } from './support';

afterEach(removeFolders);

const FIRST = {
  payments: { 'docker-compose.yml': 'name: payments\n', 'agent/Dockerfile': 'FROM debian\n' },
  billing: { 'docker-compose.yml': 'name: billing\n' },
};

function written(): string {
  const folder = newFolder();
  writeAssembly(assemblyOf(folder, FIRST));
  return folder;
}

function put(folder: string, file: string, content = 'mine\n'): void {
  fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  fs.writeFileSync(path.join(folder, file), content);
}

describe('findDrift', () => {
  it('finds none where everything is as generated', () => {
    const folder = written();
    expect(findDrift(assemblyOf(folder, FIRST))).toEqual([]);
  });

  it('finds every file missing where there is no output folder, and makes none', () => {
    const folder = newFolder();
    const drift = findDrift(assemblyOf(folder, FIRST));
    expect(drift.map(({ path: file, kind }) => [file, kind])).toEqual([
      ['billing/docker-compose.yml', 'missing'],
      ['manifest.json', 'missing'],
      ['payments/agent/Dockerfile', 'missing'],
      ['payments/docker-compose.yml', 'missing'],
    ]);
    expect(fs.existsSync(folder)).toBe(false);
  });

  it('tells what is missing, changed, stale and unknown, sorted by path, and changes nothing', () => {
    const folder = written();
    put(folder, 'payments/docker-compose.yml', 'edited\n');
    fs.rmSync(path.join(folder, 'payments/agent/Dockerfile'));
    put(folder, 'payments/agent/extra.sh');
    const before = lookAt(folder);
    const drift = findDrift(assemblyOf(folder, { payments: FIRST.payments }));
    expect(drift).toEqual([
      { path: 'billing/docker-compose.yml', kind: 'stale', actual: 'name: billing\n' },
      expect.objectContaining({ path: 'manifest.json', kind: 'changed' }),
      { path: 'payments/agent/Dockerfile', kind: 'missing', expected: 'FROM debian\n' },
      { path: 'payments/agent/extra.sh', kind: 'unknown' },
      {
        path: 'payments/docker-compose.yml',
        kind: 'changed',
        expected: 'name: payments\n',
        actual: 'edited\n',
      },
    ]);
    expect(lookAt(folder)).toEqual(before);
  });

  it('overlooks what agents put out, what desktops scatter, and what is in no sandbox', () => {
    const folder = written();
    put(folder, 'payments/output/agent/result/deep.txt');
    put(folder, 'payments/.DS_Store');
    put(folder, 'payments/agent/Thumbs.db');
    put(folder, 'README.md');
    put(folder, 'docs/index.md');
    expect(findDrift(assemblyOf(folder, FIRST))).toEqual([]);
  });

  it('does not overlook a folder called output elsewhere, or a symlink that is nobody’s', () => {
    const folder = written();
    put(folder, 'payments/agent/output/x');
    fs.symlinkSync('/etc/passwd', path.join(folder, 'billing/link'));
    const drift = findDrift(assemblyOf(folder, FIRST));
    expect(drift).toEqual([
      { path: 'billing/link', kind: 'unknown' },
      { path: 'payments/agent/output/x', kind: 'unknown' },
    ]);
  });

  it('looks only at the sandboxes that were asked for', () => {
    const folder = written();
    put(folder, 'payments/docker-compose.yml', 'edited\n');
    expect(findDrift(assemblyOf(folder, { billing: FIRST.billing }), ['billing'])).toEqual([]);
    expect(findDrift(assemblyOf(folder, FIRST), ['payments'])).toHaveLength(1);
  });

  it('finds a manifest that nobody can read, and what a cut-short run left', () => {
    const folder = written();
    put(folder, 'manifest.json', '<<<<<<<');
    put(folder, 'manifest.pending.json', '{}');
    put(folder, 'payments/.sandbox-cdk.tmp', 'half');
    expect(
      findDrift(assemblyOf(folder, FIRST)).map(({ path: file, kind }) => [file, kind]),
    ).toEqual([
      ['manifest.json', 'changed'],
      ['manifest.pending.json', 'stale'],
      ['payments/.sandbox-cdk.tmp', 'stale'],
    ]);
  });

  it('refuses to look through a symlink', () => {
    const folder = written();
    fs.renameSync(path.join(folder, 'payments'), path.join(folder, '..', 'moved'));
    fs.symlinkSync('../moved', path.join(folder, 'payments'));
    expect(errorOf(() => findDrift(assemblyOf(folder, FIRST)))).toMatchObject({
      code: 'OUTPUT_UNSAFE',
    });
  });
});

describe('unifiedDiff', () => {
  it('shows what is on disk as removed and what is generated as added', () => {
    const text = unifiedDiff([
      { path: 'a/new', kind: 'missing', expected: 'one\n' },
      { path: 'a/edited', kind: 'changed', actual: 'one\ntwo\n', expected: 'one\n2\n' },
      { path: 'a/old', kind: 'stale', actual: 'gone\n' },
      { path: 'a/mine', kind: 'unknown' },
    ]);
    expect(text.split('\n')).toEqual([
      '--- /dev/null',
      '+++ generated/a/new',
      '@@ -0,0 +1,1 @@',
      '+one',
      '--- on disk/a/edited',
      '+++ generated/a/edited',
      '@@ -1,2 +1,2 @@',
      ' one',
      '-two',
      '+2',
      '--- on disk/a/old',
      '+++ /dev/null',
      '@@ -1,1 +0,0 @@',
      '-gone',
      'Only on disk, not generated: a/mine',
      '',
    ]);
  });

  it('is empty where there is no drift', () => {
    expect(unifiedDiff([])).toBe('');
  });

  it('can be applied as a patch, however much differs', () => {
    const line = fc.string({ unit: 'grapheme-ascii', maxLength: 5 });
    const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (actual, expected) => {
        fc.pre(actual !== expected);
        const patch = unifiedDiff([{ path: 'f', kind: 'changed', actual, expected }]);
        expect(applyPatch(actual, parsePatch(patch)[0]!)).toBe(expected);
      }),
    );
  });

  it('stays quick for long texts that have nothing in common', () => {
    const lines = (word: string) =>
      Array.from({ length: 20_000 }, (_, index) => `${word} ${index}\n`).join('');
    const started = Date.now();
    const patch = unifiedDiff([
      { path: 'f', kind: 'changed', actual: lines('a'), expected: `${lines('b')}end` },
    ]);
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(applyPatch(lines('a'), parsePatch(patch)[0]!)).toBe(`${lines('b')}end`);
  });
});
