/** Ctrl-C between two steps: what was done stays, and the next run goes on from there. */
import { EngineError } from '../core/errors';

/** @throws EngineError INTERRUPTED once the person has asked to stop */
export function assertNotInterrupted(signal: AbortSignal | undefined, sandbox: string): void {
  if (!signal?.aborted) return;
  throw new EngineError(
    'INTERRUPTED',
    `interrupted; what stands is left as it is: sandbox-cdk status ${sandbox} shows it, sandbox-cdk start ${sandbox} goes on from there`,
  );
}
