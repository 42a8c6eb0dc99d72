import { Match, Template } from '../../lib/testing';
import { messageOf, sandboxOf, templateOf } from './sandboxes';

const source = { type: 'bind', source: '../..', target: '/workspace', readOnly: true } as const;

describe('a service that is not as expected', () => {
  test('is shown with each mismatch at its line, and nothing else', () => {
    const template = templateOf({
      agent: {
        networkMode: 'bridge',
        capDrop: ['ALL'],
        environment: { HOME: '/home/agent', CI: '1' },
        volumes: [
          { ...source, readOnly: false },
          { type: 'bind', source: './o', target: '/output' },
        ],
      },
    });
    const message = messageOf(() =>
      template.hasService('agent', {
        network_mode: 'none',
        user: '1000:1000',
        cap_drop: ['ALL', 'NET_RAW'],
        environment: { HOME: Match.stringLikeRegexp('^/root') },
        volumes: Match.arrayWith([{ target: '/workspace', read_only: true }]),
      }),
    );
    expect(message).toBe(`service agent of sandbox demo is not as expected

services.agent:
  environment:
    HOME: /home/agent  !! expected a text like /^\\/root/m but received /home/agent
    … 1 more key
  network_mode: bridge  !! expected none but received bridge
  cap_drop:  !! expected 2 in the list but received 1; missing: NET_RAW
    - ALL
  volumes:
    - type: bind
      source: ../..
      target: /workspace
      read_only: false  !! expected true but received false
    … 1 more item
  user:  !! expected "1000:1000" but the key is missing
  … 1 more key`);
  });

  test('comes with a hint when another service would have matched', () => {
    const template = templateOf({ agent: {}, relay: { init: true } });
    expect(messageOf(() => template.hasService('agent', { init: true }))).toContain(
      '(services.relay would match)',
    );
  });

  test('is shown without its keys when it should not be there at all', () => {
    const template = templateOf({ agent: {}, relay: {} });
    const message = messageOf(() => template.hasDocument({ services: { relay: Match.absent() } }));
    expect(message).toContain('relay:  !! expected nothing here but received { image:');
    expect(message.split('\n')).toHaveLength(7);
  });
});

describe('when no service matches', () => {
  const services = {
    far: { image: 'a', init: true },
    nearest: { image: 'node', init: true },
    nearer: { image: 'node', init: false, restart: 'no' },
    farther: { image: 'b' },
  };

  test('the three closest are shown, closest first', () => {
    const expected = { image: 'node', init: true, restart: 'no' };
    const message = messageOf(() => templateOf(services).hasService(expected));
    const shown = [...message.matchAll(/^services\.(\w+):$/gm)].map(([, name]) => name);
    expect(shown).toEqual(['nearer', 'nearest', 'far']);
    expect(message).toMatch(
      /^no service of sandbox demo is as expected; the closest of 4 services:/,
    );
    expect(message).toMatch(/\(and 1 more\)$/);
  });

  test('a sandbox without services is no reason to fail with an empty list', () => {
    expect(messageOf(() => templateOf({}).hasService({ init: true }))).toBe(
      'no service of sandbox demo is as expected; there is none',
    );
  });
});

