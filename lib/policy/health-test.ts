/** What is weak about the command of a health check. */
import { EnvRef } from '../core/env-ref';
import { show, textOf } from './values';

const SHELLS = /^(?:ba|da|z|k|a|fi)?sh$|^busybox$/;
const ALWAYS_YES = new Set(
  'true echo printf cat ls date pwd hostname sleep id uname whoami print exit :'.split(' '),
);
const PYTHON = /^python[\d.]*$/;

/** The weakness of a `healthcheck.test`, in words; nothing for a sound one. */
export function weaknessOf(test: unknown): string | undefined {
  if (!Array.isArray(test) || test[0] !== 'CMD') return `runs through a shell: ${show(test)}`;
  const items = test.slice(1) as unknown[];
  if (items.some((item) => EnvRef.is(item))) return `is decided at start: ${show(test)}`;
  const [program = '', ...words] = items.map((item) => textOf(item) ?? '');
  const name = program.slice(program.lastIndexOf('/') + 1);
  if (SHELLS.test(name)) return `runs through a shell: ${show(test)}`;
  if (ALWAYS_YES.has(name) || name === '') return `says yes whatever happens: ${show(test)}`;
  return PYTHON.test(name) ? weaknessOfPython(words) : weaknessOfProgram(words);
}

function weaknessOfPython(words: readonly string[]): string | undefined {
  const script = words.findIndex((word) => !word.startsWith('-'));
  const options = words.slice(0, script < 0 ? words.length : script);
  const flags = options.filter((word) => /^-[A-Za-z]+$/.test(word)).join('');
  if (flags.includes('c') || flags.includes('m'))
    return `runs inline code or a module: ${show(words)}`;
  if (!flags.includes('I') || !flags.includes('S')) {
    return `runs Python without -I and -S, so that it imports what an agent put in its way`;
  }
  if (words[script]?.startsWith('/')) return undefined;
  return `runs ${show(words[script])}; allowed is a script with an absolute path`;
}

function weaknessOfProgram(words: readonly string[]): string | undefined {
  return words.some((word) => word === '-c' || word === '-e' || word === '--eval')
    ? `runs inline code: ${show(words)}`
    : undefined;
}
