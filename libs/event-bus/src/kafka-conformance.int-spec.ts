import { withKafka } from '@cordboard/testing';
import { deliveryConformance } from './conformance/delivery';
import { failureConformance } from './conformance/failure';
import { KafkaTransport } from './conformance/kafka-transport';
import { orderConformance } from './conformance/order';

withKafka('Kafka', (brokers) => {
  let transport: KafkaTransport;
  afterEach(() => transport.close());

  describe('with one partition, in which all events have one order', () => {
    beforeEach(async () => {
      transport = await KafkaTransport.onBrokers(brokers, 1);
    });
    describe('delivery', () => deliveryConformance(() => transport));
    describe('order', () => orderConformance(() => transport));
    describe('failure', () => failureConformance(() => transport));
  });

  describe('with several partitions', () => {
    beforeEach(async () => {
      transport = await KafkaTransport.onBrokers(brokers, 4);
    });
    describe('delivery', () => deliveryConformance(() => transport));
    describe('order', () => orderConformance(() => transport));
  });
});
