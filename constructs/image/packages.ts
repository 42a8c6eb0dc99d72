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
  const agents = [...image.agents, ...context.agents];
  const wanted = [image, ...agents];
  const npm = merge(entries(wanted.map((part) => part.npmPackages)), 'npm package', problems);
  const python = merge(
    entries(wanted.map((part) => part.pythonPackages)).map(requirement),
    'Python package',
    problems,
  );
  const programs = merge(entries(agents.map((agent) => agent.programs)), 'program', problems);
  const settings = merge(entries(agents.map((agent) => agent.files)), 'settings file', problems);
  requireNode(image, agents, problems);
  if (problems.length > 0) throw invalidProps(context.owner, problems);

  const onNode = npmOnNode(image, agents);
  return {
    // The same agent may be asked for by the image and by the service.
    agents: [...new Map(agents.map((agent) => [agent.name, agent])).values()].sort(byName),
    npm: npm.map(([name, version]) => `${name}@${version}`),
    // Quoted where extras are asked for: a shell takes brackets for a pattern.
    python: python.map(([, text]) => (text.includes('[') ? `'${text}'` : text)),
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

function byName(a: Agent, b: Agent): number {
  return a.name < b.name ? -1 : 1;
}

type Entry = readonly [key: string, value: string];

function entries(records: readonly Readonly<Record<string, string>>[]): Entry[] {
  return records.flatMap((record) => Object.entries(record));
}

/** By the project's name, so that `uvicorn` and `Uvicorn[standard]` are one. */
function requirement([name, version]: Entry): Entry {
  return [pythonProject(name), `${name}==${version}`];
}

/** Sorted by key, each key once; a key with two values is a problem. */
function merge(all: readonly Entry[], what: string, problems: Problems): Entry[] {
  const merged = new Map<string, string>();
  for (const [key, value] of all) {
    const other = merged.get(key) ?? value;
    if (other !== value) {
      const values = /\n/.test(other + value) ? '' : `: ${other} and ${value}`;
      problems.push({
        message: `the ${what} ${key} is wanted in two ways${values}`,
        fix: 'ask for one of them; an agent takes its version as an option: Agent.codex({ version })',
      });
    }
    merged.set(key, value);
  }
  return [...merged].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What is given later wins, and what contains another package takes its place. */
function debianPackages(packages: readonly string[]): string[] {
  const byPackage = new Map(packages.map((text) => [text.split('=', 1)[0]!, text]));
  if (byPackage.has('python3')) byPackage.delete('python3-minimal');
  return [...byPackage.values()].sort();
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
