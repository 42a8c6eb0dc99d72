/** No command in the documentation that does not exist. */
import { CommanderError, type Command } from 'commander';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createCommandLine } from '../../lib/cli/command-line';
import { MARKDOWN, markdownExamples, ROOT } from './examples';

interface Line {
  readonly at: string;
  readonly text: string;
}

/** What a person would type, one line each. */
const typed: readonly Line[] = MARKDOWN.flatMap(markdownExamples)
  .filter(({ language }) => language === 'console')
  .flatMap(({ at, code }) => code.split('\n').map((text) => ({ at, text })));

/** The words after `sandbox-cdk`, up to a redirection or the end of a substitution. */
function invocationsOf({ at, text }: Line): { at: string; words: string[] }[] {
  return Array.from(
    text.matchAll(
      /(?:^|\(|&& )(?:npx |node dist\/bin\/)?sandbox-cdk(?:\.js)? (.*?)(?=$|[()<>|&;#])/g,
    ),
    ([, words]) => ({ at, words: words!.trim().split(/\s+/) }),
  );
}

/** What the command line says to these words; `undefined` when it takes them. */
function complaintAbout(words: readonly string[]): string | undefined {
  const program = createCommandLine(() => undefined);
  const silent = { writeOut: () => undefined, writeErr: () => undefined };
  for (const command of [program, ...program.commands] as Command[]) {
    command.exitOverride().configureOutput(silent);
  }
  // What stands after `--` is another program's.
  const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
  try {
    program.parse(own, { from: 'user' });
  } catch (error) {
    // Help and the version end the parser as well, and are no complaint.
    const isShown = error instanceof CommanderError && /help|version/.test(error.code);
    if (!isShown) return (error as Error).message;
  }
  return undefined;
}

function npmScriptsOf({ at, text }: Line): { at: string; script: string }[] {
  return Array.from(text.matchAll(/\bnpm (?:run (\S+)|(test)\b)/g), ([, named, test]) => ({
    at,
    script: (named ?? test)!,
  }));
}

test('a wrong command, option and choice are noticed', () => {
  const [wrong] = invocationsOf({ at: '', text: 'source <(npx sandbox-cdk sinth --check) > x' });
  expect(wrong!.words).toEqual(['sinth', '--check']);
  expect(complaintAbout(wrong!.words)).toContain('unknown command');
  expect(complaintAbout(['synth', '--chek'])).toContain('unknown option');
  expect(complaintAbout(['init', '--level', '4'])).toContain('Allowed choices');
  expect(complaintAbout(['synth', '--check'])).toBeUndefined();
});

test('every command line of sandbox-cdk is one that it takes', () => {
  const invocations = typed.flatMap(invocationsOf);
  expect(invocations.length).toBeGreaterThan(20);
  const wrong = invocations.map(({ at, words }) => ({ at, words, why: complaintAbout(words) }));
  expect(wrong.filter(({ why }) => why !== undefined)).toEqual([]);
});

test('every command has a chapter in COMMAND.md, with each of its options', () => {
  const text = fs.readFileSync(path.join(ROOT, 'docs/COMMAND.md'), 'utf8');
  const missing = createCommandLine(() => undefined).commands.flatMap((command) => [
    ...(text.includes(`\n## ${command.name()}\n`) ? [] : [command.name()]),
    ...command.options
      .filter(({ long }) => !text.includes(`\`${long}`))
      .map(({ long }) => `${command.name()} ${long}`),
  ]);
  expect(missing).toEqual([]);
});

test('every npm script is in package.json', () => {
  const { scripts } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const used = typed.flatMap(npmScriptsOf);
  expect(used.length).toBeGreaterThan(5);
  expect(used.filter(({ script }) => !Object.hasOwn(scripts, script))).toEqual([]);
});
