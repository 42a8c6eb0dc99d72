/** The completion script for zsh. */
import { SANDBOX_NAMES, SERVICE_NAMES, type CompletedCommand, type CompletedOption } from './model';

export function zshScript(commands: readonly CompletedCommand[]): string {
  return `#compdef sandbox-cdk
# Completion for sandbox-cdk. Load it with: source <(sandbox-cdk completion zsh)
_sandbox_cdk() {
  if ((CURRENT == 2)); then
    local -a commands=(
${commands.map(({ name, summary }) => `      ${quote(`${name}:${summary}`)}`).join('\n')}
    )
    _describe command commands
    return
  fi
  # What follows -- is a program's, and none of ours.
  local word
  for word in "\${(@)words[1,CURRENT-1]}"; do
    if [[ $word == -- ]]; then
      _default
      return
    fi
  done
  local -a sandboxes=(\${(f)"$(${SANDBOX_NAMES})"})
  local -a services=(\${(f)"$(${SERVICE_NAMES})"})
  case "\${words[2]}" in
${commands.map(commandCase).join('\n')}
  esac
}
compdef _sandbox_cdk sandbox-cdk
`;
}

function commandCase(command: CompletedCommand): string {
  const { name, options, takesSandboxes, takesServices, words } = command;
  const specs = options.map(optionSpec);
  const names = takesServices ? '$services' : '$sandboxes';
  const known = [...(takesSandboxes ? [names] : []), ...words].join(' ');
  if (known !== '') specs.push(`"*:${takesSandboxes ? 'sandbox' : 'value'}:(${known})"`);
  return `    ${name}) _arguments ${specs.join(' ')} ;;`;
}

function optionSpec({
  flag,
  description,
  takesValue,
  values,
  takesFolder,
}: CompletedOption): string {
  const text = description.replace(/[[\]:]/g, '\\$&');
  const action = takesFolder ? '_files -/' : values.length > 0 ? `(${values.join(' ')})` : ' ';
  return quote(`${flag}[${text}]${takesValue ? `:value:${action}` : ''}`);
}

function quote(text: string): string {
  return `'${text.replace(/'/g, "'\\''")}'`;
}
