/** Walls on gVisor, whose kernel the host cannot look into. */
import { host, judged, seen, type Subject } from '../helpers/judged';

test('a runtime that is gVisor by name only breaks K7', () => {
  const change = (s: Subject) => {
    host(s).Runtime = 'runsc';
    s.service.described.runtime = 'runsc';
    s.service.entered = {
      seen: { onGvisor: false, noNewPrivileges: true, ulimits: {}, mounts: [] },
    };
  };
  expect(judged(change)).toMatchObject({ K7: 'broken' });
});

describe('where the host cannot look, a program that enters', () => {
  const onGvisor = (entered: object) => (s: Subject) => {
    host(s).Runtime = 'runsc';
    s.service.described.runtime = 'runsc';
    for (const fact of ['processes', 'mounts'] as const) {
      s.service[fact] = { unseen: 'a kernel of its own' };
    }
    const mount = { target: '/tmp', type: 'tmpfs', readOnly: false, root: '/' };
    s.service.entered = {
      seen: {
        onGvisor: true,
        noNewPrivileges: true,
        ulimits: { 'Max core file size': [0, 0], 'Max open files': [1024, 1024] },
        mounts: [{ ...mount, options: ['size=64m'] }],
        ...entered,
      },
    };
    // The health check leaves out there what gVisor does not show.
    for (const id of ['no-new-privileges', 'ulimits']) seen(s.service.health).delete(id);
    seen(s.service.ownFiles).get('python3')!.mode = 0o555;
    seen(s.service.systemCalls).set('unshare', 'ok');
  };

  test('proves what the host would', () => {
    // The engine does not tell gVisor's version.
    expect(judged(onGvisor({}))).toEqual({ K8: 'unproven' });
  });

  test.each([
    ['F6', { mounts: [{ target: '/x', type: 'tmpfs', readOnly: false, options: [], root: '/' }] }],
    ['F7', { noNewPrivileges: false }],
    ['K6', { ulimits: { 'Max core file size': [0, Infinity], 'Max open files': [1, 1] } }],
    ['K2', { onGvisor: false }],
    ['K7', { onGvisor: false }],
  ])('breaks %s', (id, entered) => {
    expect(judged(onGvisor(entered))).toMatchObject({ [id]: 'broken' });
  });
});
