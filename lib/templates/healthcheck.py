"""Asks, from inside a sandbox, whether its walls hold. Run by the engine every 30 seconds as

    /usr/bin/python3 -I -S /usr/local/lib/sandbox-cdk/healthcheck.py [--json]

The same file is in every sandbox; healthcheck.json beside it says what to expect. Both belong to root
on a read-only root, and nothing that the agent can write is trusted: no other program, thread, PATH,
PYTHON* variable or working directory is used. Only modules of Debian's python3-minimal are imported.

Each check reads facts and gives one verdict with its evidence:

    proven     the wall was seen to hold
    broken     the wall was seen not to hold
    unproven   no answer could be had, which is never a pass

Exit 0 when every check is proven, else 1. Where a check reads and judges apart, `check_x` reads and
the pure `judge_x` decides. Top to bottom: verdicts, reading, network, processes, files, limits,
secrets, kernel, the list of checks, the expectations, the report.
"""

import errno
import functools
import json
import os
import re
import socket
import stat
import sys
from collections import namedtuple

EXPECTATIONS = "/usr/local/lib/sandbox-cdk/healthcheck.json"
UNLIMITED = float("inf")

# --- Verdicts ---------------------------------------------------------------------------------------


class Unproven(Exception):
    """Raised where a check finds that it cannot have its answer."""


def proven(evidence):
    return ("proven", evidence)


def broken(evidence):
    return ("broken", evidence)


def unproven(evidence):
    return ("unproven", evidence)


def verdict(problems, evidence, doubts=()):
    """Broken by the first problems, else unproven by the first doubts, else proven by the evidence."""
    if problems:
        return broken(shortened(problems))
    return unproven(shortened(doubts)) if doubts else proven(evidence)


def shortened(items, most=3):
    more = f"; {len(items) - most} more" if len(items) > most else ""
    return "; ".join(items[:most]) + more


def errno_name(code):
    return errno.errorcode.get(code, str(code))


# --- Reading ----------------------------------------------------------------------------------------


def read(path, most=1 << 20):
    """A file's text, whatever its bytes. An OSError on the way makes the asking check unproven."""
    with open(path, "rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise Unproven(f"{path} is longer than {most} bytes")
    return data.decode("utf-8", "surrogateescape")


def read_if_present(path):
    try:
        return read(path)
    except FileNotFoundError:
        return None


Mount = namedtuple("Mount", "path root kind read_only options")


def parse_mounts(mountinfo):
    """Mounts by their path, from /proc/PID/mountinfo. Of two at one path the later one is seen."""
    mounts = {}
    for line in mountinfo.splitlines():
        fields = line.split(" ")
        dash = fields.index("-", 6)
        root, path = unescape(fields[3]), unescape(fields[4])
        options, kind, super_options = fields[5], fields[dash + 1], fields[dash + 3].split(",")
        read_only = "ro" in options.split(",") or "ro" in super_options
        mounts[path] = Mount(path, root, kind, read_only, super_options)
    return mounts


def unescape(field):
    """The kernel writes spaces, tabs, newlines and backslashes in octal."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), field)


def contains(parent, path):
    return path == parent or path.startswith(parent.rstrip("/") + "/")


def nearest(path, candidates):
    """The longest of the candidates that is the path or one of its parents."""
    return max((each for each in candidates if contains(each, path)), key=len, default=None)


@functools.cache
def mounts_here():
    return parse_mounts(read("/proc/self/mountinfo"))


@functools.cache
def on_gvisor():
    """gVisor's own kernel has this file, and Linux has none of the name."""
    return os.path.exists("/proc/sentry-meminfo")


# --- Network ----------------------------------------------------------------------------------------

# The kernel itself puts these into every new network namespace once a tunnel module is loaded.
FALLBACK_DEVICES = {"tunl0", "gre0", "gretap0", "erspan0", "ip_vti0"}
FALLBACK_DEVICES |= {"sit0", "ip6tnl0", "ip6gre0", "ip6_vti0"}
IFF_UP, RTF_GATEWAY, RTF_REJECT = 0x1, 0x2, 0x200
# No network that was asked for is wider than this: a shorter prefix is a default route, or half of one.
SHORTEST_PREFIX = 8

# What "the kernel knows no way there" is called. Linux answers with the first, gVisor with the second.
NO_WAY = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}
FILTERED = {errno.EPERM, errno.EACCES}

# Documentation addresses (RFC 5737, RFC 3849): a packet that did leave would reach nobody.
DOCUMENTATION = ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1"]
# Only looked up in the routing table; nothing is sent to them.
PUBLIC = ["8.8.8.8", "169.254.169.254", "2000::1"]
PRIVATE = ["10.0.0.1", "100.64.0.1", "172.17.0.1", "192.168.0.1", "fd00::1"]

ENGINE_RESOLVER = "127.0.0.11"
RESOLVER_SOCKETS = ["/run/nscd/socket", "/run/systemd/resolve/io.systemd.Resolve"]
RESOLVER_TIMEOUT = 0.2
DNS_REFUSALS = {2: "SERVFAIL", 5: "REFUSED"}


def check_network_interfaces(expected):
    names = {name for _, name in socket.if_nameindex()} | set(parse_devices(read("/proc/net/dev")))
    down = {name for name in names if interface_is_down(name)}
    fib = parse_fib(read_if_present("/proc/net/fib_trie") or "")
    addresses = [address for address, _, kind in fib if kind == "LOCAL"]
    addresses += parse_ipv6_addresses(read_if_present("/proc/net/if_inet6") or "")
    return judge_interfaces(expected["network"], names, down, addresses)


