"""Asks, from inside a sandbox, whether its walls hold. Run by the engine every 30 seconds as

    /usr/local/lib/sandbox-cdk/python3 -I -S /usr/local/lib/sandbox-cdk/healthcheck.py [--json]

The same file is in every sandbox; healthcheck.json beside it says what to expect. Both belong to
root on a read-only root, and nothing that the agent can write is trusted: no other program, thread,
PATH, PYTHON* variable or working directory is used. Debian's python3-minimal has all it imports.

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
import time
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping

EXPECTATIONS = "/usr/local/lib/sandbox-cdk/healthcheck.json"
UNLIMITED = float("inf")

Verdict = tuple[str, str]  # what was found, and the evidence

# --- Verdicts -------------------------------------------------------------------------------------


class Unproven(Exception):
    """Raised where a check finds that it cannot have its answer."""


def proven(evidence: str) -> Verdict:
    return ("proven", evidence)


def broken(evidence: str) -> Verdict:
    return ("broken", evidence)


def unproven(evidence: str) -> Verdict:
    return ("unproven", evidence)


def verdict(problems: list[str], evidence: str, doubts: list[str] | None = None) -> Verdict:
    """Broken by problems, else unproven by doubts, else proven by the evidence."""
    if problems:
        return broken(shortened(problems))
    return unproven(shortened(doubts)) if doubts else proven(evidence)


def shortened(items: list[str], most: int = 3) -> str:
    more = f"; {len(items) - most} more" if len(items) > most else ""
    return "; ".join(items[:most]) + more


def errno_name(code: int | None) -> str:
    return errno.errorcode.get(code, str(code)) if code else "no error"


# --- Reading --------------------------------------------------------------------------------------


def read(path: str, most: int = 1 << 20) -> str:
    """A file's text, whatever its bytes. An OSError on the way makes the asking check unproven."""
    with open(path, "rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise Unproven(f"{path} is longer than {most} bytes")
    return data.decode("utf-8", "surrogateescape")


def read_if_present(path: str) -> str | None:
    try:
        return read(path)
    except FileNotFoundError:
        return None


def lines(text: str) -> list[str]:
    """Only at newlines: splitlines() knows ten more ends of a line that a name may contain."""
    return [line for line in text.split("\n") if line]


Mount = namedtuple("Mount", "path root kind read_only options")


def parse_mounts(mountinfo: str) -> dict[str, Mount]:
    """Mounts by their path, from /proc/PID/mountinfo. Of two at one path the later one is seen."""
    mounts = {}
    for line in lines(mountinfo):
        fields = line.split(" ")
        dash = fields.index("-", 6)
        root, path = unescape(fields[3]), unescape(fields[4])
        options, kind, super_options = fields[5], fields[dash + 1], fields[dash + 3].split(",")
        read_only = "ro" in options.split(",") or "ro" in super_options
        mounts[path] = Mount(path, root, kind, read_only, super_options)
    return mounts


def unescape(text: str) -> str:
    """The kernel writes spaces, tabs, newlines and backslashes in octal."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)


def contains(parent: str, path: str) -> bool:
    return path == parent or path.startswith(parent.rstrip("/") + "/")


def nearest(path: str, candidates: Iterable[str]) -> str | None:
    """The longest of the candidates that is the path or one of its parents."""
    return max((each for each in candidates if contains(each, path)), key=len, default=None)


@functools.cache
def mounts_here() -> dict[str, Mount]:
    return parse_mounts(read("/proc/self/mountinfo"))


@functools.cache
def on_gvisor() -> bool:
    """gVisor's own kernel has this file, and Linux has none of the name."""
    return os.path.exists("/proc/sentry-meminfo")


# --- Network --------------------------------------------------------------------------------------

# The kernel itself puts these into every new network namespace once a tunnel module is loaded.
FALLBACK_DEVICES = set("tunl0 gre0 gretap0 erspan0 ip_vti0 sit0 ip6tnl0 ip6gre0 ip6_vti0".split())
IFF_UP, RTF_GATEWAY, RTF_REJECT = 0x1, 0x2, 0x200
# No network that was asked for is wider: a shorter prefix is a default route, or one half of it.
SHORTEST_PREFIX = 8

# How the kernel says that it knows no way: Linux with the first of these, gVisor with the second.
NO_WAY = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}
NO_SOCKET = {errno.EACCES, errno.EPERM, errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT}
WAY_OUT = {0, errno.EINPROGRESS, errno.ECONNREFUSED, errno.ECONNRESET, errno.ETIMEDOUT}

# Documentation addresses (RFC 5737, RFC 3849): a packet that did leave would reach nobody.
DOCUMENTATION = ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1"]
# These are only looked up in the routing table; nothing is sent to them.
PUBLIC = ["8.8.8.8", "169.254.169.254", "2000::1"]
PRIVATE = ["10.0.0.1", "100.64.0.1", "172.17.0.1", "192.168.0.1", "fd00::1"]

ENGINE_RESOLVER = "127.0.0.11"
RESOLVER_SOCKETS = ["/run/nscd/socket", "/run/systemd/resolve/io.systemd.Resolve"]
RESOLVER_TIMEOUT = 0.2
FAILED_REPLIES = ["reply 2 (SERVFAIL)", "reply 5 (REFUSED)"]
REPLIES = {0: "NOERROR", 2: "SERVFAIL", 3: "NXDOMAIN", 5: "REFUSED"}

Route = namedtuple("Route", "device address length has_gateway")


def check_network_interfaces(expected: dict) -> Verdict:
    names = {name for _, name in socket.if_nameindex()} | set(parse_devices(read("/proc/net/dev")))
    down = {name for name in names if interface_is_down(name)}
    fib = parse_fib(read_if_present("/proc/net/fib_trie") or "")
    addresses = {address for address, _, kind in fib if kind == "LOCAL"}
    addresses |= parse_ipv6_addresses(read_if_present("/proc/net/if_inet6") or "")
    return judge_interfaces(expected["network"], names, down, addresses)


