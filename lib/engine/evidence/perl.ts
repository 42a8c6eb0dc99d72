/**
 * System calls, made inside: Python has no way to make them; the Perl that every Debian image has does.
 * It runs as a user that the agent is not, so that the agent can neither trace it nor change what it
 * says, and without its environment.
 */
import type { Captured } from '../execute';
import type { Fact } from '../verdict';
import { ask, STRANGER } from './ask';
import type { CollectContext } from './context';

/** Numbers of system calls differ by architecture. */
export type ByArchitecture<T> = Readonly<Record<'amd64' | 'arm64', T>>;

/** As `uname` names them, where an engine does. */
const OTHER_NAMES: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64' };

/** @param read `undefined` for what is no answer */
export function askPerl<T, N>(
  context: CollectContext,
  numbers: ByArchitecture<N>,
  script: (numbers: N) => string,
  read: (captured: Captured) => T | undefined,
): Promise<Fact<T>> {
  const { Arch } = context.engine.version;
  const name = OTHER_NAMES[Arch] ?? Arch;
  if (name !== 'amd64' && name !== 'arm64') {
    return Promise.resolve({ unseen: `the numbers of system calls on ${Arch} are not known` });
  }
  const command = ['/usr/bin/env', '-i', '/usr/bin/perl', '-e', script(numbers[name])];
  return ask(context, '/usr/bin/perl', { command, ...STRANGER }, read);
}
