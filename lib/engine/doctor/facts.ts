/** Everything that the doctor looks at, collected in one place. Nothing is changed. */
import { readText } from '../../core/files';
import type { EngineInfo, EngineVersion } from '../api';
import { EngineClient } from '../client';
import { composeCommand, runCompose } from '../compose';
import { findEndpoint } from '../endpoint';
import type { Environment } from '../environment';
import { freeBytes } from '../free-bytes';
import { personOf, type Person } from '../person';
import { platformOf, type Platform } from './platform';

export interface Facts {
  readonly platform: Platform;
  readonly person: Person;
  /** Where the engine listens; or why that cannot be told. */
  readonly endpoint:
    { readonly host: string; readonly chosenBy: string } | { readonly error: string };
  /** What the engine says of itself; or why it does not. */
  readonly engine:
    { readonly version: EngineVersion; readonly info: EngineInfo } | { readonly error: string };
  /** `2.40.3`; or why there is none. */
  readonly compose:
    { readonly version: string; readonly program: string } | { readonly error: string };
  /** Bytes left where the engine keeps its images; `undefined` where it cannot be looked at. */
  readonly freeBytes?: number;
}

export async function collectFacts(env: Environment): Promise<Facts> {
  const [engine, compose] = await Promise.all([askEngine(env), askCompose(env)]);
  return {
    platform: platformOf(
      process.platform,
      readText('/etc/os-release') ?? '',
      readText('/proc/version') ?? '',
    ),
    person: personOf(env),
    endpoint: endpointOf(env),
    engine,
    compose,
    freeBytes: 'info' in engine ? freeBytes(engine.info.DockerRootDir) : undefined,
  };
}

function endpointOf(env: Environment): Facts['endpoint'] {
  try {
    return findEndpoint(env);
  } catch (error) {
    return { error: (error as Error).message };
  }
}

async function askEngine(env: Environment): Promise<Facts['engine']> {
  try {
    const client = EngineClient.of(env);
    const [version, info] = await Promise.all([
      client.get<EngineVersion>('/version'),
      client.get<EngineInfo>('/info'),
    ]);
    return { version, info };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

async function askCompose(env: Environment): Promise<Facts['compose']> {
  try {
    const { exitCode, stdout, output } = await runCompose({ args: ['version', '--short'], env });
    if (exitCode !== 0) return { error: output.trim() };
    return { version: stdout.trim().replace(/^v/, ''), program: composeCommand(env).join(' ') };
  } catch (error) {
    return { error: (error as Error).message };
  }
}
