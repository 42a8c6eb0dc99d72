/** The checks of `healthcheck.py` that look for what must not be in a sandbox: sockets and secrets. */
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import fc from 'fast-check';
import { hasKnownKey, isPlaceholder, isSecretName } from '../../lib/policy/secret-text';
import { HealthcheckModule } from './python';

const python = new HealthcheckModule();
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'healthcheck-'));
// Property tests take their time on a busy machine.
jest.setTimeout(30_000);

afterAll(() => {
  python.stop();
  fs.rmSync(scratch, { recursive: true });
});

describe('engine-socket', () => {
  const judge = (found: string[], hidden: string[]) =>
    python.judge('judge_sockets(found, hidden)', { found, hidden });
  const isSocket = (file: string) => python.evaluate('is_socket(p)', { p: file });

  it('is proven when no place holds a socket', async () => {
    expect(await judge([], [])).toEqual(['proven', 'none mounted or at a known place']);
  });

  it('is broken by a socket', async () => {
    expect(await judge(['/run/docker.sock'], [])).toEqual(['broken', 'socket /run/docker.sock']);
  });

  it('is unproven when a place cannot be looked at', async () => {
    expect(await judge([], ['/a/docker.sock', '/a/bus'])).toEqual([
      'unproven',
      '2 places cannot be looked at, like /a/docker.sock',
    ]);
  });

  it('is unproven where the mounts cannot be read', async () => {
    expect((await python.check('engine-socket', {}, {}))[0]).toBe('unproven');
  });

  it('looks for each known socket wherever a /run may be mounted', async () => {
    const places = await python.evaluate('socket_places(folders)', {
      folders: ['/', '/run', '/mnt/host/run'],
    });
    expect(places).toEqual(
      expect.arrayContaining([
        '/docker.sock',
        '/run/docker.sock',
        '/run/containerd/containerd.sock',
        '/run/user/1000/podman/podman.sock',
        '/mnt/host/run/dbus/system_bus_socket',
      ]),
    );
  });

  it('reads the paths that environment variables name', async () => {
    const environment = {
      DOCKER_HOST: 'unix:///a/docker.sock',
      SSH_AUTH_SOCK: '/b/agent.1',
      DBUS_SESSION_BUS_ADDRESS: 'unix:path=/c/bus,guid=1',
      CONTAINER_HOST: 'tcp://127.0.0.1:2375',
      OTHER: '/d',
    };
    expect(await python.evaluate('sockets_named_in(environment)', { environment })).toEqual([
      '/a/docker.sock',
      '/b/agent.1',
      '/c/bus',
    ]);
  });

  it('knows a socket, also through a link, from all else', async () => {
    const socket = path.join(scratch, 'agent.sock');
    const server = net.createServer().listen(socket);
    await new Promise((resolve) => server.once('listening', resolve));
    fs.symlinkSync(socket, path.join(scratch, 'link'));
    fs.symlinkSync('circle', path.join(scratch, 'circle'));
    fs.mkdirSync(path.join(scratch, 'docker.sock'));
    expect(await isSocket(socket)).toBe(true);
    expect(await isSocket(path.join(scratch, 'link'))).toBe(true);
    for (const other of ['circle', 'docker.sock', 'missing', 'nul\0l']) {
      expect(await isSocket(path.join(scratch, other))).toBe(false);
    }
    server.close();
  });
});

