/** The root of the tree, and the one place where tree, policy and output folder meet. */
import type { Construct } from 'constructs';
import * as path from 'node:path';
import * as z from 'zod';
import type { Assembly } from '../assembly/assembly';
import { synthesize } from '../assembly/synthesize';
import { writeAssembly } from '../assembly/write';
import { SandboxConstruct } from '../core/construct';
import { DEFAULT_OUTPUT, layoutOf, setLayout } from '../core/layout';
import { parseProps } from '../core/props';
import { hostPath } from '../core/schemas';
import { programHost } from './host';
import { findProject } from './project';

export interface AppProps {
  /** Values for `node.tryGetContext`. Those of `cdk-like.json` and of the command win. */
  readonly context?: Readonly<Record<string, unknown>>;
  /**
   * The output folder, relative to the project folder. The command's `--output` wins. Default: as
   * in `cdk-like.json`, else `sandbox.out`.
   */
  readonly output?: string;
  /** The folder that relative host paths start from. Default: the nearest one with a `cdk-like.json`. */
  readonly projectDir?: string;
}

const appProps = z.strictObject({
  context: z.record(z.string(), z.unknown()).optional(),
  output: hostPath.optional(),
  projectDir: hostPath.optional(),
});

/**
 * The root of the construct tree: one `App` a program.
 *
 * @throws InvalidPropsError for unknown or invalid props
 * @throws ConfigError when `cdk-like.json` cannot be read
 * @example
 * import { App, Level1Sandbox } from 'sandbox-cdk';
 *
 * const app = new App();
 * new Level1Sandbox(app, 'demo', { source: '.' });
 * app.synth();
 */
export class App extends SandboxConstruct {
  constructor(props: AppProps = {}) {
    super(undefined as unknown as Construct, '');
    const own = parseProps(appProps, props, { kind: 'App' });
    const host = programHost();
    const given = host ?? findProject(own.projectDir ?? process.cwd());
    setLayout(this, {
      projectDir: own.projectDir ? path.resolve(own.projectDir) : given.projectDir,
      output: (host?.isOutputGiven ? host.output : own.output) ?? given.output ?? DEFAULT_OUTPUT,
    });
    for (const [key, value] of Object.entries({ ...own.context, ...given.context })) {
      this.node.setContext(key, value);
    }
  }

  /** Absolute path of the output folder. */
  get outputFolder(): string {
    const { projectDir, output } = layoutOf(this);
    return path.resolve(projectDir, output);
  }

  /**
   * Synthesizes every sandbox of the app. Run by the command, the result is handed to it; run by
   * itself, the program also writes its output folder.
   *
   * @throws SynthesisError with all findings when one of them is an error
   * @throws OutputError when the output folder cannot be written without losing something
   */
  synth(): Assembly {
    const host = programHost();
    try {
      const assembly = synthesize(this, { only: host?.only });
      if (host) host.submit(assembly);
      else writeAssembly(assembly, { projectDir: layoutOf(this).projectDir });
      return assembly;
    } catch (error) {
      host?.reject(error);
      throw error;
    }
  }
}
