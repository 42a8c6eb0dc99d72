/**
 * The engine that `docker` reaches. Without one the end-to-end tests are skipped, and say so; with
 * SANDBOX_CDK_REQUIRE_ENGINE=1 (as in CI) its absence is a failure instead.
 */
import { spawnSync } from 'node:child_process';

const required = process.env['SANDBOX_CDK_REQUIRE_ENGINE'] === '1';

function whyNot(): string | undefined {
  const engine = spawnSync('docker', ['version', '--format', '{{.Server.Version}}'], {
    encoding: 'utf8',
  });
  if (engine.error) return 'there is no docker command';
  if (engine.status !== 0) return `docker reaches no engine: ${engine.stderr.trim()}`;
  const compose = spawnSync('docker', ['compose', 'version'], { encoding: 'utf8' });
  if (compose.status !== 0) return 'docker has no compose plugin';
  return undefined;
}

/** `describe` for tests that need an engine. */
export function describeWithEngine(name: string, tests: () => void): void {
  const reason = whyNot();
  if (reason === undefined) {
    describe(name, tests);
  } else if (required) {
    test(name, () => {
      throw new Error(`an engine is required here: ${reason}`);
    });
  } else {
    describe.skip(`${name} (skipped: ${reason})`, tests);
  }
}
