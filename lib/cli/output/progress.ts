/** Long work as people see it: one line that changes on a terminal, a line for each step elsewhere. */
import type { Progress } from '../../engine/progress';
import type { Io } from '../io';
import { inertLine } from './inert';

export interface ProgressView {
  readonly onProgress: Progress;
  /** Takes the changing line away. */
  done(): void;
}

const LONGEST = 72;

export function progressView(io: Io): ProgressView {
  return io.live ? liveView(io, io.live) : plainView(io);
}

function plainView(io: Io): ProgressView {
  let last = '';
  return {
    onProgress: ({ sandbox, doing }) => {
      const line = `${sandbox}: ${doing}`;
      if (line !== last) io.tell(line);
      last = line;
    },
    done: () => undefined,
  };
}

const REDRAW_MS = 500;

function liveView({ style }: Io, live: (text: string) => void): ProgressView {
  let shown = '';
  let since = Date.now();
  let line = '';
  const draw = () => {
    if (shown === '') return;
    const seconds = Math.floor((Date.now() - since) / 1000);
    live(style('dim', shorten(seconds > 0 ? `${line} (${seconds} s)` : line)));
  };
  const timer = setInterval(draw, REDRAW_MS).unref();
  return {
    onProgress: ({ sandbox, doing, detail }) => {
      const step = `${sandbox}: ${doing}`;
      if (step !== shown) since = Date.now();
      shown = step;
      line = detail === undefined ? step : `${step}: ${inertLine(detail)}`;
      draw();
    },
    done: () => {
      clearInterval(timer);
      live('');
    },
  };
}

function shorten(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
