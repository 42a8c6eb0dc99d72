// Runs the cases of a benchmark, prints a table for each, and says of each target whether it was reached.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Bench, type Case, hasLimit, isReached } from './case';
import { Cdk8s } from './cdk8s';
import { EngineProject } from './engine-project';
import { Project } from './project';
import { type Answer, formatAnswer } from './report';
import { currentLoad, type Part, resultsFile } from './results-file';

const RESULTS = join(__dirname, '../RESULTS.md');

/** Runs what the command line asks for, and sets the exit code: 0 reached, 1 missed, 2 not measured. */
export async function runBenchmark(part: Part, cases: readonly Case[]): Promise<void> {
  // Ctrl-C ends the program being measured, and that failure ends this one after it has cleaned up.
  process.on('SIGINT', () => {});
  try {
    process.exitCode = await main(part, cases);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
}

async function main(part: Part, all: readonly Case[]): Promise<number> {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
    },
  });
  const cases = selectCases(all, values.only);
  const load = currentLoad();
  const answers = await runCases(cases, values.quick);

  if (cases.length === all.length && !values.quick) {
    const before = existsSync(RESULTS) ? readFileSync(RESULTS, 'utf8') : '';
    writeFileSync(RESULTS, resultsFile(before, part, answers, load));
  }
  const targets = answers.flatMap(({ result }) => result.checks).filter(hasLimit);
  const missed = targets.filter((check) => !isReached(check));
  process.stdout.write(`${targets.length - missed.length} of ${targets.length} targets reached.\n`);
  return missed.length > 0 ? 1 : 0;
}

async function runCases(cases: readonly Case[], quick: boolean): Promise<Answer[]> {
  const root = mkdtempSync(join(tmpdir(), 'sandbox-cdk-bench-'));
  const project = once(() => Project.create(root));
  const cdk8s = once(() => Cdk8s.create(root));
  const engine = once(() => EngineProject.create(root));
  try {
    const answers: Answer[] = [];
    for (const each of cases) {
      const temporary = mkdtempSync(join(root, `${each.name}-`));
      const bench: Bench = {
        quick,
        temporary,
        get project() {
          return project.get();
        },
        get cdk8s() {
          return cdk8s.get();
        },
        get engine() {
          return engine.get();
        },
      };
      process.stderr.write(`Measuring: ${each.title} …\n`);
      const answer = { case: each, result: await each.run(bench) };
      process.stdout.write(formatAnswer(answer) + '\n');
      rmSync(temporary, { recursive: true, force: true });
      answers.push(answer);
    }
    return answers;
  } finally {
    engine.made?.remove();
    rmSync(root, { recursive: true, force: true });
  }
}

/** Made once, when the first case asks for it. */
function once<T>(make: () => T): { get: () => T; readonly made?: T } {
  const slot: { get: () => T; made?: T } = { get: () => (slot.made ??= make()) };
  return slot;
}

function selectCases(cases: readonly Case[], names: readonly string[]): readonly Case[] {
  const unknown = names.find((name) => !cases.some((each) => each.name === name));
  if (unknown !== undefined) {
    throw new Error(`No case "${unknown}": ${cases.map((each) => each.name).join(', ')}.`);
  }
  return names.length === 0 ? cases : cases.filter((each) => names.includes(each.name));
}
