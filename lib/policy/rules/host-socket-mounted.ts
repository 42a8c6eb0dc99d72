import { eachHostReference } from '../checks';
import type { Rule } from '../rule';

/** No other socket of the host: whoever listens there runs outside of the walls. */
export const hostSocketMounted: Rule = {
  id: 'host-socket-mounted',
  title: 'No Unix socket of the host is mounted, nor the sockets of its display',
  severity: 'error',
  acknowledgeable: true,
  why: 'Behind a socket runs a program outside of the sandbox that does what it is asked; a display server even gives away keystrokes and types for you.',
  fix: 'let the program run as a service of this sandbox, and share a socket through a named volume',
  threats: ['F3', 'N12'],
  controls: ['network-boundary'],
  check: eachHostReference(({ use, source }) => {
    if (use !== 'mounts') return undefined;
    const { shown, verdict, resolved } = source;
    if (verdict?.kind === 'display-socket') {
      return `mounts ${shown}: that ${verdict.relation} ${verdict.place}, ${verdict.what}`;
    }
    if (verdict !== undefined && verdict.kind !== 'system') return undefined;
    const isSocket = resolved.some((path) => /\.(?:sock|socket)$/i.test(path));
    return isSocket ? `mounts ${shown}, a socket by its name` : undefined;
  }),
};
