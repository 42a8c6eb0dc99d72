import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { connectionTo } from '../../lib/engine/connection';
import { findEndpoint } from '../../lib/engine/endpoint';

const config = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-endpoint-'));
const env = { DOCKER_CONFIG: config };

function writeContext(name: string, host: string): string {
  const id = createHash('sha256').update(name).digest('hex');
  const folder = path.join(config, 'contexts/meta', id);
  fs.mkdirSync(folder, { recursive: true });
  const meta = { Name: name, Endpoints: { docker: { Host: host } } };
  fs.writeFileSync(path.join(folder, 'meta.json'), JSON.stringify(meta));
  return id;
}

beforeAll(() => {
  writeContext('colima', 'unix:///home/me/.colima/docker.sock');
  const id = writeContext('remote', 'tcp://10.0.0.1:2376');
  fs.mkdirSync(path.join(config, 'contexts/tls', id, 'docker'), { recursive: true });
});
afterAll(() => fs.rmSync(config, { recursive: true }));
afterEach(() => fs.rmSync(path.join(config, 'config.json'), { force: true }));

test('without any setting the engine is the one of this host', () => {
  expect(findEndpoint(env)).toEqual({
    host: 'unix:///var/run/docker.sock',
    chosenBy: 'default',
  });
});

test('the current context of the docker command is used', () => {
  fs.writeFileSync(path.join(config, 'config.json'), '{"currentContext":"colima"}');
  expect(findEndpoint(env)).toEqual({
    host: 'unix:///home/me/.colima/docker.sock',
    chosenBy: 'context colima',
  });
});

test('DOCKER_CONTEXT wins over the current context, and DOCKER_HOST over both', () => {
  fs.writeFileSync(path.join(config, 'config.json'), '{"currentContext":"colima"}');
  const remote = findEndpoint({ ...env, DOCKER_CONTEXT: 'remote' });
  expect(remote).toMatchObject({ host: 'tcp://10.0.0.1:2376', chosenBy: 'context remote' });
  expect(remote.tlsFolder).toMatch(/contexts\/tls\/[0-9a-f]{64}\/docker$/);
  const both = { ...env, DOCKER_CONTEXT: 'remote', DOCKER_HOST: 'unix:///x.sock' };
  expect(findEndpoint(both)).toEqual({ host: 'unix:///x.sock', chosenBy: 'DOCKER_HOST' });
});

test('the context "default" is no context', () => {
  expect(findEndpoint({ ...env, DOCKER_CONTEXT: 'default' }).chosenBy).toBe('default');
});

test('a context that does not exist is told', () => {
  expect(() => findEndpoint({ ...env, DOCKER_CONTEXT: 'gone' })).toThrow(
    'the docker context "gone" does not exist or names no engine',
  );
});

test('settings that cannot be read count as none', () => {
  fs.writeFileSync(path.join(config, 'config.json'), '{');
  expect(findEndpoint(env).chosenBy).toBe('default');
});

test('an address of an unknown kind is refused with what is allowed', () => {
  const endpoint = { host: 'gopher://x', chosenBy: 'DOCKER_HOST' };
  expect(() => connectionTo(endpoint, {})).toThrow(/"gopher:\/\/x"; allowed are unix:\/\//);
});

test('an address without a port has the port of its kind', () => {
  const plain = connectionTo({ host: 'tcp://host', chosenBy: 'x' }, {});
  expect(plain.options).toMatchObject({ hostname: 'host', port: 2375 });
  const secure = connectionTo({ host: 'tcp://host', chosenBy: 'x', tlsFolder: '/none' }, {});
  expect(secure.options).toMatchObject({ hostname: 'host', port: 2376 });
});
