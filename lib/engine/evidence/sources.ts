/** The bind sources of a service, looked at on this host. */
import * as fs from 'node:fs';
import { writableBinds } from '../described';
import { freeBytes } from '../free-bytes';
import { findSecrets } from '../sources/secrets';
import { findTraps } from '../sources/traps';
import { seenOr, type Fact } from '../verdict';
import type { CollectContext } from './context';
import type { SourceFacts } from './service';

export async function collectSources({
  client,
  described,
  container,
}: CollectContext): Promise<Fact<readonly SourceFacts[]>> {
  if (!/^(?:unix|npipe):/.test(client.endpoint.host)) {
    return { unseen: 'the engine is on another machine, and so is what it mounts' };
  }
  const except = writableBinds(await described);
  const binds = container.Mounts.filter(({ Type }) => Type === 'bind');
  const seen = binds.filter(({ Source }) => Source !== '/dev/null');
  if (seen.some(({ Source }) => !fs.existsSync(Source))) {
    return { unseen: 'its mounts are not folders of this host' };
  }
  const look = () =>
    seen.map(({ Source, Destination, RW }) => lookAt(Source, Destination, RW, except));
  return seenOr('its mounts', Promise.resolve().then(look));
}

function lookAt(
  source: string,
  target: string,
  isWritable: boolean,
  except: readonly string[],
): SourceFacts {
  const status = fs.statSync(source);
  const traps = isWritable ? findTraps(source) : undefined;
  return {
    target,
    source,
    real: fs.realpathSync(source),
    isSocket: status.isSocket(),
    uid: status.uid,
    gid: status.gid,
    isWritable,
    secrets: isWritable ? [] : findSecrets(source, { except }),
    traps: traps?.found ?? [],
    isWhole: traps?.isWhole ?? true,
    bytes: traps?.bytes,
    freeBytes: isWritable ? freeBytes(source) : undefined,
  };
}
