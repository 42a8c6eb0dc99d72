// Sandboxes on the engine that `docker` reaches, made with the package as users install it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { cleanEnvironment, type Program } from './measure';
import { commandIn, copyApp, installPackage } from './project';

/** A host's own unpatched or unknown engine is not what is measured here. */
const ALLOWED = ['--allow-unproven', 'K8=the benchmark measures time, not the age of the engine'];

export class EngineProject {
  /** Installs the package into `parent`, synthesizes, and builds the images of all sandboxes. */
  static create(parent: string): EngineProject {
    const directory = join(parent, 'engine-project');
    copyApp('engine', directory);
    installPackage(parent, directory);
    const project = new EngineProject(directory);
    project.run('synth');
    return project;
  }

  private constructor(readonly directory: string) {}

  /** A command of ours as a program to measure. */
  program(
    name: string,
    args: readonly string[],
    more: Pick<Program, 'prepare' | 'verify'> = {},
  ): Program {
    return {
      name,
      command: [...commandIn(this.directory), ...this.words(args)],
      cwd: this.directory,
      ...more,
    };
  }

  /** Runs a command of ours, not measured; gives what it answered. */
  run(...args: readonly string[]): string {
    const [program, ...words] = [...commandIn(this.directory), ...this.words(args)];
    return succeed(program!, words, this.directory);
  }

  /** The id of the container of a sandbox's only service. */
  container(sandbox: string): string {
    const { sandboxes } = JSON.parse(this.run('status', sandbox, '--json')) as {
      sandboxes: { services: { container: string }[] }[];
    };
    return sandboxes[0]!.services[0]!.container;
  }

  /** The image of a sandbox's only service. */
  image(sandbox: string): string {
    return docker('inspect', '--format', '{{.Image}}', this.container(sandbox)).trim();
  }

  /** Removes the containers of a sandbox, whoever started them; its image stays. */
  removeContainers(sandbox: string): void {
    const folder = join(this.composeFile(sandbox), '..');
    const label = `label=com.docker.compose.project.working_dir=${folder}`;
    const ids = docker('ps', '--all', '--quiet', '--filter', label).split('\n').filter(Boolean);
    if (ids.length > 0) docker('rm', '--force', ...ids);
  }

  composeFile(sandbox: string): string {
    return join(this.directory, 'sandbox.out', sandbox, 'docker-compose.yml');
  }

  /** Removes everything from the engine that was made there. */
  remove(): void {
    this.run('clean', '--all', '--yes', '--outputs');
  }

  private words([command, ...rest]: readonly string[]): string[] {
    const validates = ['start', 'restart', 'validate'].includes(command!);
    return [command!, ...(validates ? ALLOWED : []), ...rest];
  }
}

/** Runs docker; gives what it answered. */
export function docker(...args: readonly string[]): string {
  return succeed('docker', args);
}

/** Engine, runtime and Compose, for the report. */
export function engineVersions(): string {
  const format =
    '{{.Server.Version}} ({{range .Server.Components}}{{.Name}} {{.Version}}, {{end}}{{.Server.Os}}/{{.Server.Arch}})';
  const cgroup = docker('info', '--format', 'cgroup v{{.CgroupVersion}}').trim();
  const compose = docker('compose', 'version', '--short').trim();
  return `engine ${docker('version', '--format', format).trim()}, Compose ${compose}, ${cgroup}`;
}

export function hasRuntime(name: string): boolean {
  return docker('info', '--format', '{{range $name, $_ := .Runtimes}}{{$name}} {{end}}')
    .split(' ')
    .includes(name);
}

function succeed(program: string, args: readonly string[], cwd?: string): string {
  const result = spawnSync(program, args, { cwd, env: cleanEnvironment(), encoding: 'utf8' });
  if (result.error || result.status !== 0) {
    const reason = result.error?.message ?? `exit code ${result.status ?? result.signal}`;
    throw new Error(`${program} ${args.join(' ')}: ${reason}\n${result.stdout}${result.stderr}`);
  }
  return result.stdout;
}
