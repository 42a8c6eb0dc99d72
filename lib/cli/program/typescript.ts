/**
 * Which TypeScript checks the user's program: the project's own, if ts-node can drive it (7 has no
 * JavaScript API), so that the command and the editor agree; else the one this package brings.
 */
import { createRequire } from 'node:module';
import * as path from 'node:path';
import type { InputRecorder } from './inputs';

export interface Compiler {
  /** Absolute path of the compiler's main module. */
  readonly file: string;
  readonly version: string;
}

/** Records what it looked at, so that another TypeScript means another compilation. */
export function chooseTypeScript(projectDir: string, recorder: InputRecorder): Compiler {
  return projectTypeScript(projectDir, recorder) ?? ownTypeScript(recorder);
}

function projectTypeScript(projectDir: string, recorder: InputRecorder): Compiler | undefined {
  for (let at = projectDir; ; at = path.dirname(at)) {
    const folder = path.join(at, 'node_modules', 'typescript');
    const compiler = readCompiler(path.join(folder, 'package.json'), recorder);
    if (compiler) return isDrivable(compiler.version) ? compiler : undefined;
    if (path.dirname(at) === at) return undefined;
  }
}

function ownTypeScript(recorder: InputRecorder): Compiler {
  const file = createRequire(__filename).resolve('typescript/package.json');
  return readCompiler(file, recorder)!;
}

function readCompiler(packageJson: string, recorder: InputRecorder): Compiler | undefined {
  const text = recorder.readFile(packageJson);
  if (text === undefined) return undefined;
  const { version = '', main = 'lib/typescript.js' } = JSON.parse(text) as {
    version?: string;
    main?: string;
  };
  return { version, file: path.join(path.dirname(packageJson), main) };
}

export function isDrivable(version: string): boolean {
  const major = Number(version.split('.')[0]);
  return major >= 5 && major < 7;
}
