/** The completion script for bash. */
import { SANDBOX_NAMES, SERVICE_NAMES, type CompletedCommand } from './model';

export function bashScript(commands: readonly CompletedCommand[]): string {
  return `# Completion for sandbox-cdk. Load it with: source <(sandbox-cdk completion bash)
_sandbox_cdk() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
  local words=
  COMPREPLY=()
  # What follows -- is a program's, and none of ours.
  local word
  for word in "\${COMP_WORDS[@]:0:COMP_CWORD}"; do
    [[ $word == -- ]] && return
  done
  if ((COMP_CWORD == 1)); then
    words='${commands.map(({ name }) => name).join(' ')} help --help --version'
  else
    case "$previous" in
${valueCases(commands)}
    esac
    case "\${COMP_WORDS[1]}" in
${commands.map(commandCase).join('\n')}
    esac
  fi
  # shellcheck disable=SC2207 # names of sandboxes and options have no blanks
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o bashdefault -o default -F _sandbox_cdk sandbox-cdk
`;
}

function commandCase(command: CompletedCommand): string {
  const { name, options, takesSandboxes, takesServices, words } = command;
  const flags = options.map(({ flag }) => flag).join(' ');
  const names = takesServices ? SERVICE_NAMES : SANDBOX_NAMES;
  const known = [...(takesSandboxes ? [`$(${names})`] : []), ...words].join(' ');
  if (known === '') return `      ${name}) words='${flags}' ;;`;
  return `      ${name})
        words='${flags}'
        [[ $current == -* ]] || words="${known}"
        ;;`;
}

/** After an option, its values. The same option has the same values in every command. */
function valueCases(commands: readonly CompletedCommand[]): string {
  const options = new Map(
    commands.flatMap((command) => command.options.map((option) => [option.flag, option])),
  );
  return [...options.values()]
    .filter(({ takesValue }) => takesValue)
    .map(({ flag, values, takesFolder }) => {
      const reply = takesFolder
        ? 'compgen -d -- "$current"'
        : `compgen -W '${values.join(' ')}' -- "$current"`;
      return `      ${flag})
        # shellcheck disable=SC2207
        COMPREPLY=($(${reply}))
        return
        ;;`;
    })
    .join('\n');
}
