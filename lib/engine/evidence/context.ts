/** What the collectors of one service are given. Each gives back facts and never throws. */
import type { OutputSandbox } from '../../assembly/read';
import type { ContainerInspect } from '../api';
import type { EngineClient } from '../client';
import type { DescribedService } from '../described';
import type { Fact } from '../verdict';
import type { EngineEvidence } from './engine';

export interface CollectContext {
  readonly client: EngineClient;
  readonly engine: EngineEvidence;
  readonly sandbox: OutputSandbox;
  readonly service: string;
  /** What the folder says of it; comes while other things are collected. */
  readonly described: Promise<DescribedService>;
  readonly container: ContainerInspect;
  /** The container's first process as this host's /proc numbers it; unseen where it is not here. */
  readonly hostPid: Fact<number>;
}
