/** Attacks on the walls around the network: getting anything out. */
import type { Attack } from '../attack';

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

export const NETWORK_ATTACKS: readonly Attack[] = [connectOut, resolveName];
