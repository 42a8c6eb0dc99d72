/** How requests reach an endpoint: a socket, TCP with or without TLS, or the docker command itself. */
import * as http from 'node:http';
import type * as Https from 'node:https';
import type { AgentOptions } from 'node:http';
import * as path from 'node:path';
import { EngineError } from '../core/errors';
import { readBytes } from '../core/files';
import type * as DockerDial from './docker-dial';
import type { Endpoint } from './endpoint';
import type { Environment } from './environment';

/** What `request` needs besides the path. */
export interface Connection {
  readonly request: typeof http.request;
  readonly options: http.RequestOptions;
}

const KEPT_ALIVE: AgentOptions = { keepAlive: true };

/** @throws EngineError ENGINE_CONTEXT for an address that cannot be understood */
export function connectionTo(endpoint: Endpoint, env: Environment): Connection {
  const { host } = endpoint;
  const local = /^(?:unix|npipe):\/\/(.+)$/.exec(host);
  if (local) return plain({ socketPath: local[1]! });
  if (host.startsWith('tcp://') || host.startsWith('http')) return overTcp(endpoint);
  if (host.startsWith('ssh://')) return throughClient(env);
  throw new EngineError(
    'ENGINE_CONTEXT',
    `${endpoint.chosenBy} says the engine is at ${JSON.stringify(host)}; allowed are unix://, tcp://, ssh:// and npipe:// addresses`,
  );
}

function plain(options: http.RequestOptions): Connection {
  return { request: http.request, options: { ...options, agent: new http.Agent(KEPT_ALIVE) } };
}

function overTcp({ host, tlsFolder }: Endpoint): Connection {
  const { hostname, port } = new URL(host.replace(/^tcp:/, 'http:'));
  if (tlsFolder === undefined) return plain({ hostname, port: port || 2375 });
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- rare, and slow to load
  const https = require('node:https') as typeof Https;
  const pem = (name: string) => readBytes(path.join(tlsFolder, `${name}.pem`));
  const tls = { ca: pem('ca'), cert: pem('cert'), key: pem('key') };
  return {
    request: https.request,
    options: {
      hostname,
      port: port || 2376,
      agent: new https.Agent({ ...KEPT_ALIVE, ...tls }),
    },
  };
}

/** The docker command carries the connection, with the user's own ssh settings and agent. */
function throughClient(env: Environment): Connection {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- rare, and slow to load
  const { dialThroughDocker } = require('./docker-dial') as typeof DockerDial;
  const agent = new http.Agent(KEPT_ALIVE);
  const createConnection = () => dialThroughDocker(env);
  return { request: http.request, options: { agent: Object.assign(agent, { createConnection }) } };
}
