/** The parts of the Engine API's answers that are read, named as the API names them. */

export interface ContainerSummary {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly Image: string;
  readonly State: ContainerState;
  readonly Labels: Readonly<Record<string, string>>;
}

export type ContainerState =
  'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';

export interface ContainerInspect {
  readonly Id: string;
  readonly Name: string;
  readonly Created: string;
  readonly Image: string;
  readonly RestartCount: number;
  readonly State: {
    readonly Status: ContainerState;
    readonly Running: boolean;
    readonly Paused: boolean;
    readonly Restarting: boolean;
    readonly OOMKilled: boolean;
    readonly Pid: number;
    readonly ExitCode: number;
    readonly Error: string;
    readonly StartedAt: string;
    readonly FinishedAt: string;
    readonly Health?: {
      readonly Status: 'none' | 'starting' | 'healthy' | 'unhealthy';
      readonly FailingStreak: number;
      readonly Log:
        | readonly {
            readonly Start: string;
            readonly End: string;
            readonly ExitCode: number;
            readonly Output: string;
          }[]
        | null;
    };
  };
  readonly Config: {
    readonly Hostname: string;
    readonly User: string;
    readonly Env: readonly string[] | null;
    readonly Cmd: readonly string[] | null;
    readonly Entrypoint: readonly string[] | null;
    readonly Image: string;
    readonly WorkingDir: string;
    readonly Labels: Readonly<Record<string, string>> | null;
    readonly StopTimeout?: number;
    readonly Tty: boolean;
    readonly Healthcheck?: {
      readonly Test?: readonly string[];
      /** Nanoseconds, as all durations here. */
      readonly Interval?: number;
      readonly Timeout?: number;
      readonly StartPeriod?: number;
      readonly Retries?: number;
    };
  };
  readonly HostConfig: HostConfig;
  readonly Mounts: readonly MountPoint[];
  readonly NetworkSettings: {
    readonly Networks: Readonly<Record<string, EndpointSettings>> | null;
    readonly Ports?: Readonly<Record<string, unknown>> | null;
  };
}

export interface EndpointSettings {
  readonly NetworkID: string;
  readonly Gateway: string;
  readonly IPAddress: string;
  readonly GlobalIPv6Address?: string;
}

export interface HostConfig {
  readonly Binds: readonly string[] | null;
  readonly NetworkMode: string;
  readonly PortBindings: Readonly<Record<string, unknown>> | null;
  readonly RestartPolicy: { readonly Name: string; readonly MaximumRetryCount: number };
  readonly LogConfig: { readonly Type: string; readonly Config: Readonly<Record<string, string>> };
  readonly CapAdd: readonly string[] | null;
  readonly CapDrop: readonly string[] | null;
  readonly Dns: readonly string[] | null;
  readonly ExtraHosts: readonly string[] | null;
  readonly GroupAdd: readonly string[] | null;
  readonly IpcMode: string;
  readonly PidMode: string;
  readonly UTSMode: string;
  readonly UsernsMode: string;
  readonly CgroupnsMode: string;
  readonly Cgroup: string;
  readonly VolumesFrom: readonly string[] | null;
  readonly OomScoreAdj: number;
  readonly OomKillDisable: boolean | null;
  readonly Privileged: boolean;
  readonly ReadonlyRootfs: boolean;
  readonly SecurityOpt: readonly string[] | null;
  readonly Tmpfs?: Readonly<Record<string, string>> | null;
  readonly ShmSize: number;
  readonly Sysctls?: Readonly<Record<string, string>> | null;
  readonly Runtime: string;
  readonly Memory: number;
  readonly MemorySwap: number;
  readonly MemoryReservation: number;
  readonly NanoCpus: number;
  readonly CpuShares: number;
  readonly CpuQuota: number;
  readonly CpusetCpus: string;
  readonly CgroupParent: string;
  readonly Devices:
    readonly { readonly PathOnHost: string; readonly PathInContainer: string }[] | null;
  readonly DeviceCgroupRules: readonly string[] | null;
  readonly DeviceRequests: readonly object[] | null;
  readonly PidsLimit: number | null;
  readonly Ulimits:
    readonly { readonly Name: string; readonly Soft: number; readonly Hard: number }[] | null;
  readonly Init?: boolean | null;
  readonly MaskedPaths: readonly string[] | null;
  readonly ReadonlyPaths: readonly string[] | null;
}

export interface MountPoint {
  readonly Type: 'bind' | 'volume' | 'tmpfs' | 'npipe' | 'cluster' | 'image';
  readonly Name?: string;
  readonly Source: string;
  readonly Destination: string;
  readonly Mode: string;
  readonly RW: boolean;
  readonly Propagation: string;
}

export interface ImageInspect {
  readonly Id: string;
  readonly RepoTags: readonly string[] | null;
  readonly RepoDigests: readonly string[] | null;
  readonly Config: {
    readonly Env: readonly string[] | null;
    readonly Labels: Readonly<Record<string, string>> | null;
    readonly User?: string;
    readonly WorkingDir?: string;
    readonly Entrypoint?: readonly string[] | null;
    readonly Cmd?: readonly string[] | null;
  } | null;
}

export interface EngineVersion {
  readonly Version: string;
  readonly ApiVersion: string;
  readonly Os: string;
  readonly Arch: string;
  readonly KernelVersion: string;
  readonly Platform?: { readonly Name: string };
  readonly Components?: readonly {
    readonly Name: string;
    readonly Version: string;
    readonly Details?: Readonly<Record<string, string>>;
  }[];
}

export interface EngineInfo {
  readonly Name: string;
  readonly OperatingSystem: string;
  readonly OSType: string;
  readonly Architecture: string;
  readonly ServerVersion: string;
  readonly DockerRootDir: string;
  readonly NCPU: number;
  readonly MemTotal: number;
  readonly CgroupVersion?: string;
  readonly CgroupDriver: string;
  readonly SecurityOptions: readonly string[] | null;
  readonly Runtimes: Readonly<Record<string, { readonly path?: string }>> | null;
  readonly DefaultRuntime: string;
  readonly MemoryLimit: boolean;
  readonly SwapLimit: boolean;
  readonly PidsLimit: boolean;
  readonly CpuCfsQuota: boolean;
  readonly Warnings: readonly string[] | null;
}
