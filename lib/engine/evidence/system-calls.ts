/**
 * System calls that must be refused, tried inside. Python has no way to make them; the Perl that every
 * Debian image has does. It runs as a user that the agent is not, so that the agent can neither trace
 * it nor change what it says, and without its environment.
 */
import type { Fact } from '../verdict';
import { ask, STRANGER } from './ask';
import type { CollectContext } from './context';

/** Numbers by the architecture's name in `uname -m`. */
const NUMBERS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  x86_64: { bpf: 321, keyctl: 250, mount: 165, perf_event_open: 298, unshare: 272 },
  aarch64: { bpf: 280, keyctl: 219, mount: 40, perf_event_open: 241, unshare: 97 },
};

/** Arguments that do no harm where the call is not refused. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  bpf: '0, $buffer, 48',
  keyctl: '0, -3, 0', // KEYCTL_GET_KEYRING_ID of the session
  mount: '$none, $place, $type, 0, 0',
  perf_event_open: '$buffer, 0, -1, -1, 0',
  unshare: '0x10000000', // CLONE_NEWUSER
};

export function collectSystemCalls(
  context: CollectContext,
): Promise<Fact<ReadonlyMap<string, string>>> {
  const { Arch } = context.engine.version;
  const numbers = NUMBERS[architecture(Arch)];
  if (!numbers) {
    return Promise.resolve({ unseen: `the numbers of system calls on ${Arch} are not known` });
  }
  const command = ['/usr/bin/env', '-i', '/usr/bin/perl', '-e', script(numbers)];
  return ask(context, '/usr/bin/perl', { command, ...STRANGER }, ({ exitCode, stdout }) => {
    const answers = parseAnswers(stdout);
    const isWhole = exitCode === 0 && answers.size === Object.keys(numbers).length;
    return isWhole ? answers : undefined;
  });
}

function architecture(name: string): string {
  return { amd64: 'x86_64', arm64: 'aarch64' }[name] ?? name;
}

/** `unshare` changes the process itself, so it comes last. */
function script(numbers: Readonly<Record<string, number>>): string {
  const calls = Object.entries(numbers).map(
    ([name, number]) =>
      `$! = 0; $answer = syscall(${number}, ${ARGUMENTS[name]}); print "${name} ", ($answer == -1 ? $! + 0 : 0), "\\n";`,
  );
  // Perl hands over what could be written to, so texts are variables too.
  const variables =
    'my ($buffer, $none, $place, $type, $answer) = ("\\0" x 128, "none", "/tmp", "tmpfs");';
  return [variables, ...calls].join(' ');
}

const ERRORS: Readonly<Record<string, string>> = {
  0: 'ok',
  1: 'EPERM',
  2: 'ENOENT',
  13: 'EACCES',
  14: 'EFAULT',
  22: 'EINVAL',
  38: 'ENOSYS',
  126: 'ENOKEY',
};

export function parseAnswers(text: string): ReadonlyMap<string, string> {
  return new Map(
    Array.from(text.matchAll(/^([a-z_]+) (\d+)$/gm), ([, name, code]) => [
      name!,
      ERRORS[code!] ?? `errno ${code}`,
    ]),
  );
}
