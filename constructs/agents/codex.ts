/**
 * Codex CLI: a native program in a package for each architecture, so no Node.js at run time.
 *
 * @see Codex docs, "Managed configuration" and "Configuration reference"
 */
import type { AgentDescription } from './description';

const PACKAGE = '@openai/codex';
const VERSION = '0.169.0';

/** Managed defaults win over the user's and the project's config.toml at every start. */
const MANAGED_CONFIG = `\
# Codex would put a sandbox of its own around every command. It needs user namespaces, which the
# container denies, and here the container is the sandbox.
sandbox_mode = "danger-full-access"
check_for_update_on_startup = false

[analytics]
enabled = false

[feedback]
enabled = false

[otel]
exporter = "none"
metrics_exporter = "none"
trace_exporter = "none"

# Off, because the catalogue of plugins is fetched from the network at every start.
[features]
plugins = false
`;

export function codex(version = VERSION): AgentDescription {
  return {
    name: 'codex',
    title: 'Codex CLI',
    command: ['codex'],
    npmPackages: { [PACKAGE]: version },
    debianPackages: ['git'],
    programs: { codex: `${PACKAGE}/node_modules/${PACKAGE}-linux-*/vendor/*/bin/codex` },
    homeFolders: ['.cache', '.codex', '.config'],
    files: { '/etc/codex/managed_config.toml': MANAGED_CONFIG },
  };
}
