/** The attacks, from the network to what the container may use up; each is tried as the agent's own user. */
import type { Attack } from './attack';

/** The documentation addresses of RFC 5737 and RFC 3849: what does leave reaches nobody. */
const connectOut: Attack = {
  id: 'connect-out',
  title: 'connect out',
  walls: ['N1'],
  refusals: ['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT'],
  script: `
import socket

NO_WAY = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}
LEFT = {0, errno.EINPROGRESS, errno.ECONNREFUSED, errno.ECONNRESET, errno.ETIMEDOUT}

def connect(family, address):
    try:
        with socket.socket(family, socket.SOCK_STREAM) as sock:
            sock.setblocking(False)
            return sock.connect_ex((address, 443))
    except OSError as error:
        return error.errno

def attack():
    codes = [connect(socket.AF_INET, "192.0.2.1"), connect(socket.AF_INET6, "2001:db8::1")]
    if LEFT & set(codes):
        return "a packet left: there is a route out"
    reached("192.0.2.1, 2001:db8::1")
    unclear = [code for code in codes if code not in NO_WAY]
    raise OSError((unclear or codes)[0], "")
`,
};

/** By hand, since a resolver library says of a query that left, and was not answered, that it failed. */
const resolveName: Attack = {
  id: 'resolve-name',
  title: 'resolve a name',
  walls: ['N2'],
  refusals: ['ENETUNREACH', 'EHOSTUNREACH', 'ECONNREFUSED', 'SERVFAIL', 'REFUSED'],
  script: `
import socket

ENGINE = "127.0.0.11"
QUERY = b"\\x5c\\xdc\\x01\\0\\0\\x01\\0\\0\\0\\0\\0\\0\\x07example\\x03com\\0\\0\\x01\\0\\x01"
NOTHING = {2: "SERVFAIL", 5: "REFUSED"}

def servers():
    lines = [line.split() for line in read("/etc/resolv.conf").split("\\n")]
    listed = [words[1] for words in lines if len(words) > 1 and words[0] == "nameserver"]
    return dict.fromkeys([*listed, ENGINE])

def ask(server):
    """What came of it, where the query left; raises where it could not."""
    is_here = server.startswith("127.") or server == "::1"
    with socket.socket(socket.AF_INET6 if ":" in server else socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(1)
        sock.connect((server, 53))
        sock.send(QUERY)
        try:
            reply = sock.recv(512)
        except TimeoutError:
            if is_here:
                raise NotTried(f"{server} does not answer")
            return f"a query left for {server}"
        except ConnectionRefusedError:
            if is_here:
                raise
            return f"a query reached {server}"
    code = reply[3] & 15 if len(reply) > 3 else 0
    if code in NOTHING:
        raise Refused(NOTHING[code])
    return f"{server} answered"

def attack():
    failure = None
    for server in servers():
        try:
            return ask(server)
        except (OSError, Refused, NotTried) as error:
            failure = error if failure is None or isinstance(error, NotTried) else failure
    reached(f"asked {', '.join(servers())}")
    raise failure
`,
};

/** What is opened for writing is not written to, and what is made is removed at once. */
const writeSource: Attack = {
  id: 'write-source',
  title: 'write the source',
  walls: ['F1'],
  refusals: ['EROFS', 'EACCES', 'EPERM'],
  script: `
EXPECTED = "/usr/local/lib/sandbox-cdk/healthcheck.json"

def attack():
    places = json.loads(read(EXPECTED) or "{}").get("readOnly", [])
    sources = [place for place in places if place != "/"] or ["/"]
    reached(", ".join(sources))
    refusal = None
    for source in sources:
        try:
            return write(source)
        except OSError as error:
            refusal = refusal or error
    raise refusal

def write(source):
    made = os.path.join(source, f".sandbox-cdk-demo-{os.getpid()}")
    try:
        os.close(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))
        os.unlink(made)
        return f"made a file in {source}, and removed it"
    except OSError as error:
        refusal = error
    files = [entry.path for entry in os.scandir(source) if entry.is_file(follow_symlinks=False)]
    for file in files[:50]:
        try:
            os.close(os.open(file, os.O_WRONLY | os.O_NOFOLLOW))
            return f"opened {file} for writing"
        except OSError:
            pass
    raise refusal
`,
};

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

/**
 * Each process waits for the end of a pipe that only the attacker holds open, so that they all end with
 * it, however it ends. It is over in moments: as long as the limit is reached, nothing inside, the
 * health check included, can start a process.
 */
