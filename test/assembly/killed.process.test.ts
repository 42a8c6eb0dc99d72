import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readOutput } from '../../lib/assembly/read';
import { writeAssembly } from '../../lib/assembly/write';
import { compile, run } from './children';
import {
  assemblyOf,
  errorOf,
  generatedIn,
  lookAt,
  newFolder,
  removeFolders,
  withoutRightTo,
  type Files,
} from './support';

const KILLS = 18;
const SANDBOXES = 9;

let bundle: string;
beforeAll(() => {
  bundle = compile('lib/assembly/write.ts');
});
afterAll(removeFolders);

/**
 * A version of the whole output. Every file says which version it is and ends with a checksum of
 * itself; some files exist in every other version only, and one is too long for one write call.
 */
function version(number: number): Record<string, Files> {
  const content = (name: string, lines: number) => {
    const text = `${name} version ${number}\n`.repeat(lines);
    return `${text}${createHash('sha256').update(text).digest('hex')}\n`;
  };
  const names = Array.from({ length: SANDBOXES }, (_, index) => `sandbox-${index}`);
  const produced = names.filter((_, index) => index % 3 !== 0 || number % 2 === 0);
  return Object.fromEntries(
    produced.map((name) => [
      name,
      {
        'docker-compose.yml': content(`${name} compose`, 2_000),
        'agent/Dockerfile': content(`${name} dockerfile`, 20),
        [number % 2 === 0 ? 'agent/even.py' : 'relay/odd.conf']: content(`${name} other`, 5),
      },
    ]),
  );
}

/** Writes one version after the other, as fast as it can, until it is killed. */
const WRITE_FOREVER = `
  const { writeAssembly } = require(args.bundle);
  process.stdout.write('started');
  for (let turn = 0; ; turn++) {
    writeAssembly({ ...args.assemblies[turn % args.assemblies.length], folder: args.folder });
  }
`;

/** What a killed run leaves behind besides files; `lookAt` shows an empty folder as `/`. */
const INTERNAL =
  /(?:^|\/)(?:\.sandbox-cdk\.tmp|\.lock(?:\.[0-9a-f]{16})?|manifest\.pending\.json)$/;

function isWhole(content: string): boolean {
  const end = content.lastIndexOf('\n', content.length - 2) + 1;
  const hash = createHash('sha256').update(content.slice(0, end)).digest('hex');
  return content.slice(end) === `${hash}\n`;
}

it('leaves every file whole when it is killed, and the next run mends the rest', async () => {
  const folder = newFolder();
  let interrupted = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const assemblies = [1, 2, 3].map((n) => plain(assemblyOf(folder, version(kill * 10 + n))));
    const child = run(REVIVE + WRITE_FOREVER, { bundle, folder, assemblies });
    await child.started;
    await wait(Math.random() * 60);
    child.process.kill('SIGKILL');
    expect(await child.ended).toMatchObject({ signal: 'SIGKILL', output: 'started' });

    // Killed before its first byte.
    if (!fs.existsSync(folder)) continue;
    for (const [file, content] of Object.entries(generatedIn(folder))) {
      if (INTERNAL.test(file) || content === '/') continue;
      expect([file, isWhole(content)]).toEqual([file, true]);
    }
    if (readOutput(folder)?.interrupted) interrupted += 1;
    // Often a run that would mend is killed too, and by then the program has changed again.
    if (kill % 3 !== 2) continue;

    const next = version(kill * 10 + 5);
    writeAssembly(assemblyOf(folder, next));
    const expected = Object.entries(next).flatMap(([name, files]) =>
      Object.entries(files).map(([file, content]) => [`${name}/${file}`, content]),
    );
    expect(generatedIn(folder)).toEqual(Object.fromEntries(expected));
  }
  // The kills came at every kind of moment, or this test has proven little.
  expect(interrupted).toBeGreaterThan(KILLS / 4);
}, 120_000);

it('still tells handwork from half a run after a kill', async () => {
  const folder = newFolder();
  writeAssembly(assemblyOf(folder, version(1)));
  const assemblies = [2, 3].map((number) => plain(assemblyOf(folder, version(number))));
  do {
    const child = run(REVIVE + WRITE_FOREVER, { bundle, folder, assemblies });
    await child.started;
    await wait(Math.random() * 40);
    child.process.kill('SIGKILL');
    await child.ended;
  } while (!readOutput(folder)?.interrupted);
  const edited = path.join(folder, 'sandbox-1/docker-compose.yml');
  fs.appendFileSync(edited, '# mine\n');
  expect(() => writeAssembly(assemblyOf(folder, version(5)))).toThrow(/sandbox-1\/docker-compose/);
  expect(fs.readFileSync(edited, 'utf8')).toMatch(/# mine\n$/);
  expect(lookAt(folder)).not.toHaveProperty(['.lock']);
}, 60_000);

it('mends the sandboxes that a run of a few leaves out, when their turn comes', () => {
  const folder = newFolder();
  const old = { a: { file: 'old a' }, b: { file: 'old b' } };
  const half = { a: { file: 'half a' }, b: { file: 'half b' } };
  writeAssembly(assemblyOf(folder, half));
  const hashes = readOutput(folder)!.manifest;
  fs.rmSync(folder, { recursive: true });
  writeAssembly(assemblyOf(folder, old));
  // As a run from `old` to `half` leaves it that was killed after its last file.
  const journal = Object.fromEntries(
    ['a', 'b'].map((name) => [`${name}/file`, [hashes.sandboxes[name]!.files['file']]]),
  );
  fs.writeFileSync(path.join(folder, 'manifest.pending.json'), JSON.stringify({ files: journal }));
  fs.writeFileSync(path.join(folder, 'a/file'), 'half a');
  fs.writeFileSync(path.join(folder, 'b/file'), 'half b');

  const next = { a: { file: 'new a' }, b: { file: 'new b' } };
  writeAssembly(assemblyOf(folder, { a: next.a }), { only: ['a'] });
  expect(generatedIn(folder)).toMatchObject({ 'a/file': 'new a', 'b/file': 'half b' });
  writeAssembly(assemblyOf(folder, next));
  expect(generatedIn(folder)).toEqual({ 'a/file': 'new a', 'b/file': 'new b' });
});

it('knows the files of every run that was cut short, however many there were in a row', () => {
  const folder = newFolder();
  const write = (a: string, b: string) => () =>
    writeAssembly(assemblyOf(folder, { a: { file: a }, b: { file: b } }));
  write('a1', 'b1')();
  const cutShort = (action: () => unknown) => {
    expect(errorOf(() => withoutRightTo(folder, 'b', action))).toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
    });
  };
  cutShort(write('a2', 'b2'));
  // For this one, a/file is as it should be; still it must not forget where that came from.
  cutShort(write('a2', 'b3'));
  expect(generatedIn(folder)).toMatchObject({ 'a/file': 'a2', 'b/file': 'b1' });
  write('a4', 'b4')();
  expect(generatedIn(folder)).toEqual({ 'a/file': 'a4', 'b/file': 'b4' });
});

/** An assembly as JSON carries it: a child gets its files as pairs. */
function plain(assembly: ReturnType<typeof assemblyOf>) {
  const sandboxes = assembly.sandboxes.map((one) => ({ ...one, files: [...one.files] }));
  return { ...assembly, sandboxes };
}

const REVIVE = `
  for (const { sandboxes } of args.assemblies) {
    for (const sandbox of sandboxes) sandbox.files = new Map(sandbox.files);
  }
`;
