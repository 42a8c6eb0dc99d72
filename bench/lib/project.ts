// A user's project: the package as `npm pack` would publish it, installed with npm into a folder outside
// this repository, with the apps of bench/apps. So nothing is measured that a user would not run.
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Program } from './measure';
import { npm } from './npm';

const REPOSITORY = resolve(__dirname, '../..');
const COMMAND = 'dist/bin/sandbox-cdk.js';

export class Project {
  /** Packs and installs into `parent`; throws if the package has not been built. */
  static create(parent: string): Project {
    const directory = join(parent, 'project');
    copyApp('one', directory);
    copyApp('many', join(directory, 'many'));
    installPackage(parent, directory);
    return new Project(directory);
  }

  private constructor(private readonly directory: string) {}

  /** The source file of the app with one sandbox. */
  get source(): string {
    return join(this.directory, 'bin/sandbox.ts');
  }

  /** `sandbox-cdk synth` of the TypeScript app with one Level 1 sandbox. */
  one(name: string, prepare?: Program['prepare']): Program {
    const document = join(this.directory, 'sandbox.out/bench/docker-compose.yml');
    const verify = (): void => void readFileSync(document);
    return { name, command: this.synth(), cwd: this.directory, prepare, verify };
  }

  /** `sandbox-cdk synth` of the JavaScript app with `count` Level 1 sandboxes, into `output`. */
  many(name: string, count: number, output: string): Program {
    const options = ['--context', `sandboxes=${count}`, '--output', output];
    return { name, command: [...this.synth(), ...options], cwd: join(this.directory, 'many') };
  }

  private synth(): string[] {
    return [...commandIn(this.directory), 'synth'];
  }
}

/** Copies an app of bench/apps. */
export function copyApp(name: string, directory: string): void {
  cpSync(join(REPOSITORY, 'bench/apps', name), directory, { recursive: true });
}

/** Installs the package as it would be published; throws if it has not been built. */
export function installPackage(parent: string, directory: string): void {
  if (!existsSync(join(REPOSITORY, COMMAND))) {
    throw new Error(`${COMMAND} is missing: build the package first (npm run build).`);
  }
  const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', parent];
  const tarball = join(parent, npm(pack, REPOSITORY));
  npm(['install', '--no-audit', '--no-fund', '--prefer-offline', tarball], directory);
}

/** The installed command, as words. */
export function commandIn(directory: string): string[] {
  return [process.execPath, join(directory, 'node_modules/sandbox-cdk', COMMAND)];
}
