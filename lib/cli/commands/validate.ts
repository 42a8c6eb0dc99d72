/** `sandbox-cdk validate`: proves the walls of what runs. */
import { EngineClient } from '../../engine/client';
import { findDeployment } from '../../engine/deployment';
import { LOOK_GRACE_MS, unlessInterrupted } from '../../engine/interrupted';
import { validateFolder } from '../../engine/static';
import { validateSandbox, type SandboxReport } from '../../engine/validate';
import type { OutputSandbox } from '../../assembly/read';
import { EngineError } from '../../core/errors';
import { readText } from '../../core/files';
import { allowedUnproven } from '../allowed-unproven';
import type { CommandContext } from '../context';
import { ExitCode, usageError } from '../exit-code';
import { interruptible } from '../interruption';
import { selectSandboxes, type SelectOptions } from '../output-folder';
import { answerJson } from '../output/json';
import { toJunit } from '../output/junit';
import { toSarif } from '../output/sarif';
import { ownPackage } from '../package-root';
import { renderWalls } from '../output/walls';
import { watchWalls } from './watch-walls';

export interface ValidateOptions extends SelectOptions {
  readonly allowUnproven?: readonly string[];
  readonly format?: 'text' | 'json' | 'sarif' | 'junit';
  /** As `--format json`. */
  readonly json?: boolean;
  /** The folder alone, without an engine. */
  readonly static?: boolean;
  readonly watch?: boolean;
}

export async function validate(
  names: readonly string[],
  options: ValidateOptions,
  context: CommandContext,
): Promise<number> {
  const allowUnproven = allowedUnproven(options.allowUnproven ?? []);
  const json = options.json || options.format === 'json';
  assertWatchable(options);
  const chosen = selectSandboxes(names, { ...options, all: true }, context);
  if (options.static) {
    const reports = chosen.map((sandbox) => validateFolder(sandbox, allowUnproven));
    return answer(reports, chosen, options, context);
  }
  const client = EngineClient.of(context.env);
  const sandboxes = names.length > 0 ? chosen : await thoseThatRun(client, chosen);
  if (options.watch) return watchWalls({ client, sandboxes, allowUnproven, json }, context);
  const { env } = context;
  const looks = () =>
    Promise.all(
      sandboxes.map((sandbox) => validateSandbox(client, sandbox, { env, allowUnproven })),
    );
  const which = sandboxes.map(({ name }) => name).join(' ');
  const reports = await interruptible((signal) =>
    unlessInterrupted(looks(), signal, which, LOOK_GRACE_MS),
  );
  return answer(reports, sandboxes, options, context);
}

/** @throws CommandError for a format that has an end */
function assertWatchable({ watch, format = 'text' }: ValidateOptions): void {
  if (!watch || format === 'text' || format === 'json') return;
  throw usageError(
    'USAGE',
    `received --watch with --format ${format}; allowed are text and json (an object a line)`,
  );
}

function answer(
  reports: readonly SandboxReport[],
  sandboxes: readonly OutputSandbox[],
  { json, format, static: isStatic }: ValidateOptions,
  { io, cwd }: CommandContext,
): number {
  if (json || format === 'json')
    answerJson(io, { ...(isStatic && { static: true }), sandboxes: reports });
  else if (format === 'junit') io.answer(toJunit(reports));
  else if (format === 'sarif') {
    const folders = Object.fromEntries(sandboxes.map(({ name, folder }) => [name, folder]));
    const { version } = ownPackage();
    answerJson(io, toSarif(reports, { version, projectDir: cwd, folders, read: readText }));
  } else {
    for (const report of reports) io.answer(renderWalls(report, io.answerStyle));
    if (isStatic) io.tell(DESCRIBED);
  }
  return reports.every(({ isProven }) => isProven) ? ExitCode.yes : ExitCode.no;
}

const DESCRIBED =
  'proven by the folder alone: that what runs is so, sandbox-cdk validate proves without --static';

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
