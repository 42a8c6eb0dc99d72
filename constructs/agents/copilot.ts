/**
 * Copilot CLI: a native program in a package for each architecture, so no Node.js at run time.
 *
 * @see Copilot CLI, `copilot help environment`
 */
import type { AgentDescription } from './description';

const PACKAGE = '@github/copilot';
const VERSION = '1.0.102';

/** Where the program unpacks 230 MB of itself; by default into the home folder, which is memory. */
const UNPACKED = { COPILOT_PKG_CACHE_HOME: '/opt/npm/copilot' };

export function copilot(version = VERSION): AgentDescription {
  return {
    name: 'copilot',
    title: 'Copilot CLI',
    command: ['copilot'],
    npmPackages: { [PACKAGE]: version },
    // Without root certificates it refuses even a model that is reached without TLS.
    debianPackages: ['ca-certificates', 'git'],
    programs: { copilot: `${PACKAGE}/node_modules/${PACKAGE}-linux-*/copilot` },
    firstRun: {
      program: 'copilot',
      arguments: ['--binary-version'],
      environment: { ...UNPACKED, COPILOT_SEA_EXTRACT_ONLY: '1' },
    },
    homeFolders: ['.cache', '.config', '.copilot'],
    environment: {
      ...UNPACKED,
      COPILOT_AUTO_UPDATE: 'false',
      // No telemetry, no sign-in, no web: only the model at COPILOT_PROVIDER_BASE_URL.
      COPILOT_OFFLINE: 'true',
    },
  };
}
