import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { OutputSandbox } from '../../lib/assembly/read';
import { findDeployment, projectName, realFolder } from '../../lib/engine/deployment';
import { sandboxOf } from './helpers/subject';
import { FakeEngine } from './support/fake-engine';

test('a project has the name of its sandbox, and another digest in every folder', () => {
  expect(projectName('lab', '/a')).toMatch(/^lab-[0-9a-f]{6}$/);
  expect(projectName('lab', '/a')).toBe(projectName('lab', '/a'));
  expect(projectName('lab', '/a')).not.toBe(projectName('lab', '/b'));
});

test('a folder has one spelling through whatever link it is reached, also when it is gone', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-deployment-'));
  const real = fs.realpathSync(folder);
  fs.symlinkSync(folder, `${folder}-link`);
  expect(realFolder(`${folder}-link`)).toBe(real);
  fs.rmSync(`${folder}-link`);
  fs.rmdirSync(folder);
  expect(realFolder(`${folder}/../gone`)).toBe(path.join(path.dirname(folder), 'gone'));
});

describe('what is deployed', () => {
  let engine: FakeEngine;
  beforeEach(async () => {
    engine = new FakeEngine();
    await engine.listen();
  });
  afterEach(() => engine.close());

  const sandbox = (...services: string[]): OutputSandbox => {
    const of = sandboxOf(engine.folder);
    return { ...of, manifest: { ...of.manifest, services } };
  };
  const container = (Id: string, labels: Record<string, string>) => ({
    Id,
    State: 'running',
    Labels: Object.fromEntries(
      Object.entries(labels).map(([name, value]) => [`com.docker.compose.${name}`, value]),
    ),
  });

  test('is asked for by labels that are compared whole: this folder, and no one-off', async () => {
    engine.answer('GET /containers/json', []);
    await findDeployment(engine.client, sandbox('agent'));
    const { searchParams } = new URL(engine.asked[0]!.replace('GET ', ''), 'http://engine');
    expect(searchParams.get('all')).toBe('true');
    expect(JSON.parse(searchParams.get('filters')!)).toEqual({
      label: [
        `com.docker.compose.project.working_dir=${realFolder(engine.folder)}`,
        'com.docker.compose.oneoff=False',
      ],
    });
  });

  test('has the name of its checkout when nothing runs, and else the name it was started with', async () => {
    engine.answer('GET /containers/json', []);
    const nothing = await findDeployment(engine.client, sandbox('agent'));
    expect(nothing).toMatchObject({
      project: projectName('lab', realFolder(engine.folder)),
      containers: [],
    });
    engine.answer('GET /containers/json', [container('c', { project: 'own', service: 'agent' })]);
    expect((await findDeployment(engine.client, sandbox('agent'))).project).toBe('own');
  });

  test('comes in the order of the services, whatever the engine’s', async () => {
    const services = ['b', 'ab', 'a'].map((service) => container(service, { service }));
    engine.answer('GET /containers/json', services);
    const { containers } = await findDeployment(engine.client, sandbox('a', 'ab', 'b'));
    expect(containers.map(({ service, Id }) => [service, Id])).toEqual([
      ['a', 'a'],
      ['ab', 'ab'],
      ['b', 'b'],
    ]);
  });

  test('is told even of a container whose service nobody knows', async () => {
    engine.answer('GET /containers/json', [container('c', {})]);
    const { containers } = await findDeployment(engine.client, sandbox('agent'));
    expect(containers).toMatchObject([{ Id: 'c', service: '' }]);
  });
});