def judge_interfaces(network: str, names: set, down: set, addresses: set) -> Verdict:
    outside = sorted(address for address in addresses if not is_loopback(address))
    if network == "internal":
        # IPv4 only: with a fe80:: address an agent reaches every neighbour, routes or none.
        wrong = [f"IPv6 address {address}" for address in outside if ":" in address]
        return verdict(wrong, f"{len(names)} interfaces, no IPv6 address but ::1")
    others = sorted(names - {"lo"} - (FALLBACK_DEVICES & down))
    wrong = [f"interface {name}" for name in others]
    wrong += [f"address {address}" for address in outside]
    doubts = [] if "lo" in names - down else ["lo is not up: not the network that was asked for"]
    return verdict(wrong, "only lo is up, with loopback addresses", doubts)


def check_network_routes(expected: dict) -> Verdict:
    routes = parse_routes(read("/proc/net/route"))
    routes += parse_ipv6_routes(read_if_present("/proc/net/ipv6_route") or "")
    # The trie also holds the routing tables that only policy rules lead to, without their devices.
    known = {(route.address, route.length) for route in routes}
    fib = parse_fib(read_if_present("/proc/net/fib_trie") or "")
    routes += [
        Route("other table", address, length, False)
        for address, length, kind in fib
        if kind == "UNICAST" and (address, length) not in known
    ]
    return judge_routes(expected["network"], routes)


def judge_routes(network: str, routes: list[Route]) -> Verdict:
    outward = [route for route in routes if route.device != "lo" and not is_loopback(route.address)]
    if network == "internal":
        outward = [each for each in outward if each.has_gateway or each.length < SHORTEST_PREFIX]
    wrong = [f"{route.device}: {route.address}/{route.length}" for route in outward]
    return verdict(wrong, "no default route" if network == "internal" else "no route leaves lo")


def check_network_connect(expected: dict) -> Verdict:
    attempts = {f"tcp {address}": tcp_connect(address) for address in DOCUMENTATION}
    attempts |= {f"udp {address}": udp_send(address) for address in DOCUMENTATION}
    looked_up = PUBLIC if expected["network"] == "internal" else PUBLIC + PRIVATE
    attempts |= {f"route to {address}": udp_connect(address) for address in looked_up}
    return judge_connect(attempts)


def judge_connect(attempts: dict[str, int]) -> Verdict:
    """Only the want of a way proves a wall: a filter that refuses may let something else pass."""
    wrong = [f"{what}: {went(code)}" for what, code in attempts.items() if code in WAY_OUT]
    unclear = {what: code for what, code in attempts.items() if code not in WAY_OUT | NO_WAY}
    doubts = [f"{what}: {errno_name(code)}" for what, code in unclear.items()]
    seen = ", ".join(sorted({errno_name(code) for code in attempts.values()}))
    return verdict(wrong, f"{len(attempts)} ways tried: {seen}", doubts)


def went(code: int) -> str:
    return "sent" if code in (0, errno.EINPROGRESS) else errno_name(code)


def check_network_icmp(expected: dict) -> Verdict:
    return judge_icmp(expected["network"], [icmp_send("192.0.2.1"), icmp_send("2001:db8::1")])


def judge_icmp(network: str, attempts: list[tuple[str, int]]) -> Verdict:
    """Without a network an ICMP socket reaches nothing; with one there must be no such socket."""
    wrong, doubts = [], []
    for step, code in attempts:
        if step == "send" and network == "internal":
            wrong.append("an ICMP socket can be opened")
        elif step == "send" and code in WAY_OUT:
            wrong.append(f"ICMP: {went(code)}")
        elif code not in (NO_WAY if step == "send" else NO_SOCKET):
            doubts.append(f"ICMP: {errno_name(code)}")
    seen = ", ".join(sorted({f"{step}: {errno_name(code)}" for step, code in attempts}))
    return verdict(wrong, seen, doubts)


def check_network_resolve(expected: dict) -> Verdict:
    listed = parse_nameservers(read_if_present("/etc/resolv.conf") or "") or ["127.0.0.1"]
    answers = {server: dns_ask(server) for server in sorted({*listed, ENGINE_RESOLVER})}
    sockets = [path for path in RESOLVER_SOCKETS if is_socket(path)]
    return judge_resolve(expected["network"], answers, sockets)


def judge_resolve(network: str, answers: dict[str, str], sockets: list[str]) -> Verdict:
    """An answer is the code of a DNS reply, the name of an errno, or "silent".

    The engine's own resolver knows the names of an internal network. Asked for any other name it
    must fail: a reply that the name does not exist was fetched from a server outside.
    """
    wrong = [f"resolver socket {path}" for path in sockets]
    doubts: list[str] = []
    right = [errno_name(code) for code in NO_WAY]
    right += FAILED_REPLIES if network == "internal" else []
    for server, answer in answers.items():
        if answer in right or (answer == "ECONNREFUSED" and is_loopback(server)):
            continue  # there is no way to it, nobody there, or nothing to be had
        reached = answer == "ECONNREFUSED" or answer.startswith("reply")
        (wrong if reached else doubts).append(f"{server}: {answer}")
    seen = ", ".join(sorted(set(answers.values())))
    return verdict(wrong, f"{len(answers)} resolvers asked: {seen}", doubts)


def dns_ask(server: str) -> str:
    """By hand, not with getaddrinfo(), which a silent resolver can hold up for many seconds."""
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
    code = reply[3] & 15 if len(reply) > 3 else 0
    return f"reply {code} ({REPLIES.get(code, 'other')})"


def dns_query(name: str) -> bytes:
    question = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    return b"\x5c\xdc\x01\0\0\x01\0\0\0\0\0\0" + question + b"\0\0\x01\0\x01"


def tcp_connect(address: str) -> int:
    """Never waits: where there is a way out the kernel answers EINPROGRESS at once."""
    return with_socket(socket.SOCK_STREAM, address, lambda sock: sock.connect((address, 443)))


