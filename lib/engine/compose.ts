/** Compose, called without the docker command in between, which would cost another tenth of a second. */
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { EngineError } from '../core/errors';
import { quote } from '../core/quote';
import { dockerConfigFolder } from './endpoint';
import type { Environment } from './environment';

/** Where the docker command looks for its plugins, after the user's own folder. */
const PLUGIN_FOLDERS = [
  '/usr/local/lib/docker/cli-plugins',
  '/usr/local/libexec/docker/cli-plugins',
  '/usr/lib/docker/cli-plugins',
  '/usr/libexec/docker/cli-plugins',
  '/Applications/Docker.app/Contents/Resources/cli-plugins',
];

const PLUGIN = process.platform === 'win32' ? 'docker-compose.exe' : 'docker-compose';

type Command = readonly [program: string, ...words: string[]];

/** The words that start Compose: the plugin's own program, else the docker command. */
export function composeCommand(env: Environment): Command {
  const folders = [path.join(dockerConfigFolder(env), 'cli-plugins'), ...PLUGIN_FOLDERS];
  const plugin = folders.map((folder) => path.join(folder, PLUGIN)).find(isProgram);
  return plugin === undefined ? ['docker', 'compose'] : [plugin];
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface ComposeRun {
  readonly args: readonly string[];
  readonly env: Environment;
  /** Written to its standard input. */
  readonly input?: string;
  /** Receives each line that it says, as it comes. */
  readonly onLine?: (line: string) => void;
  /** Ends the run: it is asked to stop, and waited for. */
  readonly signal?: AbortSignal;
}

export interface ComposeResult {
  readonly exitCode: number;
  readonly stdout: string;
  /** Everything it said on both streams, in order. */
  readonly output: string;
}

/**
 * Runs Compose to its end, whatever that is.
 *
 * @throws EngineError COMPOSE_MISSING when there is no Compose
 */
export async function runCompose(run: ComposeRun): Promise<ComposeResult> {
  const command = composeCommand(run.env);
  const result = await runProgram(command, run);
  if (result.exitCode !== 0) await assertCompose(command, run.env);
  return result;
}

/** A docker command without Compose complains about the words that Compose would have understood. */
async function assertCompose(command: Command, env: Environment): Promise<void> {
  if (command.length === 1) return;
  const { exitCode, output } = await runProgram(command, { args: ['version'], env });
  if (exitCode !== 0) throw missing(`${command.join(' ')} says ${quote(complaintIn(output))}`);
}

function complaintIn(output: string): string {
  const lines = output.split('\n').filter((line) => line !== '' && !line.startsWith('WARNING'));
  return lines[0] ?? 'nothing';
}

function runProgram(
  [program, ...words]: Command,
  { args, env, input, onLine, signal }: ComposeRun,
): Promise<ComposeResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...words, ...args], { env, stdio: 'pipe', signal });
    let stdout = '';
    let output = '';
    const lines = lineReader(onLine);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      output += text;
      lines(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      lines(text);
    });
    child.stdin.on('error', () => undefined); // it ended without reading: its exit code tells
    child.stdin.end(input ?? '');
    child.on('error', (error) => {
      if (error.name !== 'AbortError') reject(missing(error.message));
    });
    child.on('close', (code) => {
      lines('\n');
      resolve({ exitCode: code ?? 1, stdout, output });
    });
  });
}

function lineReader(onLine: ((line: string) => void) | undefined): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') onLine?.(line);
  };
}

function missing(why: string): EngineError {
  return new EngineError(
    'COMPOSE_MISSING',
    `Docker Compose 2 is needed and cannot be started: ${why}; docker-compose 1 is not enough: install the package docker-compose-plugin (Debian and Ubuntu of Docker), docker-compose (Debian 13 and newer) or Docker Desktop`,
  );
}