describe('secret-environment', () => {
  const judge = (own: Record<string, string>, first: string | null = '') =>
    python.judge('judge_environment(own, first)', { own, first });

  it('is proven when no variable is like a secret', async () => {
    const own = {
      PATH: '/usr/bin',
      PWD: '/workspace',
      HTTPS_PROXY: 'http://127.0.0.1:3128',
      SSH_AUTH_SOCK: '',
      MAX_OUTPUT_TOKENS: '32000',
      TOKENIZERS_PARALLELISM: 'false',
      GIT_ASKPASS: '/bin/true',
      KEYBOARD: 'us',
      API_KEY_HELPER_TTL_MS: '3600000',
    };
    expect(await judge(own)).toEqual(['proven', '9 variables, none like a secret']);
  });

  it('is broken by the name of a secret, in any usual spelling', async () => {
    const names = [
      'ANTHROPIC_API_KEY',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_ACCESS_KEY_ID',
      'GITHUB_TOKEN',
      'githubToken',
      'npm_config__authToken',
      'PGPASSWORD',
      'MYSQL_PWD',
      'DB_PASS',
      'OPENAI_APIKEY',
      'client-secret',
      'CREDENTIALS',
      'SSH_PRIVATE_KEY',
    ];
    for (const name of names) expect(await judge({ [name]: 'hunter2' })).toEqual(['broken', name]);
  });

  it('is broken by a value in the form of a key, whatever its name', async () => {
    const filler = 'A1b2C3d4'.repeat(8);
    const values = [
      `sk-ant-api03-${filler}`,
      `ghp_${filler}`,
      `github_pat_${filler}`,
      `glpat-${filler}`,
      `AKIA${'ABCD2345'.repeat(2)}`,
      `xoxb-${filler}`,
      `AIza${filler}`,
      ['-----BEGIN OPENSSH', 'PRIVATE KEY-----'].join(' '),
      `eyJ${filler}.eyJ${filler}.${filler}`,
      'https://user:hunter2@example.com/',
    ];
    for (const value of values) expect(await judge({ PLAIN: value })).toEqual(['broken', 'PLAIN']);
  });

  it("reads the first process's variables as well", async () => {
    expect(await judge({}, 'PATH=/bin\0DEPLOY_TOKEN=abc\0')).toEqual(['broken', 'DEPLOY_TOKEN']);
  });

  it('allows a placeholder where a program insists on a key', async () => {
    expect((await judge({ ANTHROPIC_API_KEY: 'placeholder' }))[0]).toBe('proven');
    expect((await judge({ ANTHROPIC_API_KEY: 'placeholder\nx' }))[0]).toBe('broken');
  });

  it('is unproven when the first process may not be read, unless its own are enough', async () => {
    expect(await judge({}, null)).toEqual(['unproven', '/proc/1/environ cannot be read']);
    expect(await judge({ API_KEY: 'hunter2' }, null)).toEqual(['broken', 'API_KEY']);
  });

  it('refuses every variable that the rules for a Compose file refuse', async () => {
    const word = fc.constantFrom(
      ...['api', 'ssh', 'key', 'token', 'secret', 'password', 'pwd', 'auth', 'cookie', 'dsn'],
      ...['id', 'file', 'url', 'max', 'tokens', 'sock', '2', 'PG', 'old', 'connection', 'string'],
    );
    const joined = fc.tuple(fc.array(word, { minLength: 1 }), fc.constantFrom('_', '', '-', '.'));
    await fc.assert(
      fc.asyncProperty(joined, async ([words, joint]) => {
        const name = words.join(joint);
        const secret = await python.evaluate('is_secret(name, "hunter2")', { name });
        expect([name, secret]).toEqual([name, secret === true || isSecretName(name)]);
      }),
      { numRuns: 500 },
    );
  });

  it('takes the same values as these rules for keys and for placeholders', async () => {
    const value = fc.oneof(
      fc.constantFrom('', 'none', 'dummy', '<key>', 'xxx', '12345', '123456', ' unused ', 'Off'),
      fc.constantFrom('not-a-secret', 'set by gateway', 'hunter2', `ghp_${'a'.repeat(36)}`),
      fc.constantFrom('https://a:bcd@e', 'https://a@e', 'sk-short', 'disable', 'disabled', '***'),
      fc.string(),
    );
    const read = '[bool(SECRET_VALUE.search(v)), bool(PLACEHOLDER.fullmatch(v.strip()))]';
    await fc.assert(
      fc.asyncProperty(value, async (v) => {
        expect(await python.evaluate(read, { v })).toEqual([hasKnownKey(v), isPlaceholder(v)]);
      }),
    );
  });

  it('never shows a value', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 9 }), async (value) => {
        fc.pre(!isPlaceholder(value));
        const [, evidence] = await judge({ API_TOKEN: value }, `API_TOKEN=${value}`);
        expect(evidence).toBe('API_TOKEN');
      }),
    );
  });
});
