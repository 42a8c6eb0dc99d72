/** A program that was started inside a container: how it stands, and how it is ended from outside. */
import { setTimeout as pause } from 'node:timers/promises';
import { readText } from '../core/files';
import type { EngineClient } from './client';

export interface ExecInspect {
  readonly Running: boolean;
  readonly ExitCode: number | null;
  /** As the engine's host numbers it; 0 when it never started. */
  readonly Pid: number;
}

/** Between two looks at a program that is about to start, or has closed its outputs and goes on. */
const LOOK_AGAIN_MS = 100;
/** What a program says can be heard before the engine knows its number. */
const MOST_LOOKS_AT_A_START = 10;

export class ProgramInside {
  constructor(
    private readonly client: EngineClient,
    /** Full id. */
    private readonly container: string,
    private readonly id: string,
  ) {}

  inspect(): Promise<ExecInspect> {
    return this.client.get<ExecInspect>(`/exec/${this.id}/json`);
  }

  /**
   * How it ended; one that closed its outputs before its end is waited for.
   *
   * @param signal ends the waiting, with its reason as the error
   */
  async ended(signal?: AbortSignal): Promise<ExecInspect> {
    for (;;) {
      signal?.throwIfAborted();
      const state = await this.inspect();
      if (!state.Running) return state;
      await pause(LOOK_AGAIN_MS);
    }
  }

  /** As it is once it has a number. */
  private async started(): Promise<ExecInspect> {
    let state = await this.inspect();
    for (let looks = 1; state.Running && state.Pid === 0; looks++) {
      if (looks === MOST_LOOKS_AT_A_START) break;
      await pause(LOOK_AGAIN_MS);
      state = await this.inspect();
    }
    return state;
  }

  /**
   * Sends a signal to the program and what it started: the engine starts each program as the leader
   * of a process group of its own. The engine has no request for that, so it works where the program
   * is a process of this host that this user may signal: an engine on the same Linux.
   *
   * @returns whether it was sent
   */
  async signal(signal: NodeJS.Signals): Promise<boolean> {
    const { Running, Pid } = await this.started();
    return Running && Pid > 1 && this.isHere(Pid) && send(-Pid, signal);
  }

  /** A number that an engine elsewhere gave would be another process here. */
  private isHere(pid: number): boolean {
    return readText(`/proc/${pid}/cgroup`)?.includes(this.container) ?? false;
  }
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
