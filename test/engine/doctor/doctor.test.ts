/** Each question of the doctor, with a good, a bad and an unknown answer. */
import type { EngineInfo, EngineVersion } from '../../../lib/engine/api';
import { diagnose, type Facts } from '../../../lib/engine/doctor';
import { kindOf } from '../../../lib/engine/doctor/engine-lines';
import { commandFor, platformOf, UPDATE_ENGINE } from '../../../lib/engine/doctor/platform';
import { renderDiagnosis } from '../../../lib/cli/output/doctor';
import { plain } from '../../../lib/cli/io';

const VERSION: EngineVersion = {
  Version: '29.7.0',
  ApiVersion: '1.52',
  Os: 'linux',
  Arch: 'amd64',
  KernelVersion: '9.0.0',
  Platform: { Name: 'Docker Engine - Community' },
  Components: [
    { Name: 'containerd', Version: 'v9.0.0' },
    { Name: 'runc', Version: '9.0.0' },
  ],
};

const INFO = {
  Name: 'host',
  OperatingSystem: 'Debian GNU/Linux 13',
  CgroupVersion: '2',
  CgroupDriver: 'systemd',
  SecurityOptions: ['name=apparmor', 'name=seccomp,profile=builtin', 'name=cgroupns'],
  Runtimes: { runc: {}, runsc: {} },
  MemoryLimit: true,
  SwapLimit: true,
  PidsLimit: true,
  CpuCfsQuota: true,
  DockerRootDir: '/var/lib/docker',
} as unknown as EngineInfo;

const FACTS: Facts = {
  platform: 'debian',
  person: { uid: 1000, gid: 1000 },
  endpoint: { host: 'unix:///var/run/docker.sock', chosenBy: 'default' },
  engine: { version: VERSION, info: INFO },
  compose: { version: '2.40.3', program: '/usr/libexec/docker/cli-plugins/docker-compose' },
  freeBytes: 50 * 2 ** 30,
};

function withInfo(info: Partial<EngineInfo>): Facts {
  return { ...FACTS, engine: { version: VERSION, info: { ...INFO, ...info } } };
}

function withVersion(version: Partial<EngineVersion>): Facts {
  return { ...FACTS, engine: { version: { ...VERSION, ...version }, info: INFO } };
}

function line(facts: Facts, id: string) {
  return diagnose(facts).find((each) => each.id === id)!;
}

test('on a machine that has everything all is good', () => {
  expect(diagnose(FACTS).filter(({ state }) => state !== 'good')).toEqual([]);
});

test('without an engine the rest is answered all the same, with how to get one', () => {
  const facts = { ...FACTS, engine: { error: 'no container engine answers' } };
  expect(line(facts, 'engine')).toMatchObject({
    state: 'bad',
    fix: 'sudo apt-get install docker.io',
  });
  expect(line(facts, 'compose').state).toBe('good');
});

test.each<[string, string, Facts]>([
  ['engine', 'bad', withVersion({ ApiVersion: '1.40' })],
  ['engine', 'bad', withVersion({ Components: [{ Name: 'Podman Engine', Version: '4.3.1' }] })],
  [
    'escapes-engine',
    'unknown',
    withVersion({ Version: '99', Components: [{ Name: 'Podman Engine', Version: '99' }] }),
  ],
  ['compose', 'bad', { ...FACTS, compose: { version: '1.29.2', program: 'docker-compose' } }],
  ['compose', 'bad', { ...FACTS, compose: { error: 'not found' } }],
  ['limits', 'bad', withInfo({ SwapLimit: false })],
  ['seccomp', 'bad', withInfo({ SecurityOptions: ['name=seccomp,profile=unconfined'] })],
  ['seccomp', 'bad', withInfo({ SecurityOptions: [] })],
  ['seccomp', 'weak', withInfo({ SecurityOptions: ['name=seccomp,profile=/etc/own.json'] })],
  ['access-control', 'weak', withInfo({ SecurityOptions: ['name=seccomp,profile=builtin'] })],
  ['access-control', 'good', withInfo({ SecurityOptions: ['name=selinux'] })],
  ['rootless', 'weak', withInfo({ SecurityOptions: ['name=rootless'] })],
  ['rootless', 'weak', withInfo({ SecurityOptions: ['name=userns'] })],
  ['gvisor', 'weak', withInfo({ Runtimes: { runc: {} } })],
  ['disk', 'unknown', { ...FACTS, freeBytes: undefined }],
  ['disk', 'weak', { ...FACTS, freeBytes: 2 * 2 ** 30 }],
  ['disk', 'bad', { ...FACTS, freeBytes: 2 ** 20 }],
  ['escapes-runc', 'bad', withVersion({ Components: [{ Name: 'runc', Version: '1.1.11' }] })],
  ['escapes-runc', 'unknown', withVersion({ Components: [] })],
  ['escapes-engine', 'unknown', withVersion({ Version: '20.10.24+dfsg1' })],
])('%s is %s', (id, state, facts) => {
  expect(line(facts, id).state).toBe(state);
});