def udp_send(address: str) -> int:
    return with_socket(socket.SOCK_DGRAM, address, lambda sock: sock.sendto(b"?", (address, 53)))


def udp_connect(address: str) -> int:
    """Asks for a route and sends nothing."""
    return with_socket(socket.SOCK_DGRAM, address, lambda sock: sock.connect((address, 53)))


def with_socket(kind: int, address: str, use: Callable) -> int:
    def attempt():
        with socket.socket(family_of(address), kind) as sock:
            sock.setblocking(False)
            use(sock)

    return outcome(attempt)


def icmp_send(address: str) -> tuple[str, int]:
    """How far a ping came: "socket" when none could be opened, else "send"; and the errno."""
    family = family_of(address)
    ipv4 = family == socket.AF_INET
    protocol = socket.IPPROTO_ICMP if ipv4 else socket.IPPROTO_ICMPV6
    echo_request = bytes([8 if ipv4 else 128, 0, 0, 0, 0, 0, 0, 0])
    try:
        sock = socket.socket(family, socket.SOCK_DGRAM, protocol)
    except OSError as error:
        return ("socket", code_of(error))
    with sock:
        sock.setblocking(False)
        return ("send", outcome(lambda: sock.sendto(echo_request, (address, 0))))


def outcome(action: Callable) -> int:
    """The errno with which a system call failed; 0 only when it succeeded."""
    try:
        action()
    except OSError as error:
        return code_of(error)
    return 0


def code_of(error: OSError) -> int:
    """Never 0: Python raises some of them without an errno."""
    return error.errno or -1


def interface_is_down(name: str) -> bool:
    """Down only where the kernel says so: an interface that cannot be asked counts as up."""
    flags = read_if_present(f"/sys/class/net/{name}/flags")
    return flags is not None and not int(flags, 16) & IFF_UP


def family_of(address: str) -> int:
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def is_loopback(address: str) -> bool:
    return address == "::1" or address.startswith("127.")


def is_address(text: str) -> bool:
    return outcome(lambda: socket.inet_pton(family_of(text), text)) == 0


def ipv4_text(hexadecimal: str) -> str:
    """/proc/net writes an IPv4 address as one integer in the machine's byte order."""
    return socket.inet_ntop(socket.AF_INET, int(hexadecimal, 16).to_bytes(4, sys.byteorder))


def ipv6_text(hexadecimal: str) -> str:
    return socket.inet_ntop(socket.AF_INET6, bytes.fromhex(hexadecimal))


def parse_devices(text: str) -> list[str]:
    """Interface names from /proc/net/dev, after its two lines of headings."""
    return [line.split(":")[0].strip() for line in lines(text)[2:]]


def parse_ipv6_addresses(text: str) -> set[str]:
    """Addresses from /proc/net/if_inet6."""
    return {ipv6_text(line.split()[0]) for line in lines(text)}


def parse_fib(text: str) -> list[tuple[str, int, str]]:
    """(address, prefix length, kind) of the leaves of /proc/net/fib_trie."""
    leaves, address = [], ""
    for words in map(str.split, lines(text)):
        if words[0] == "|--":
            address = words[1]
        elif words[0].startswith("/"):
            leaves.append((address, int(words[0][1:]), words[2]))
    return leaves


def parse_routes(text: str) -> list[Route]:
    """Routes of /proc/net/route, but for those that only reject."""
    routes = []
    for fields in map(str.split, lines(text)[1:]):
        flags, length = int(fields[3], 16), int(fields[7], 16).bit_count()
        if not flags & RTF_REJECT:
            gateway = bool(flags & RTF_GATEWAY)
            routes.append(Route(fields[0], ipv4_text(fields[1]), length, gateway))
    return routes


def parse_ipv6_routes(text: str) -> list[Route]:
    """Routes of /proc/net/ipv6_route, but for those that only reject."""
    routes = []
    for fields in map(str.split, lines(text)):
        flags, length = int(fields[8], 16), int(fields[1], 16)
        if not flags & RTF_REJECT:
            gateway = bool(flags & RTF_GATEWAY)
            routes.append(Route(fields[9], ipv6_text(fields[0]), length, gateway))
    return routes


def parse_nameservers(text: str) -> list[str]:
    """The servers that the C library would ask: the first three, here without a zone."""
    words = [line.split() for line in lines(text)]
    servers = [each[1].split("%")[0] for each in words if len(each) > 1 and each[0] == "nameserver"]
    return [server for server in servers[:3] if is_address(server)]


# --- Processes ------------------------------------------------------------------------------------

CAPABILITY_SETS = ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"]
SECCOMP_FILTER = "2"
SECOND_LOOKS = [0.1, 0.2, 0.4, 0.8]  # seconds before each

Statuses = dict[str, dict[str, str]]  # fields of /proc/PID/status, by the pid


@functools.cache
def processes() -> Statuses:
    """The status of every live process, among them this one and the sandbox's first."""
    found, own = statuses_now(), str(os.getpid())
    if not {"1", own} <= set(found):
        raise Unproven("/proc does not show process 1 and this one")
    return settled(found, field(own, found[own], "Uid"), statuses_now)


def statuses_now() -> Statuses:
    found = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            status = parse_status(read(f"/proc/{pid}/status"))
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has ended
        if status.get("State", "")[:1] not in ("Z", "X"):
            found[pid] = status
    return found


def settled(found: Statuses, uids: str, look_again: Callable[[], Statuses]) -> Statuses:
    """A program that enters by exec has the engine's rights until it begins: it is looked at again.

    What has them for good has them at the last two looks; one that has just come may be entering.
    """
    before = found
    for seconds in SECOND_LOOKS:
        if not any(may_be_entering(status, uids) for status in found.values()):
            break
        time.sleep(seconds)
        before, found = found, look_again()
    return {
        pid: status
        for pid, status in found.items()
        if pid in before or not may_be_entering(status, uids)
    }


