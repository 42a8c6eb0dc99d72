/** Attacks on the walls around files: changing what is only lent. */
import type { Attack } from '../attack';

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

export const FILE_ATTACKS: readonly Attack[] = [writeSource];
