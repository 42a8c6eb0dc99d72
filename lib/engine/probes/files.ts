/** The rows F of docs/THREATS.md: what can be read, and what can be written. */
import * as path from 'node:path';
import { classifySource } from './host-places';
import type { MountFacts, ServiceEvidence } from '../evidence/service';
import { all, either, judgeFact, unproven, type Judgement } from '../verdict';
import { health, none, ofProcesses } from './parts';
import type { Probe } from './probe';

const RESTART = 'sandbox-cdk restart makes the container anew as it is described';

export const readOnlySource: Probe = {
  id: 'F1',
  title: 'source and root are read-only',
  why: 'a hook or a task that the host runs later would be an agent’s',
  fix: RESTART,
  judge: ({ service }) => {
    const { HostConfig, Mounts } = service.container;
    const readOnly = (service.described.volumes ?? []).filter((mount) => mount.read_only);
    const settings = none(
      [
        ...(HostConfig.ReadonlyRootfs ? [] : ['/']),
        ...readOnly
          .filter(
            ({ target }) => Mounts.find(({ Destination }) => Destination === target)?.RW !== false,
          )
          .map(({ target }) => target),
      ].map((target) => `${target} is writable`),
      `/ and ${readOnly.length} sources`,
    );
    const mounted = judgeFact(service.mounts, (mounts) => {
      const targets = ['/', ...readOnly.map(({ target }) => target)];
      const writable = targets.filter(
        (target) => !mounts.find((each) => each.target === target)?.readOnly,
      );
      return none(
        writable.map((target) => `${target} is mounted writable`),
        'mounted read-only',
      );
    });
    return all([settings, either(mounted, health(service, 'read-only'))]);
  },
};

export const maskedSecrets: Probe = {
  id: 'F2',
  title: 'secrets in the source are masked',
  why: 'keys in .env files are the first thing that is looked for',
  fix: 'sandbox-cdk restart masks what lies there now; better, keep secrets out of the source',
  judge: ({ service }) =>
    judgeFact(service.sources, (sources) => {
      const secrets = sources.flatMap(({ target, secrets: found }) =>
        found.map((secret) => path.posix.join(target, secret).replace(/\/$/, '')),
      );
      const open = secrets.filter((target) => !isMasked(target, service));
      return none(
        open.map((target) => `${target} can be read`),
        secrets.length === 0 ? 'none found' : `${secrets.length} masked`,
      );
    }),
};

/** By what is mounted there, as the host's kernel sees it where that can be seen. */
function isMasked(target: string, { mounts, container }: ServiceEvidence): boolean {
  if ('seen' in mounts)
    return mounts.seen.some((mount) => mount.target === target && isEmpty(mount));
  const tmpfs = Object.keys(container.HostConfig.Tmpfs ?? {});
  return (
    tmpfs.includes(target) ||
    container.Mounts.some(
      ({ Destination, Source, Type, RW }) =>
        Destination === target && !RW && (Source === '/dev/null' || Type === 'tmpfs'),
    )
  );
}

function isEmpty({ type, root, readOnly }: MountFacts): boolean {
  return root === '/null' || (type === 'tmpfs' && readOnly);
}

export const noEngineSocket: Probe = {
  id: 'F3',
  title: 'no socket of an engine or agent',
  why: 'whoever speaks to an engine is root on its host',
  fix: 'take the mount out of the program, then synth and restart',
  judge: ({ service }) =>
    all([
      judgeFact(service.sources, (sources) =>
        none(
          sources
            .filter(({ isSocket, real }) => isSocket || classifySource(real) === 'socket')
            .map(({ target, real }) => `${target} is ${real}`),
          `${sources.length} mounts, no socket`,
        ),
      ),
      noVolumeOf(service, 'socket'),
      health(service, 'engine-socket'),
    ]),
};

export const noCredentials: Probe = {
  id: 'F4',
  title: 'no credentials of the person',
  why: 'cloud, SSH and registry keys open far more than this project',
  fix: 'take the mount out of the program, then synth and restart',
  judge: ({ service }) =>
    all([
      judgeFact(service.sources, (sources) =>
        none(
          sources
            .filter(({ real }) => classifySource(real) === 'credentials')
            .map(({ target, real }) => `${target} is ${real}`),
          `${sources.length} mounts, none of a home or credential folder`,
        ),
      ),
      noVolumeOf(service, 'credentials'),
    ]),
};

/** A volume of the local driver can be any folder of the host. */
function noVolumeOf(
  { volumes }: ServiceEvidence,
  kind: ReturnType<typeof classifySource>,
): Judgement {
  return judgeFact(volumes, (seen) =>
    none(
      seen
        .filter(({ device }) => device !== undefined && classifySource(device) === kind)
        .map(({ target, device }) => `${target} is ${device}`),
      `${seen.length} volumes, none of them`,
    ),
  );
}