def may_be_entering(status: dict[str, str], uids: str) -> bool:
    """It has rights, no filter yet, or is somebody else's, as a probe from outside is."""
    held = any(int(status.get(key, "0"), 16) for key in CAPABILITY_SETS)
    unfiltered = status.get("Seccomp") == "0" and not on_gvisor()
    return held or unfiltered or status.get("Uid") != uids


def parse_status(text: str) -> dict[str, str]:
    """The last line of a key counts: the first holds a name that gVisor does not escape."""
    pairs = (line.partition(":") for line in lines(text))
    return {key: value.strip() for key, _, value in pairs}


def field(pid: str, status: dict[str, str], key: str) -> str:
    if key not in status:
        raise Unproven(f"/proc/{pid}/status has no {key}")
    return status[key]


def check_uid(expected: dict) -> Verdict:
    return judge_ids(processes(), expected["user"])


def judge_ids(statuses: Statuses, user: dict | None) -> Verdict:
    """Uid and Gid each list the real, effective, saved and filesystem id."""
    wrong = []
    for pid, status in statuses.items():
        uids, gids = field(pid, status, "Uid").split(), field(pid, status, "Gid").split()
        if "0" in uids + gids + field(pid, status, "Groups").split():
            wrong.append(f"process {pid} has an id or group of root")
        elif user is not None and {*uids} != {str(user["uid"])}:
            wrong.append(f"process {pid} has uid {uids[1]}, not {user['uid']}")
        elif user is not None and {*gids} != {str(user["gid"])}:
            wrong.append(f"process {pid} has gid {gids[1]}, not {user['gid']}")
    seen = sorted({status["Uid"].split()[0] for status in statuses.values()})
    return verdict(wrong, f"all {len(statuses)} processes run as uid {', '.join(seen)}")


def check_capabilities(_expected: dict) -> Verdict:
    return judge_capabilities(processes())


def judge_capabilities(statuses: Statuses) -> Verdict:
    wrong, doubts = [], []
    for pid, status in statuses.items():
        held = [key for key in CAPABILITY_SETS if int(status.get(key, "0"), 16)]
        wrong += [f"process {pid} has {key} {status[key].lstrip('0')}" for key in held]
        # gVisor leaves out the ambient set, which is always within the permitted one.
        absent = [key for key in CAPABILITY_SETS if key not in status and key != "CapAmb"]
        doubts += [f"/proc/{pid}/status has no {key}" for key in absent]
    return verdict(wrong, f"every set of all {len(statuses)} processes is empty", doubts)


def check_no_new_privileges(_expected: dict) -> Verdict:
    return judge_no_new_privileges(processes())


def judge_no_new_privileges(statuses: Statuses) -> Verdict:
    values = {pid: field(pid, status, "NoNewPrivs") for pid, status in statuses.items()}
    wrong = [f"process {pid} can gain privileges" for pid, value in values.items() if value != "1"]
    return verdict(wrong, f"set on all {len(statuses)} processes")


def check_seccomp(_expected: dict) -> Verdict:
    if on_gvisor():
        return proven("gVisor's kernel takes the system calls, the host's does not")
    return judge_seccomp(processes())


def judge_seccomp(statuses: Statuses) -> Verdict:
    modes = {pid: field(pid, status, "Seccomp") for pid, status in statuses.items()}
    unfiltered = [pid for pid, mode in modes.items() if mode != SECCOMP_FILTER]
    wrong = [f"process {pid} is in mode {modes[pid]}" for pid in unfiltered]
    return verdict(wrong, f"a filter is on all {len(statuses)} processes")


# --- Files ----------------------------------------------------------------------------------------

# What every engine mounts by itself. Of these the agent can write to /dev/shm and /dev/mqueue only.
ENGINE_MOUNTS = {
    "/dev": "tmpfs",
    "/dev/console": "devpts",
    "/dev/mqueue": "mqueue",
    "/dev/pts": "devpts",
    "/dev/shm": "tmpfs",
    "/proc": "proc",
    "/sys/fs/cgroup": "tmpfs",
}
MASKS = ["tmpfs", "devtmpfs"]
REFUSALS = {errno.EROFS, errno.EACCES, errno.EPERM}
FULL = {errno.ENOSPC, errno.EDQUOT}


def check_read_only(expected: dict) -> Verdict:
    mounts = mounts_here()
    facts = {path: write_facts(path, mounts) for path in expected["readOnly"]}
    holes = writable_mounts(mounts, expected["readOnly"], expected["writable"])
    return judge_read_only(facts, holes)


def judge_read_only(facts: dict[str, tuple[bool, int]], holes: list[str]) -> Verdict:
    """Facts are whether a path is mounted read-only, and the errno of an attempt to write there.

    A refusal without the mount is only a matter of permissions. With it, any refusal is right:
    Linux says EROFS before it looks at the permissions of a folder, but after those of a file.
    """
    wrong, doubts = [], []
    for path, (mounted_read_only, code) in facts.items():
        if code in (0, errno.ENOENT):
            wrong.append(f"{path} {'is missing' if code else 'can be written'}")
        elif not mounted_read_only:
            wrong.append(f"{path} is not mounted read-only")
        elif code not in REFUSALS:
            doubts.append(f"{path}: {errno_name(code)}")
    wrong += [f"{path} is mounted writable" for path in holes]
    return verdict(wrong, f"{len(facts)} paths are mounted read-only and refuse writes", doubts)


def writable_mounts(mounts: dict[str, Mount], read_only: list, writable: list) -> list[str]:
    """Writable mounts below a read-only path that nobody asked for."""
    holes = []
    for mount in mounts.values():
        asked = nearest(mount.path, [*read_only, *writable])
        if not mount.read_only and asked in read_only and not is_engine_mount(mount):
            holes.append(mount.path)
    return sorted(holes)


def is_engine_mount(mount: Mount) -> bool:
    masked = contains("/proc", mount.path) and mount.kind in MASKS
    return masked or ENGINE_MOUNTS.get(mount.path) == mount.kind