describe('names and keys that are not there', () => {
  test('a misspelt service, network, volume or file gets a suggestion', () => {
    const template = templateOf({ agent: {} });
    expect(messageOf(() => template.hasService('agnet'))).toBe(
      'there is no service agnet in sandbox demo; did you mean agent?',
    );
    expect(messageOf(() => template.hasNetwork('insid'))).toContain('did you mean inside?');
    expect(messageOf(() => template.hasVolume('sockt'))).toContain('did you mean socket?');
    expect(messageOf(() => template.file('agent/Dockefile'))).toContain(
      'did you mean agent/Dockerfile?',
    );
  });

  test('a name like none gets the list of those there are', () => {
    expect(messageOf(() => templateOf({ agent: {}, relay: {} }).hasService('x'))).toBe(
      'there is no service x in sandbox demo; there are: agent, relay',
    );
    expect(messageOf(() => templateOf({}).hasSecret('token'))).toContain('there is none');
  });

  test('every key that Compose does not know is refused, also where nothing is expected of it', () => {
    const expected = {
      privilegd: Match.absent(),
      readOnly: true,
      build: Match.not({ contxt: '.' }),
      volumes: Match.arrayWith([{ redonly: true }]),
    };
    expect(messageOf(() => templateOf({ agent: {} }).hasService('agent', expected as never))).toBe(
      `this can never be expected:
  there is no key privilegd here; did you mean privileged?
  there is no key readOnly here; did you mean read_only?
  build: there is no key contxt here; did you mean context?
  volumes.0: there is no key redonly here; did you mean read_only?`,
    );
  });

  test('such a key is refused by the compiler too', () => {
    const template = templateOf({ agent: {} });
    // @ts-expect-error: misspelt
    expect(() => template.hasService('agent', { privilegd: true })).toThrow(/mean privileged/);
    // @ts-expect-error: in the spelling of the props
    expect(() => template.allServices({ readOnly: true })).toThrow(/did you mean read_only/);
    // @ts-expect-error: a number where Compose has a boolean or text
    expect(() => template.hasService({ read_only: 1 })).toThrow(
      /expected 1 but the key is missing/,
    );
  });

  test('users’ own keys are theirs', () => {
    const template = templateOf({
      agent: { environment: { privilegd: '1' }, labels: { readOnly: '' } },
    });
    expect(() =>
      template.hasService('agent', { environment: { privilegd: '1' }, labels: { readOnly: '' } }),
    ).not.toThrow();
  });

  test('what is no plain data is refused with what to write instead', () => {
    const template = templateOf({ agent: {} });
    const refused = (value: unknown) =>
      messageOf(() => template.hasService('agent', { image: value } as never));
    expect(refused(undefined)).toContain('image: received undefined; use Match.absent()');
    expect(refused(/debian/)).toContain('use Match.stringLikeRegexp');
    expect(refused(() => 'x')).toContain('received a function');
  });
});

describe('the error', () => {
  test('is an ExpectationError whose first frame is the line of the test', () => {
    const template = templateOf({ agent: {} });
    const assertions = [
      () => template.hasService('x'),
      () => template.hasNetwork('x'),
      () => template.allServices({ init: true }),
      () => template.serviceCountIs(2),
      () => template.hasFile('x'),
      () => template.hasFinding('x'),
      () => template.hasAcknowledgement('x'),
      () => template.dockerfile('x'),
    ];
    for (const assertion of assertions) {
      const error = errorOf(assertion);
      expect(error).toMatchObject({ name: 'ExpectationError', code: 'EXPECTATION' });
      expect(error.stack!.split('\n').find((line) => line.startsWith('    at '))).toContain(
        __filename,
      );
    }
  });

  test('shows a value of many characters shortened, and control characters escaped', () => {
    const template = templateOf({ agent: { command: ['x'.repeat(500), 'a\u001b[31m'] } });
    const message = messageOf(() => template.hasService('agent', { command: [] }));
    expect(Math.max(...message.split('\n').map((line) => line.length))).toBeLessThan(200);
    expect(message).not.toContain('\u001b');
  });

  test('counts what it found', () => {
    const template = templateOf({ agent: {}, relay: {} });
    expect(messageOf(() => template.serviceCountIs(1))).toBe(
      'expected 1 service in sandbox demo but found 2: agent, relay',
    );
    expect(messageOf(() => template.volumeCountIs(0))).toContain('found 1: socket');
  });

  test('of allServices shows the services that differ', () => {
    const template = templateOf({ agent: { readOnly: true }, relay: { readOnly: false } });
    const message = messageOf(() => template.allServices({ read_only: true }));
    expect(message).toContain('1 of 2 services of sandbox demo is not as expected');
    expect(message).toContain('read_only: false  !! expected true but received false');
    expect(message).not.toContain('services.agent');
  });
});

test('a synthesis that findings stop says them all', () => {
  const sandbox = sandboxOf({ agent: { networkMode: 'host' }, relay: { networkMode: 'bridge' } });
  const message = messageOf(() => Template.fromSandbox(sandbox));
  expect(message).toContain('demo/agent');
  expect(message).toContain('demo/relay');
});

function errorOf(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
