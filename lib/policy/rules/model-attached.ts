import { eachService } from '../checks';
import type { Rule } from '../rule';
import { isRecord, listOf } from '../values';

/** Models are reached through the gateway. */
export const modelAttached: Rule = {
  id: 'model-attached',
  title: 'No model is attached through Compose',
  severity: 'warning',
  acknowledgeable: true,
  why: 'Compose reaches models over the network of the host’s model runner, past the gateway and its records.',
  fix: 'remove models; let the model be reached through the gateway’s socket',
  threats: ['N6', 'N10'],
  controls: ['network-boundary'],
  check: eachService(({ models }) => {
    if (models === undefined) return undefined;
    const names = isRecord(models) ? Object.keys(models) : listOf(models).map(String);
    if (names.length === 0) return undefined;
    return { property: 'models', message: `attaches ${names.join(', ')}` };
  }),
};