def judge_interfaces(network, names, down, addresses):
    inside = [address for address in addresses if is_loopback(address)]
    outside = sorted(set(addresses) - set(inside))
    if network == "internal":
        # An internal network is IPv4 only: fe80:: addresses reach every neighbour without a route.
        wrong = [f"IPv6 address {address}" for address in outside if ":" in address]
        return verdict(wrong, f"{len(names)} interfaces, no IPv6 address but ::1")
    others = sorted(names - {"lo"} - (FALLBACK_DEVICES & set(down)))
    wrong = [f"interface {name}" for name in others] + [f"address {address}" for address in outside]
    doubts = [] if "lo" in names and "lo" not in down else ["lo is not up: not the network asked for"]
    return verdict(wrong, "only lo is up, with loopback addresses", doubts)


def check_network_routes(expected):
    ipv4 = parse_routes(read("/proc/net/route"))
    ipv6 = parse_ipv6_routes(read_if_present("/proc/net/ipv6_route") or "")
    # The trie also shows the routing tables that only policy rules lead to.
    fib = parse_fib(read_if_present("/proc/net/fib_trie") or "")
    other_tables = [("fib", address, length, False) for address, length, kind in fib if kind == "UNICAST"]
    return judge_routes(expected["network"], ipv4 + ipv6 + other_tables)


def judge_routes(network, routes):
    outward = [route for route in routes if route[0] != "lo" and not is_loopback(route[1])]
    if network == "internal":
        outward = [each for each in outward if each[3] or each[2] < SHORTEST_PREFIX]
    wrong = [f"{device}: {address}/{length}" for device, address, length, _ in outward]
    return verdict(wrong, "no default route" if network == "internal" else "no route leaves lo")


def check_network_connect(expected):
    attempts = [(f"tcp {address}", tcp_connect(address)) for address in DOCUMENTATION]
    attempts += [(f"udp {address}", udp_send(address)) for address in DOCUMENTATION]
    looked_up = PUBLIC if expected["network"] == "internal" else PUBLIC + PRIVATE
    attempts += [(f"route to {address}", udp_connect(address)) for address in looked_up]
    return judge_attempts(attempts)


def judge_attempts(attempts):
    """A filter's refusal proves nothing: the walls asked for are a missing network, a missing route."""
    wrong = [f"{what}: {went(code)}" for what, code in attempts if code not in NO_WAY | FILTERED]
    doubts = [f"{what}: {errno_name(code)}, a filter" for what, code in attempts if code in FILTERED]
    codes = sorted({errno_name(code) for _, code in attempts})
    return verdict(wrong, f"{len(attempts)} ways tried: {', '.join(codes)}", doubts)


def went(code):
    return "sent" if code in (0, errno.EINPROGRESS) else errno_name(code)


