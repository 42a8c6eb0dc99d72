/**
 * Compiled programs on disk, so that a run whose sources did not change loads no compiler. An
 * entry that is damaged, stale or not ours is no error: the program is compiled again.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { readText } from './files';
import { hash, unchanged, type Inputs } from './inputs';

export interface CompiledProgram {
  /** Everything the compilation depended on. */
  readonly inputs: Inputs;
  /** JavaScript with an inline source map, by the absolute path of its source. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** One program's place in the cache. */
export class ProgramCache {
  private readonly name: string;
  private readonly temporary: string;
  /** What else the result depends on. */
  private readonly setting: string;

  /**
   * @param app absolute path of the program's main file
   * @param env for the temporary folder, and for the settings that ts-node takes from there
   */
  constructor(
    private readonly projectDir: string,
    app: string,
    env: Readonly<Record<string, string | undefined>>,
  ) {
    this.temporary = env.TMPDIR || os.tmpdir();
    this.name = `${hash(app).slice(0, 16)}.json`;
    const settings = Object.entries(env).filter(([name]) => name.startsWith('TS_NODE_'));
    this.setting = JSON.stringify([FORMAT, process.version, app, settings.sort()]);
  }

  /** The compiled program, if all it was made from is still the same. */
  read(): CompiledProgram | undefined {
    for (const folder of this.folders()) {
      const entry = parse(readText(path.join(folder, this.name)));
      if (entry?.setting === this.setting && unchanged(entry.inputs)) return entry;
    }
    return undefined;
  }

  /** Keeps a compiled program, in the first folder that can be written. */
  write(program: CompiledProgram): void {
    const body = JSON.stringify({ setting: this.setting, ...program });
    this.folders().some((folder) => writeAtomically(folder, this.name, `${hash(body)}\n${body}`));
  }

  /** The project's own cache folder, else one of this user's alone. */
  private folders(): string[] {
    const modules = path.join(this.projectDir, 'node_modules');
    const shared = path.join(this.temporary, `sandbox-cdk-${String(process.getuid?.() ?? 'user')}`);
    return [
      ...(fs.existsSync(modules) ? [path.join(modules, '.cache', 'sandbox-cdk')] : []),
      ...(isPrivate(shared) ? [shared] : []),
    ];
  }
}

/** Changes with everything that makes older entries wrong. */
const FORMAT = 1;

interface Entry extends CompiledProgram {
  readonly setting: string;
}

function parse(text: string | undefined): Entry | undefined {
  const end = text?.indexOf('\n') ?? -1;
  if (text === undefined || end < 0) return undefined;
  const body = text.slice(end + 1);
  // A truncated or edited entry must never run.
  return text.slice(0, end) === hash(body) ? (JSON.parse(body) as Entry) : undefined;
}

/** Beside and renamed, so that another run reads the old entry or the new one, never a half. */
function writeAtomically(folder: string, name: string, text: string): boolean {
  const part = path.join(folder, `${name}.${process.pid}.part`);
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    fs.writeFileSync(part, text, { mode: 0o600, flag: 'w' });
    fs.renameSync(part, path.join(folder, name));
    return true;
  } catch {
    removeIfPossible(part);
    return false;
  }
}

function removeIfPossible(file: string): void {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // Its folder is none; then neither is the file there.
  }
}

/** The temporary folder is everybody's: code from it is run only when nobody else can have put it there. */
function isPrivate(folder: string): boolean {
  const uid = process.getuid?.();
  const found = fs.lstatSync(folder, { throwIfNoEntry: false });
  if (uid === undefined) return false;
  return !found || (found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0);
}
