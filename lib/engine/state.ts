/**
 * What is remembered about a sandbox on this machine, outside of the folder that people commit: who
 * works on it right now, and its last verdict. A folder per checkout, named as its Compose project is.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { hasCode, systemReason } from '../assembly/io-error';
import { lockHolder, refreshLock, tryLock } from '../assembly/lock';
import type { OutputSandbox } from '../assembly/read';
import { EngineError } from '../core/errors';
import { isObject } from '../core/is-object';
import { projectName, realFolder } from './deployment';
import type { Environment } from './environment';
import { assertNotInterrupted } from './interrupted';
import type { Verdict } from './verdict';

const VERDICT_FILE = 'verdict.json';
const FORMAT = 1;

/** What has to be known of a report to remember it. */
export interface RememberedReport {
  readonly isProven: boolean;
  readonly services: readonly RememberedService[];
}

export interface RememberedService {
  readonly service: string;
  readonly results: readonly {
    readonly id: string;
    readonly title: string;
    readonly verdict: Verdict;
    readonly evidence: string;
  }[];
}

export interface LastVerdict extends RememberedReport {
  /** When it was given. */
  readonly at: Date;
  /** The container that was looked at, by service: a verdict says nothing about a later one. */
  readonly containers: Readonly<Record<string, string>>;
}

/** `$XDG_STATE_HOME/sandbox-cdk/PROJECT`. */
export function stateFolder({ name, folder }: OutputSandbox, env: Environment): string {
  return path.join(stateHome(env), 'sandbox-cdk', projectName(name, realFolder(folder)));
}

function stateHome(env: Environment): string {
  const { XDG_STATE_HOME: home } = env;
  // A relative one is invalid, and to be ignored (XDG Base Directory Specification).
  if (home !== undefined && path.isAbsolute(home)) return home;
  return path.join(env.HOME || os.homedir(), '.local', 'state');
}

/**
 * Remembers a report. One that cannot be kept is no error: the answer was given already.
 *
 * @param containers ids of the containers that were looked at, by service
 */
export function rememberVerdict(
  sandbox: OutputSandbox,
  env: Environment,
  { isProven, services }: RememberedReport,
  containers: Readonly<Record<string, string>>,
): void {
  const kept = {
    format: FORMAT,
    at: new Date().toISOString(),
    isProven,
    containers,
    services: services.map(({ service, results }) => ({
      service,
      results: results.map(({ id, title, verdict, evidence }) => ({
        id,
        title,
        verdict,
        evidence,
      })),
    })),
  };
  try {
    writeAtomically(stateFolder(sandbox, env), VERDICT_FILE, `${JSON.stringify(kept, null, 2)}\n`);
  } catch {
    // A home that cannot be written to; `status` then knows of no verdict.
  }
}

/** The last verdict; `undefined` when there is none, or what is there cannot be understood. */
export function lastVerdict(sandbox: OutputSandbox, env: Environment): LastVerdict | undefined {
  try {
    const file = path.join(stateFolder(sandbox, env), VERDICT_FILE);
    return parseVerdict(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

const VERDICTS: readonly unknown[] = ['proven', 'broken', 'unproven'] satisfies Verdict[];

function parseVerdict(kept: unknown): LastVerdict | undefined {
  if (!isObject(kept) || kept.format !== FORMAT) return undefined;
  const { at, isProven, containers, services } = kept;
  const time = new Date(typeof at === 'string' ? at : NaN);
  const isWhole =
    !Number.isNaN(time.getTime()) &&
    typeof isProven === 'boolean' &&
    isObject(containers) &&
    Object.values(containers).every((id) => typeof id === 'string') &&
    Array.isArray(services) &&
    services.every(isService);
  if (!isWhole) return undefined;
  return { at: time, isProven, containers: containers as Record<string, string>, services };
}

function isService(value: unknown): value is RememberedService {
  return (
    isObject(value) &&
    typeof value.service === 'string' &&
    Array.isArray(value.results) &&
    value.results.every(isResult)
  );
}

function isResult(value: unknown): boolean {
  return (
    isObject(value) &&
    ['id', 'title', 'evidence'].every((key) => typeof value[key] === 'string') &&
    VERDICTS.includes(value.verdict)
  );
}

/** Forgets the verdict. The folder goes with the lock of whoever works on the sandbox. */
export function forgetVerdict(sandbox: OutputSandbox, env: Environment): void {
  fs.rmSync(path.join(stateFolder(sandbox, env), VERDICT_FILE), { force: true });
}

export interface Waiting {
  /** Called once when somebody else works on the sandbox, with whom, if that can be told. */
  readonly onWait?: (holder: string | undefined) => void;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
}

const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 200;
const REFRESH_MS = 60_000;

/**
 * Runs `action` while no other command changes this sandbox; the next one waits. A holder that ended
 * without giving the lock back does not stop anybody.
 *
 * @throws EngineError STATE_UNWRITABLE when nothing can be remembered; INTERRUPTED while it waited
 */
export async function whileAlone<T>(
  sandbox: OutputSandbox,
  env: Environment,
  action: () => Promise<T>,
  waiting: Waiting = {},
): Promise<T> {
  const folder = stateFolder(sandbox, env);
  const release = await lock(sandbox, folder, waiting);
  const refresh = setInterval(() => refreshLock(folder), REFRESH_MS).unref();
  try {
    return await action();
  } finally {
    clearInterval(refresh);
    release();
    removeIfEmpty(folder);
  }
}

function removeIfEmpty(folder: string): void {
  try {
    fs.rmdirSync(folder);
  } catch {
    // Something is remembered, or the next one waits already.
  }
}

async function lock(
  sandbox: OutputSandbox,
  folder: string,
  { onWait, signal }: Waiting,
): Promise<() => void> {
  let told = false;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    assertNotInterrupted(signal, sandbox.name);
    const release = tryToLock(folder);
    if (release) return release;
    if (!told) onWait?.(holderIn(folder));
    told = true;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

function tryToLock(folder: string): (() => void) | undefined {
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    return tryLock(folder);
  } catch (error) {
    // The one before took the empty folder away between these two lines.
    if (hasCode(error, 'ENOENT') && !fs.existsSync(folder)) return undefined;
    throw new EngineError(
      'STATE_UNWRITABLE',
      `nothing can be remembered in ${folder}: ${systemReason(error)}, or set XDG_STATE_HOME to another folder of yours`,
    );
  }
}

/** Who changes this sandbox right now; `undefined` when nobody does, or it cannot be told. */
export function whoWorksOn(sandbox: OutputSandbox, env: Environment): string | undefined {
  return holderIn(stateFolder(sandbox, env));
}

function holderIn(folder: string): string | undefined {
  try {
    const holder = lockHolder(folder);
    return holder && `process ${holder.pid} on ${holder.host}`;
  } catch {
    return undefined;
  }
}

/** Written beside and renamed: a reader sees the old file or the new one, never a half. */
function writeAtomically(folder: string, name: string, content: string): void {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const part = path.join(folder, `${name}.${process.pid}.part`);
  try {
    fs.writeFileSync(part, content, { mode: 0o600 });
    fs.renameSync(part, path.join(folder, name));
  } finally {
    fs.rmSync(part, { force: true }); // what a full disk cut short
  }
}