def check_network_icmp(expected):
    families = [(socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")]
    return judge_icmp(expected["network"], [icmp_send(*each) for each in families])


def judge_icmp(network, attempts):
    """Without a network an ICMP socket reaches nothing; with one, there must be no such socket."""
    wrong = []
    for step, code in attempts:
        if step == "send" and network == "internal":
            wrong.append("an ICMP socket can be opened")
        elif step == "send" and code not in NO_WAY:
            wrong.append(f"ICMP: {went(code)}")
    return verdict(wrong, ", ".join(sorted({f"{step}: {errno_name(code)}" for step, code in attempts})))


def check_network_resolve(expected):
    listed = parse_nameservers(read_if_present("/etc/resolv.conf") or "") or ["127.0.0.1"]
    servers = sorted({*listed, ENGINE_RESOLVER})
    sockets = [path for path in RESOLVER_SOCKETS if is_socket(path)]
    return judge_resolve(expected["network"], {each: dns_ask(each) for each in servers}, sockets)


def judge_resolve(network, answers, sockets):
    """By hand instead of getaddrinfo, which a silent resolver can hold up for longer than we have.

    An answer is the name of an errno, "silent", or the answer code of a DNS reply. The engine's own
    resolver knows the names of an internal network; it must not ask another server for more.
    """
    wrong, doubts = [f"resolver socket {path}" for path in sockets], []
    for server, answer in answers.items():
        refused = network == "internal" and answer in DNS_REFUSALS
        if isinstance(answer, int) and not refused:
            wrong.append(f"{server} answered with code {answer}")
        elif answer == "silent":
            doubts.append(f"{server} takes queries and is silent")
        elif answer == "ECONNREFUSED" and not is_loopback(server):
            wrong.append(f"{server} can be reached")
    seen = (DNS_REFUSALS.get(each, each) for each in answers.values())
    return verdict(wrong, f"{len(answers)} resolvers: {', '.join(sorted(set(seen)))}", doubts)


def family_of(address):
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def outcome(action):
    """The errno of a system call's failure; 0 when it succeeded."""
    try:
        action()
    except OSError as error:
        return error.errno or 0
    return 0


def with_socket(kind, address, use):
    def attempt():
        with socket.socket(family_of(address), kind) as sock:
            sock.setblocking(False)
            use(sock)

    return outcome(attempt)


def tcp_connect(address):
    """Never waits: with a way out the kernel says EINPROGRESS at once, without one it says so."""
    return with_socket(socket.SOCK_STREAM, address, lambda sock: sock.connect((address, 443)))


def udp_send(address):
    return with_socket(socket.SOCK_DGRAM, address, lambda sock: sock.sendto(b"?", (address, 53)))


def udp_connect(address):
    """Asks for a route and sends nothing."""
    return with_socket(socket.SOCK_DGRAM, address, lambda sock: sock.connect((address, 53)))


def icmp_send(family, address):
    """How far a ping came: "socket" when none could be opened, else "send"; and the errno."""
    protocol, echo = (socket.IPPROTO_ICMP, 8) if family == socket.AF_INET else (socket.IPPROTO_ICMPV6, 128)
    try:
        sock = socket.socket(family, socket.SOCK_DGRAM, protocol)
    except OSError as error:
        return ("socket", error.errno)
    with sock:
        sock.setblocking(False)
        return ("send", outcome(lambda: sock.sendto(bytes([echo, 0, 0, 0, 0, 0, 0, 0]), (address, 0))))


def dns_ask(server):
    try:
        with socket.socket(family_of(server), socket.SOCK_DGRAM) as sock:
            sock.settimeout(RESOLVER_TIMEOUT)
            sock.connect((server, 53))
            sock.send(dns_query("sandbox-cdk.invalid"))
            reply = sock.recv(512)
    except TimeoutError:
        return "silent"
    except OSError as error:
        return errno_name(error.errno)
    return reply[3] & 15 if len(reply) > 3 else "silent"


def dns_query(name):
    question = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    return b"\x5c\xdc\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00" + question + b"\x00\x00\x01\x00\x01"


def interface_is_down(name):
    """Down only where the kernel says so: an interface that cannot be asked counts as up."""
    flags = read_if_present(f"/sys/class/net/{name}/flags")
    return flags is not None and not int(flags, 16) & IFF_UP


def is_loopback(address):
    return address == "::1" or address.startswith("127.")


def ipv4_text(hexadecimal):
    """/proc/net writes an IPv4 address as one integer in the machine's byte order."""
    return socket.inet_ntop(socket.AF_INET, int(hexadecimal, 16).to_bytes(4, sys.byteorder))


def ipv6_text(hexadecimal):
    return socket.inet_ntop(socket.AF_INET6, bytes.fromhex(hexadecimal))


def parse_devices(text):
    """Interface names from /proc/net/dev."""
    return [line.rsplit(":", 1)[0].strip() for line in text.splitlines()[2:] if ":" in line]


def parse_ipv6_addresses(text):
    """Addresses from /proc/net/if_inet6."""
    return [ipv6_text(line.split()[0]) for line in text.splitlines()]


def parse_fib(text):
    """(address, prefix length, kind) of the leaves of /proc/net/fib_trie."""
    leaves, address = [], ""
    for words in map(str.split, text.splitlines()):
        if words[0] == "|--":
            address = words[1]
        elif words[0].startswith("/"):
            leaves.append((address, int(words[0][1:]), words[2]))
    return leaves


def parse_routes(text):
    """(device, address, prefix length, has a gateway) of /proc/net/route, without reject routes."""
    routes = []
    for fields in map(str.split, text.splitlines()[1:]):
        flags = int(fields[3], 16)
        if not flags & RTF_REJECT:
            length = int(fields[7], 16).bit_count()
            routes.append((fields[0], ipv4_text(fields[1]), length, bool(flags & RTF_GATEWAY)))
    return routes


def parse_ipv6_routes(text):
    """The same of /proc/net/ipv6_route."""
    routes = []
    for fields in map(str.split, text.splitlines()):
        flags = int(fields[8], 16)
        if not flags & RTF_REJECT:
            gateway = bool(flags & RTF_GATEWAY)
            routes.append((fields[9], ipv6_text(fields[0]), int(fields[1], 16), gateway))
    return routes


def parse_nameservers(text):
    """The servers that the C library would ask: the first three, without a zone."""
    lines = [line.split() for line in text.splitlines()]
    servers = [words[1].split("%")[0] for words in lines if words[:1] == ["nameserver"] and words[1:]]
    return servers[:3]


# --- Processes --------------------------------------------------------------------------------------

CAPABILITY_SETS = ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"]
SECCOMP_FILTER = "2"


@functools.cache
def processes():
    """The status of every live process, this one and the sandbox's first among them, by its pid."""
    found = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            status = parse_status(read(f"/proc/{pid}/status"))
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has ended
        if status.get("State", "")[:1] not in ("Z", "X"):
            found[pid] = status
    if "1" not in found or str(os.getpid()) not in found:
        raise Unproven("/proc shows neither process 1 nor this one")
    return found


def parse_status(text):
    """The last line of a key counts: the process names itself in the first, on gVisor unescaped."""
    return {key: value.strip() for key, _, value in (line.partition(":") for line in text.split("\n"))}


def field(pid, status, key):
    if key not in status:
        raise Unproven(f"/proc/{pid}/status has no {key}")
    return status[key]


def check_uid(expected):
    return judge_ids(processes(), expected["user"])


def judge_ids(statuses, user):
    wrong = []
    for pid, status in statuses.items():
        uids, gids = field(pid, status, "Uid").split(), field(pid, status, "Gid").split()
        if user is not None and {*uids, *gids} != {str(user["uid"]), str(user["gid"])}:
            wrong.append(f"process {pid} has uids {' '.join(uids)}, gids {' '.join(gids)}")
        elif user is not None and set(uids) != {str(user["uid"])}:
            wrong.append(f"process {pid} has uids {' '.join(uids)}")
        elif "0" in uids or "0" in gids:
            wrong.append(f"process {pid} has an id of root")
        elif "0" in field(pid, status, "Groups").split():
            wrong.append(f"process {pid} is in group 0")
    uids = sorted({status["Uid"].split()[0] for status in statuses.values()})
    return verdict(wrong, f"all {len(statuses)} processes run as uid {', '.join(uids)}")


def check_capabilities(_expected):
    return judge_capabilities(processes())


def judge_capabilities(statuses):
    wrong, missing = [], []
    for pid, status in statuses.items():
        absent = [key for key in CAPABILITY_SETS if key not in status]
        held = [key for key in CAPABILITY_SETS if key not in absent and int(status[key], 16)]
        wrong += [f"process {pid} has {key} {status[key]}" for key in held]
        # gVisor has no line for the ambient set, which can never hold more than the permitted one.
        missing += [f"/proc/{pid}/status has no {key}" for key in absent if key != "CapAmb"]
    return verdict(wrong, f"every set of all {len(statuses)} processes is empty", missing)


def check_no_new_privileges(_expected):
    return judge_no_new_privileges(processes())


def judge_no_new_privileges(statuses):
    without = [pid for pid, status in statuses.items() if field(pid, status, "NoNewPrivs") != "1"]
    wrong = [f"process {pid} can gain privileges" for pid in without]
    return verdict(wrong, f"set on all {len(statuses)} processes")


def check_seccomp(_expected):
    if on_gvisor():
        return proven("gVisor's kernel takes the system calls, the host's does not")
    return judge_seccomp(processes())


def judge_seccomp(statuses):
    modes = {pid: field(pid, status, "Seccomp") for pid, status in statuses.items()}
    wrong = [f"process {pid} is in mode {mode}" for pid, mode in modes.items() if mode != SECCOMP_FILTER]
    return verdict(wrong, f"a filter is on all {len(statuses)} processes")


# --- Files ------------------------------------------------------------------------------------------

# What every engine mounts by itself. Of these only /dev/shm and /dev/mqueue are the agent's to write.
ENGINE_MOUNTS = {
    "/dev": ["tmpfs"],
    "/dev/console": ["devpts"],
    "/dev/mqueue": ["mqueue"],
    "/dev/pts": ["devpts"],
    "/dev/shm": ["tmpfs"],
    "/proc": ["proc"],
    "/sys/fs/cgroup": ["tmpfs"],
}
MASKS = ["tmpfs", "devtmpfs"]
REFUSALS = {errno.EROFS, errno.EACCES, errno.EPERM}
FULL = {errno.ENOSPC, errno.EDQUOT}


def check_read_only(expected):
    mounts = mounts_here()
    facts = {path: write_facts(path, mounts) for path in expected["readOnly"]}
    holes = writable_mounts(mounts, expected["readOnly"], expected["writable"])
    return judge_read_only(facts, holes)


def judge_read_only(facts, holes):
    """Facts are (mounted read-only, errno of a write) by path; a refusal alone is only permissions.

    Linux answers EROFS before it looks at permissions for a new file, and after for an existing one.
    """
    wrong, doubts = [], []
    for path, (read_only, code) in facts.items():
        if code in (0, errno.ENOENT):
            wrong.append(f"{path} {'is missing' if code else 'can be written'}")
        elif not read_only:
            wrong.append(f"{path} is not mounted read-only")
        elif code not in REFUSALS:
            doubts.append(f"{path}: {errno_name(code)}")
    wrong += [f"{path} is mounted writable" for path in holes]
    return verdict(wrong, f"{len(facts)} paths mounted read-only, writes refused", doubts)


def writable_mounts(mounts, read_only, writable):
    """Writable mounts below a read-only path that nobody asked for."""
    holes = []
    for mount in mounts.values():
        asked = nearest(mount.path, [*read_only, *writable])
        if not mount.read_only and asked in read_only and not is_engine_mount(mount):
            holes.append(mount.path)
    return sorted(holes)


def is_engine_mount(mount):
    masked = contains("/proc", mount.path) and mount.kind in MASKS
    return masked or mount.kind in ENGINE_MOUNTS.get(mount.path, [])


def write_facts(path, mounts):
    try:
        is_folder = stat.S_ISDIR(os.stat(path, follow_symlinks=False).st_mode)
    except OSError as error:
        return (False, error.errno)
    mount = mounts.get(nearest(path, mounts))
    read_only = is_mounted_read_only(path) or bool(mount and mount.read_only)
    return (read_only, write_in_folder(path) if is_folder else open_to_write(path))


def is_mounted_read_only(path):
    """gVisor leaves the flag out, or has no such call; there the list of mounts has to answer."""
    try:
        return bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    except OSError:
        return False


def open_to_write(path):
    flags = os.O_WRONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    return outcome(lambda: os.close(os.open(path, flags)))


def write_in_folder(path):
    """Makes a file of a name that nobody can guess, writes one byte, removes it; 0, or what failed.

    All through one handle on the folder, so that a folder exchanged meanwhile leads nowhere else.
    """
    name = f".sandbox-health-{os.urandom(8).hex()}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        return error.errno
    try:
        file = os.open(name, flags, 0o600, dir_fd=folder)
        try:
            return outcome(lambda: os.write(file, b"."))
        finally:
            os.close(file)
            outcome(lambda: os.unlink(name, dir_fd=folder))
    except OSError as error:
        return error.errno
    finally:
        os.close(folder)


def check_writable(expected):
    return judge_writable({path: write_in_folder(path) for path in expected["writable"]})


def judge_writable(codes):
    """A full place is the size limit at work, not a fault; but nothing could be proven there."""
    wrong = [f"{path}: {errno_name(code)}" for path, code in codes.items() if code not in FULL | {0}]
    full = [f"{path} is full ({errno_name(code)})" for path, code in codes.items() if code in FULL]
    return verdict(wrong, f"{len(codes)} places can be written", full)


# --- Limits -----------------------------------------------------------------------------------------

# Names in a Compose file, and in /proc/PID/limits.
ULIMITS = {
    "core": "Max core file size",
    "cpu": "Max cpu time",
    "data": "Max data size",
    "fsize": "Max file size",
    "locks": "Max file locks",
    "memlock": "Max locked memory",
    "msgqueue": "Max msgqueue size",
    "nice": "Max nice priority",
    "nofile": "Max open files",
    "nproc": "Max processes",
    "rss": "Max resident set",
    "rtprio": "Max realtime priority",
    "rttime": "Max realtime timeout",
    "sigpending": "Max pending signals",
    "stack": "Max stack size",
}


def check_memory(expected):
    values = cgroup_values("memory", "memory.limit_in_bytes", "memory.max")
    return judge_limit(values, expected["memoryBytes"], "bytes")


def check_pids(expected):
    return judge_limit(cgroup_values("pids", "pids.max", "pids.max"), expected["pids"], "processes")


def check_cpu(expected):
    version, folders = own_cgroup("cpu")
    if version == 2:
        pairs = [text.split() for text in cgroup_texts(folders, "cpu.max")]
    else:
        quotas = cgroup_texts(folders, "cpu.cfs_quota_us")
        pairs = list(zip(quotas, cgroup_texts(folders, "cpu.cfs_period_us")))
    return judge_limit([cpus(*pair) for pair in pairs], expected["cpus"], "CPUs")


def cpus(quota, period):
    """One microsecond less than the kernel says: engines round a fraction of a CPU to whole ones."""
    return max(0, number(quota) - 1) / int(period)


def judge_limit(values, most, unit):
    """Of a cgroup and the ones around it the lowest limit binds."""
    if not values:
        return unproven("the cgroup shows no limit")
    value = min(values)
    if value == UNLIMITED:
        return broken(f"no limit, {most} {unit} were asked for")
    shown = f"{round(value, 2)} {unit}"
    return proven(shown) if value <= most else broken(f"{shown}, more than {most}")


def check_swap(_expected):
    swaps = read_if_present("/proc/swaps")
    try:
        version, folders = own_cgroup("memory")
        name = "memory.swap.max" if version == 2 else "memory.memsw.limit_in_bytes"
        total = [number(text) for text in cgroup_texts(folders, name)]
        memory = [0] if version == 2 else cgroup_values("memory", "memory.limit_in_bytes", "")
    except Unproven:
        total, memory = [], []
    return judge_swap(total, memory, swaps)


def judge_swap(total, memory, swaps):
    """Total is what the kernel allows of memory and swap (version 1), or of swap alone (version 2)."""
    if total and memory:
        extra = min(total) - min(memory)
        return broken("swap is allowed beyond the memory limit") if extra > 0 else proven("none allowed")
    if swaps is None:
        return unproven("neither the cgroup nor /proc/swaps answers")
    used = swaps.splitlines()[1:]
    return broken("the machine swaps, and no limit shows") if used else proven("the machine has no swap")


def cgroup_values(controller, name_v1, name_v2):
    version, folders = own_cgroup(controller)
    return [number(text) for text in cgroup_texts(folders, name_v1 if version == 1 else name_v2)]


def cgroup_texts(folders, name):
    """A file's content in each folder that has it: the topmost cgroup has no limits of its own."""
    texts = [read_if_present(f"{folder}/{name}") for folder in folders]
    return [text.strip() for text in texts if text is not None]


def own_cgroup(controller):
    return find_cgroup(controller, read("/proc/self/cgroup"), mounts_here())


def find_cgroup(controller, cgroup, mounts):
    """The cgroup version and the folders of this cgroup and those around it, as far as they are mounted.

    The paths in /proc/self/cgroup start where the cgroup namespace does, and so do the roots of the
    mounts: taking the one from the other works in a private namespace and in the host's.
    """
    lines = [line.split(":", 2) for line in cgroup.splitlines()]
    version_1 = [path for _, names, path in lines if controller in names.split(",")]
    version_2 = [path for number, names, path in lines if number == "0" and not names]
    for version, kind, paths in ((1, "cgroup", version_1), (2, "cgroup2", version_2)):
        if not paths:
            continue
        for mount in mounts.values():
            right_one = mount.kind == kind and (version == 2 or controller in mount.options)
            if right_one and contains(mount.root, paths[0]):
                below = os.path.relpath(paths[0], mount.root)
                return version, parents(mount.path, [] if below == "." else below.split("/"))
        raise Unproven(f"the {controller} cgroup is not mounted")
    raise Unproven("no cgroup is shown")


def parents(top, names):
    """The folder of these names below the top, then each one above it, the top last."""
    return ["/".join([top, *names[:count]]) for count in range(len(names), -1, -1)]


def number(text):
    """Version 2 writes no limit as "max", version 1 as -1 or as a number near the highest."""
    value = UNLIMITED if text == "max" else int(text)
    return UNLIMITED if value < 0 or value >= 1 << 60 else value


def check_ulimits(expected):
    limits = [parse_ulimits(read(f"/proc/{pid}/limits")) for pid in ("1", "self")]
    return judge_ulimits(limits, expected["files"])


def judge_ulimits(processes_limits, expected):
    """The hard limit counts: a process may move its own soft limit up to it."""
    wrong, doubts = [], []
    for name, most in expected.items():
        values = [limits.get(ULIMITS[name]) for limits in processes_limits]
        if None in values:
            doubts.append(f"{name} is not shown")
        elif max(values) > most:
            wrong.append(f"{name} is {max(values)}, more than {most}")
    return verdict(wrong, ", ".join(f"{name} {most}" for name, most in expected.items()), doubts)


def parse_ulimits(text):
    """Hard limits by the kernel's name for them; the columns of /proc/PID/limits are fixed."""
    hard = {line[:25].strip(): line[47:67].strip() for line in text.splitlines()[1:]}
    return {name: UNLIMITED if value == "unlimited" else int(value) for name, value in hard.items()}


# --- Secrets ----------------------------------------------------------------------------------------

# Sockets that command the host or lend its identity, below /run or wherever /run may be mounted.
HOST_SOCKETS = """
    docker.sock docker.proxy.sock podman/podman.sock containerd/containerd.sock crio/crio.sock
    k3s/containerd/containerd.sock buildkit/buildkitd.sock cri-dockerd.sock dockershim.sock
    dbus/system_bus_socket systemd/private host-services/ssh-auth.sock ssh-agent.socket
    host-services/docker.proxy.sock lxd/unix.socket incus/unix.socket libvirt/libvirt-sock
""".split()
USER_SOCKETS = "docker.sock podman/podman.sock bus ssh-agent.socket keyring/ssh gnupg/S.gpg-agent.ssh".split()
SOCKET_VARIABLES = "DOCKER_HOST CONTAINER_HOST SSH_AUTH_SOCK DBUS_SESSION_BUS_ADDRESS".split()

SECRET_WORDS = "SECRET TOKEN PASSWORD PASSWD PASSPHRASE APIKEY CREDENTIAL CREDENTIALS".split()
SECRET_KEYS = re.compile(r"(^|_)(PASS|PWD|(API|ACCESS|AUTH|PRIVATE|SECRET|ACCOUNT|SIGNING|SSH)_?KEY)(_|$)")
NOT_SECRET = {"PWD", "OLDPWD"}
# What a program that insists on a key is given where the gateway adds the real one.
PLACEHOLDERS = {"", "placeholder", "sandbox-placeholder", "unused"}
SECRET_VALUES = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\bsk-[A-Za-z0-9_-]{20}|\b[sr]k_live_[A-Za-z0-9]{16}"
    r"|\bgh[pousr]_[A-Za-z0-9]{30}|\bgithub_pat_[A-Za-z0-9_]{30}|\bglpat-[A-Za-z0-9_-]{20}"
    r"|\b(AKIA|ASIA)[A-Z0-9]{16}\b|\bAIza[A-Za-z0-9_-]{35}|\bya29\.[A-Za-z0-9_-]{20}"
    r"|\bxox[abeprs]-[A-Za-z0-9-]{10}|\bnpm_[A-Za-z0-9]{36}|\bpypi-[A-Za-z0-9_-]{50}"
    r"|\bhf_[A-Za-z0-9]{30}|\bdckr_pat_[A-Za-z0-9_-]{20}|\bSG\.[A-Za-z0-9_-]{20}\."
    r"|\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.|://[^/\s:@]*:[^/\s:@]+@"
)


def check_engine_socket(_expected):
    mounted = [path for path in mounts_here() if not contains("/proc", path)]
    places = {*mounted, *socket_places(mounted), *sockets_named_in(os.environ)}
    found, hidden = [], []
    for path in sorted(places):
        try:
            found += [path] if is_socket(path) else []
        except PermissionError:
            hidden.append(path)
    return judge_sockets(found, hidden)


def judge_sockets(found, hidden):
    doubts = [f"{path} cannot be looked at" for path in hidden]
    return verdict([f"socket {path}" for path in found], "none at the known places or mounted", doubts)


def socket_places(mounted):
    """Every known socket below every mount, as if it were /run, /var/run, or a host's root."""
    tops = {f"{top.rstrip('/')}{run}" for top in mounted for run in ("", "/run", "/var/run")}
    users = {f"user/{uid}/{name}" for uid in (0, 1000, os.getuid()) for name in USER_SOCKETS}
    return {f"{top}/{name}" for top in tops for name in {*HOST_SOCKETS, *users}}


def sockets_named_in(environment):
    """Paths like those in unix:///run/docker.sock, unix:path=/run/bus,guid=1 and /tmp/agent.1"""
    values = [environment.get(name, "") for name in SOCKET_VARIABLES]
    return {found[0] for found in (re.search(r"(?<![:/])/[^/,;][^,;]*", value) for value in values) if found}


def is_socket(path):
    """A path that does not exist, or leads in circles, is none. Raises PermissionError."""
    try:
        return stat.S_ISSOCK(os.stat(path).st_mode)
    except PermissionError:
        raise
    except (OSError, ValueError):
        return False


def check_secret_environment(_expected):
    first = read("/proc/1/environ") if os.access("/proc/1/environ", os.R_OK) else None
    return judge_environment(dict(os.environ), first)


def judge_environment(own, first):
    """Own variables, and the raw ones of the sandbox's first process. Values are never shown."""
    named = secret_variables(own) | secret_variables(parse_environment(first or ""))
    doubts = ["/proc/1/environ cannot be read"] if first is None else []
    return verdict(sorted(named), f"{len(own)} variables, none like a secret", doubts)


def parse_environment(text):
    return dict(entry.split("=", 1) for entry in text.split("\0") if "=" in entry)


def secret_variables(environment):
    named = {name for name, value in environment.items() if has_secret_name(name) and value not in PLACEHOLDERS}
    return named | {name for name, value in environment.items() if SECRET_VALUES.search(value)}


def has_secret_name(name):
    """By whole words, so that MAX_OUTPUT_TOKENS and SSH_AUTH_SOCK are left alone."""
    words = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).upper()
    ends = any(word.endswith(tuple(SECRET_WORDS)) for word in re.split("[^A-Z0-9]+", words))
    return name not in NOT_SECRET and (ends or SECRET_KEYS.search(words) is not None)


