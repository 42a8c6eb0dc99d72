import { eachInstruction, eachService } from '../checks';
import { assignmentsOf } from '../dockerfile';
import { UNKNOWN, readingsOf } from '../interpolate';
import type { Rule } from '../rule';
import { entriesOf, isRecord, listOf, show } from '../values';

/** What the dynamic loader and the C library obey in every program that starts. */
const LOADER = /^(?:LD_.*|GLIBC_TUNABLES|GCONV_PATH)$/s;

const inEnvironment = eachService(({ environment }) => {
  if (environment === undefined) return undefined;
  const items = isRecord(environment) ? [] : listOf(environment);
  return entriesOf(environment)
    .filter(({ name, key }) => {
      if (LOADER.test(name.trim())) return true;
      return readingsOf(items[Number(key)]).some((text) => isLoader(text.split('=', 1)[0]!));
    })
    .map(({ name, key }) => ({
      property: `environment.${key}`,
      message: `sets ${show(name)}, which the loader of every program obeys`,
    }));
});

/** A name that only the environment knows may be one of them. */
function isLoader(name: string): boolean {
  return name.includes(UNKNOWN) || LOADER.test(name.trim());
}

const inDockerfile = eachInstruction(({ keyword, text }) => {
  if (keyword !== 'ENV') return undefined;
  const set = assignmentsOf(text).find(({ name }) => {
    return name.includes('$') || LOADER.test(name.replace(/["'\\]/g, ''));
  });
  return set && `sets ${show(set.name)}, which the loader of every program may obey`;
});

/** A program runs the code it was built with. */
export const loaderVariableSet: Rule = {
  id: 'loader-variable-set',
  title: 'No variable tells the loader of programs what else to load',
  severity: 'error',
  acknowledgeable: false,
  why: 'With LD_PRELOAD and its like a file that an agent wrote runs inside of every program, and answers in place of the health check.',
  fix: 'remove the variable; install libraries in the image, where ldconfig finds them',
  threats: ['S2', 'F7'],
  controls: ['monitoring', 'least-privilege'],
  check: (subject) => [...inEnvironment(subject), ...inDockerfile(subject)],
};
