/** Finds the code that the documentation shows: fenced blocks in Markdown, and TSDoc examples. */
import * as fs from 'node:fs';
import * as path from 'node:path';

export interface Example {
  /** Where it stands: `docs/PRESETS.md:12`. */
  readonly at: string;
  readonly language: string;
  readonly code: string;
}

export const ROOT = path.resolve(__dirname, '../..');

/** Fenced blocks of one Markdown file. */
export function markdownExamples(file: string): Example[] {
  const lines = fs.readFileSync(path.join(ROOT, file), 'utf8').split('\n');
  const examples: Example[] = [];
  for (let start = 0; start < lines.length; start++) {
    const fence = /^(\s*)```(\S*)/.exec(lines[start]!);
    if (!fence) continue;
    const end = lines.findIndex((line, index) => index > start && line.trim() === '```');
    const code = lines.slice(start + 1, end).map((line) => line.slice(fence[1]!.length));
    examples.push({ at: `${file}:${start + 1}`, language: fence[2]!, code: code.join('\n') });
    start = end;
  }
  return examples;
}

/** The `@example` of every docstring in one source file. */
export function tsdocExamples(file: string): Example[] {
  const text = fs.readFileSync(path.join(ROOT, file), 'utf8');
  const examples: Example[] = [];
  for (const comment of text.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    const body = comment[0]
      .replace(/\s*\*\/$/, '')
      .split('\n')
      .map((line) => line.replace(/^\s*\* ?/, ''));
    const tag = body.findIndex((line) => line.startsWith('@example'));
    if (tag < 0) continue;
    const next = body.findIndex((line, index) => index > tag && /^@\w/.test(line));
    const code = body
      .slice(tag + 1, next < 0 ? undefined : next)
      .filter((line) => !line.startsWith('```'));
    const line = text.slice(0, comment.index).split('\n').length + tag;
    examples.push({ at: `${file}:${line}`, language: 'ts', code: code.join('\n') });
  }
  return examples;
}

/** All files below a folder with an extension, without generated and installed ones. */
export function filesBelow(folder: string, extension: string): string[] {
  return fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => path.join(folder, file))
    .filter((file) => file.endsWith(extension) && !/node_modules|cli\/templates/.test(file))
    .sort();
}

/** All documentation that is written for people. */
export const MARKDOWN: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...filesBelow('docs', '.md'),
];
