import { parseEntered } from '../../../lib/engine/evidence/entered';

const SAID = `no_new_privs 1
gvisor 1
Max core file size: 0 0
Max open files: 4096 18446744073709551615

mounts
9 8 0:9 / /tmp rw,noexec  - tmpfs none rw,size=512m
`;

test('is read as facts, with no limit as none', () => {
  expect(parseEntered(SAID)).toEqual({
    noNewPrivileges: true,
    onGvisor: true,
    ulimits: { 'Max core file size': [0, 0], 'Max open files': [4096, Infinity] },
    mounts: [expect.objectContaining({ target: '/tmp', type: 'tmpfs' })],
  });
});

test.each(['', 'mounts\n', 'no_new_privs 1\ngvisor 0\n', SAID.replace('gvisor 1', 'gvisor 2')])(
  '%j is no answer',
  (text) => {
    expect(parseEntered(text)).toBeUndefined();
  },
);
