import { join } from 'node:path';

/** A node of a cluster on this machine: broker and controller in one. */
export interface KafkaNode {
  id: number;
  /** Where clients connect, on 127.0.0.1. */
  port: number;
  /** Where the nodes choose their leader. */
  controllerPort: number;
  /** A second port for clients, and the port they are told to connect to: that of a proxy which stands before it. */
  proxied?: { port: number; proxy: number };
  /** Its own folder: settings, log file, data. */
  folder: string;
}

/** A node's server.properties (https://kafka.apache.org/42/configuration/broker-configs/), for one node or for three that replicate. */
export function serverProperties(node: KafkaNode, nodes: readonly KafkaNode[]): string {
  const copies = nodes.length;
  const enough = copies > 1 ? 2 : 1;
  const addresses = (end: 'port' | 'proxy') => [
    `PLAINTEXT://127.0.0.1:${node.port}`,
    ...(node.proxied ? [`PROXIED://127.0.0.1:${node.proxied[end]}`] : []),
  ];
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': node.id,
    'controller.quorum.voters': nodes.map(({ id, controllerPort }) => `${id}@127.0.0.1:${controllerPort}`).join(','),
    listeners: [...addresses('port'), `CONTROLLER://127.0.0.1:${node.controllerPort}`].join(','),
    'advertised.listeners': addresses('proxy').join(','),
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,PROXIED:PLAINTEXT',
    'log.dirs': join(node.folder, 'data'),
    'auto.create.topics.enable': false,
    'default.replication.factor': copies,
    'min.insync.replicas': enough,
    'offsets.topic.replication.factor': copies,
    'offsets.topic.num.partitions': 8,
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': enough,
    'group.initial.rebalance.delay.ms': 0,
    'log.cleaner.backoff.ms': 1000,
    'log.cleaner.dedupe.buffer.size': 8 * 1024 * 1024,
  };
  return `${Object.entries(settings)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}\n`;
}