def write_facts(path: str, mounts: dict[str, Mount]) -> tuple[bool, int]:
    try:
        is_folder = stat.S_ISDIR(os.stat(path, follow_symlinks=False).st_mode)
    except OSError as error:
        return (False, code_of(error))
    mount = mounts.get(nearest(path, mounts) or "")
    mounted_read_only = is_read_only(path) or bool(mount and mount.read_only)
    return (mounted_read_only, write_in_folder(path) if is_folder else open_to_write(path))


def is_read_only(path: str) -> bool:
    """As the kernel's statvfs flag says. gVisor has none; there the list of mounts answers."""
    try:
        return bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    except OSError:
        return False


def open_to_write(path: str) -> int:
    flags = os.O_WRONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    return outcome(lambda: os.close(os.open(path, flags)))


def write_in_folder(path: str) -> int:
    """Makes a file of a name that nobody can guess, writes a byte and removes it.

    Works through one handle on the folder: a folder that is exchanged meanwhile leads nowhere else.
    """
    name = f".sandbox-health-{os.urandom(8).hex()}"
    try:
        folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        return code_of(error)
    try:
        return outcome(lambda: write_and_remove(folder, name))
    finally:
        os.close(folder)


def write_and_remove(folder: int, name: str) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    file = os.open(name, flags, 0o600, dir_fd=folder)
    try:
        os.write(file, b".")
    finally:
        os.close(file)
        outcome(lambda: os.unlink(name, dir_fd=folder))


def check_writable(expected: dict) -> Verdict:
    return judge_writable({path: write_in_folder(path) for path in expected["writable"]})


def judge_writable(codes: dict[str, int]) -> Verdict:
    """A full place is a size limit at work, not a broken wall; yet nothing was proven there."""
    failed = {path: code for path, code in codes.items() if code and code not in FULL}
    wrong = [f"{path}: {errno_name(code)}" for path, code in failed.items()]
    full = [f"{path} is full ({errno_name(code)})" for path, code in codes.items() if code in FULL]
    return verdict(wrong, f"{len(codes)} places can be written", full)


# --- Limits ---------------------------------------------------------------------------------------

# Their names in a Compose file, and in /proc/PID/limits.
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
# systemd rounds the CPU time of a cgroup up to whole percents.
CPU_SLACK = 0.01


def check_memory(expected: dict) -> Verdict:
    values = cgroup_values("memory", "memory.limit_in_bytes", "memory.max")
    return judge_limit(values, expected["memoryBytes"], "bytes")


def check_pids(expected: dict) -> Verdict:
    return judge_limit(cgroup_values("pids", "pids.max", "pids.max"), expected["pids"], "processes")


def check_cpu(expected: dict) -> Verdict:
    version, folders = own_cgroup("cpu")
    if version == 2:
        pairs = [text.split() for text in cgroup_texts(folders, "cpu.max")]
    else:
        quotas = cgroup_texts(folders, "cpu.cfs_quota_us")
        periods = cgroup_texts(folders, "cpu.cfs_period_us")
        pairs = [list(pair) for pair in zip(quotas, periods, strict=True)]
    values = [number(quota) / int(period) for quota, period in pairs]
    return judge_limit(values, expected["cpus"], "CPUs", CPU_SLACK)


def judge_limit(values: list[float], most: float, unit: str, slack: float = 0) -> Verdict:
    """Of the limits of a cgroup and of those around it the lowest binds."""
    if not values:
        return unproven("the cgroup shows no limit")
    value = min(values)
    if value == UNLIMITED:
        return broken(f"no limit, {most} {unit} were asked for")
    shown = f"{round(value, 2)} {unit}"
    return proven(shown) if value <= most + slack else broken(f"{shown}, more than {most}")


def check_swap(_expected: dict) -> Verdict:
    swaps = read_if_present("/proc/swaps")
    try:
        version, folders = own_cgroup("memory")
    except Unproven:
        return judge_swap(None, swaps)
    if version == 2:
        return judge_swap(lowest(cgroup_texts(folders, "memory.swap.max")), swaps)
    both = lowest(cgroup_texts(folders, "memory.memsw.limit_in_bytes"))
    memory = lowest(cgroup_texts(folders, "memory.limit_in_bytes"))
    return judge_swap(None if both is None or memory is None else both - memory, swaps)


def judge_swap(allowed: float | None, swaps: str | None) -> Verdict:
    """What the cgroup allows; where the kernel does not count swap, whether there is any."""
    if allowed is not None and allowed > 0:
        return broken("swap is allowed beyond the memory limit")
    if allowed is not None:
        return proven("no swap beyond the memory limit")
    if swaps is None:
        return unproven("neither the cgroup nor /proc/swaps answers")
    areas = lines(swaps)[1:]
    return broken("the machine swaps, without a limit") if areas else proven("the machine has none")


def cgroup_values(controller: str, name_v1: str, name_v2: str) -> list[float]:
    version, folders = own_cgroup(controller)
    return [number(text) for text in cgroup_texts(folders, name_v1 if version == 1 else name_v2)]


def cgroup_texts(folders: list[str], name: str) -> list[str]:
    """A file's content in each folder that has it: the topmost cgroup has no limits of its own."""
    texts = [read_if_present(f"{folder}/{name}") for folder in folders]
    return [text.strip() for text in texts if text is not None]


def own_cgroup(controller: str) -> tuple[int, list[str]]:
    return find_cgroup(controller, read("/proc/self/cgroup"), mounts_here())


