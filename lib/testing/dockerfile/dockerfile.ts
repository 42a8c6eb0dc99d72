/** A Dockerfile to look at in tests: instructions, stages, the user, the packages. */
import { closest } from '../../core/suggest';
import { fail } from '../assertion-error';
import { describeClosest, judge } from '../closest-matches';
import type { Matcher } from '../matcher';
import { count, show, showText } from '../show';
import { installedPackages, type InstalledPackage } from './packages';
import { parseInstructions, type DockerfileInstruction } from './parse';

/** One `FROM` and what follows it. */
export interface DockerfileStage {
  /** `FROM … AS name`, in lower case. */
  readonly name?: string;
  /** As written: an image, or the name of an earlier stage. */
  readonly from: string;
  /** Without the `FROM`. */
  readonly instructions: readonly DockerfileInstruction[];
}

/**
 * A parsed Dockerfile: continued lines joined, comments left out, here-documents and the `escape`
 * directive understood.
 *
 * @see Dockerfile reference
 * @example
 * import { App, Level1Sandbox } from 'sandbox-cdk';
 * import { Match, Template } from 'sandbox-cdk/testing';
 *
 * const sandbox = new Level1Sandbox(new App(), 'demo', { source: '.', packages: ['git'] });
 * const dockerfile = Template.fromSandbox(sandbox).dockerfile('agent');
 * dockerfile.installsPackage('git');
 * dockerfile.hasInstruction('USER', Match.not('root'));
 */
export class Dockerfile {
  /** All instructions, in order. */
  readonly instructions: readonly DockerfileInstruction[];
  readonly stages: readonly DockerfileStage[];

  /**
   * Parses a Dockerfile's text.
   *
   * @throws SyntaxError for a line that is no instruction
   */
  static parse(text: string): Dockerfile {
    return new Dockerfile(parseInstructions(text));
  }

  private constructor(instructions: readonly DockerfileInstruction[]) {
    this.instructions = instructions;
    this.stages = stagesOf(instructions);
  }

  /** The image that the final image starts from, also through other stages; `undefined` without a `FROM`. */
  get from(): string | undefined {
    return this.finalStages[0]?.from;
  }

  /** Whom the final image runs as: its last `USER`; `undefined` when the base image decides. */
  get user(): string | undefined {
    return this.finalInstructions.findLast(({ keyword }) => keyword === 'USER')?.arguments;
  }

  /**
   * Packages that the final image installs by name, with apt, apk, dnf, npm or pip. What a file or a
   * variable names is not seen.
   */
  get packages(): readonly InstalledPackage[] {
    return installedPackages(this.finalInstructions);
  }

  /** Throws when the final image installs no package of this name; see `packages`. */
  installsPackage(name: string): this {
    const names = this.packages.map((installed) => installed.name);
    if (names.includes(name)) return this;
    const guess = closest(name, names);
    const known = names.length > 0 ? `there are: ${names.join(', ')}` : 'none is installed';
    const advice = guess === undefined ? known : `did you mean ${guess}?`;
    return fail(`the image installs no package ${showText(name)}; ${advice}`);
  }

  /**
   * Throws when no instruction of the keyword is as expected.
   *
   * @param keyword `RUN`, in any case
   * @param expected a text or matcher for what follows the keyword, flags included, or a list of
   * strings for the JSON form. Default: anything.
   */
  hasInstruction(keyword: string, expected?: string | readonly string[] | Matcher): this {
    const wanted = keyword.toUpperCase();
    const found = this.instructions.filter((instruction) => instruction.keyword === wanted);
    if (found.length === 0) {
      const keywords = [...new Set(this.instructions.map((instruction) => instruction.keyword))];
      const guess = closest(wanted, keywords);
      const advice =
        guess === undefined ? `there are: ${keywords.join(', ')}` : `did you mean ${guess}?`;
      return fail(`the Dockerfile has no ${wanted}; ${advice}`);
    }
    if (expected === undefined) return this;
    const judged = found.flatMap((instruction) => judge(expected, formsOf(instruction, expected)));
    const matching = judged.filter(({ result }) => result.matches);
    for (const { result } of matching) result.succeed();
    if (matching.length > 0) return this;
    const what = `no ${wanted} is as expected: ${show(expected)}; the closest of ${count(found.length, 'instruction')}:`;
    return fail(`${what}\n\n${describeClosest(judged)}`);
  }

  /** The instructions that make the final image: those of its stage and of the stages it is made from. */
  private get finalInstructions(): readonly DockerfileInstruction[] {
    return this.finalStages.flatMap(({ instructions }) => instructions);
  }

  /** The last stage, and before it those it starts from. */
  private get finalStages(): readonly DockerfileStage[] {
    const chain: DockerfileStage[] = [];
    let index = this.stages.length - 1;
    while (index >= 0) {
      const stage = this.stages[index]!;
      chain.unshift(stage);
      const before = this.stages.slice(0, index);
      index = before.findLastIndex(({ name }) => name === stage.from.toLowerCase());
    }
    return chain;
  }
}

function stagesOf(instructions: readonly DockerfileInstruction[]): DockerfileStage[] {
  const stages: (DockerfileStage & { instructions: DockerfileInstruction[] })[] = [];
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') {
      const [from = '', as = '', name] = instruction.arguments.split(/\s+/);
      const named = as.toUpperCase() === 'AS' && name !== undefined;
      stages.push({ ...(named && { name: name.toLowerCase() }), from, instructions: [] });
    } else {
      stages.at(-1)?.instructions.push(instruction);
    }
  }
  return stages;
}

/** What an instruction can be compared as: its text, and where it has one its JSON form. */
function formsOf({ keyword, text, exec, line }: DockerfileInstruction, expected: unknown) {
  const label = `line ${line}, ${keyword}`;
  if (Array.isArray(expected)) return [{ label, value: exec ?? text }];
  return [{ label, value: text }, ...(exec ? [{ label, value: exec }] : [])];
}
