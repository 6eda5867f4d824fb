import { join } from 'node:path';
import type { CordboardProcess } from '../drive/cordboard-process';
import { DistributedProcess } from '../drive/distributed-process';
import { processTree } from '../drive/proc';
import { readCluster } from '../kafka/cluster';

/** The processes of a Cordboard. */
interface Parts {
  /** Node's, by what they are: `standalone`, or `front`, `inbox-1`, … */
  node: { name: string; pid: number }[];
  postgres: number[];
  /** None in the standalone shape, nor where the brokers are somebody else's. */
  kafka: number[];
}

/** What runs of it now; processes and PostgreSQL's sessions come and go. */
export function partsOf(cordboard: CordboardProcess): Parts {
  const { dataFolder, postmaster } = cordboard;
  return {
    node: nodeOf(cordboard),
    postgres: postmaster ? processTree(postmaster.pid) : [],
    kafka: readCluster(join(dataFolder, 'kafka'))?.nodes.map((node) => node.pid) ?? [],
  };
}

function nodeOf(cordboard: CordboardProcess): Parts['node'] {
  const { pid } = cordboard;
  if (pid === undefined) return [];
  if (!(cordboard instanceof DistributedProcess)) return [{ name: 'standalone', pid }];
  const services = cordboard.processes.flatMap(({ instance: name, pid }) => (pid === undefined ? [] : [{ name, pid }]));
  return [{ name: 'front', pid }, ...services];
}
