import { eachService } from '../checks';
import type { Rule } from '../rule';
import { numberOf, recordOf, show } from '../values';

/** One container for one service. */
export const serviceReplicated: Rule = {
  id: 'service-replicated',
  title: 'A service is one container',
  severity: 'warning',
  acknowledgeable: true,
  why: 'Each further container has the limits once more, and all of them write to one output folder.',
  fix: 'remove scale and deploy.replicas; make a service for each agent',
  threats: ['N12', 'K5'],
  controls: ['resource-limits', 'agent-separation'],
  check: eachService(({ scale, deploy }) => {
    const replicas: unknown = scale ?? (deploy ? recordOf(deploy).replicas : undefined);
    if (replicas === undefined || (numberOf(replicas) ?? 2) <= 1) return undefined;
    return {
      property: scale === undefined ? 'deploy.replicas' : 'scale',
      message: `starts ${show(replicas)} containers`,
    };
  }),
};