const fork: Attack = {
  id: 'fork',
  title: 'fork until refused',
  walls: ['K4'],
  refusals: ['EAGAIN'],
  script: `
WITHOUT_LIMIT, BEYOND, MOST = 1024, 16, 4096

def attack():
    if os.path.exists("/proc/sentry-meminfo"):
        raise NotTried("on gVisor it would end the whole sandbox")
    limit = LIMITS["pids"]
    if limit > MOST:
        raise NotTried(f"its limit of {limit} is more than can be tried without harm")
    goal = limit + BEYOND if limit else WITHOUT_LIMIT
    waits, held = os.pipe()
    children = []
    try:
        while len(children) < goal:
            child = os.fork()
            if child == 0:
                wait_for_its_end(waits, held)
            children.append(child)
        return f"{goal} processes"
    finally:
        os.close(held)
        for child in children:
            os.waitpid(child, 0)
        reached(f"after {len(children)} processes")

def wait_for_its_end(waits, held):
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.close(held)
        os.close(channel)
        os.read(waits, 1)
    finally:
        os._exit(0)
`,
};

/** Memory counts only once it is written to. */
const fillMemory: Attack = {
  id: 'fill-memory',
  title: 'fill memory',
  walls: ['K5'],
  refusals: ['killed', 'ENOMEM'],
  script: `
BLOCK, BEYOND, WITHOUT_LIMIT = 16 * MIB, 64 * MIB, 1024 * MIB

def attack():
    assert_only_the_attacker_ends()
    limit = LIMITS["memoryBytes"]
    goal = limit + BEYOND if limit else min(WITHOUT_LIMIT, free_memory() // 4)
    if goal > free_memory() or goal < BLOCK:
        raise NotTried(f"it takes {size(goal)}, and the host has not that much to spare")
    taken = []
    while len(taken) * BLOCK < goal:
        taken.append(b"x" * BLOCK)
        reached(f"at {size(len(taken) * BLOCK)}")
    return f"took {size(goal)}"
`,
};

/** The file has no name any more before it is written to: it goes with the attacker, however that ends. */
const fillTmp: Attack = {
  id: 'fill-tmp',
  title: 'fill /tmp',
  walls: ['F6'],
  refusals: ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES'],
  script: `
BLOCK, BEYOND, WITHOUT_LIMIT = MIB, 16 * MIB, 256 * MIB

def attack():
    assert_only_the_attacker_ends_unless_gvisor()
    limit = size_of_tmp()
    goal = limit + BEYOND if limit else WITHOUT_LIMIT
    if goal > min(free_memory(), free_in_container()):
        raise NotTried(f"it takes {size(goal)}, and there is not that much memory to spare")
    name = f"/tmp/.sandbox-cdk-demo-{os.getpid()}"
    file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    os.unlink(name)
    block, written = b"x" * BLOCK, 0
    while written < goal:
        written += os.write(file, block)
        if written % (16 * MIB) == 0:
            reached(f"at {size(written)}")
    return f"wrote {size(written)}"

def assert_only_the_attacker_ends_unless_gvisor():
    if not os.path.exists("/proc/sentry-meminfo"):
        assert_only_the_attacker_ends()

def size_of_tmp():
    """0 where it has none: the kernel shows a size only where one was given."""
    found = 0
    for line in read("/proc/self/mountinfo").split("\\n"):
        fields = line.split(" ")
        if len(fields) > 4 and fields[4] == "/tmp":
            options = fields[-1].split(",")
            sizes = [option[5:] for option in options if option.startswith("size=")]
            found = bytes_of(sizes[0]) if sizes else 0
    return found

def bytes_of(text):
    return int(text.rstrip("kmg")) << {"k": 10, "m": 20, "g": 30}.get(text[-1], 0)

def free_in_container():
    """Without what the kernel can take back, the cache of files on disks."""
    limit, group = LIMITS["memoryBytes"], "/sys/fs/cgroup/"
    used = read(group + "memory.current") or read(group + "memory/memory.usage_in_bytes") or "0"
    stat = read(group + "memory.stat") or read(group + "memory/memory.stat")
    caches = ["inactive_file", "active_file"]
    cache = sum(number(stat, f"total_{name}") or number(stat, name) or 0 for name in caches)
    return limit - int(used) + cache - BEYOND if limit else free_memory()
`,
};

export const ATTACKS: readonly Attack[] = [
  connectOut,
  resolveName,
  writeSource,
  readShadow,
  becomeRoot,
  mount,
  fork,
  fillMemory,
  fillTmp,
];
