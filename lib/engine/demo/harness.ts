/**
 * The Python around every attack. It runs the attack in a process group of its own, and ends that when
 * it has answered, after a deadline, or once the person is gone: then standard input ends, wherever the
 * engine runs and however the command ended. So nothing of an attack outlives it, and no further program
 * has to be started to clean up, which a reached process limit would refuse.
 */
import { PYTHON } from '../evidence/inside';
import type { Attack, Limits } from './attack';

/** Seconds that an attack may take. */
export const DEADLINE = 90;

/** The first line of every attacker's program, by which a process list shows what is left of it. */
export const MARK = 'sandbox-cdk demo';

const BEFORE = `# ${MARK}
import errno, json, os, select, signal, sys, time

LIMITS = json.loads(sys.argv[1])
MIB = 1 << 20
RESERVE = 256 * MIB

class Refused(Exception):
    """Refused by something that has no errno."""

class NotTried(Exception):
    """Whether it would be refused cannot be found out, or not without harm."""

def tell(**words):
    os.write(channel, json.dumps(words).encode() + b"\\n")

def reached(text):
    """How far the attack came; an attacker that is killed can say nothing afterwards."""
    tell(reached=text)

def read(path):
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""

def number(text, name):
    """The number after a name at the start of a line; None where there is none."""
    for words in map(str.split, text.split("\\n")):
        if len(words) > 1 and words[0] == name:
            return int(words[1])
    return None

def oom_kills():
    group = "/sys/fs/cgroup/"
    found = number(read(group + "memory.events"), "oom_kill")
    return number(read(group + "memory/memory.oom_control"), "oom_kill") if found is None else found

def free_memory():
    """What the host could give without harm, in bytes."""
    return (number(read("/proc/meminfo"), "MemAvailable:") or 0) * 1024 - RESERVE

def assert_only_the_attacker_ends():
    """Of all processes inside, the kernel must choose the attacker when memory is used up."""
    if os.path.exists("/proc/sentry-meminfo"):
        raise NotTried("on gVisor it would end the whole sandbox")
    if read("/sys/fs/cgroup/memory.oom.group").strip() == "1":
        raise NotTried("memory.oom.group is on: it would end the whole container")
    if number(read("/sys/fs/cgroup/memory/memory.oom_control"), "oom_kill_disable"):
        raise NotTried("the OOM killer is off: everything inside would hang")
    if read("/proc/self/oom_score_adj").strip() != "1000":
        raise NotTried("the attacker is not the first to be killed")

def size(count):
    return f"{count / (1 << 30):.1f}G" if count >= 1 << 30 else f"{count // MIB}M"
`;

const AFTER = `
def run_attack():
    try:
        tell(done=attack())
    except NotTried as error:
        tell(untried=str(error))
    except Refused as error:
        tell(refusal=str(error))
    except MemoryError:
        tell(refusal="ENOMEM")
    except OSError as error:
        tell(refusal=errno.errorcode.get(error.errno, str(error)))
    except Exception as error:
        tell(untried=f"{type(error).__name__}: {error}")

def listen(reader):
    """The attacker's answer, with how far it came; without one it was killed."""
    heard, rest, until = {}, b"", time.monotonic() + ${DEADLINE}
    while True:
        ready = select.select([reader, 0], [], [], max(0, until - time.monotonic()))[0]
        if not ready:
            return heard | {"untried": "was not refused in ${DEADLINE} s"}
        if 0 in ready and not os.read(0, 1024):
            return heard | {"untried": "interrupted"}
        if reader in ready:
            chunk = os.read(reader, 65536)
            *lines, rest = (rest + chunk).split(b"\\n")
            for line in lines:
                heard |= json.loads(line)
            if not chunk or heard.keys() - {"reached"}:
                return heard

def end(attacker):
    """It is asked, so that it can clean up, and then made to; gives the signal that it died of."""
    os.kill(attacker, signal.SIGTERM)  # once: a second one would end its cleaning up
    for patience in range(100):
        ended, status = os.waitpid(attacker, os.WNOHANG)
        if ended:
            return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        time.sleep(0.02)
    os.killpg(attacker, signal.SIGKILL)
    os.waitpid(attacker, 0)
    return 0

def main():
    global channel
    reader, channel = os.pipe()
    kills = oom_kills()
    attacker = os.fork()
    if attacker == 0:
        os.setpgid(0, 0)
        os.close(reader)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit())
        signal.alarm(${DEADLINE + 5})
        try:
            run_attack()
        finally:
            os._exit(0)
    os.close(channel)
    heard = listen(reader)
    died_of = end(attacker)
    if not heard.keys() - {"reached"}:
        by_kernel = died_of == signal.SIGKILL and kills is not None and oom_kills() > kills
        heard |= {"refusal": "killed"} if by_kernel else {"untried": "was ended by somebody else"}
    print(json.dumps(heard), flush=True)

main()
`;

/**
 * A process may always make itself the first to be killed, and what it starts inherits that. The shell
 * does it: to a Python that nobody may read, the kernel lets nobody write, itself included.
 */
const FIRST_TO_BE_KILLED = 'echo 1000 >/proc/self/oom_score_adj && exec "$0" "$@"';

/** Absolute paths in an empty environment: nothing that the agent could have put in its place. */
export function commandOf({ script }: Attack, limits: Limits): readonly string[] {
  return [
    ...['/usr/bin/env', '-i', '/bin/sh', '-c', FIRST_TO_BE_KILLED],
    ...[PYTHON, '-I', '-S', '-c', BEFORE + script + AFTER, JSON.stringify(limits)],
  ];
}