# --- Kernel -----------------------------------------------------------------------------------------

SETTINGS = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger", "/sys"]
MASKED = """
    /proc/acpi /proc/asound /proc/kcore /proc/keys /proc/latency_stats /proc/sched_debug /proc/scsi
    /proc/timer_list /proc/timer_stats /sys/firmware
""".split()
# null, zero, full, random, urandom; tty, console, ptmx
DEVICES = {(1, 3), (1, 5), (1, 7), (1, 8), (1, 9), (5, 0), (5, 1), (5, 2)}
TERMINALS = range(136, 144)
# tun and fuse, which gVisor emulates in every sandbox
GVISOR_DEVICES = {(10, 200), (10, 229)}
# Where the agent may make files of any name, but no device.
OPEN_FOLDERS = ["/dev/shm", "/dev/mqueue", "/dev/pts", "/dev/fd"]


def check_kernel_settings(_expected):
    if on_gvisor():
        return proven("the settings are those of gVisor's kernel, not the host's")
    return judge_settings({path: is_mounted_read_only(path) for path in SETTINGS if os.path.exists(path)})


def judge_settings(read_only):
    if "/proc/sys" not in read_only:
        return unproven("/proc/sys is not there")
    wrong = [f"{path} is not read-only" for path, answer in read_only.items() if not answer]
    return verdict(wrong, f"{len(read_only)} places of settings are read-only")


