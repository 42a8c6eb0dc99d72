// What a benchmark case is: it measures some programs and answers with times and checks.
import type { Cdk8s } from './cdk8s';
import type { EngineProject } from './engine-project';
import type { Series } from './measure';
import type { Project } from './project';

/** What a case may use. The projects are made when first asked for, and removed at the end. */
export interface Bench {
  readonly quick: boolean;
  /** A folder for the case's own use, removed at the end. */
  readonly temporary: string;
  /** A user's project with the packed and installed package. */
  readonly project: Project;
  /** The peer, installed from its own lockfile. */
  readonly cdk8s: Cdk8s;
  /** Sandboxes on the container engine. */
  readonly engine: EngineProject;
}

/** A number that was measured, and the limit that it has to keep, if it has one. */
export interface Check {
  readonly what: string;
  readonly value: number;
  readonly unit: '×' | ' MB' | ' files' | ' s' | ' %' | ' sandboxes';
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** The answer of one case. */
export interface CaseResult {
  readonly series: readonly Series[];
  readonly checks: readonly Check[];
  /** What a reader has to know to judge the numbers. */
  readonly notes: readonly string[];
}

/** One question, and the function that measures its answer. */
export interface Case {
  /** The word for `--only`. */
  readonly name: string;
  readonly title: string;
  readonly run: (bench: Bench) => CaseResult | Promise<CaseResult>;
}

/** Whether a check's number keeps its limits. */
export function isReached(check: Check): boolean {
  return check.value <= (check.atMost ?? Infinity) && check.value >= (check.atLeast ?? -Infinity);
}

/** Whether there is anything to reach. */
export function hasLimit(check: Check): boolean {
  return check.atMost !== undefined || check.atLeast !== undefined;
}
