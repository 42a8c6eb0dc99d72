/** One step of a start that Compose does: with the override, told as it goes, and interruptible. */
import type { OutputSandbox } from '../assembly/read';
import { runCompose, type ComposeResult } from './compose';
import { composeFiles } from './described';
import type { Environment } from './environment';
import { assertNotInterrupted } from './interrupted';
import type { Override } from './override';
import type { Progress } from './progress';

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

/** The end of what Compose said, where the reason of a failure stands. */
export function lastLines({ output }: ComposeResult): string {
  return output.trimEnd().split('\n').slice(-SHOWN).join('\n');
}
