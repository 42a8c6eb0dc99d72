/**
 * Puts files that are always loaded together into one. Finding, opening and reading a file takes
 * Node about as long as running what is in it, and splitting leaves many small ones.
 */
import type { Metafile } from 'esbuild';
import * as path from 'node:path';

/** Code by the name of its file. All files are in one folder and require each other by `./name`. */
export type Files = ReadonlyMap<string, string>;

/** What a file loads as soon as it is loaded itself, directly and indirectly; itself included. */
export function closure(entries: readonly string[], { outputs }: Metafile): string[] {
  const imports = new Map(
    Object.entries(outputs).map(([file, output]) => [
      path.basename(file),
      output.imports
        .filter(({ kind, external }) => kind === 'import-statement' && !external)
        .map((one) => path.basename(one.path)),
    ]),
  );
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    imports.get(file)?.forEach(visit);
  };
  entries.forEach(visit);
  return [...found];
}

/**
 * Moves `packed` into the file `into`, which then starts with `first` if given. The other files
 * still find each of them by its name.
 */
export function pack(
  files: Files,
  packed: readonly string[],
  into: string,
  first?: string,
): Map<string, string> {
  const result = new Map(files);
  const modules = packed.map((file) => {
    result.set(file, `module.exports=require("./${into}").load("./${file}");`);
    // In parentheses, so that V8 compiles it at once: it is going to be called.
    return `${JSON.stringify(`./${file}`)}:(function(exports,module,require){${strip(files.get(file)!)}\n})`;
  });
  const start = first === undefined ? '' : `load(${JSON.stringify(`./${first}`)});`;
  const shebang = first === undefined ? '' : '#!/usr/bin/env node\n';
  result.set(into, `${shebang}${LOADER.replace('@modules@', () => modules.join(',\n'))}${start}\n`);
  return result;
}

/** A file in it is run when it is first asked for; all others are Node's to find. */
const LOADER = `"use strict";
const modules={@modules@};
const loaded={};
function load(name){
  const code=modules[name];
  if(!code)return require(name);
  let module=loaded[name];
  if(!module){module=loaded[name]={exports:{}};code(module.exports,module,load)}
  return module.exports;
}
exports.load=load;
`;

function strip(code: string): string {
  return code.replace(/^#!.*\n/, '').replace(/^"use strict";/, '');
}

/**
 * esbuild's helpers copy all members of what is imported, getter by getter, in every file. The
 * same is had by inheriting from it, and what a file exports needs no copy at all.
 */
export function withoutCopies(code: string): string {
  return code
    .replace(/module\.exports=__toCommonJS\((\w+)\);/, (_, name: string) => {
      return `Object.defineProperty(${name},"__esModule",{value:!0});module.exports=${name};`;
    })
    .replace(
      /__toESM=\(mod,isNodeMode,target\)=>\([^]*?\bmod\)\)(?=[,;])/,
      '__toESM=mod=>mod&&mod.__esModule?mod:Object.create(mod,{default:{value:mod,enumerable:!0}})',
    );
}
