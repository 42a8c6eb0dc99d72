/** All that an image and its agents want installed, put together without contradictions. */
import { invalidProps, type PropsOwner } from '../../lib/core/props';
import type { Agent } from '../agent';
import type { ImageSpecification } from '../sandbox-image';
import { nodeVersionOf } from './base-image';
import { pythonProject } from './package-names';

/** Each list sorted, each thing once. */
export interface Packages {
  readonly agents: readonly Agent[];
  /** `git`, `git=1:2.47.3-0+deb13u1`. */
  readonly debian: readonly string[];
  /** `@scope/name@1.2.3`. */
  readonly npm: readonly string[];
  /** `name==1.2.3`. */
  readonly python: readonly string[];
  /** Native programs of npm packages: name and path below node_modules. */
  readonly programs: readonly (readonly [name: string, path: string])[];
  /** Settings of root's: absolute path and text. */
  readonly settings: readonly (readonly [path: string, text: string])[];
}

type Problems = { message: string; fix: string }[];

/** @throws InvalidPropsError when two parts contradict each other, with every contradiction */
export function packagesOf(
  image: ImageSpecification,
  context: { readonly owner: PropsOwner; readonly agents: readonly Agent[] },
): Packages {
  const problems: Problems = [];
  const agents = [...new Set([...image.agents, ...context.agents])];
  const merge = (what: string, records: readonly Readonly<Record<string, string>>[]) =>
    mergeRecords(what, records, problems);
  const npm = merge('npm package', [image.npmPackages, ...agents.map((a) => a.npmPackages)]);
  const python = merge(
    'Python package',
    [image.pythonPackages, ...agents.map((a) => a.pythonPackages)].map(byProject),
  );
  const programs = merge(
    'program',
    agents.map((a) => a.programs),
  );
  const settings = merge(
    'settings file',
    agents.map((a) => a.files),
  );
  requireNode(image, agents, problems);
  if (problems.length > 0) throw invalidProps(context.owner, problems);

  const onNode = npmOnNode(image, agents);
  return {
    agents,
    npm: npm.map(([name, version]) => `${name}@${version}`),
    // Quoted where extras are asked for: a shell takes brackets for a pattern.
    python: python.map(([, requirement]) =>
      requirement.includes('[') ? `'${requirement}'` : requirement,
    ),
    debian: debianPackages([
      // The health check needs it, and the virtual environment all of it.
      python.length > 0 ? 'python3' : 'python3-minimal',
      ...(onNode ? ['nodejs'] : []),
      ...agents.flatMap((agent) => agent.debianPackages),
      ...image.packages,
    ]),
    programs,
    settings,
  };
}

/** Sorted entries of all records; the same key with two values is a problem. */
function mergeRecords(
  what: string,
  records: readonly Readonly<Record<string, string>>[],
  problems: Problems,
): (readonly [string, string])[] {
  const merged = new Map<string, string>();
  for (const [key, value] of records.flatMap((record) => Object.entries(record))) {
    const other = merged.get(key) ?? value;
    if (other !== value) {
      const values = /\n/.test(other + value) ? '' : `: ${other} and ${value}`;
      problems.push({
        message: `the ${what} ${key} is wanted in two versions${values}`,
        fix: 'ask for one of them; an agent takes its version as an option: Agent.codex({ version })',
      });
    }
    merged.set(key, value);
  }
  return [...merged].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The requirement of each project: `uvicorn` and `Uvicorn[standard]` are one. */
function byProject(packages: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(packages).map(([name, version]) => [pythonProject(name), `${name}==${version}`]),
  );
}

/** What is given later wins, and what contains another package takes its place. */
function debianPackages(packages: readonly string[]): string[] {
  const byName = new Map(packages.map((text) => [text.split('=', 1)[0]!, text]));
  if (byName.has('python3')) byName.delete('python3-minimal');
  return [...byName.values()].sort();
}

/** npm packages that no agent declares native are JavaScript programs. */
function npmOnNode({ npmPackages }: ImageSpecification, agents: readonly Agent[]): boolean {
  return Object.keys(npmPackages).length > 0 || agents.some((a) => a.nodeVersion !== undefined);
}

function requireNode(
  { base }: ImageSpecification,
  agents: readonly Agent[],
  problems: Problems,
): void {
  const present = nodeVersionOf(base);
  for (const { title, nodeVersion } of agents) {
    if (present === undefined || nodeVersion === undefined || nodeVersion <= present) continue;
    problems.push({
      message: `${title} needs Node.js ${nodeVersion}; Debian ${base.release} has ${present}`,
      fix: 'use a later release of Debian, or a base image with that Node.js',
    });
  }
}
