/**
 * Claude Code: a native program in a package for each architecture, so no Node.js at run time.
 *
 * @see Claude Code docs, "Environment variables" and "Managed settings"
 */
import type { AgentDescription } from './description';

const PACKAGE = '@anthropic-ai/claude-code';
const VERSION = '2.1.330';

/** The first is said to include the others; each is set, so that none hangs on another. */
const QUIET = {
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  DISABLE_AUTOUPDATER: '1',
  DISABLE_ERROR_REPORTING: '1',
  DISABLE_FEEDBACK_COMMAND: '1',
  DISABLE_TELEMETRY: '1',
};

export function claudeCode(version = VERSION): AgentDescription {
  return {
    name: 'claude-code',
    title: 'Claude Code',
    command: ['claude'],
    npmPackages: { [PACKAGE]: version },
    debianPackages: ['git'],
    // Not the packages for other C libraries, which older versions of npm install as well.
    programs: { claude: `${PACKAGE}/node_modules/${PACKAGE}-linux-*64/claude` },
    homeFolders: ['.cache', '.claude', '.config', '.local/share', '.local/state'],
    environment: QUIET,
    files: {
      // Managed settings win over a project's .claude/settings.json, which could set these again.
      '/etc/claude-code/managed-settings.json': json({ env: QUIET }),
    },
  };
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
