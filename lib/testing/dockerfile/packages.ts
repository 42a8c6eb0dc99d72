/** The packages that the RUN instructions of an image install, by package manager. */
import type { DockerfileInstruction } from './parse';
import { simpleCommands } from './shell';

/** Whose install commands are understood. */
export type PackageManager = 'apt' | 'apk' | 'dnf' | 'npm' | 'pip';

/** A package that a RUN instruction installs by name. */
export interface InstalledPackage {
  readonly manager: PackageManager;
  readonly name: string;
  /** As written: `2.1.0`, `1:2.47-1`, `^4`. */
  readonly version?: string;
}

interface Installer {
  readonly manager: PackageManager;
  readonly programs: RegExp;
  readonly verbs: readonly string[];
  /** Options that take the next word. */
  readonly valued: RegExp;
  /** Name, then version. */
  readonly spec: RegExp;
}

const INSTALLERS: readonly Installer[] = [
  {
    manager: 'apt',
    programs: /^(?:apt-get|apt|aptitude)$/,
    verbs: ['install'],
    valued: /^(?:-o|-t|-c|--option|--target-release|--default-release|--config-file)$/,
    spec: /^([a-z0-9][a-z0-9+.-]*)(?::[a-z0-9-]+)?(?:[=/](.+))?$/i,
  },
  {
    manager: 'apk',
    programs: /^apk$/,
    verbs: ['add'],
    valued: /^(?:-t|-X|-p|--virtual|--repository|--root|--keys-dir)$/,
    spec: /^([^<>=~@]+)(?:@[^<>=~]+)?(?:[<>=~]+(.+))?$/,
  },
  {
    manager: 'dnf',
    programs: /^(?:dnf|microdnf|yum)$/,
    verbs: ['install'],
    valued: /^(?:-c|--config)$/,
    spec: /^(.+)$/,
  },
  {
    manager: 'npm',
    programs: /^npm$/,
    verbs: ['install', 'i', 'add'],
    valued: /^(?:--prefix|--registry|--cache|--omit|--include|--loglevel)$/,
    spec: /^(@?[^@]+)(?:@(.+))?$/,
  },
  {
    manager: 'pip',
    programs: /^(?:pip3?|pipx|uv)$/,
    verbs: ['install'],
    valued:
      /^(?:-r|-c|-i|-t|-f|--requirement|--constraint|--index-url|--extra-index-url|--target|--find-links|--prefix|--root|--python|--cert|--trusted-host)$/,
    spec: /^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?(?:[<>=!~]=?=?(.+))?$/,
  },
];

/** Every package that is named literally in an install command, in order. */
export function installedPackages(
  instructions: readonly DockerfileInstruction[],
): InstalledPackage[] {
  return instructions
    .filter(({ keyword }) => keyword === 'RUN')
    .flatMap(commandsOf)
    .flatMap(packagesOf);
}

function commandsOf({ arguments: args, exec, heredocs }: DockerfileInstruction): string[][] {
  const scripts = [args, ...heredocs.map(({ content }) => content)];
  if (!exec) return scripts.flatMap(simpleCommands);
  const script = /^(?:\/bin\/)?(?:ba|da)?sh$/.test(exec[0] ?? '') ? exec.at(-1)! : undefined;
  return script === undefined ? [[...exec]] : simpleCommands(script);
}

function packagesOf(command: readonly string[]): InstalledPackage[] {
  const words = withoutPythonLauncher(command);
  const program = words[0]?.split('/').at(-1) ?? '';
  const installer = INSTALLERS.find(({ programs }) => programs.test(program));
  if (!installer) return [];
  const plain = withoutOptions(words.slice(1), installer.valued);
  const verb = plain.findIndex((word) => installer.verbs.includes(word));
  // `uv pip install` has a word before the verb; otherwise the verb comes first.
  if (verb < 0 || verb > (program === 'uv' ? 1 : 0)) return [];
  return plain.slice(verb + 1).flatMap((word) => {
    const match = installer.spec.exec(word);
    if (!match || /[$/]/.test(match[1]!.replace(/^@[^/]+\//, ''))) return [];
    const version = match[2] === undefined ? {} : { version: match[2] };
    return [{ manager: installer.manager, name: match[1]!, ...version }];
  });
}

/** `python3 -m pip install x` is `pip install x`. */
function withoutPythonLauncher(command: readonly string[]): readonly string[] {
  const launcher = /(?:^|\/)python[0-9.]*$/.test(command[0] ?? '');
  const module = command.indexOf('-m');
  return launcher && module > 0 ? command.slice(module + 1) : command;
}

function withoutOptions(words: readonly string[], valued: RegExp): string[] {
  return words.filter(
    (word, index) => !word.startsWith('-') && !valued.test(words[index - 1] ?? ''),
  );
}
