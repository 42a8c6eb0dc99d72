/** Reads what an attacker's program said last, and judges it by what the attack must be refused with. */
import { isObject } from '../../core/is-object';
import type { Captured } from '../execute';
import type { Attack, AttackResult, Outcome } from './attack';

export function judgeAnswer(attack: Attack, captured: Captured): AttackResult {
  const answer = parse(captured.stdout);
  if (!answer) return untried(attack, whyNothing(captured));
  const { done, refusal, untried: reason, reached = '' } = answer;
  if (done !== undefined) return result(attack, 'succeeded', { detail: done });
  if (refusal === undefined) return untried(attack, joined(reason ?? 'gave no answer', reached));
  return attack.refusals.includes(refusal)
    ? result(attack, 'refused', { refusal, detail: reached })
    : untried(attack, joined(`failed with ${refusal}, which no wall gives`, reached));
}

/** An attack of which nothing was learned, and why. */
export function untried(attack: Attack, detail: string): AttackResult {
  return result(attack, 'untried', { detail });
}

function result(
  { id, title, walls }: Attack,
  outcome: Outcome,
  seen: Pick<AttackResult, 'refusal' | 'detail'>,
): AttackResult {
  return { id, title, walls, outcome, ...seen };
}

type Answer = Partial<Record<'done' | 'refusal' | 'untried' | 'reached', string>>;

function parse(text: string): Answer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isAnswer =
      isObject(value) && Object.values(value).every((word) => typeof word === 'string');
    return isAnswer ? value : undefined;
  } catch {
    return undefined;
  }
}

function whyNothing({ exitCode, stdout, stderr }: Captured): string {
  const words = (stderr || stdout).trim().split('\n').at(-1);
  return `its program gave no answer (exit code ${exitCode})${words ? `: ${words}` : ''}`;
}

function joined(...words: readonly string[]): string {
  return words.filter(Boolean).join(' ');
}
