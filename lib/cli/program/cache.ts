/**
 * Compiled programs on disk, so that a run whose sources did not change loads no compiler. An
 * entry that is damaged, stale or not ours is no error: the program is compiled again.
 */
import * as path from 'node:path';
import { cacheFolders, writeAtomically } from '../cache-folder';
import { readText } from '../../core/files';
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
  private readonly folders: readonly string[];
  /** What else the result depends on. */
  private readonly setting: string;

  /**
   * @param app absolute path of the program's main file
   * @param env for the temporary folder, and for the settings that ts-node takes from there
   */
  constructor(projectDir: string, app: string, env: Readonly<Record<string, string | undefined>>) {
    this.folders = cacheFolders(projectDir, env);
    this.name = `${hash(app).slice(0, 16)}.json`;
    const settings = Object.entries(env).filter(([name]) => name.startsWith('TS_NODE_'));
    this.setting = JSON.stringify([FORMAT, process.version, app, settings.sort()]);
  }

  /** The compiled program, if all it was made from is still the same. */
  read(): CompiledProgram | undefined {
    for (const folder of this.folders) {
      const entry = parse(readText(path.join(folder, this.name)));
      if (entry?.setting === this.setting && unchanged(entry.inputs)) return entry;
    }
    return undefined;
  }

  /** Keeps a compiled program, in the first folder that can be written. */
  write(program: CompiledProgram): void {
    const body = JSON.stringify({ setting: this.setting, ...program });
    this.folders.some((folder) => writeAtomically(folder, this.name, `${hash(body)}\n${body}`));
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
