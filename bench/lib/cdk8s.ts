// The peer: cdk8s, set up as the typescript-app template of cdk8s-cli does it, installed from the
// lockfile in bench/cdk8s and run in a folder of its own.
import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { spawnSync } from 'node:child_process';
import { cleanEnvironment, type Program } from './measure';
import { npm } from './npm';

const PEER = resolve(__dirname, '../cdk8s');

// Without this, cdk8s-cli asks the registry for a newer version of itself every half hour.
const NO_UPGRADE_CHECK = { CDK8S_CHECK_UPGRADE: 'false' };

export class Cdk8s {
  /** Installs the peer if need be, and makes its two projects in `parent`: as source, and compiled. */
  static create(parent: string): Cdk8s {
    if (!existsSync(join(PEER, 'node_modules'))) npm(['ci'], PEER);
    const template = copyApp(join(parent, 'cdk8s-template'));
    const compiled = copyApp(join(parent, 'cdk8s-compiled'));
    compile(compiled);
    return new Cdk8s(template, compiled);
  }

  /** The versions installed, for the report. */
  static versions(): string {
    const names = ['cdk8s', 'cdk8s-cli', 'constructs', 'typescript', 'ts-node'];
    return names.map((name) => `${name} ${installedVersion(name)}`).join(', ');
  }

  private constructor(
    private readonly template: string,
    private readonly compiled: string,
  ) {}

  /** The source file of the template app. */
  get source(): string {
    return join(this.template, 'main.ts');
  }

  /** `cdk8s synth` of the template app: one chart, type-checked by ts-node. */
  synth(name: string, prepare?: Program['prepare']): Program {
    const cli = join(PEER, 'node_modules/cdk8s-cli/bin/cdk8s');
    const manifest = join(this.template, 'dist/sandbox-00001.k8s.yaml');
    return {
      name,
      command: [process.execPath, cli, 'synth'],
      cwd: this.template,
      env: NO_UPGRADE_CHECK,
      prepare,
      verify: () => void readFileSync(manifest),
    };
  }

  /** The compiled app run by itself, without the command: `count` charts, a file each, in `output`. */
  run(name: string, count: number, output: string): Program {
    return {
      name,
      command: [process.execPath, 'main.js', String(count)],
      cwd: this.compiled,
      env: { CDK8S_OUTDIR: output },
    };
  }
}

function copyApp(directory: string): string {
  cpSync(join(PEER, 'app'), directory, { recursive: true });
  symlinkSync(join(PEER, 'node_modules'), join(directory, 'node_modules'), 'junction');
  return directory;
}

function compile(directory: string): void {
  const tsc = join(PEER, 'node_modules/typescript/bin/tsc');
  const options = { cwd: directory, env: cleanEnvironment(), encoding: 'utf8' } as const;
  const result = spawnSync(process.execPath, [tsc, '--build'], options);
  if (result.status !== 0) throw new Error(`The peer does not compile: ${result.stdout}`);
}

function installedVersion(name: string): string {
  const manifest = readFileSync(join(PEER, 'node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
