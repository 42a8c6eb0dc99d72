/** The kinds of L1 construct: one for each named section of a Compose document. */
import type { ComposeSection } from '../../lib/compose/element';

export interface ElementKind {
  /** Name of the type in the model, and with `Compose` before it of the class. */
  readonly type: string;
  readonly section: ComposeSection;
  /** What it is, completing "One …". */
  readonly about: string;
  readonly specification: string;
  /** Props of the example, a line each. */
  readonly example: readonly string[];
}

export const ELEMENTS: readonly ElementKind[] = [
  {
    type: 'Service',
    section: 'services',
    about: 'service of the document: a container image with everything it runs with',
    specification: '05-services.md',
    example: ["image: 'debian:trixie-slim'", "networkMode: 'none'", 'readOnly: true'],
  },
  {
    type: 'Network',
    section: 'networks',
    about: 'network of the document, which services join',
    specification: '06-networks.md',
    example: ['internal: true', "driverOpts: { 'com.docker.network.bridge.enable_icc': 'false' }"],
  },
  {
    type: 'Volume',
    section: 'volumes',
    about: 'named volume of the document',
    specification: '07-volumes.md',
    example: ["labels: { purpose: 'cache' }"],
  },
  {
    type: 'Config',
    section: 'configs',
    about: 'config of the document: a file that services mount read-only',
    specification: '08-configs.md',
    example: [`content: 'log = "info"'`],
  },
  {
    type: 'Secret',
    section: 'secrets',
    about: 'secret of the document: a file or variable of the host that services may be granted',
    specification: '09-secrets.md',
    example: ["environment: 'MODEL_API_KEY'"],
  },
  {
    type: 'Model',
    section: 'models',
    about: 'language model of the document, served by the engine to services',
    specification: 'models.md',
    example: ["model: 'ai/smollm2'", 'contextSize: 4096'],
  },
];
