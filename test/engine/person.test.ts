import * as fc from 'fast-check';
import { PersonError } from '../../lib/core/errors';
import type { EngineInfo } from '../../lib/engine/api';
import { personOf, personVariables } from '../../lib/engine/person';
import { composeVariables } from '../../lib/engine/variables';

const own = process.getuid!();

test('the person is whom the variables name, before the user of this process', () => {
  expect(personOf({ SANDBOX_UID: '1234', SANDBOX_GID: '5678' })).toEqual({ uid: 1234, gid: 5678 });
});

test('root is the person who called sudo, or else the default of the generated files', () => {
  const uid = (env: Record<string, string>) => personOf(env).uid;
  expect(uid({ SUDO_UID: '501' })).toBe(own === 0 ? 501 : own);
  expect(uid({})).toBe(own === 0 ? 1000 : own);
  expect(uid({ SUDO_UID: '0' })).toBe(own === 0 ? 1000 : own);
});

test('a variable that is empty says nothing', () => {
  expect(personOf({ SANDBOX_UID: '', SANDBOX_GID: '' })).toEqual(personOf({}));
});

test.each(['abc', '0', '-1', '1.5', '1e3', '0x10', ' 7', '2147483648', 'node'])(
  'what no person can be is an error, not a default: %j',
  (id) => {
    for (const name of ['SANDBOX_UID', 'SANDBOX_GID']) {
      expect(() => personOf({ [name]: id })).toThrow(
        `${name} is ${JSON.stringify(id)}; allowed are whole numbers from 1 to 2147483647`,
      );
    }
  },
);

test('an agent is never root, whatever is set', () => {
  const id = fc.oneof(fc.string(), fc.integer({ min: -1, max: 2 ** 32 }).map(String));
  fc.assert(
    fc.property(id, id, id, (uid, gid, sudo) => {
      const person = tryPerson({ SANDBOX_UID: uid, SANDBOX_GID: gid, SUDO_UID: sudo });
      if (person === undefined) return;
      expect(person.uid).toBeGreaterThan(0);
      expect(person.gid).toBeGreaterThan(0);
      expect(personVariables(person).SANDBOX_UID).toMatch(/^[1-9]\d*$/);
    }),
  );
});

/** `undefined` for what is refused. */
function tryPerson(env: Record<string, string>) {
  try {
    return personOf(env);
  } catch (error) {
    expect(error).toBeInstanceOf(PersonError);
    return undefined;
  }
}

describe('Compose is told', () => {
  const info = (...names: string[]) =>
    ({ Runtimes: Object.fromEntries(names.map((name) => [name, {}])) }) as unknown as EngineInfo;

  test('the person and gVisor, where the engine has it', () => {
    const env = { SANDBOX_UID: '7', SANDBOX_GID: '8', OTHER: 'x' };
    expect(composeVariables(env, info('runc', 'runsc'))).toEqual({
      ...env,
      SANDBOX_RUNTIME: 'runsc',
    });
    expect(composeVariables(env, info('runc'))).toEqual(env);
  });

  test('the runtime that the person chose', () => {
    const told = composeVariables({ SANDBOX_RUNTIME: 'kata' }, info('runsc'));
    expect(told.SANDBOX_RUNTIME).toBe('kata');
  });
});
