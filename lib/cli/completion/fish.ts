/** The completion script for fish. */
import { SANDBOX_NAMES, SERVICE_NAMES, type CompletedCommand, type CompletedOption } from './model';

export function fishScript(commands: readonly CompletedCommand[]): string {
  return `# Completion for sandbox-cdk: sandbox-cdk completion fish > ~/.config/fish/completions/sandbox-cdk.fish
complete -c sandbox-cdk -f
${commands.map(commandLines).join('\n')}
`;
}

function commandLines(command: CompletedCommand): string {
  const { name, summary, options, takesSandboxes, takesServices, words } = command;
  const names = takesServices ? SERVICE_NAMES : SANDBOX_NAMES;
  const chosen = `-n ${quote(`__fish_seen_subcommand_from ${name}`)}`;
  return [
    `complete -c sandbox-cdk -n __fish_use_subcommand -a ${name} -d ${quote(summary)}`,
    ...options.map((option) => `complete -c sandbox-cdk ${chosen} ${optionWords(option)}`),
    ...(takesSandboxes ? [`complete -c sandbox-cdk ${chosen} -a ${quote(`(${names})`)}`] : []),
    ...(words.length > 0 ? [`complete -c sandbox-cdk ${chosen} -a ${quote(words.join(' '))}`] : []),
  ].join('\n');
}

function optionWords({
  flag,
  description,
  takesValue,
  values,
  takesFolder,
}: CompletedOption): string {
  const words = [`-l ${flag.replace(/^--/, '')}`, `-d ${quote(description)}`];
  if (takesFolder) words.push(`-x -a ${quote('(__fish_complete_directories)')}`);
  else if (takesValue) words.push(`-x -a ${quote(values.join(' '))}`);
  return words.join(' ');
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
