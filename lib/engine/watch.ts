/** Proves the walls again and again: whenever something has happened to a sandbox. */
import { setTimeout as pause } from 'node:timers/promises';
import type { OutputSandbox } from '../assembly/read';
import type { EngineClient } from './client';
import { followEvents, type SandboxEvent } from './events';

/** What belongs together comes together: a restart is some ten events. */
const SETTLE_MS = 250;

/**
 * @param look is called for each sandbox at first, without events, and then with what has happened to
 * it; never twice at a time
 * @throws EngineError when the engine goes away, and what `look` throws
 */
export async function watchSandboxes(
  client: EngineClient,
  sandboxes: readonly OutputSandbox[],
  signal: AbortSignal,
  look: (sandbox: OutputSandbox, events: readonly SandboxEvent[]) => Promise<void>,
): Promise<void> {
  const happened = new Inbox();
  await new Promise<void>((resolve, reject) => {
    const following = followEvents(client, sandboxes, {
      signal,
      onOpen: resolve,
      onEvent: (event) => happened.put(event),
    });
    following.then(
      () => happened.close(),
      (error: unknown) => happened.close(error as Error),
    );
    following.catch(reject);
  });
  for (const sandbox of sandboxes) await look(sandbox, []);
  while (await happened.some()) {
    await pause(SETTLE_MS, undefined, { signal }).catch(() => undefined);
    const events = happened.take();
    for (const sandbox of sandboxes) {
      const own = events.filter((event) => event.sandbox === sandbox.name);
      if (own.length > 0 && !signal.aborted) await look(sandbox, own);
    }
  }
}

/** Events that nobody has looked at yet. */
class Inbox {
  private events: SandboxEvent[] = [];
  private isClosed = false;
  private failure: Error | undefined;
  private wake: () => void = () => undefined;

  put(event: SandboxEvent): void {
    this.events.push(event);
    this.wake();
  }

  close(failure?: Error): void {
    this.isClosed = true;
    this.failure = failure;
    this.wake();
  }

  /** Waits for one. False once it is closed. */
  async some(): Promise<boolean> {
    while (this.events.length === 0 && !this.isClosed) {
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    if (this.failure) throw this.failure;
    return !this.isClosed;
  }

  take(): readonly SandboxEvent[] {
    const taken = this.events;
    this.events = [];
    return taken;
  }
}
