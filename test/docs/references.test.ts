/** Nothing that the documentation points to is missing: files, headings, rules, dependencies. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { RULES } from '../../lib/policy/rules';
import { MARKDOWN, ROOT } from './examples';

function read(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), 'utf8');
}

/** Markdown without its fenced blocks. */
function prose(file: string): string {
  return read(file).replace(/^```[\s\S]*?^```$/gm, '');
}

/** The anchors of a file's headings, as GitHub makes them. */
function anchorsOf(file: string): Set<string> {
  return new Set(
    Array.from(prose(file).matchAll(/^#{1,6} (.+)$/gm), ([, heading]) =>
      heading!
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  );
}

const anchors = new Map(MARKDOWN.map((file) => [file, anchorsOf(file)]));

/** Why a relative link leads nowhere; `undefined` when it leads somewhere. */
function problemOf(from: string, link: string): string | undefined {
  const [target = '', anchor] = link.split('#');
  const file = target === '' ? from : path.join(path.dirname(from), target);
  if (file.startsWith('..')) return 'outside the repository';
  if (!fs.existsSync(path.join(ROOT, file))) return 'no such file';
  if (anchor !== undefined && !anchors.get(file)?.has(anchor)) return 'no such heading';
  return undefined;
}

test('every relative link leads somewhere', () => {
  const links = MARKDOWN.flatMap((file) =>
    Array.from(prose(file).matchAll(/\]\(([^)\s]+)\)/g), ([, link]) => ({ file, link: link! })),
  ).filter(({ link }) => !/^[a-z]+:/.test(link));
  expect(links.length).toBeGreaterThan(50);
  const broken = links.map(({ file, link }) => ({ file, link, why: problemOf(file, link) }));
  expect(broken.filter(({ why }) => why !== undefined)).toEqual([]);
});

test('the walls of the README are walls of the rules and of the health check', () => {
  const rules = new Set(RULES.map(({ id }) => id));
  const healthCheck = read('docs/HEALTHCHECK.md');
  const rows = Array.from(prose('README.md').matchAll(/^\|(.+)\|$/gm), ([, row]) =>
    row!.split('|'),
  );
  const first = rows.findIndex(([heading]) => heading!.includes('What an agent tries'));
  const walls = rows.slice(
    first + 2,
    rows.findIndex(([heading]) => heading!.includes('Preset')),
  );
  expect(walls.length).toBeGreaterThan(8);
  const named = (cell: string) => Array.from(cell.matchAll(/`([^`]+)`/g), ([, name]) => name!);
  expect(walls.flatMap((row) => named(row[2]!)).filter((rule) => !rules.has(rule))).toEqual([]);
  const checks = walls.flatMap((row) => named(row[3]!));
  expect(checks.filter((check) => !healthCheck.includes(`\n| \`${check}\``))).toEqual([]);
});

test('every dependency has its line in DEPENDENCIES.md, and every line its dependency', () => {
  const { dependencies, peerDependencies, devDependencies } = JSON.parse(
    read('package.json'),
  ) as Record<string, Record<string, string>>;
  const used = Object.keys({ ...dependencies, ...peerDependencies, ...devDependencies });
  const explained = Array.from(
    read('docs/DEPENDENCIES.md').matchAll(/^\| `([^`]+)`/gm),
    ([, name]) => name!,
  );
  expect([...explained].sort()).toEqual([...used].sort());
});