def check_masked_paths(_expected):
    return judge_masked([path for path in MASKED if shows_something(path)])


def judge_masked(shown):
    return verdict([f"{path} can be read" for path in shown], "none shows anything of the host")


def shows_something(path):
    """A mask is an empty folder or /dev/null; what may not be read is as good."""
    try:
        return bool(os.listdir(path) if os.path.isdir(path) else os.read(os.open(path, os.O_RDONLY), 1))
    except OSError:
        return False


def check_devices(_expected):
    allowed = DEVICES | GVISOR_DEVICES if on_gvisor() else DEVICES
    return judge_devices(dict(devices_below("/dev")), allowed)


def judge_devices(devices, allowed):
    """Devices are (kind, major, minor) by path."""
    wrong = []
    for path, (kind, major, minor) in sorted(devices.items()):
        known = (major, minor) in allowed or major in TERMINALS
        if kind == "block" or not known:
            wrong.append(f"{kind} device {path} ({major}:{minor})")
    return verdict(wrong, f"{len(devices)} devices, all harmless")


def devices_below(folder):
    with os.scandir(folder) as entries:
        for entry in entries:
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(status.st_mode) and entry.path not in OPEN_FOLDERS:
                yield from devices_below(entry.path)
            elif stat.S_ISBLK(status.st_mode) or stat.S_ISCHR(status.st_mode):
                kind = "block" if stat.S_ISBLK(status.st_mode) else "character"
                yield entry.path, (kind, os.major(status.st_rdev), os.minor(status.st_rdev))


