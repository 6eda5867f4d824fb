import { loadConfig } from '@cordboard/service-kit';
import { KafkaConfig } from './kafka.config';
import { kafkaOptions } from './kafka-options';

const optionsOf = (environment: Record<string, string>) => kafkaOptions(loadConfig(KafkaConfig, environment));

describe('Kafka’s settings', () => {
  it('need no more than brokers', () => {
    expect(optionsOf({ KAFKA_BROKERS: 'a:9092,b:9092' })).toEqual({
      brokers: ['a:9092', 'b:9092'],
      tls: false,
      prefix: 'cordboard',
      partitions: 6,
    });
  });

  it('carry a sign-in over TLS', () => {
    const sasl = { KAFKA_SASL_MECHANISM: 'scram-sha-512', KAFKA_SASL_USERNAME: 'cordboard', KAFKA_SASL_PASSWORD: 'pw' };
    expect(optionsOf({ KAFKA_BROKERS: 'a:9092', KAFKA_TLS: 'true', ...sasl })).toMatchObject({
      tls: true,
      sasl: { mechanism: 'scram-sha-512', username: 'cordboard', password: 'pw' },
    });
  });

  it.each([
    [{}, 'KAFKA_BROKERS: name at least one broker'],
    [{ KAFKA_BROKERS: 'a' }, 'KAFKA_BROKERS: must be host:port'],
    [{ KAFKA_BROKERS: 'a:1', KAFKA_SASL_MECHANISM: 'plain' }, 'needs KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD'],
    [{ KAFKA_BROKERS: 'a:1', KAFKA_TLS: 'true', KAFKA_CA_FILE: '/nowhere.pem' }, 'KAFKA_CA_FILE: /nowhere.pem cannot be read'],
  ])('are refused as %j', (environment, why) => expect(() => optionsOf(environment as Record<string, string>)).toThrow(why));
});