def find_cgroup(controller: str, cgroup: str, mounts: dict[str, Mount]) -> tuple[int, list[str]]:
    """The cgroup version, and the folders of this cgroup and those around it as far as mounted.

    Paths in /proc/self/cgroup start where the cgroup namespace does, and so do the roots of mounts:
    taking the one from the other works in a private namespace and in the host's.
    """
    entries = [line.split(":", 2) for line in lines(cgroup)]
    version_1 = [path for _, names, path in entries if controller in names.split(",")]
    version_2 = [path for hierarchy, _, path in entries if hierarchy == "0"]
    if not version_1 + version_2:
        raise Unproven("no cgroup is shown")
    version, path = (1, version_1[0]) if version_1 else (2, version_2[0])
    for mount in mounts.values():
        right = controller in mount.options if version == 1 else mount.kind == "cgroup2"
        if right and mount.kind.startswith("cgroup") and contains(mount.root, path):
            return version, folders_up_to(mount.path, os.path.relpath(path, mount.root))
    raise Unproven(f"the {controller} cgroup is not mounted")


def folders_up_to(top: str, below: str) -> list[str]:
    """The folder at this path below the top, each one above it, and the top last."""
    names = [] if below == "." else below.split("/")
    return ["/".join([top, *names[:count]]) for count in range(len(names), -1, -1)]


def number(text: str) -> float:
    """Version 2 writes no limit as "max", version 1 as -1 or as a number near the highest."""
    value = UNLIMITED if text == "max" else int(text)
    return UNLIMITED if value < 0 or value >= 1 << 60 else value


def lowest(texts: list[str]) -> float | None:
    return min(map(number, texts), default=None)


def check_ulimits(expected: dict) -> Verdict:
    limits = [parse_ulimits(read(f"/proc/{pid}/limits")) for pid in ("1", "self")]
    return judge_ulimits(limits, expected["files"])


def judge_ulimits(limits: list[dict[str, float]], expected: dict[str, int]) -> Verdict:
    """The hard limit counts: a process may move its own soft limit up to it."""
    wrong, doubts = [], []
    for name, most in expected.items():
        values = [each[ULIMITS[name]] for each in limits if ULIMITS[name] in each]
        if len(values) < len(limits):
            doubts.append(f"{name} is not shown")
        elif max(values) > most:
            wrong.append(f"{name} is {max(values)}, more than {most}")
    return verdict(wrong, ", ".join(f"{name} {most}" for name, most in expected.items()), doubts)


def parse_ulimits(text: str) -> dict[str, float]:
    """Hard limits by the kernel's name for them; the columns of /proc/PID/limits are fixed."""
    hard = {line[:25].strip(): line[47:67].strip() for line in lines(text)[1:]}
    return {name: UNLIMITED if value == "unlimited" else int(value) for name, value in hard.items()}


# --- Secrets --------------------------------------------------------------------------------------

# Sockets that command the host or lend its identity, below /run or wherever that may be mounted.
HOST_SOCKETS = """
    docker.sock docker.proxy.sock podman/podman.sock containerd/containerd.sock crio/crio.sock
    k3s/containerd/containerd.sock buildkit/buildkitd.sock cri-dockerd.sock dockershim.sock
    dbus/system_bus_socket systemd/private ssh-agent.socket host-services/ssh-auth.sock
    host-services/docker.proxy.sock lxd/unix.socket incus/unix.socket libvirt/libvirt-sock
""".split()
USER_SOCKETS = """
    docker.sock podman/podman.sock bus ssh-agent.socket keyring/ssh gnupg/S.gpg-agent.ssh
""".split()
SOCKET_VARIABLES = ["DOCKER_HOST", "CONTAINER_HOST", "SSH_AUTH_SOCK", "DBUS_SESSION_BUS_ADDRESS"]

# What the rules for a Compose file call a secret; names like PGPASSWORD and githubToken as well.
SECRET_NAME = re.compile(
    r"((^|[^a-z])((signing|encryption|master|account|auth|service|ssh|gpg|license)[_.-]?key|passwo?r?d"
    r"|pwd|pass|authorization|auth|cookie|dsn|connection[_.-]?string)"
    r"|(api|access|secret|private)[_.-]?key|token|secret|password|passwd|passphrase|credentials?)"
    r"([_.-]?(\d+|id|b64|base64|value|prod|dev|test))*\Z",
    re.ASCII | re.IGNORECASE,
)
ABOUT_SECRETS = re.compile(
    r"^(old)?pwd\Z|(file|path|dir|folder|url|uri|name|type|ttl|helper|sock)\Z", re.IGNORECASE
)
# What a program that insists on a key is given, where the gateway adds the real one.
PLACEHOLDER = re.compile(
    r"(<.*>|\*+|x+|none|null|nil|true|false|yes|no|on|off|unused|dummy|placeholder|\d{1,5}"
    r"|not[-_ ]?(a[-_ ]?)?(needed|used|set|secret|real|required).*|set[-_ ]by[-_ ].*"
    r"|gateway|sandbox|disabled?)?",
    re.ASCII | re.IGNORECASE,
)
SECRET_VALUE = re.compile(
    r"\b(AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_\w{22}"
    r"|\bgl(pat|dt|rt|ptt|cbt)-[\w-]{20}|\bsk-[A-Za-z0-9_-]{20}|\b[srp]k_live_[A-Za-z0-9]{16}"
    r"|\bAIza[\w-]{35}|\bya29\.[\w-]{20}|\bxox[abeprs]-[A-Za-z0-9-]{10}|\bnpm_[A-Za-z0-9]{36}"
    r"|\bpypi-[\w-]{40}|\bhf_[A-Za-z0-9]{30}|\bxai-[A-Za-z0-9]{40}|\bhv[sb]\.[\w-]{20}"
    r"|\b(gsk|r8|dop_v1|doo_v1|shpat|shpss|dckr_pat|tfp)_[\w-]{20}|\bSG\.[\w-]{16,}\.[\w-]{16}"
    r"|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10}|\bAGE-SECRET-KEY-1[0-9A-Z]{50}"
    r"|-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----"
    r"|\b[a-z][a-z0-9+.-]{1,20}://[^\s:/@]{0,64}:[^\s/@]{3,128}@",
    re.ASCII,
)


