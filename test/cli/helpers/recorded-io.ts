/** An `Io` that keeps what is said, for tests without a process. */
import { plain, type Io, type Style } from '../../../lib/cli/io';

export interface RecordedIo extends Io {
  readonly stdout: string;
  readonly stderr: string;
}

export function recordedIo(style: Style = plain): RecordedIo {
  let stdout = '';
  let stderr = '';
  return {
    answer: (text) => (stdout += text),
    tell: (text) => (stderr += `${text}\n`),
    answerStyle: style,
    style,
    get stdout() {
      return stdout;
    },
    get stderr() {
      return stderr;
    },
  };
}
