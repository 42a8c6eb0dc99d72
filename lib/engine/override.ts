/**
 * What `start` tells Compose beyond the committed file: labels of built images, and masks. It is
 * handed over as standard input, so the folder stays as it was reviewed.
 */
import type { OutputSandbox } from '../assembly/read';
import type { DescribedSandbox } from './described';
import { INPUTS_LABEL, inputsDigest } from './inputs';
import { maskMount, masksOf, type Mask } from './masks';

export interface Override {
  /** A Compose file; JSON is YAML. */
  readonly text: string;
  readonly masks: Readonly<Record<string, readonly Mask[]>>;
  /** Digests of the inputs, by service. */
  readonly inputs: Readonly<Record<string, string | undefined>>;
}

export function overrideOf(sandbox: OutputSandbox, { services }: DescribedSandbox): Override {
  const masks: Record<string, readonly Mask[]> = {};
  const inputs: Record<string, string | undefined> = {};
  const document: Record<string, object> = {};
  for (const [name, service] of Object.entries(services)) {
    masks[name] = masksOf(service);
    inputs[name] = inputsDigest(sandbox, service);
    document[name] = {
      ...(inputs[name] && { build: { labels: { [INPUTS_LABEL]: inputs[name] } } }),
      ...(masks[name].length > 0 && { volumes: masks[name].map(maskMount) }),
    };
  }
  return { text: JSON.stringify({ services: document }), masks, inputs };
}