def check_user_namespaces(_expected):
    """Tries, and so changes this process when the wall is broken: this check has to be the last."""
    if on_gvisor():
        return proven("namespaces are those of gVisor's kernel, not the host's")
    if not hasattr(os, "unshare"):
        return unproven("this Python cannot ask (3.12 or later can)")
    return judge_unshare(outcome(lambda: os.unshare(os.CLONE_NEWUSER)))


def judge_unshare(code):
    if code == 0:
        return broken("a user namespace can be made")
    refused = code in {errno.EPERM, errno.EACCES, errno.ENOSPC, errno.ENOSYS, errno.EUSERS}
    return proven(f"refused: {errno_name(code)}") if refused else unproven(errno_name(code))


# --- The checks, and what they expect ---------------------------------------------------------------

CHECKS = {
    "network-interfaces": check_network_interfaces,
    "network-routes": check_network_routes,
    "network-connect": check_network_connect,
    "network-icmp": check_network_icmp,
    "network-resolve": check_network_resolve,
    "uid": check_uid,
    "capabilities": check_capabilities,
    "no-new-privileges": check_no_new_privileges,
    "seccomp": check_seccomp,
    "read-only": check_read_only,
    "writable": check_writable,
    "memory": check_memory,
    "swap": check_swap,
    "cpu": check_cpu,
    "pids": check_pids,
    "ulimits": check_ulimits,
    "engine-socket": check_engine_socket,
    "secret-environment": check_secret_environment,
    "kernel-settings": check_kernel_settings,
    "masked-paths": check_masked_paths,
    "devices": check_devices,
    "user-namespaces": check_user_namespaces,
}

