/** `sandbox-cdk explain`: what a finding means, or what a construct becomes. */
import type { CommandContext } from '../context';
import { ExitCode } from '../exit-code';
import {
  allFindings,
  findFinding,
  renderFinding,
  resemblesFinding,
  severityText,
  unknownFinding,
} from '../explain/explain-finding';
import { loadAssembly, type ProgramOptions } from '../load-assembly';
import { findingToJson, tellFindings } from '../output/findings';
import { answerJson } from '../output/json';
import { renderTable } from '../output/table';
import type * as ExplainConstruct from '../explain/explain-construct';

export interface ExplainOptions extends ProgramOptions {
  readonly json?: boolean;
}

export async function explain(
  id: string | undefined,
  options: ExplainOptions,
  context: CommandContext,
): Promise<ExitCode> {
  if (id === undefined) return explainAll(options, context);
  const finding = findFinding(id);
  if (!finding) return explainOther(id, options, context);
  const { io } = context;
  if (options.json) answerJson(io, finding);
  else io.answer(renderFinding(finding, io.answerStyle));
  return ExitCode.yes;
}

function explainAll({ json }: ExplainOptions, { io }: CommandContext): ExitCode {
  const findings = allFindings();
  if (json) answerJson(io, { findings });
  else {
    const rows = findings.map(({ id, title, severity, acknowledgeable }) => [
      id,
      severityText(severity),
      acknowledgeable ? 'yes' : 'no',
      title,
    ]);
    io.answer(renderTable(['ID', 'SEVERITY', 'ACCEPTABLE', 'WHAT MUST BE TRUE'], rows));
  }
  return ExitCode.yes;
}

function constructModule() {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only when needed
  return require('../explain/explain-construct') as typeof ExplainConstruct;
}

/** A path, or the name of a sandbox. What is nearly an id, or outside of a project, is a wrong id. */
async function explainOther(
  name: string,
  options: ExplainOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const isPath = name.includes('/');
  if (!isPath && resemblesFinding(name)) throw unknownFinding(name);
  try {
    return await explainPath(name, options, context);
  } catch (error) {
    const { code } = error as { code?: string };
    throw !isPath && code === 'NO_PROJECT' ? unknownFinding(name) : error;
  }
}

async function explainPath(
  path: string,
  options: ExplainOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { explainConstruct } = constructModule();
  const { assembly, project } = await loadAssembly([], options, context);
  const { findings, accepted, compose, ...rest } = explainConstruct(path, assembly);
  const { io } = context;
  const { projectDir } = project;
  if (options.json) {
    answerJson(io, {
      path: rest.path,
      sandbox: rest.sandbox,
      level: rest.level,
      document: rest.document,
      findings: findings.map((finding) => findingToJson(finding, projectDir)),
      accepted: accepted.map(({ finding, acknowledgement }) => ({
        ...findingToJson(finding, projectDir),
        reason: acknowledgement.reason,
      })),
    });
    return ExitCode.yes;
  }
  io.tell(`${io.style('bold', rest.path)} of sandbox ${rest.sandbox}, level ${rest.level}`);
  io.answer(compose);
  for (const { finding, acknowledgement } of accepted) {
    io.tell(
      `accepted on purpose: ${finding.rule} at ${finding.construct}: ${acknowledgement.reason}`,
    );
  }
  tellFindings(io, findings, projectDir);
  return ExitCode.yes;
}
