/** Container runtimes that put a second kernel between a container and the host's. */
import { keywordOf } from './values';

const SECOND_KERNEL = /^(?:io\.containerd\.)?(?:runsc|kata|gvisor)/;

/** True for gVisor and Kata; of an `EnvRef` its default counts. */
export function isSandboxRuntime(runtime: unknown): boolean {
  return SECOND_KERNEL.test(keywordOf(runtime) ?? '');
}

/** True for gVisor alone; of an `EnvRef` its default counts. */
export function isGvisor(runtime: unknown): boolean {
  return /runsc|gvisor/.test(keywordOf(runtime) ?? '');
}