# The check that an expectation of null leaves out.
LIMIT_CHECKS = {"memoryBytes": "memory", "cpus": "cpu", "pids": "pids", "files": "ulimits"}


def is_text(value):
    return isinstance(value, str) and value != ""


def is_count(value):
    return type(value) is int and value > 0


def is_user(value):
    return isinstance(value, dict) and set(value) == {"uid", "gid"} and all(map(is_count, value.values()))


def is_paths(value):
    return isinstance(value, list) and all(
        is_text(path) and path.startswith("/") and os.path.normpath(path) == path for path in value
    )


def is_ulimits(value):
    return isinstance(value, dict) and all(
        name in ULIMITS and type(most) is int and most >= 0 for name, most in value.items()
    )


def is_omissions(value):
    return isinstance(value, dict) and all(
        check in CHECKS and is_text(reason) for check, reason in value.items()
    )


def or_null(accepts):
    return lambda value: value is None or accepts(value)


# What healthcheck.json holds: each key, and what accepts its value.
KEYS = {
    "version": lambda value: type(value) is int and value == 1,
    "sandbox": is_text,
    "service": is_text,
    "level": or_null(is_count),
    "network": lambda value: value in ("none", "internal"),
    "user": or_null(is_user),
    "readOnly": is_paths,
    "writable": is_paths,
    "memoryBytes": or_null(is_count),
    "cpus": or_null(lambda value: type(value) in (int, float) and 0 < value < UNLIMITED),
    "pids": or_null(is_count),
    "files": or_null(is_ulimits),
    "omitted": is_omissions,
}
OPTIONAL_KEYS = {"files": None, "omitted": {}}


