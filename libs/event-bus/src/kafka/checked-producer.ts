import { OperationalError } from '@cordboard/rpc';
import { type ICustomPartitioner, type Kafka, Partitioners, type Producer, type TopicMessages } from 'kafkajs';
import { nameOf } from './place';

/**
 * Sends in the order it is asked to, each message once, and says only of what all copies have that it is sent.
 *
 * When a broker is lost while kafkajs sends to several, and one that has answered already takes over a partition of the
 * lost one, kafkajs takes that partition for sent, without a word. So the partitions it chose are held against its answer.
 */
export class CheckedProducer {
  private readonly producer: Producer;
  private readonly unanswered = new Set<string>();

  constructor(kafka: Pick<Kafka, 'producer'>) {
    this.producer = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: this.watched(Partitioners.DefaultPartitioner),
    });
  }

  connect(): Promise<void> {
    return this.producer.connect();
  }

  disconnect(): Promise<void> {
    return this.producer.disconnect();
  }

  /** One call at a time. Rejects when anything may not be written; all of it has to be sent again then, by a new producer. */
  async send(topicMessages: TopicMessages[]): Promise<void> {
    this.unanswered.clear();
    for (const { topicName, partition } of await this.producer.sendBatch({ acks: -1, topicMessages })) {
      this.unanswered.delete(nameOf(topicName, partition));
    }
    if (this.unanswered.size > 0)
      throw new OperationalError('BUS_AWAY', `Kafka has not answered for ${[...this.unanswered].join(', ')}; it is sent again.`);
  }

  private watched(create: ICustomPartitioner): ICustomPartitioner {
    return () => {
      const choose = create();
      return (message) => {
        const partition = choose(message);
        this.unanswered.add(nameOf(message.topic, partition));
        return partition;
      };
    };
  }
}
