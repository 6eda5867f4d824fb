import { Env, env } from '@cordboard/service-kit';
import { z } from 'zod';

const address = /^[^\s:,]+:\d{1,5}$/;

/** Where Kafka is, for services that run apart. */
export class KafkaConfig {
  @Env(
    'KAFKA_BROKERS',
    z.string().refine((text) => text.split(',').every((one) => address.test(one)), 'must be host:port,host:port'),
    'Brokers to begin with, host:port separated by commas; `npm run start:distributed` starts a Kafka of its own without it.',
  )
  brokers = '';

  @Env('KAFKA_TLS', env.flag(), 'Whether brokers are spoken to over TLS.')
  tls = false;

  @Env('KAFKA_CA_FILE', env.text(), 'PEM file of the authorities that brokers’ certificates are checked by, instead of the system’s.')
  caFile = '';

  @Env('KAFKA_SASL_MECHANISM', z.enum(['plain', 'scram-sha-256', 'scram-sha-512']), 'How to sign in at the brokers, when they ask for it.')
  saslMechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512' | '' = '';

  @Env('KAFKA_SASL_USERNAME', env.text(), 'User at the brokers.')
  saslUsername = '';

  @Env('KAFKA_SASL_PASSWORD', env.text(), 'That user’s password.')
  saslPassword = '';

  @Env(
    'KAFKA_PREFIX',
    z.string().regex(/^[a-zA-Z0-9._-]{1,100}$/, 'must be letters, digits, dots, dashes and underscores'),
    'Begins the names of topics and groups, so that installations can share a cluster.',
  )
  prefix = 'cordboard';

  @Env('KAFKA_PARTITIONS', env.int(1, 1000), 'Partitions of a topic when it is made: the most replicas of a service that share work.')
  partitions = 6;
}
