/** Agents by the name that `init --agent` takes, with the expression that makes each. */
export const AGENTS: Readonly<Record<string, string>> = {
  'claude-code': 'Agent.claudeCode()',
  codex: 'Agent.codex()',
  'gemini-cli': 'Agent.geminiCli()',
  copilot: 'Agent.copilot()',
};
