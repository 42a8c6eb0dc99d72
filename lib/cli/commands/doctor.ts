/** `sandbox-cdk doctor`: what this machine has, and what that means for the walls. */
import { collectFacts, diagnose } from '../../engine/doctor';
import type { CommandContext } from '../context';
import { ExitCode } from '../exit-code';
import { renderDiagnosis } from '../output/doctor';
import { answerJson } from '../output/json';

export interface DoctorOptions {
  readonly json?: boolean;
}

export async function doctor(
  { json }: DoctorOptions,
  { io, env }: CommandContext,
): Promise<ExitCode> {
  const facts = await collectFacts(env);
  const lines = diagnose(facts);
  if (json) answerJson(io, { platform: facts.platform, lines });
  else io.answer(renderDiagnosis(lines, io.answerStyle));
  if ('error' in facts.engine) return ExitCode.engine;
  return lines.some(({ state }) => state === 'bad') ? ExitCode.no : ExitCode.yes;
}
