/** What the probes say of a sound service that was changed in one thing. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { PROBES } from '../../../lib/engine/probes';
import type { ProbeSubject } from '../../../lib/engine/probes/probe';
import { soundSubject, type Mutable } from './subject';

export type Subject = Mutable<ProbeSubject>;
export type Change = (subject: Subject) => void;

/** Of the test file that runs. */
export const folder = fs.realpathSync(
  fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-probes-')),
);
afterAll(() => fs.rmSync(folder, { recursive: true }));

export function judged(change: Change): Record<string, string> {
  const subject = soundSubject(folder);
  change(subject);
  return Object.fromEntries(
    PROBES.flatMap(({ id, judge }) => {
      const { verdict } = judge(subject as unknown as ProbeSubject);
      return verdict === 'proven' ? [] : [[id, verdict]];
    }),
  );
}

export function evidenceOf(id: string, change: Change): string {
  const subject = soundSubject(folder);
  change(subject);
  return PROBES.find((probe) => probe.id === id)!.judge(subject as unknown as ProbeSubject)
    .evidence;
}

/** What was seen, to be changed. */
export function seen<T>(fact: { seen: T } | { unseen: string }): T {
  if ('unseen' in fact) throw new Error(fact.unseen);
  return fact.seen;
}

export const host = ({ service }: Subject) =>
  service.container.HostConfig as Mutable<Record<string, unknown>>;
export const config = ({ service }: Subject) => service.container.Config as Record<string, unknown>;
export const sources = ({ service }: Subject) => seen(service.sources);
export const process0 = ({ service }: Subject) => seen(service.processes)[0]!;
export const inside = ({ service }: Subject, id: string) =>
  seen(service.health).set(id, { verdict: 'broken', evidence: 'seen inside' });
