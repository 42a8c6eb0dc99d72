/** A question to the person, on a terminal only. */
import * as readline from 'node:readline';
import { CommandError, ExitCode } from './exit-code';
import type { Io } from './io';

/** `undefined` where nobody can answer; then nothing was asked. No answer is no. */
export async function confirm(
  io: Io,
  facts: string,
  question: string,
): Promise<boolean | undefined> {
  if (!process.stdin.isTTY || io.live === undefined) return undefined;
  io.tell(facts);
  const reader = readline.createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await new Promise<string>((resolve, reject) => {
      reader.question(`${question} [y/N] `, resolve);
      reader.on('close', () => resolve(''));
      reader.on('SIGINT', () => reject(nothingDone()));
    });
    return /^y(?:es)?$/i.test(answer.trim());
  } finally {
    reader.close();
  }
}

/** Ctrl-C: no answer either, but the person left. */
function nothingDone(): CommandError {
  return new CommandError(ExitCode.interrupted, 'INTERRUPTED', 'interrupted; nothing was done');
}
