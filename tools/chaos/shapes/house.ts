import type { DistributedProcess } from '../../drive/distributed-process';
import type { StandaloneProcess } from '../../drive/standalone-process';
import type { TcpProxy } from '../../drive/tcp-proxy';
import type { Ground } from './ground';

/** An installation to break. */
export interface House {
  cordboard: StandaloneProcess | DistributedProcess;
}

export interface StandaloneHouse {
  cordboard: StandaloneProcess;
}

export interface DistributedHouse {
  cordboard: DistributedProcess;
  ground: Ground;
  /** Between Cordboard and the last of the agents. */
  agentsLine: TcpProxy;
}
