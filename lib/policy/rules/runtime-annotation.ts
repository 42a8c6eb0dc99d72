import { eachService } from '../checks';
import type { Rule } from '../rule';
import { entriesOf, show } from '../values';

/** Prefixes of annotations that runtimes obey. */
const OBEYED =
  /^(?:run\.oci\.|io\.katacontainers\.|dev\.gvisor\.|io\.kubernetes\.cri|cdi\.|io\.podman\.annotations\.|org\.criu\.|org\.systemd\.)/i;

/** No word to the runtime behind the engine's back. */
export const runtimeAnnotation: Rule = {
  id: 'runtime-annotation',
  title: 'No annotation changes what the runtime does',
  severity: 'error',
  acknowledgeable: true,
  why: 'Runtimes take orders from annotations: hooks on the host, other hypervisor settings, switched-off filters.',
  fix: 'remove the annotation',
  threats: ['K2', 'K7'],
  controls: ['kernel-confinement'],
  check: eachService((service) => {
    if (service.annotations === undefined) return undefined;
    return entriesOf(service.annotations)
      .filter(({ name }) => OBEYED.test(name))
      .map(({ name, key }) => ({
        property: `annotations.${key}`,
        message: `sets ${show(name)}`,
      }));
  }),
};
