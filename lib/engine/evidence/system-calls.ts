/** System calls that must be refused, tried inside. */
import type { Fact } from '../verdict';
import type { CollectContext } from './context';
import { askPerl, type ByArchitecture } from './perl';

const NUMBERS: ByArchitecture<Readonly<Record<string, number>>> = {
  amd64: { bpf: 321, keyctl: 250, mount: 165, perf_event_open: 298, unshare: 272 },
  arm64: { bpf: 280, keyctl: 219, mount: 40, perf_event_open: 241, unshare: 97 },
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
  return askPerl(context, NUMBERS, script, ({ exitCode, stdout }) => {
    const answers = parseAnswers(stdout);
    const isWhole = exitCode === 0 && answers.size === Object.keys(ARGUMENTS).length;
    return isWhole ? answers : undefined;
  });
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
