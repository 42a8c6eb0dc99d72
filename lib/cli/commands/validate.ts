/** `sandbox-cdk validate`: proves the walls of what runs. */
import { EngineClient } from '../../engine/client';
import { findDeployment } from '../../engine/deployment';
import { validateSandbox, type SandboxReport } from '../../engine/validate';
import type { OutputSandbox } from '../../assembly/read';
import { EngineError } from '../../core/errors';
import { readText } from '../../core/files';
import { allowedUnproven } from '../allowed-unproven';
import type { CommandContext } from '../context';
import { ExitCode } from '../exit-code';
import { selectSandboxes, type SelectOptions } from '../output-folder';
import type { Io } from '../io';
import { answerJson } from '../output/json';
import { toJunit } from '../output/junit';
import { toSarif } from '../output/sarif';
import { ownPackage } from '../package-root';
import { renderWalls } from '../output/walls';

export interface ValidateOptions extends SelectOptions {
  readonly allowUnproven?: readonly string[];
  readonly format?: 'text' | 'json' | 'sarif' | 'junit';
  /** As `--format json`. */
  readonly json?: boolean;
}

export async function validate(
  names: readonly string[],
  options: ValidateOptions,
  context: CommandContext,
): Promise<number> {
  const { io, env } = context;
  const allowUnproven = allowedUnproven(options.allowUnproven ?? []);
  const chosen = selectSandboxes(names, { ...options, all: true }, context);
  const client = EngineClient.of(env);
  const sandboxes = names.length > 0 ? chosen : await thoseThatRun(client, chosen);
  const reports = await Promise.all(
    sandboxes.map((sandbox) => validateSandbox(client, sandbox, { env, allowUnproven })),
  );
  answer(io, options, reports, sandboxes, context.cwd);
  return reports.every(({ isProven }) => isProven) ? ExitCode.yes : ExitCode.no;
}

function answer(
  io: Io,
  { json, format }: ValidateOptions,
  reports: readonly SandboxReport[],
  sandboxes: readonly OutputSandbox[],
  cwd: string,
): void {
  if (json || format === 'json') answerJson(io, { sandboxes: reports });
  else if (format === 'junit') io.answer(toJunit(reports));
  else if (format === 'sarif') {
    const folders = Object.fromEntries(sandboxes.map(({ name, folder }) => [name, folder]));
    const { version } = ownPackage();
    answerJson(io, toSarif(reports, { version, projectDir: cwd, folders, read: readText }));
  } else for (const report of reports) io.answer(renderWalls(report, io.answerStyle));
}

/** @throws EngineError NOT_RUNNING when none does: nothing proven is not everything proven */
async function thoseThatRun(
  client: EngineClient,
  sandboxes: readonly OutputSandbox[],
): Promise<readonly OutputSandbox[]> {
  const deployments = await Promise.all(
    sandboxes.map((sandbox) => findDeployment(client, sandbox)),
  );
  const running = deployments
    .filter(({ containers }) => containers.some(({ State }) => State === 'running'))
    .map(({ sandbox }) => sandbox);
  if (running.length > 0) return running;
  throw new EngineError(
    'NOT_RUNNING',
    'no sandbox of the folder runs, so there is nothing to prove; run sandbox-cdk start first',
  );
}
