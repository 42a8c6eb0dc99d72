// What the cases ask of an output folder: that it is new, that it holds what it should, and whether a
// run wrote any file in it.
import { type BigIntStats, existsSync, lstatSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from './measure';

/**
 * `program`, with no `output` before each run and `count` entries expected in it afterwards.
 *
 * What the run before wrote is moved aside and deleted with everything else at the end: ext4 takes
 * care not to use inodes again that were deleted in the last minute, and looking for others makes
 * every new file several times as slow. Nobody's first synthesis follows such a deletion.
 */
export function intoFreshFolder(program: Program, output: string, count: number): Program {
  let runs = 0;
  return {
    ...program,
    prepare: () => {
      if (existsSync(output)) renameSync(output, `${output}.${++runs}`);
    },
    verify: () => expectSandboxes(program.name, output, count),
  };
}

/** Throws unless `output` holds one entry for each of `count` sandboxes. */
export function expectSandboxes(name: string, output: string, count: number): void {
  const found = readdirSync(output).filter((entry) => entry.startsWith('sandbox-')).length;
  if (found !== count) throw new Error(`${name}: ${count} sandboxes expected, ${found} written.`);
}

/** Every file below `directory`, with what changes when it is written, replaced or touched. */
export function snapshot(directory: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) snapshot(path).forEach((state, file) => files.set(file, state));
    else files.set(path, stateOf(lstatSync(path, { bigint: true })));
  }
  return files;
}

function stateOf(stats: BigIntStats): string {
  return `${stats.ino} ${stats.mtimeNs} ${stats.size}`;
}

/** How many files differ between two snapshots: written, replaced, added or removed. */
export function changedFiles(before: Map<string, string>, after: Map<string, string>): number {
  const all = new Set([...before.keys(), ...after.keys()]);
  return [...all].filter((file) => before.get(file) !== after.get(file)).length;
}