def check_engine_socket(_expected: dict) -> Verdict:
    mounted = [path for path in mounts_here() if not contains("/proc", path)]
    tops = [f"{path.rstrip('/')}{run}" for path in mounted for run in ("", "/run", "/var/run")]
    folders = {os.path.realpath(top) for top in tops if os.path.isdir(top or "/")}
    found, hidden = [], []
    for path in sorted({*mounted, *socket_places(folders), *sockets_named_in(os.environ)}):
        try:
            found += [path] if is_socket(path) else []
        except PermissionError:
            hidden.append(path)
    return judge_sockets(found, hidden)


def judge_sockets(found: list[str], hidden: list[str]) -> Verdict:
    doubts = [f"{len(hidden)} places cannot be looked at, like {hidden[0]}"] if hidden else []
    return verdict([f"socket {path}" for path in found], "none mounted or at a known place", doubts)


def socket_places(folders: Iterable[str]) -> set[str]:
    """Every known socket below each folder, as if it were /run."""
    users = [f"user/{uid}/{name}" for uid in {0, 1000, os.getuid()} for name in USER_SOCKETS]
    return {f"{folder.rstrip('/')}/{name}" for folder in folders for name in HOST_SOCKETS + users}


def sockets_named_in(environment: Mapping[str, str]) -> set[str]:
    """Paths in values like unix:///run/docker.sock, unix:path=/run/bus,guid=1 and /tmp/agent.1"""
    values = [environment.get(name, "") for name in SOCKET_VARIABLES]
    paths = [re.sub("^unix:(//|path=)", "", value).split(",")[0] for value in values]
    return {path for path in paths if path.startswith("/")}


def is_socket(path: str) -> bool:
    """A path that does not exist, or leads in circles, is none. Raises PermissionError."""
    try:
        return stat.S_ISSOCK(os.stat(path).st_mode)
    except PermissionError:
        raise
    except (OSError, ValueError):
        return False


def check_secret_environment(_expected: dict) -> Verdict:
    readable = os.access("/proc/1/environ", os.R_OK)
    return judge_environment(dict(os.environ), read("/proc/1/environ") if readable else None)


def judge_environment(own: dict[str, str], first: str | None) -> Verdict:
    """This process's variables, and the raw ones of the first process. Values are never shown."""
    named = secret_variables(own) | secret_variables(parse_environment(first or ""))
    doubts = ["/proc/1/environ cannot be read"] if first is None else []
    return verdict(sorted(named), f"{len(own)} variables, none like a secret", doubts)


def parse_environment(text: str) -> dict[str, str]:
    return dict(entry.split("=", 1) for entry in text.split("\0") if "=" in entry)


def secret_variables(environment: dict[str, str]) -> set[str]:
    return {name for name, value in environment.items() if is_secret(name, value)}


def is_secret(name: str, value: str) -> bool:
    """MAX_OUTPUT_TOKENS is none because of its name, DEPLOY_TOKEN=unused because of its value."""
    if SECRET_VALUE.search(value):
        return True
    named = SECRET_NAME.search(name) and not ABOUT_SECRETS.search(name)
    return bool(named) and not PLACEHOLDER.fullmatch(value.strip())


# --- Kernel ---------------------------------------------------------------------------------------

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
# Where an agent can make files of any name, but no device.
OPEN_FOLDERS = ["/dev/shm", "/dev/mqueue", "/dev/pts"]


def check_kernel_settings(_expected: dict) -> Verdict:
    if on_gvisor():
        return proven("the settings are those of gVisor's kernel, not the host's")
    return judge_settings({path: is_read_only(path) for path in SETTINGS if os.path.exists(path)})


def judge_settings(read_only: dict[str, bool]) -> Verdict:
    if "/proc/sys" not in read_only:
        return unproven("/proc/sys is not there")
    wrong = [f"{path} is not read-only" for path, answer in read_only.items() if not answer]
    return verdict(wrong, f"{len(read_only)} places of settings are read-only")


def check_masked_paths(_expected: dict) -> Verdict:
    return judge_masked([path for path in MASKED if shows_something(path)])


def judge_masked(shown: list[str]) -> Verdict:
    return verdict([f"{path} can be read" for path in shown], "none shows anything of the host")


def shows_something(path: str) -> bool:
    """A mask is an empty folder or /dev/null; what may not be read is as good."""
    try:
        return bool(os.listdir(path) if os.path.isdir(path) else read(path, 1 << 16))
    except Unproven:
        return True
    except OSError:
        return False


def check_devices(_expected: dict) -> Verdict:
    allowed = DEVICES | GVISOR_DEVICES if on_gvisor() else DEVICES
    return judge_devices(dict(devices_below("/dev")), allowed)


def judge_devices(devices: dict[str, tuple[str, int, int]], allowed: set) -> Verdict:
    """Devices are their kind, major and minor number by their path."""
    wrong = [
        f"{kind} device {path} ({major}:{minor})"
        for path, (kind, major, minor) in sorted(devices.items())
        if kind == "block" or not ((major, minor) in allowed or major in TERMINALS)
    ]
    return verdict(wrong, f"{len(devices)} devices, all harmless")


