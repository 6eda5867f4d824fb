import { readFileSync } from 'node:fs';
import type { KafkaOptions } from '@cordboard/event-bus';
import { ConfigError } from '@cordboard/service-kit';
import type { KafkaConfig } from './kafka.config';

/** What the event bus is told. Throws ConfigError where variables do not fit together. */
export function kafkaOptions(config: KafkaConfig): KafkaOptions {
  const { brokers, saslMechanism: mechanism, saslUsername: username, saslPassword: password, prefix, partitions } = config;
  if (!brokers) throw new ConfigError('KAFKA_BROKERS: name at least one broker as host:port.');
  if (mechanism && !(username && password))
    throw new ConfigError('KAFKA_SASL_MECHANISM needs KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD.');
  return {
    brokers: brokers.split(','),
    tls: tlsOf(config),
    ...(mechanism ? { sasl: { mechanism, username, password } } : {}),
    prefix,
    partitions,
  };
}

function tlsOf({ tls, caFile }: KafkaConfig): KafkaOptions['tls'] {
  if (!tls || !caFile) return tls;
  try {
    return { ca: readFileSync(caFile, 'utf8') };
  } catch (error) {
    throw new ConfigError(`KAFKA_CA_FILE: ${caFile} cannot be read: ${(error as Error).message}`);
  }
}
