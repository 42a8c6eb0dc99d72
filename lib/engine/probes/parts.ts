/** Pieces that several probes are made of. */
import type { ProcessFacts, ServiceEvidence } from '../evidence/service';
import { all, broken, judgeFact, proven, unproven, type Judgement } from '../verdict';

/** What the image's own health check said of one thing. */
export function health({ health: fact }: ServiceEvidence, ...ids: string[]): Judgement {
  return judgeFact(fact, (verdicts) =>
    all(
      ids.map((id) => {
        const seen = verdicts.get(id);
        return seen
          ? { verdict: seen.verdict, evidence: seen.evidence }
          : unproven(`the health check leaves ${id} out`);
      }),
    ),
  );
}

/** Broken by any of the problems. */
export function none(problems: readonly string[], evidence: string): Judgement {
  if (problems.length === 0) return proven(evidence);
  const more = problems.length > 3 ? ` and ${problems.length - 3} more` : '';
  return broken(problems.slice(0, 3).join(', ') + more);
}

/** The problems that processes have, with the first process that has it. */
export function ofProcesses(
  { processes }: ServiceEvidence,
  problem: (process: ProcessFacts) => string | undefined,
  evidence: string,
): Judgement {
  return judgeFact(processes, (seen) => {
    const problems = seen.flatMap((process) => {
      const found = problem(process);
      return found === undefined ? [] : [`${found} (process ${process.name})`];
    });
    return none([...new Set(problems)], `${seen.length} processes: ${evidence}`);
  });
}

/** True for a service that has no network at all, as every agent. */
export function isAirGapped({ described }: ServiceEvidence): boolean {
  return described.network_mode === 'none';
}
