/**
 * What a program finds that enters a container. The host sees more, and of the processes that matter;
 * this is for where it cannot look: gVisor has a kernel of its own, and an engine may run elsewhere.
 */
import type { Fact } from '../verdict';
import type { CollectContext } from './context';
import { parseMountInfo } from './mounts';
import { askPerl, type ByArchitecture } from './perl';
import type { EnteredFacts } from './service';

interface Numbers {
  readonly prctl: number;
  readonly getrlimit: number;
}

const NUMBERS: ByArchitecture<Numbers> = {
  amd64: { prctl: 157, getrlimit: 97 },
  arm64: { prctl: 167, getrlimit: 163 },
};

export function collectEntered(context: CollectContext): Promise<Fact<EnteredFacts>> {
  if ('seen' in context.hostPid) {
    return Promise.resolve({ unseen: 'the host looks at its processes themselves' });
  }
  return askPerl(context, NUMBERS, script, ({ stdout }) => parseEntered(stdout));
}

/** PR_GET_NO_NEW_PRIVS is 39, RLIMIT_CORE 4, RLIMIT_NOFILE 7. */
function script({ prctl, getrlimit }: Numbers): string {
  return `
my ($limits, $mounts);
print "no_new_privs ", syscall(${prctl}, 39, 0, 0, 0, 0), "\\n";
print "gvisor ", (-e "/proc/sentry-meminfo" ? 1 : 0), "\\n";
for (["Max core file size", 4], ["Max open files", 7]) {
  $limits = "\\0" x 16;
  print "$$_[0]: ", join(" ", unpack("QQ", $limits)), "\\n" if syscall(${getrlimit}, $$_[1], $limits) == 0;
}
open($mounts, "<", "/proc/self/mountinfo") and print "mounts\\n", <$mounts>;
`;
}

/** `undefined` for what is no whole answer. */
export function parseEntered(text: string): EnteredFacts | undefined {
  const [facts, mounts] = text.split('\nmounts\n', 2);
  const noNewPrivileges = /^no_new_privs ([01])$/m.exec(facts!)?.[1];
  const onGvisor = /^gvisor ([01])$/m.exec(facts!)?.[1];
  if (noNewPrivileges === undefined || onGvisor === undefined || mounts === undefined) {
    return undefined;
  }
  const limits = Array.from(facts!.matchAll(/^(Max [a-z ]+): (\d+) (\d+)$/gm));
  return {
    noNewPrivileges: noNewPrivileges === '1',
    onGvisor: onGvisor === '1',
    ulimits: Object.fromEntries(
      limits.map(([, title, soft, hard]) => [title!, [amount(soft!), amount(hard!)]]),
    ),
    mounts: parseMountInfo(mounts),
  };
}

/** RLIM_INFINITY is all bits. */
function amount(text: string): number {
  const value = Number(text);
  return value >= 2 ** 63 ? Infinity : value;
}
