// The benchmark: `npm run bench`. Measures the package as users run it, beside `node -e 0` and cdk8s,
// prints a table for each case, and says of each target whether it was reached.
//
//   npm run bench -- --quick        fewer rounds and smaller numbers, for a first look
//   npm run bench -- --only one     only the case of that name; repeatable
//
// A full run also writes RESULTS.md. It takes about five minutes on an otherwise idle machine with two
// processors, and some 1.5 GB in the temporary folder (TMPDIR). On a busy machine, where a median is far
// above its "CPU", the targets say little. Exit code: 0 every target reached, 1 one was missed, 2 it
// could not be measured.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { afterEdit } from './cases/after-edit';
import { linear } from './cases/linear';
import { oneSandbox } from './cases/one-sandbox';
import { thousand } from './cases/thousand';
import { unchanged } from './cases/unchanged';
import { type Bench, type Case, hasLimit, isReached } from './lib/case';
import { Cdk8s } from './lib/cdk8s';
import { Project } from './lib/project';
import { type Answer, formatAnswer } from './lib/report';
import { currentLoad, resultsFile } from './lib/results-file';

const CASES: readonly Case[] = [oneSandbox, afterEdit, thousand, linear, unchanged];

/** Made once, when the first case asks for it. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function runCases(cases: readonly Case[], quick: boolean): Answer[] {
  const root = mkdtempSync(join(tmpdir(), 'sandbox-cdk-bench-'));
  const project = once(() => Project.create(root));
  const cdk8s = once(() => Cdk8s.create(root));
  try {
    return cases.map((each) => {
      const temporary = mkdtempSync(join(root, `${each.name}-`));
      const bench: Bench = {
        quick,
        temporary,
        get project() {
          return project();
        },
        get cdk8s() {
          return cdk8s();
        },
      };
      process.stderr.write(`Measuring: ${each.title} …\n`);
      const answer = { case: each, result: each.run(bench) };
      process.stdout.write(formatAnswer(answer) + '\n');
      rmSync(temporary, { recursive: true, force: true });
      return answer;
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function selectCases(names: readonly string[]): readonly Case[] {
  const unknown = names.find((name) => !CASES.some((each) => each.name === name));
  if (unknown !== undefined) {
    throw new Error(`No case "${unknown}": ${CASES.map((each) => each.name).join(', ')}.`);
  }
  return names.length === 0 ? CASES : CASES.filter((each) => names.includes(each.name));
}

function main(): number {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
    },
  });
  const cases = selectCases(values.only);
  const load = currentLoad();
  const answers = runCases(cases, values.quick);

  if (cases.length === CASES.length && !values.quick) {
    writeFileSync(join(__dirname, 'RESULTS.md'), resultsFile(answers, load));
  }
  const targets = answers.flatMap(({ result }) => result.checks).filter(hasLimit);
  const missed = targets.filter((check) => !isReached(check));
  process.stdout.write(`${targets.length - missed.length} of ${targets.length} targets reached.\n`);
  return missed.length > 0 ? 1 : 0;
}

// Ctrl-C ends the program being measured, and that failure ends this one after it has cleaned up.
process.on('SIGINT', () => {});

try {
  process.exitCode = main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
