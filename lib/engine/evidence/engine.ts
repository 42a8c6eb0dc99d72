/** What was seen of the engine itself. */
import type { EngineInfo, EngineVersion } from '../api';

export interface EngineEvidence {
  readonly version: EngineVersion;
  readonly info: EngineInfo;
  /** Addresses of the host as containers could reach it: gateways of the engine's networks. */
  readonly gateways: readonly string[];
  /** True when its containers are processes of this very host. */
  readonly isLocal: boolean;
}