def load_expectations(path, owner=0):
    """Reads what to expect. Raises Unproven when the file is not the one the image was built with."""
    try:
        status = os.stat(path, follow_symlinks=False)
        if not stat.S_ISREG(status.st_mode) or status.st_uid != owner or status.st_mode & 0o022:
            raise Unproven(f"{path} could be written by others than root")
        return parse_expectations(read(path))
    except OSError as error:
        raise Unproven(f"{path}: {errno_name(error.errno)}") from error


def parse_expectations(text):
    """Every key is known, there once and right; anything else could hide a wall that is not looked at."""
    try:
        given = json.loads(text, object_pairs_hook=unique_keys)
    except (ValueError, RecursionError) as error:
        raise Unproven("healthcheck.json is not valid JSON") from error
    if not isinstance(given, dict):
        raise Unproven("healthcheck.json is not an object")
    expected = OPTIONAL_KEYS | given
    wrong = [f"unknown key {key}" for key in expected if key not in KEYS]
    wrong += [f"no {key}" for key in KEYS if key not in expected]
    wrong += [f"invalid {key}" for key in KEYS if key in expected and not KEYS[key](expected[key])]
    if wrong:
        raise Unproven(f"healthcheck.json: {shortened(wrong)}")
    return expected


def unique_keys(pairs):
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a key is there twice")
    return dict(pairs)


def omissions(expected):
    """The checks that are left out, with the reason; they are shown, and never count as proven."""
    nulls = {check: "no limit was asked for" for key, check in LIMIT_CHECKS.items() if expected[key] is None}
    return nulls | expected["omitted"]


# --- The report -------------------------------------------------------------------------------------

# The engine keeps 4096 bytes of a health check's output: the worst comes first, lines are short.
ORDER = ["broken", "unproven", "proven", "omitted"]
LONGEST_EVIDENCE = 110
LONGEST_REPORT = 4000


def run_check(check, expected):
    try:
        return check(expected)
    except Unproven as reason:
        return unproven(str(reason))
    except OSError as error:
        return unproven(f"{error.filename or 'a system call'}: {errno_name(error.errno)}")
    except Exception as error:  # a check that fails must not take the others with it
        return unproven(f"the check failed: {type(error).__name__}")


def run_all(expected):
    left_out = omissions(expected)
    asked = {name: check for name, check in CHECKS.items() if name not in left_out}
    results = [(name, *run_check(check, expected)) for name, check in asked.items()]
    return results, left_out


def printable(text):
    """What was read may hold names that an agent chose: no control characters, no long lines."""
    plain = "".join(char if " " <= char <= "~" else "?" for char in text)
    return plain if len(plain) <= LONGEST_EVIDENCE else plain[: LONGEST_EVIDENCE - 3] + "..."


def as_text(results, left_out):
    rows = [*results, *((name, "omitted", reason) for name, reason in left_out.items())]
    rows.sort(key=lambda row: ORDER.index(row[1]))
    lines = [f"{answer:<9} {name:<19} {printable(evidence)}\n" for name, answer, evidence in rows]
    return "".join(lines)[:LONGEST_REPORT]


def as_json(results):
    keys = ("id", "verdict", "evidence")
    rows = [dict(zip(keys, (name, answer, printable(evidence)))) for name, answer, evidence in results]
    return json.dumps(rows) + "\n"


def main(arguments):
    if arguments not in ([], ["--json"]):
        sys.stderr.write("usage: healthcheck.py [--json]\n")
        return 1
    try:
        results, left_out = run_all(load_expectations(EXPECTATIONS))
    except Unproven as reason:
        results, left_out = [(name, *unproven(str(reason))) for name in CHECKS], {}
    sys.stdout.write(as_json(results) if arguments else as_text(results, left_out))
    return 0 if results and all(answer == "proven" for _, answer, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
