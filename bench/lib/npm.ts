// Runs npm to prepare what is measured (never as part of a measurement).
import { spawnSync } from 'node:child_process';
import { cleanEnvironment } from './measure';

/** Runs one npm command and returns what it printed; throws with npm's own words if it fails. */
export function npm(args: readonly string[], cwd: string): string {
  const result = spawnSync('npm', args, {
    cwd,
    env: cleanEnvironment(),
    encoding: 'utf8',
    timeout: 300_000,
    shell: process.platform === 'win32', // npm is a .cmd file there
  });
  if (result.error || result.status !== 0) {
    throw new Error(`npm ${args[0]} failed in ${cwd}: ${result.error?.message ?? result.stderr}`);
  }
  return result.stdout.trim();
}