test('a folder of the engine that gave no answer may be on this host all the same', () => {
  expect(line({ ...FACTS, freeBytes: undefined }, 'disk').found).toBe(
    '/var/lib/docker cannot be looked at from here, or is elsewhere',
  );
});

test('the worst comes first', () => {
  const states = diagnose(withInfo({ SwapLimit: false, Runtimes: {} })).map(({ state }) => state);
  expect(states[0]).toBe('bad');
  expect(states.at(-1)).toBe('good');
});

test('Debian’s package version is read from where Debian puts it', () => {
  const Details = { GitCommit: '1.1.5+ds1-1+deb12u1' };
  const facts = withVersion({ Components: [{ Name: 'runc', Version: '1.1.5+ds1', Details }] });
  expect(line(facts, 'escapes-runc').found).toContain('1.1.5+ds1-1+deb12u1');
});

test.each([
  ['Docker Desktop', {}, { OperatingSystem: 'Docker Desktop' }],
  ['Podman', { Components: [{ Name: 'Podman Engine', Version: '4' }] }, {}],
  ['Colima', {}, { Name: 'colima' }],
  ['OrbStack', {}, { OperatingSystem: 'OrbStack' }],
  ['Rancher Desktop', {}, { Name: 'lima-rancher-desktop' }],
  ['Docker Engine', {}, {}],
])('%s is told by what it says of itself', (kind, version, info) => {
  expect(kindOf({ ...VERSION, ...version }, { ...INFO, ...info })).toBe(kind);
});

test.each([
  ['darwin', '', '', 'macos'],
  ['linux', 'ID=ubuntu\nID_LIKE=debian\n', 'Linux version 6', 'debian'],
  ['linux', 'ID="rocky"\nID_LIKE="rhel centos fedora"\n', '', 'fedora'],
  ['linux', 'ID=ubuntu\n', 'Linux version 5.15-microsoft-standard-WSL2', 'wsl'],
  ['linux', 'ID=arch\n', '', 'linux'],
  ['win32', '', '', 'other'],
])('%s with %j is known', (system, release, kernel, expected) => {
  expect(platformOf(system, release, kernel)).toBe(expected);
});

test('a platform without a command of its own gets the one of Linux, if it is one', () => {
  expect(commandFor('fedora', { linux: 'x' })).toBe('x');
  expect(commandFor('other', { linux: 'x' })).toBeUndefined();
  expect(commandFor('debian', UPDATE_ENGINE)).toContain('apt-get');
});

test('what is shown fits 80 columns', () => {
  const text = renderDiagnosis(diagnose(withInfo({ SwapLimit: false, Runtimes: {} })), plain);
  for (const each of text.split('\n')) {
    const isOneWord = !each.trim().replace('fix: ', '').includes(' ');
    if (!isOneWord) expect(each.length).toBeLessThanOrEqual(80);
  }
  expect(text).toMatch(/^bad {6}control groups v2 \(systemd\) without limits of swap$/m);
});
