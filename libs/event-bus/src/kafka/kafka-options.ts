/** Where a cluster is and how its topics are made. */
export interface KafkaOptions {
  /** `['127.0.0.1:9092']`. */
  brokers: readonly string[];
  /** True trusts the system's authorities; else those given as PEM. */
  tls?: boolean | { ca: string };
  sasl?: { mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; username: string; password: string };
  /** Begins the name of each topic and group, so that installations can share a cluster; `cordboard`. */
  prefix?: string;
  /** Of a topic when it is made; 6. Never changed later: the order of a key would be lost. */
  partitions?: number;
}

export const prefixOf = ({ prefix = 'cordboard' }: KafkaOptions) => prefix;
