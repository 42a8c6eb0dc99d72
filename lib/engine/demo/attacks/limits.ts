/** Attacks on limits: using up what belongs to the host. */
import type { Attack } from '../attack';

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

export const LIMIT_ATTACKS: readonly Attack[] = [fork, fillMemory, fillTmp];
