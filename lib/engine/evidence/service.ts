/** Everything that was seen of one running service. Each fact is collected by the file of its name. */
import type { ContainerInspect, ImageInspect } from '../api';
import type { DescribedService } from '../described';
import type { Fact } from '../verdict';

export interface ServiceEvidence {
  readonly service: string;
  /** What the folder says it should be. */
  readonly described: DescribedService;
  readonly container: ContainerInspect;
  readonly image: Fact<ImageInspect>;
  /** What made each layer of the image. */
  readonly history: Fact<readonly string[]>;
  /** From the host's /proc, of every process in the container. Unseen on an engine elsewhere. */
  readonly processes: Fact<readonly ProcessFacts[]>;
  /** From the host's /proc/PID/net of the container's first process. */
  readonly network: Fact<NetworkFacts>;
  /** From the host's /proc/PID/mountinfo. */
  readonly mounts: Fact<readonly MountFacts[]>;
  /** From the host's control groups. */
  readonly limits: Fact<LimitFacts>;
  /** The verdicts of the image's own health check, by its check ids, run now. */
  readonly health: Fact<ReadonlyMap<string, HealthVerdict>>;
  /** What the kernel answered, inside, to system calls that must be refused: errno names, or `ok`. */
  readonly systemCalls: Fact<ReadonlyMap<string, string>>;
  /** What a program finds that enters; asked only where the host cannot look at the processes. */
  readonly entered: Fact<EnteredFacts>;
  /** The files that prove the walls from inside, read from outside. */
  readonly ownFiles: Fact<ReadonlyMap<string, OwnFile>>;
  /** Programs with setuid or setgid bits, found inside. */
  readonly setuid: Fact<readonly string[]>;
  /** Bind sources, looked at on this host: in the order of the described mounts. */
  readonly sources: Fact<readonly SourceFacts[]>;
  readonly volumes: Fact<readonly VolumeFacts[]>;
}

export interface ProcessFacts {
  readonly pid: number;
  readonly name: string;
  /** Real, effective, saved and file system id each. */
  readonly uids: readonly number[];
  readonly gids: readonly number[];
  readonly groups: readonly number[];
  /** Capability sets as bits. */
  readonly capabilities: Readonly<
    Record<'inheritable' | 'permitted' | 'effective' | 'bounding' | 'ambient', bigint>
  >;
  readonly noNewPrivileges: boolean;
  /** 0 off, 1 strict, 2 filter. */
  readonly seccomp: number;
  /** Namespace ids by name (`net`, `pid`, `ipc`, `mnt`, `uts`, `user`); absent where not readable. */
  readonly namespaces: Readonly<Record<string, string>>;
  /** Soft and hard by name as in /proc/PID/limits: `Max core file size`. `Infinity` is unlimited. */
  readonly ulimits: Readonly<Record<string, readonly [number, number]>>;
}

export interface EnteredFacts extends Pick<ProcessFacts, 'noNewPrivileges' | 'ulimits'> {
  /** True where gVisor's kernel takes the system calls. */
  readonly onGvisor: boolean;
  readonly mounts: readonly MountFacts[];
}

export interface NetworkFacts {
  readonly interfaces: readonly string[];
  /** `device address/length`, IPv4 and IPv6, without those of loopback. */
  readonly routes: readonly string[];
  /** Addresses that are not loopback. */
  readonly addresses: readonly string[];
}

export interface MountFacts {
  readonly target: string;
  readonly type: string;
  readonly readOnly: boolean;
  /** Options of the mount and of its file system. */
  readonly options: readonly string[];
  /** The folder of the file system that is mounted. */
  readonly root: string;
}

/** `Infinity` is no limit, `undefined` a limit that this host does not know. */
export interface LimitFacts {
  readonly memory?: number;
  readonly memoryAndSwap?: number;
  readonly cpus?: number;
  readonly pids?: number;
}

export interface HealthVerdict {
  readonly verdict: 'proven' | 'broken' | 'unproven';
  readonly evidence: string;
}

export interface OwnFile {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
  readonly sha256: string;
}

export interface VolumeFacts {
  /** Absolute path inside. */
  readonly target: string;
  readonly isWritable: boolean;
  /** The folder of the host that it is, in disguise. */
  readonly device?: string;
  readonly isBounded: boolean;
}

export interface SourceFacts {
  /** Absolute path inside. */
  readonly target: string;
  /** As the engine mounted it. */
  readonly source: string;
  /** After all symlinks. */
  readonly real: string;
  readonly isSocket: boolean;
  readonly uid: number;
  readonly gid: number;
  readonly isWritable: boolean;
  /** For read-only sources: files that look like secrets, relative to the source. */
  readonly secrets: readonly string[];
  /** For writable ones: links that lead out, second names, devices; with why each is a trap. */
  readonly traps: readonly string[];
  /** False when there was too much to look at all of it. */
  readonly isWhole: boolean;
  /** For writable ones: bytes in use. */
  readonly bytes?: number;
  /** For writable ones: what the host's file system has left. */
  readonly freeBytes?: number;
}
