/** What a probe is: a pure function from what was seen of a running service to a judgement. */
import type { OutputSandbox } from '../../assembly/read';
import type { EngineEvidence } from '../evidence/engine';
import type { ServiceEvidence } from '../evidence/service';
import type { DescribedSandbox } from '../described';
import type { Judgement } from '../verdict';

export interface ProbeSubject {
  readonly sandbox: OutputSandbox;
  readonly described: DescribedSandbox;
  readonly service: ServiceEvidence;
  /** The other services of the sandbox. */
  readonly peers: readonly ServiceEvidence[];
  readonly engine: EngineEvidence;
}

export interface Probe {
  /** The row of docs/THREATS.md; also what `--allow-unproven` names. `D1` is drift. */
  readonly id: string;
  /** The wall, in a few words: `no way out`. */
  readonly title: string;
  /** What an agent could do without it. */
  readonly why: string;
  /** What to do where it is broken. */
  readonly fix: string;
  /** Must not throw, whatever was seen. */
  readonly judge: (subject: ProbeSubject) => Judgement;
}
