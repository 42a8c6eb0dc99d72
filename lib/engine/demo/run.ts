/** Tries every attack in turn inside a running service. It shows what the walls do; `validate` proves them. */
import { EngineError } from '../../core/errors';
import type { ContainerInspect } from '../api';
import type { EngineClient } from '../client';
import { inspectContainer } from '../deployment';
import { changesSince } from './aftermath';
import type { Attack, AttackResult, Limits } from './attack';
import { tryAttack } from './attacker';
import { ATTACKS } from './attacks';

export type { Attack, AttackResult, Outcome } from './attack';

export interface DemoRequest {
  readonly client: EngineClient;
  /** Full id of a container that runs. */
  readonly container: string;
  /** What is being done now: `fill memory`. */
  readonly onStep: (doing: string) => void;
  readonly onResult: (result: AttackResult) => void;
  readonly signal?: AbortSignal;
  /** Default: all. */
  readonly attacks?: readonly Attack[];
}

export interface Demo {
  readonly attacks: readonly AttackResult[];
  /** What is not as it was before; nothing where the walls held. */
  readonly changes: readonly string[];
}

/** Every attack was refused, and did no harm. */
export function isHeld({ attacks, changes }: Demo): boolean {
  return changes.length === 0 && attacks.every(({ outcome }) => outcome === 'refused');
}

/**
 * @throws EngineError INTERRUPTED once the person has asked to stop, when the attack that ran has ended
 * @throws EngineError when the engine cannot be reached
 */
export async function runDemo(request: DemoRequest): Promise<Demo> {
  const { client, container, onStep, onResult, signal } = request;
  const before = await inspectContainer(client, container);
  const target = { client, container, limits: limitsOf(before) };
  const attacks: AttackResult[] = [];
  for (const attack of request.attacks ?? ATTACKS) {
    assertGoingOn(signal);
    onStep(attack.title);
    const result = await tryAttack(target, attack, signal);
    assertGoingOn(signal);
    attacks.push(result);
    onResult(result);
  }
  onStep('looking at what is left');
  return { attacks, changes: await changesSince(client, before, onStep, signal) };
}

function limitsOf({ HostConfig }: ContainerInspect): Limits {
  return { memoryBytes: HostConfig.Memory, pids: Math.max(HostConfig.PidsLimit ?? 0, 0) };
}

function assertGoingOn(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new EngineError('INTERRUPTED', 'interrupted; the attack that ran was told to end');
}
