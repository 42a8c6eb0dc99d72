import { eachService } from '../checks';
import type { Rule } from '../rule';
import { keywordOf, listOf, recordOf, show } from '../values';

/** No GPU: its driver is a large part of the kernel. */
export const gpuAttached: Rule = {
  id: 'gpu-attached',
  title: 'No GPU is attached',
  severity: 'error',
  acknowledgeable: true,
  why: 'GPU drivers run in the kernel, take complex input from every process, and keep memory of other processes.',
  fix: 'remove gpus; let a service that the agent reaches through a socket have the GPU',
  threats: ['K7'],
  controls: ['kernel-confinement'],
  check: eachService((service) => {
    if (service.gpus !== undefined) {
      return { property: 'gpus', message: `attaches ${show(service.gpus)}` };
    }
    if (keywordOf(service.runtime)?.includes('nvidia')) {
      return { property: 'runtime', message: `received runtime ${show(service.runtime)}` };
    }
    if (service.deploy === undefined) return undefined;
    const { reservations } = recordOf(recordOf(service.deploy).resources);
    if (listOf(recordOf(reservations).devices).length === 0) return undefined;
    return { property: 'deploy.resources.reservations.devices', message: 'reserves devices' };
  }),
};
