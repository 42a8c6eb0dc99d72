/** A user's project in a temporary folder, and the sandbox it describes on the engine. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { REPOSITORY, run, sandboxCdk, tryRun, trySandboxCdk } from './run';

const isRoot = process.getuid!() === 0;

/** The person who starts the sandbox: never root, also where the tests run as root. */
export const PERSON = isRoot
  ? { uid: 1234, gid: 1235 }
  : { uid: process.getuid!(), gid: process.getgid!() };

/** The company's certificates, where the host has some: builds behind a TLS proxy need them. */
export function hostCertificates(): string[] {
  const folder = '/usr/local/share/ca-certificates';
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((file) => file.endsWith('.crt'))
    .map((file) => path.join(folder, file));
}

export class Project {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-e2e-'));

  constructor() {
    fs.chmodSync(this.folder, 0o755);
  }

  /** Makes this package, its peer and the tools for TypeScript importable in the project. */
  link(): void {
    const modules = path.join(this.folder, 'node_modules');
    fs.mkdirSync(path.join(modules, '@types'), { recursive: true });
    fs.symlinkSync(REPOSITORY, path.join(modules, 'sandbox-cdk'));
    for (const name of ['constructs', 'typescript', '@types/node', '@types/jest']) {
      fs.symlinkSync(path.join(REPOSITORY, 'node_modules', name), path.join(modules, name));
    }
  }

  write(file: string, content: string): void {
    const absolute = path.join(this.folder, file);
    fs.mkdirSync(path.dirname(absolute), { recursive: true });
    fs.writeFileSync(absolute, content);
  }

  read(file: string): string {
    return fs.readFileSync(path.join(this.folder, file), 'utf8');
  }

  /** Replaces a text in a file; fails when it is not there, so that a test never edits nothing. */
  edit(file: string, from: string, to: string): void {
    const before = this.read(file);
    if (!before.includes(from))
      throw new Error(`${file} has no ${JSON.stringify(from)}:\n${before}`);
    this.write(file, before.replace(from, to));
  }

  sandboxCdk(...args: string[]): string {
    return sandboxCdk(this.folder, ...args);
  }

  /** What makes the command run for the person, and remember in the project's own folder. */
  personEnv(): Record<string, string> {
    return {
      SANDBOX_UID: String(PERSON.uid),
      SANDBOX_GID: String(PERSON.gid),
      XDG_STATE_HOME: path.join(this.folder, '.state'),
    };
  }

  /** For the person, whatever the command's exit code. */
  trySandboxCdk(...args: string[]) {
    return trySandboxCdk(this.folder, args, this.personEnv());
  }

  /** The name of the only sandbox in the output folder. */
  sandboxName(): string {
    const { sandboxes } = JSON.parse(this.read('sandbox.out/manifest.json')) as {
      sandboxes: object;
    };
    const names = Object.keys(sandboxes);
    if (names.length !== 1) throw new Error(`expected one sandbox, there are: ${names.join(', ')}`);
    return names[0]!;
  }

  /** The sandbox of a name; its folders belong to the person, as in a checkout of theirs. */
  sandbox(name: string): RunningSandbox {
    if (isRoot)
      run('chown', [
        '-R',
        `${PERSON.uid}:${PERSON.gid}`,
        path.join(this.folder, 'sandbox.out', name),
      ]);
    return new RunningSandbox(
      path.join(this.folder, 'sandbox.out', name, 'docker-compose.yml'),
      name,
    );
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

/** One sandbox, driven by plain Compose: what is tested must work without this tool. */
export class RunningSandbox {
  private readonly env = { SANDBOX_UID: String(PERSON.uid), SANDBOX_GID: String(PERSON.gid) };

  constructor(
    private readonly composeFile: string,
    readonly name: string,
  ) {}

  compose(...args: string[]): string {
    return run('docker', ['compose', '-f', this.composeFile, ...args], {
      env: this.env,
      timeoutSeconds: 600,
    });
  }

  build(): void {
    this.compose('build', '--quiet');
  }

  /** Starts the sandbox and waits until every health check proves every wall. */
  up(): void {
    this.compose('up', '--detach', '--wait', '--wait-timeout', '60');
  }

  /** Runs a program inside; gives everything, whatever its end. */
  exec(service: string, ...command: string[]) {
    return tryRun(
      'docker',
      ['compose', '-f', this.composeFile, 'exec', '-T', service, ...command],
      { env: this.env },
    );
  }

  /** The verdicts of the health check, by check. */
  verdicts(service: string): Record<string, string> {
    const check = [
      '/usr/local/lib/sandbox-cdk/python3',
      '-I',
      '-S',
      '/usr/local/lib/sandbox-cdk/healthcheck.py',
      '--json',
    ];
    const { stdout, stderr } = this.exec(service, ...check);
    if (stdout === '') throw new Error(`the health check said nothing: ${stderr}`);
    const checks = JSON.parse(stdout) as { id: string; verdict: string }[];
    return Object.fromEntries(checks.map(({ id, verdict }) => [id, verdict]));
  }

  inspect(service: string): DockerInspect {
    const id = this.compose('ps', '--all', '--quiet', service).trim();
    return (JSON.parse(run('docker', ['inspect', id])) as DockerInspect[])[0]!;
  }

  /** Removes containers, volumes, networks and images. */
  down(): void {
    tryRun(
      'docker',
      ['compose', '-f', this.composeFile, 'down', '--volumes', '--rmi', 'local', '--timeout', '2'],
      { env: this.env },
    );
  }
}

/** What the tests look at in `docker inspect`. */
export interface DockerInspect {
  readonly State: { readonly Health: { readonly Status: string } };
  readonly Config: {
    readonly User: string;
    readonly Env: string[];
    readonly Labels: Record<string, string>;
    readonly Healthcheck: { readonly Test: string[] };
  };
  readonly HostConfig: {
    readonly NetworkMode: string;
    readonly ReadonlyRootfs: boolean;
    readonly CapDrop: string[];
    readonly CapAdd: string[] | null;
    readonly SecurityOpt: string[];
    readonly Privileged: boolean;
    readonly IpcMode: string;
    readonly PidMode: string;
    readonly UsernsMode: string;
    readonly Memory: number;
    readonly MemorySwap: number;
    readonly NanoCpus: number;
    readonly PidsLimit: number;
    readonly ShmSize: number;
    readonly Init: boolean;
    readonly Tmpfs: Record<string, string>;
    readonly Ulimits: { readonly Name: string; readonly Soft: number; readonly Hard: number }[];
    readonly RestartPolicy: { readonly Name: string; readonly MaximumRetryCount: number };
    readonly LogConfig: { readonly Type: string; readonly Config: Record<string, string> };
  };
  readonly Mounts: { readonly Type: string; readonly Destination: string; readonly RW: boolean }[];
}
