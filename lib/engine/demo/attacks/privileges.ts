/** Attacks on the walls around privileges: being, or doing, more than the agent’s own user. */
import type { Attack } from '../attack';

const readShadow: Attack = {
  id: 'read-shadow',
  title: 'read /etc/shadow',
  walls: ['K1'],
  refusals: ['EACCES', 'EPERM'],
  script: `
def attack():
    with open("/etc/shadow", "rb") as file:
        file.read(1)
    return "it can be read"
`,
};

/** `su` and `sudo` only where they are there: without them there is one way less. */
const becomeRoot: Attack = {
  id: 'become-root',
  title: 'become root',
  walls: ['K1', 'F7'],
  refusals: ['EPERM'],
  script: `
import subprocess

PROGRAMS = {
    "/usr/bin/su": ["root", "-c", "/usr/bin/id -u"],
    "/usr/bin/sudo": ["-n", "/usr/bin/id", "-u"],
}

def attack():
    tried = ["setuid(0)"]
    for program, words in PROGRAMS.items():
        if os.path.exists(program):
            tried.append(os.path.basename(program))
            if answer_of([program, *words]) == "0":
                return f"{program} gave root"
    reached(", ".join(tried))
    os.setuid(0)
    return "setuid(0) gave root"

def answer_of(command):
    try:
        quiet = subprocess.DEVNULL
        return subprocess.run(
            command, env={}, stdin=quiet, stdout=subprocess.PIPE, stderr=quiet, timeout=20, text=True
        ).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        return ""
`,
};

/** Python has no way to make the call; the Perl that every Debian image has does. */
const mount: Attack = {
  id: 'mount',
  title: 'mount a file system',
  walls: ['K2'],
  refusals: ['EPERM', 'EACCES', 'ENOSYS'],
  script: `
import subprocess

NUMBERS = {"x86_64": (165, 166), "aarch64": (40, 39)}  # mount, umount2
PERL = """
my ($mount, $umount) = @ARGV;
my ($none, $place, $type) = ("none", "/tmp", "tmpfs");
if (syscall($mount + 0, $none, $place, $type, 0, 0) == -1) { print $! + 0 }
else { syscall($umount + 0, $place, 2); print 0 }
"""

def attack():
    machine = os.uname().machine
    if machine not in NUMBERS:
        raise NotTried(f"the numbers of system calls on {machine} are not known")
    reached("a tmpfs on /tmp")
    command = ["/usr/bin/perl", "-e", PERL, *map(str, NUMBERS[machine])]
    try:
        answer = subprocess.run(command, env={}, stdout=subprocess.PIPE, timeout=20, text=True)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotTried(f"/usr/bin/perl cannot be run: {error}")
    if not answer.stdout.isdigit():
        raise NotTried(f"/usr/bin/perl gave no answer (exit code {answer.returncode})")
    code = int(answer.stdout)
    if code:
        raise OSError(code, "")
    return "a tmpfs was mounted over /tmp, and taken away"
`,
};

export const PRIVILEGE_ATTACKS: readonly Attack[] = [readShadow, becomeRoot, mount];