export const noTraps: Probe = {
  id: 'F5',
  title: 'no trap in the output folder',
  why: 'a link that leads out makes a program on the host read or write elsewhere',
  fix: 'look at what is named without opening it, and remove it (rm removes a link, not what it leads to)',
  judge: ({ service }) =>
    judgeFact(service.sources, (sources) => {
      const found = none(
        sources.flatMap(({ target, traps }) => traps.map((trap) => `${target}/${trap}`)),
        'no link leads out, no device, no socket',
      );
      const unseen = sources.find(({ isWhole }) => !isWhole);
      return unseen
        ? all([found, unproven(`${unseen.target} holds too many files to look at all`)])
        : found;
    }),
};

const GIBIBYTE = 2 ** 30;

export const bounded: Probe = {
  id: 'F6',
  title: 'what can be written is bounded',
  why: 'a full disk or no free inode stops the host',
  fix: 'empty the output folder, or make room on the host',
  judge: ({ service }) => {
    const folders = judgeFact(service.sources, (sources) => {
      const writable = sources.filter(({ isWritable }) => isWritable);
      const tight = writable.filter(({ freeBytes = 0 }) => freeBytes < GIBIBYTE);
      return none(
        tight.map(({ target }) => `${target}: the host has less than 1 GiB free`),
        writable
          .map(
            ({ target, bytes = 0 }) =>
              `${target} holds ${Math.ceil(bytes / 2 ** 20)} MiB (watched: no engine can bound it)`,
          )
          .join(', ') || 'no folder of the host',
      );
    });
    const volumes = judgeFact(service.volumes, (seen) =>
      none(
        seen
          .filter(({ isWritable, isBounded }) => isWritable && !isBounded)
          .map(({ target }) => `the volume at ${target} has no size`),
        `${seen.length} volumes, each with a size where it can be written to`,
      ),
    );
    return all([memoryMounts(service), folders, volumes]);
  },
};

function memoryMounts({ mounts: fromHost, entered }: ServiceEvidence): Judgement {
  if ('seen' in fromHost) return boundedInMemory(fromHost.seen, ['size', 'nr_inodes']);
  // gVisor has no limit of inodes: what they take counts as memory of the container.
  return judgeFact(entered, ({ mounts, onGvisor }) =>
    boundedInMemory(mounts, onGvisor ? ['size'] : ['size', 'nr_inodes']),
  );
}

function boundedInMemory(mounts: readonly MountFacts[], limits: readonly string[]): Judgement {
  // A mask and the like can hold nothing.
  const writable = mounts.filter(
    ({ type, readOnly, target }) =>
      type === 'tmpfs' && !readOnly && !/^\/(?:dev|proc|sys)(?:\/|$)/.test(target),
  );
  const open = writable.flatMap(({ target, options }) =>
    limits.filter((name) => !options.some(has(name))).map((name) => `${target} has no ${name}`),
  );
  return none(open, `${writable.length} places in memory, each with ${limits.join(' and ')}`);
}

function has(name: string) {
  return (option: string) => option.startsWith(`${name}=`);
}

export const noSetuid: Probe = {
  id: 'F7',
  title: 'no program gives more rights',
  why: 'a setuid program turns an agent into root',
  fix: RESTART,
  judge: ({ service }) =>
    all([
      either(
        ofProcesses(
          service,
          ({ noNewPrivileges }) => (noNewPrivileges ? undefined : 'may gain privileges'),
          'no_new_privs is set',
        ),
        judgeFact(service.entered, ({ noNewPrivileges }) =>
          none(noNewPrivileges ? [] : ['a program that enters may gain privileges'], 'it is set'),
        ),
        health(service, 'no-new-privileges'),
      ),
      judgeFact(service.setuid, (found) =>
        none(
          found.map((file) => `setuid ${file}`),
          'no setuid program',
        ),
      ),
    ]),
};

export const ownOutput: Probe = {
  id: 'F8',
  title: 'the agent can write its output',
  why: 'an agent that cannot write where it should looks for where it can',
  fix: 'give the folder to the person who starts the sandbox (chown), then sandbox-cdk restart',
  judge: ({ service }) => {
    const created = (service.described.volumes ?? []).filter(
      ({ type, bind }) => type === 'bind' && bind?.create_host_path === true,
    );
    const settings = none(
      created.map(({ target }) => `${target} may be made by the engine, as root`),
      'no folder is made by the engine',
    );
    const owners = judgeFact(service.sources, (sources) => {
      const writable = sources.filter(({ isWritable }) => isWritable);
      const roots = writable
        .filter(({ uid }) => uid === 0)
        .map(({ target }) => `${target} is root’s`);
      return none(
        roots,
        `${writable.length} output folders, owned by uid ${writable.map(({ uid }) => uid).join(', ') || 'nobody'}`,
      );
    });
    return all([settings, owners, health(service, 'writable')]);
  },
};
