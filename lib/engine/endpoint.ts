/** Where the engine listens, decided as the docker command decides it: DOCKER_HOST, then the context. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { sha256 } from '../assembly/manifest';
import { EngineError } from '../core/errors';
import { readText } from '../core/files';
import { isObject } from '../core/is-object';
import type { Environment } from './environment';

export interface Endpoint {
  /** As docker spells it: `unix:///var/run/docker.sock`, `tcp://host:2376`, `ssh://host`. */
  readonly host: string;
  /** What chose it: `DOCKER_HOST`, `context NAME` or `default`. */
  readonly chosenBy: string;
  /** Folder with ca.pem, cert.pem and key.pem; for TCP with TLS only. */
  readonly tlsFolder?: string;
}

const DEFAULT_HOST =
  process.platform === 'win32' ? 'npipe:////./pipe/docker_engine' : 'unix:///var/run/docker.sock';

/** @throws EngineError ENGINE_CONTEXT for a context that does not exist or cannot be read */
export function findEndpoint(env: Environment): Endpoint {
  if (env.DOCKER_HOST) {
    const tls = env.DOCKER_TLS_VERIFY || env.DOCKER_TLS;
    const tlsFolder = tls ? (env.DOCKER_CERT_PATH ?? dockerConfigFolder(env)) : undefined;
    return { host: env.DOCKER_HOST, chosenBy: 'DOCKER_HOST', ...(tlsFolder && { tlsFolder }) };
  }
  const context = env.DOCKER_CONTEXT || currentContext(env);
  if (context === undefined || context === 'default') {
    return { host: DEFAULT_HOST, chosenBy: 'default' };
  }
  return readContext(context, env);
}

/** The folder of the docker command's own settings. */
export function dockerConfigFolder(env: Environment): string {
  return env.DOCKER_CONFIG ?? path.join(env.HOME ?? os.homedir(), '.docker');
}

function currentContext(env: Environment): string | undefined {
  const config = readJson(path.join(dockerConfigFolder(env), 'config.json'));
  const name = isObject(config) ? config.currentContext : undefined;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** The docker command files a context under the hash of its name. */
function readContext(name: string, env: Environment): Endpoint {
  const id = sha256(name);
  const contexts = path.join(dockerConfigFolder(env), 'contexts');
  const meta = readJson(path.join(contexts, 'meta', id, 'meta.json'));
  const host = hostOf(meta);
  if (host === undefined) {
    throw new EngineError(
      'ENGINE_CONTEXT',
      `the docker context ${JSON.stringify(name)} does not exist or names no engine; see docker context ls, then docker context use NAME, or unset DOCKER_CONTEXT`,
    );
  }
  const tlsFolder = path.join(contexts, 'tls', id, 'docker');
  return {
    host,
    chosenBy: `context ${name}`,
    ...(fs.existsSync(tlsFolder) && { tlsFolder }),
  };
}

function hostOf(meta: unknown): string | undefined {
  const endpoints = isObject(meta) ? meta.Endpoints : undefined;
  const docker = isObject(endpoints) ? endpoints.docker : undefined;
  const host = isObject(docker) ? docker.Host : undefined;
  return typeof host === 'string' && host !== '' ? host : undefined;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readText(file) ?? '');
  } catch {
    return undefined;
  }
}