def devices_below(folder: str) -> Iterator[tuple[str, tuple[str, int, int]]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(status.st_mode) and entry.path not in OPEN_FOLDERS:
                yield from devices_below(entry.path)
            elif stat.S_ISBLK(status.st_mode) or stat.S_ISCHR(status.st_mode):
                kind = "block" if stat.S_ISBLK(status.st_mode) else "character"
                yield entry.path, (kind, os.major(status.st_rdev), os.minor(status.st_rdev))


def check_user_namespaces(_expected: dict) -> Verdict:
    """Tries, and where the wall is broken so changes this process: this check is the last."""
    if on_gvisor():
        return proven("namespaces are those of gVisor's kernel, not the host's")
    if not hasattr(os, "unshare"):
        return unproven("this Python cannot ask, 3.12 and later can")
    return judge_unshare(outcome(lambda: os.unshare(os.CLONE_NEWUSER)))


def judge_unshare(code: int) -> Verdict:
    if code == 0:
        return broken("a user namespace can be made")
    refused = code in (errno.EPERM, errno.EACCES, errno.ENOSPC, errno.ENOSYS, errno.EUSERS)
    return proven(f"refused: {errno_name(code)}") if refused else unproven(errno_name(code))


# --- The checks, and what they expect -------------------------------------------------------------

CHECKS: dict[str, Callable[[dict], Verdict]] = {
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

# The check that has nothing to ask where the expectation is null or empty.
ASKED_BY = {
    "readOnly": "read-only",
    "writable": "writable",
    "memoryBytes": "memory",
    "cpus": "cpu",
    "pids": "pids",
    "files": "ulimits",
}


def is_text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def is_whole(value: object, least: int = 1) -> bool:
    return type(value) is int and value >= least  # a bool is an int to isinstance()


def is_cpus(value: object) -> bool:
    return isinstance(value, int | float) and value is not True and 0 < value < UNLIMITED


def is_user(value: object) -> bool:
    return (
        isinstance(value, dict)
        and {*value} == {"uid", "gid"}
        and all(map(is_whole, value.values()))
    )


def is_paths(value: object) -> bool:
    return isinstance(value, list) and all(map(is_path, value))


def is_path(value: object) -> bool:
    return isinstance(value, str) and value.startswith("/") and os.path.normpath(value) == value


def is_ulimits(value: object) -> bool:
    return isinstance(value, dict) and all(
        name in ULIMITS and is_whole(most, 0) for name, most in value.items()
    )


def is_omitted(value: object) -> bool:
    return isinstance(value, dict) and all(
        check in CHECKS and is_text(reason) for check, reason in value.items()
    )


def or_null(accepts: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: value is None or accepts(value)


# What healthcheck.json holds: each key, and what accepts its value.
KEYS: dict[str, Callable[[object], bool]] = {
    "version": lambda value: is_whole(value) and value == 1,
    "sandbox": is_text,
    "service": is_text,
    "level": or_null(is_whole),
    "network": lambda value: value in ("none", "internal"),
    "user": or_null(is_user),
    "readOnly": is_paths,
    "writable": is_paths,
    "memoryBytes": or_null(is_whole),
    "cpus": or_null(is_cpus),
    "pids": or_null(is_whole),
    "files": or_null(is_ulimits),
    "omitted": is_omitted,
    "omittedOnGvisor": is_omitted,
}
OPTIONAL_KEYS: dict[str, object] = {
    "level": None,
    "files": None,
    "omitted": {},
    "omittedOnGvisor": {},
}


def load_expectations(path: str, owner: int = 0) -> dict:
    """Raises Unproven for a file that is wrong, or that its subject could have written."""
    try:
        status = os.stat(path, follow_symlinks=False)
        if not stat.S_ISREG(status.st_mode) or status.st_uid != owner or status.st_mode & 0o022:
            raise Unproven(f"{path} could be written by others than root")
        return parse_expectations(read(path))
    except OSError as error:
        raise Unproven(f"{path}: {errno_name(error.errno)}") from error


def parse_expectations(text: str) -> dict:
    """Each key is known, right, and there once: anything else could hide a wall from the checks."""
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


def unique_keys(pairs: list[tuple[str, object]]) -> dict:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a key is there twice")
    return dict(pairs)


def omissions(expected: dict) -> dict[str, str]:
    """The checks that are left out and why. They are shown, and never count as proven."""
    empty = {
        check: f"{key} asks for nothing" for key, check in ASKED_BY.items() if not expected[key]
    }
    on_runtime = expected["omittedOnGvisor"] if on_gvisor() else {}
    return empty | on_runtime | expected["omitted"]


# --- The report -----------------------------------------------------------------------------------

# The engine keeps 4096 bytes of a health check's output: the worst comes first, lines are short.
ORDER = ["broken", "unproven", "proven", "omitted"]
LONGEST_EVIDENCE = 110
LONGEST_REPORT = 4000

Result = tuple[str, str, str]  # the check's id, its verdict, the evidence


def run_check(name: str, expected: dict) -> Result:
    try:
        return (name, *CHECKS[name](expected))
    except Unproven as reason:
        return (name, *unproven(str(reason)))
    except OSError as error:
        where = error.filename or "a system call"
        return (name, *unproven(f"{where}: {errno_name(error.errno)}"))
    except Exception as error:  # one check that fails must not take the others with it
        return (name, *unproven(f"the check failed: {type(error).__name__}"))


def printable(text: str) -> str:
    """Evidence may hold names that an agent chose: no control characters, no long lines."""
    plain = "".join(char if " " <= char <= "~" else "?" for char in text)
    return plain if len(plain) <= LONGEST_EVIDENCE else plain[: LONGEST_EVIDENCE - 3] + "..."


def as_text(results: list[Result], left_out: dict[str, str]) -> str:
    rows = results + [(name, "omitted", reason) for name, reason in left_out.items()]
    rows.sort(key=lambda row: ORDER.index(row[1]))
    report = [f"{answer:<9} {name:<19} {printable(evidence)}\n" for name, answer, evidence in rows]
    return "".join(report)[:LONGEST_REPORT]


def as_json(results: list[Result]) -> str:
    rows = [
        {"id": name, "verdict": answer, "evidence": printable(evidence)}
        for name, answer, evidence in results
    ]
    return json.dumps(rows) + "\n"


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--json"]):
        sys.stderr.write("usage: healthcheck.py [--json]\n")
        return 1
    try:
        expected = load_expectations(EXPECTATIONS)
    except Unproven as reason:
        results, left_out = [(name, *unproven(str(reason))) for name in CHECKS], {}
    else:
        left_out = omissions(expected)
        results = [run_check(name, expected) for name in CHECKS if name not in left_out]
    sys.stdout.write(as_json(results) if arguments else as_text(results, left_out))
    return 0 if results and all(answer == "proven" for _, answer, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
