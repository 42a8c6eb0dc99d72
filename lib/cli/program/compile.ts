/**
 * Type checks and compiles a TypeScript program through ts-node, all of it before any of it runs,
 * so that every type error is shown at once. Loads ts-node and TypeScript when it is constructed.
 */
import * as path from 'node:path';
import type { Service, TSError } from 'ts-node';
import type * as TypeScript from 'typescript';
import { InputRecorder, recordLockfiles, type Inputs } from './inputs';
import { PACKAGE_JSON } from '../package-root';
import { TypeErrors, type Diagnostic } from './program-error';
import { isEsModule, isSource, resolveSourceOrFolder } from './resolve';
import { stackTraces } from './source-maps';
import { chooseTypeScript } from './typescript';
import type * as TsNode from 'ts-node';

export class ProgramCompiler {
  readonly outputs = new Map<string, string>();
  private readonly recorder: InputRecorder;
  private readonly service: Service;
  private readonly ts: typeof TypeScript;
  /** Whether the program is written as ES modules, which it is checked as. */
  private readonly esModules: boolean;

  /** @throws TypeErrors when tsconfig.json is wrong */
  constructor(
    private readonly projectDir: string,
    app: string,
    inputs: Inputs = {},
  ) {
    this.recorder = new InputRecorder(inputs);
    this.recorder.readFile(PACKAGE_JSON);
    recordLockfiles(this.recorder, projectDir);
    const compiler = chooseTypeScript(projectDir, this.recorder);
    this.service = this.check(() => createService(compiler.file, app, this.recorder));
    this.ts = this.service.ts as unknown as typeof TypeScript;
    this.esModules = writesEsModules(this.service) || isEsModule(app);
  }

  get inputs(): Inputs {
    return this.recorder.toJSON();
  }

  /**
   * Compiles a file and all that it imports.
   *
   * @throws TypeErrors with the errors of all files
   */
  compile(entry: string): void {
    const errors: Diagnostic[] = [];
    const pending = [entry];
    const seen = new Set(this.outputs.keys());
    for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      const code = this.recorder.readFile(file) ?? '';
      errors.push(...this.compileOne(file, code));
      pending.push(...this.importsOf(file, code));
    }
    if (errors.length > 0) throw new TypeErrors(errors);
  }

  private compileOne(file: string, code: string): Diagnostic[] {
    try {
      const output = this.check(() => this.service.compile(code, file));
      this.outputs.set(file, this.esModules ? this.toCommonJs(file, code) : output);
      return [];
    } catch (error) {
      if (error instanceof TypeErrors) return [...error.diagnostics];
      throw error;
    }
  }

  /** The command loads programs as CommonJS, whatever they are written as. */
  private toCommonJs(file: string, code: string): string {
    const { target, jsx, useDefineForClassFields, experimentalDecorators, emitDecoratorMetadata } =
      this.service.config.options;
    const { outputText } = this.ts.transpileModule(code, {
      // The extension would decide the kind of module.
      fileName: file.replace(/\.[cm]ts$/, '.ts'),
      compilerOptions: {
        target,
        jsx,
        useDefineForClassFields,
        experimentalDecorators,
        emitDecoratorMetadata,
        module: this.ts.ModuleKind.CommonJS,
        esModuleInterop: true,
        inlineSourceMap: true,
      },
    });
    return outputText;
  }

  private importsOf(file: string, code: string): string[] {
    return this.ts
      .preProcessFile(code, true, true)
      .importedFiles.map(({ fileName }) => resolveSourceOrFolder(fileName, file))
      .filter((found) => found !== undefined && isSource(found)) as string[];
  }

  /** Runs something of ts-node's; its type errors become ours. */
  private check<T>(run: () => T): T {
    const before = stackTraces.prepareStackTrace;
    try {
      return run();
    } catch (error) {
      if (!isTypeError(error)) throw error;
      throw new TypeErrors(error.diagnostics.map((one) => this.describe(one)));
    } finally {
      // ts-node installs its own mapping of stack traces; there must be one only.
      stackTraces.prepareStackTrace = before;
    }
  }

  private describe({ file, start, code, messageText }: TypeScript.Diagnostic): Diagnostic {
    const at = file && start !== undefined ? file.getLineAndCharacterOfPosition(start) : undefined;
    return {
      code: `TS${code}`,
      message: flatten(messageText),
      source: file && {
        file: path.relative(this.projectDir, file.fileName),
        line: (at?.line ?? 0) + 1,
        column: (at?.character ?? 0) + 1,
      },
    };
  }
}

/** What a program is compiled with where there is no tsconfig.json. */
const DEFAULT_OPTIONS = {
  target: 'ES2022',
  lib: ['ES2023'],
  module: 'Node16',
  moduleResolution: 'Node16',
  types: ['node'],
  strict: true,
  esModuleInterop: true,
  resolveJsonModule: true,
  skipLibCheck: true,
};

function createService(compiler: string, app: string, recorder: InputRecorder): Service {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only when it must compile
  const { create } = require('ts-node') as typeof TsNode;
  const folder = path.dirname(app);
  const options = {
    cwd: folder,
    projectSearchDir: folder,
    compiler,
    pretty: false,
    readFile: recorder.readFile,
    fileExists: recorder.fileExists,
  };
  const service = create(options);
  if (service.config.options.configFilePath === undefined) {
    return create({ ...options, skipProject: true, compilerOptions: DEFAULT_OPTIONS });
  }
  return service;
}

function writesEsModules({ config, ts }: Service): boolean {
  const { module } = config.options;
  const { ModuleKind } = ts as unknown as typeof TypeScript;
  return (
    module !== undefined &&
    ((module >= ModuleKind.ES2015 && module <= ModuleKind.ESNext) || module === ModuleKind.Preserve)
  );
}

function isTypeError(error: unknown): error is TSError & { diagnostics: TypeScript.Diagnostic[] } {
  return error instanceof Error && error.name === 'TSError' && 'diagnostics' in error;
}

function flatten(text: string | TypeScript.DiagnosticMessageChain): string {
  if (typeof text === 'string') return text;
  return [text.messageText, ...(text.next ?? []).map((next) => indent(flatten(next)))].join('\n');
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
