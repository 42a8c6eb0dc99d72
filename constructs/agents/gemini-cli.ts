/**
 * Gemini CLI: JavaScript in one bundle; it runs on Debian's Node.js.
 *
 * @see Gemini CLI docs, "Gemini CLI configuration" and "Gemini CLI for the enterprise"
 */
import type { AgentDescription } from './description';

const PACKAGE = '@google/gemini-cli';
const VERSION = '0.61.0';

const SYSTEM_SETTINGS = {
  general: { enableAutoUpdate: false, enableAutoUpdateNotification: false },
  privacy: { usageStatisticsEnabled: false },
  telemetry: { enabled: false },
};

export function geminiCli(version = VERSION): AgentDescription {
  return {
    name: 'gemini-cli',
    title: 'Gemini CLI',
    command: ['gemini'],
    npmPackages: { [PACKAGE]: version },
    // It searches with ripgrep where there is one.
    debianPackages: ['git', 'ripgrep'],
    nodeVersion: 20,
    homeFolders: ['.cache', '.config', '.gemini'],
    // A container engine, which its own sandbox would start, does not exist in here.
    environment: { GEMINI_SANDBOX: 'false', GEMINI_TELEMETRY_ENABLED: 'false' },
    // System settings win over the user's and the project's.
    files: { '/etc/gemini-cli/settings.json': `${JSON.stringify(SYSTEM_SETTINGS, null, 2)}\n` },
  };
}
