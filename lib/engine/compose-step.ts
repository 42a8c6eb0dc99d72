/** One step of a start that Compose does: with the override, told as it goes, and interruptible. */
import type { OutputSandbox } from '../assembly/read';
import { EngineError, type EngineErrorCode } from '../core/errors';
import { runCompose, type ComposeResult } from './compose';
import { composeFiles } from './described';
import type { Environment } from './environment';
import { assertNotInterrupted } from './interrupted';
import type { Override } from './override';
import type { Progress } from './progress';
import { remedyOf } from './remedies';

export interface ComposeStep {
  readonly sandbox: OutputSandbox;
  readonly project: string;
  readonly override: Override;
  readonly env: Environment;
  readonly onProgress: Progress;
  readonly signal?: AbortSignal;
}

/**
 * @param doing what people are told
 * @throws EngineError INTERRUPTED once the person has asked to stop
 */
export async function runStep(
  { sandbox, project, override, env, onProgress, signal }: ComposeStep,
  doing: string,
  words: readonly string[],
): Promise<ComposeResult> {
  const { name } = sandbox;
  onProgress({ sandbox: name, doing });
  const result = await runCompose({
    args: [
      ...['--project-name', project, ...composeFiles(sandbox), '-f', '-'],
      ...['--progress', 'plain', ...words],
    ],
    env,
    input: override.text,
    onLine: (detail) => onProgress({ sandbox: name, doing, detail }),
    signal,
  });
  assertNotInterrupted(signal, name);
  return result;
}

const SHOWN = 25;

/** With the end of what Compose said, where the reason stands, and what to do about it. */
export function failed(
  code: EngineErrorCode,
  what: string,
  { sandbox: { name } }: ComposeStep,
  { output }: ComposeResult,
): EngineError {
  const said = output.trimEnd().split('\n').slice(-SHOWN).join('\n');
  const remedy = remedyOf(said) ?? 'mend what it says';
  return new EngineError(
    code,
    `${what}:\n${said}\n${remedy}, then run sandbox-cdk start ${name} again`,
  );
}
