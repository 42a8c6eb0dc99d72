/**
 * One writer at a time. The lock is a file in the output folder that names the process that holds it;
 * when that process has ended without taking its lock away, the next one takes the lock over.
 *
 * Taking over must not be a race: between "the holder has ended" and "replace its lock", somebody else
 * may have done both. So whoever wants to replace a lock first takes a second lock, whose name belongs
 * to the stale lock, and looks again while holding it.
 */
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { OutputError } from '../core/errors';
import { hasCode } from './io-error';
import { sha256 } from './manifest';
import { CREATE } from './open-flags';
import { fateOf, ownIdentity, type ProcessIdentity } from './process-identity';

export const LOCK_FILE = '.lock';

/** How long to wait for another run. */
const PATIENCE_MS = 10_000;
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 100;
/** A lock without content is one that is being written, for longer than anybody needs for that. */
const WRITING_MS = 2_000;
/** A holder that cannot be seen from here (another machine or container) is believed this long. */
const UNSEEN_MS = 300_000;

/**
 * Runs `action` while no other process holds the lock of `folder`, which must exist.
 *
 * @param patience milliseconds to wait for another run
 * @throws OutputError OUTPUT_BUSY when another run still holds it after that
 */
export function withLock<T>(folder: string, action: () => T, patience = PATIENCE_MS): T {
  const lock = path.join(folder, LOCK_FILE);
  const own = acquire(lock, Date.now() + patience);
  try {
    return action();
  } finally {
    release(lock, own);
  }
}

/**
 * Takes the lock of `folder` if it can be had now, and gives what releases it again; `undefined` when
 * another process holds it. For those who can do something else while they wait.
 */
export function tryLock(folder: string): (() => void) | undefined {
  const lock = path.join(folder, LOCK_FILE);
  const own = ownContent();
  if (!tryToTake(lock, own, Date.now() + PATIENCE_MS)) return undefined;
  return () => release(lock, own);
}

/** The process that holds the lock of `folder`; `undefined` when none does, or it cannot be told. */
export function lockHolder(folder: string): ProcessIdentity | undefined {
  const held = look(path.join(folder, LOCK_FILE));
  return held && !isStale(held) ? holderOf(held.content) : undefined;
}

/** Tells others, who cannot see this process, that the lock of `folder` is still held. */
export function refreshLock(folder: string): void {
  const now = new Date();
  try {
    fs.lutimesSync(path.join(folder, LOCK_FILE), now, now);
  } catch {
    // It was taken away; then there is nothing to keep.
  }
}

function ownContent(): string {
  return `${JSON.stringify({ ...ownIdentity(), token: randomUUID() })}\n`;
}

/** Takes the lock and gives back its content, which is different for every holder. */
function acquire(lock: string, deadline: number): string {
  const own = ownContent();
  for (let pause = FIRST_PAUSE_MS; !tryToTake(lock, own, deadline); pause *= 2) {
    if (Date.now() >= deadline) throw busy(lock);
    sleep(Math.min(pause, LONGEST_PAUSE_MS));
  }
  return own;
}

function tryToTake(lock: string, own: string, deadline: number): boolean {
  if (create(lock, own)) return true;
  const held = look(lock);
  return held !== undefined && isStale(held) && takeOver(lock, held, own, deadline);
}

/** Replaces a stale lock; false when somebody else was quicker. */
function takeOver(lock: string, stale: Held, own: string, deadline: number): boolean {
  const claim = `${lock}.${sha256(stale.content).slice(0, 16)}`;
  const ownClaim = acquire(claim, deadline);
  try {
    // While the claim is ours nobody else replaces this lock, and its holder is gone.
    if (look(lock)?.content !== stale.content) return false;
    fs.rmSync(lock, { force: true });
    if (!create(lock, own)) return false;
    removeOldClaims(lock);
    return true;
  } finally {
    release(claim, ownClaim);
  }
}

/** Claims are about stale locks that are gone for good now; a run killed while it held one left it. */
function removeOldClaims(lock: string): void {
  const folder = path.dirname(lock);
  for (const name of fs.readdirSync(folder)) {
    if (name.startsWith(`${path.basename(lock)}.`))
      fs.rmSync(path.join(folder, name), { force: true });
  }
}

function create(lock: string, content: string): boolean {
  let file: number;
  try {
    file = fs.openSync(lock, CREATE, 0o644);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
  try {
    fs.writeFileSync(file, content);
  } catch (error) {
    fs.rmSync(lock, { force: true }); // on a full disk; an empty one would hold up the next run
    throw error;
  } finally {
    fs.closeSync(file);
  }
  return true;
}

function release(lock: string, own: string): void {
  if (look(lock)?.content === own) fs.rmSync(lock, { force: true });
}

interface Held {
  readonly content: string;
  readonly ageMs: number;
}

/** The lock as it stands; `undefined` when nobody holds it. */
function look(lock: string): Held | undefined {
  const stats = fs.lstatSync(lock, { throwIfNoEntry: false });
  if (!stats) return undefined;
  if (!stats.isFile()) {
    throw new OutputError('OUTPUT_UNSAFE', `${lock} is no file; remove it, then run again`, [lock]);
  }
  try {
    return { content: fs.readFileSync(lock, 'utf8'), ageMs: Date.now() - stats.mtimeMs };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isStale({ content, ageMs }: Held): boolean {
  const holder = holderOf(content);
  if (!holder) return ageMs > WRITING_MS;
  const fate = fateOf(holder);
  return fate === 'ended' || (fate === 'unknown' && ageMs > UNSEEN_MS);
}

function holderOf(content: string): ProcessIdentity | undefined {
  try {
    const holder = JSON.parse(content) as Partial<ProcessIdentity> | null;
    const known = Number.isSafeInteger(holder?.pid) && holder!.pid! > 0;
    return known ? (holder as ProcessIdentity) : undefined;
  } catch {
    return undefined;
  }
}

function busy(lock: string): OutputError {
  const holder = holderOf(look(lock)?.content ?? '');
  const who = holder ? `process ${holder.pid} on ${holder.host}` : 'another run';
  return new OutputError(
    'OUTPUT_BUSY',
    `${path.dirname(lock)} is being written by ${who}; wait for it, then run again. If nothing runs there any more, remove ${lock}`,
    [lock],
  );
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
