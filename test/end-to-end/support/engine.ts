/**
 * The engine that `docker` reaches. Without one the end-to-end tests are skipped, and say so; with
 * SANDBOX_CDK_REQUIRE_ENGINE=1 (as in CI) its absence is a failure instead.
 */
import { spawnSync } from 'node:child_process';

/** What is missing here is a failure, and no reason to skip. */
export const isRequired = process.env['SANDBOX_CDK_REQUIRE_ENGINE'] === '1';

function whyNot(runtime: string | undefined): string | undefined {
  const engine = ask('version', '--format', '{{.Server.Version}}');
  if (engine.error) return 'there is no docker command';
  if (engine.status !== 0) return `docker reaches no engine: ${engine.stderr.trim()}`;
  if (ask('compose', 'version').status !== 0) return 'docker has no compose plugin';
  if (runtime === undefined) return undefined;
  const { stdout } = ask('info', '--format', '{{range $name, $_ := .Runtimes}}{{$name}} {{end}}');
  return stdout.split(' ').includes(runtime) ? undefined : `the engine has no runtime ${runtime}`;
}

function ask(...args: string[]) {
  return spawnSync('docker', args, { encoding: 'utf8' });
}

/** `describe` for tests that need an engine, and maybe one of its runtimes. */
export function describeWithEngine(name: string, tests: () => void, runtime?: string): void {
  const reason = whyNot(runtime);
  if (reason === undefined) {
    describe(name, tests);
  } else if (isRequired) {
    test(name, () => {
      throw new Error(`an engine is required here: ${reason}`);
    });
  } else {
    describe.skip(`${name} (skipped: ${reason})`, tests);
  }
}
