/** `sandbox-cdk validate --watch`: the whole report at first, then what has changed after each event. */
import { EngineError } from '../../core/errors';
import type { EngineClient } from '../../engine/client';
import type { SandboxEvent } from '../../engine/events';
import { validateSandbox, type SandboxReport, type ServiceReport } from '../../engine/validate';
import { watchSandboxes } from '../../engine/watch';
import type { OutputSandbox } from '../../assembly/read';
import type { CommandContext } from '../context';
import { ExitCode } from '../exit-code';
import { interruptible } from '../interruption';
import { inert } from '../output/inert';
import { renderWalls } from '../output/walls';

export interface WatchRequest {
  readonly client: EngineClient;
  readonly sandboxes: readonly OutputSandbox[];
  readonly allowUnproven: ReadonlyMap<string, string>;
  /** An object a line instead of text. */
  readonly json: boolean;
}

/** Until Ctrl-C, or nobody reads any more. Gives what the last look at each found. */
export async function watchWalls(request: WatchRequest, context: CommandContext): Promise<number> {
  const watch = new WallWatch(request, context);
  await interruptible((signal) => watch.run(signal));
  return watch.isProven ? ExitCode.yes : ExitCode.no;
}

class WallWatch {
  private readonly reports = new Map<string, SandboxReport | undefined>();

  constructor(
    private readonly request: WatchRequest,
    private readonly context: CommandContext,
  ) {}

  get isProven(): boolean {
    return [...this.reports.values()].every((report) => report?.isProven === true);
  }

  async run(interrupted: AbortSignal): Promise<void> {
    const { client, sandboxes } = this.request;
    const unheard = new AbortController();
    const signal = AbortSignal.any([interrupted, unheard.signal]);
    await watchSandboxes(client, sandboxes, signal, async (sandbox, events) => {
      await this.look(sandbox, events);
      if (this.context.io.isHeard?.() === false) unheard.abort();
    });
  }

  private async look(sandbox: OutputSandbox, events: readonly SandboxEvent[]): Promise<void> {
    const { client, allowUnproven } = this.request;
    const { io, env } = this.context;
    const before = this.reports.get(sandbox.name);
    try {
      const report = await validateSandbox(client, sandbox, { env, allowUnproven });
      this.reports.set(sandbox.name, report);
      this.show(report, events, before);
    } catch (error) {
      if (!(error instanceof EngineError) || error.code === 'ENGINE_UNREACHABLE') throw error;
      // A container that has just gone, or a folder that is being written: looked at again after that.
      this.reports.set(sandbox.name, undefined);
      io.tell(`${sandbox.name}: ${inert(error.message)}`);
    }
  }

  private show(
    report: SandboxReport,
    events: readonly SandboxEvent[],
    before: SandboxReport | undefined,
  ): void {
    const { io } = this.context;
    if (this.request.json) {
      io.answer(`${JSON.stringify({ events, report })}\n`);
      return;
    }
    for (const { time, sandbox, service, action } of events) {
      io.answer(`${io.answerStyle('dim', `${time} ${sandbox}/${service}: ${action}`)}\n`);
    }
    io.answer(renderWalls(report, io.answerStyle, before && changedSince(before, report)));
  }
}

/** The walls that stand otherwise than before. */
function changedSince(before: SandboxReport, now: SandboxReport): readonly ServiceReport[] {
  return now.services.flatMap(({ service, results }) => {
    const old = before.services.find((each) => each.service === service)?.results ?? [];
    const changed = results.filter(
      ({ id, verdict }) => old.find((each) => each.id === id)?.verdict !== verdict,
    );
    return changed.length > 0 ? [{ service, results: changed }] : [];
  });
}
