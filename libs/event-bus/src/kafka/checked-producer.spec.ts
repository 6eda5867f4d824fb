import type { ICustomPartitioner, ProducerConfig, RecordMetadata, TopicMessages } from 'kafkajs';
import { CheckedProducer } from './checked-producer';

const partitionMetadata = [0, 1, 2].map((partitionId) => ({ partitionId, leader: 1, isr: [1], replicas: [1], partitionErrorCode: 0 }));

/** Chooses a partition for each message, as kafkajs does, and answers for those that are not lost. */
function kafkaThatLoses(lost: (partition: number) => boolean) {
  const producer = ({ createPartitioner }: ProducerConfig) => {
    const choose = (createPartitioner as ICustomPartitioner)();
    const sendBatch = async ({ topicMessages }: { topicMessages: TopicMessages[] }): Promise<RecordMetadata[]> =>
      topicMessages
        .flatMap(({ topic, messages }) =>
          messages.map((message) => ({ topicName: topic, partition: choose({ topic, message, partitionMetadata }), errorCode: 0 })),
        )
        .filter(({ partition }) => !lost(partition));
    return { sendBatch };
  };
  return { producer } as unknown as ConstructorParameters<typeof CheckedProducer>[0];
}

const messages = Array.from({ length: 20 }, (_, index) => ({ key: `key ${index}`, value: 'text' }));

describe('a producer that is checked', () => {
  it('has sent what is answered for in every partition', async () => {
    const producer = new CheckedProducer(kafkaThatLoses(() => false));
    await producer.send([{ topic: 'work', messages }]);
    await producer.send([{ topic: 'work', messages: messages.slice(0, 1) }]);
  });

  it('does not believe that a partition is sent which nobody has answered for', async () => {
    const producer = new CheckedProducer(kafkaThatLoses((partition) => partition === 2));
    const sent = producer.send([{ topic: 'work', messages }]);
    await expect(sent).rejects.toMatchObject({ code: 'BUS_AWAY', message: expect.stringContaining('work/2') });
    await expect(sent).rejects.not.toMatchObject({ message: expect.stringContaining('work/1') });
  });
});
