/** Everything that would keep a sandbox from starting, found before anything is touched. */
import * as fs from 'node:fs';
import type { OutputSandbox } from '../assembly/read';
import { EngineError, OutputError } from '../core/errors';
import { isInside } from '../core/inside';
import type { EngineInfo } from './api';
import { realFolder } from './deployment';
import type { DescribedSandbox } from './described';
import { prepareFolders } from './folders';
import { freeBytes } from './free-bytes';
import type { Person } from './person';

const GIBIBYTE = 2 ** 30;

/** Files that are not as generated. @returns what is wrong, with what to do about it */
export function folderProblems(sandbox: OutputSandbox, allowEdited: boolean): readonly string[] {
  const { name, changed, missing } = sandbox;
  const named = (files: readonly string[]) => files.map((file) => `${name}/${file}`).join(', ');
  return [
    ...(missing.length > 0
      ? [`generated files are missing: ${named(missing)}; sandbox-cdk synth writes them again`]
      : []),
    ...(changed.length > 0 && !allowEdited
      ? [
          `generated files were edited: ${named(changed)}; sandbox-cdk synth --overwrite takes the edits back, sandbox-cdk start --edited starts with them`,
        ]
      : []),
  ];
}

/**
 * @throws OutputError OUTPUT_EDITED for files that are not as generated; they are the first thing to
 * mend, for everything else is read from them
 */
export function assertComplete(sandbox: OutputSandbox, allowEdited: boolean): void {
  const problems = folderProblems(sandbox, allowEdited);
  if (problems.length > 0) throw new OutputError('OUTPUT_EDITED', problems.join('\n'));
}

/**
 * Checks the rest, and makes the folders that the sandbox owns.
 *
 * @throws EngineError NOT_READY with every problem and its remedy
 */
export function assertReady(
  sandbox: OutputSandbox,
  described: DescribedSandbox,
  info: EngineInfo,
  person: Person,
): void {
  const problems = [
    ...missingRuntimes(described, info),
    ...diskProblems(info),
    ...missingSources(described, sandbox),
    ...prepareFolders(sandbox, described, person),
  ];
  if (problems.length === 0) return;
  const many = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  throw new EngineError(
    'NOT_READY',
    [`${sandbox.name} cannot start, ${many}:`, ...problems.map((each) => `  ${each}`)].join('\n'),
  );
}

function missingRuntimes({ services }: DescribedSandbox, { Runtimes }: EngineInfo): string[] {
  const known = Object.keys(Runtimes ?? {});
  return Object.entries(services).flatMap(([name, { runtime }]) =>
    runtime === undefined || known.includes(runtime)
      ? []
      : [
          `the service ${name} asks for the runtime ${runtime}, and the engine has ${known.join(', ')}: install ${runtime === 'runsc' ? 'gVisor (https://gvisor.dev/docs/user_guide/install/)' : 'it'} and name it in /etc/docker/daemon.json`,
        ],
  );
}

function diskProblems({ DockerRootDir }: EngineInfo): string[] {
  const free = freeBytes(DockerRootDir);
  if (free === undefined || free >= GIBIBYTE) return [];
  const megabytes = Math.floor(free / 2 ** 20);
  return [
    `${DockerRootDir} has ${megabytes} MiB free, and 1 GiB is needed: docker system df shows what can go`,
  ];
}

function missingSources({ services }: DescribedSandbox, { folder }: OutputSandbox): string[] {
  const own = realFolder(folder);
  return Object.entries(services).flatMap(([name, { volumes = [] }]) =>
    volumes
      .filter(({ type, source, read_only }) => {
        if (type !== 'bind' || source === undefined || fs.existsSync(source)) return false;
        return read_only || !isInside(source, own); // its own output folders are made
      })
      .map(
        ({ source, target }) =>
          `${source} does not exist, which the service ${name} has at ${target}: make it, or change the program`,
      ),
  );
}
