import { randomUUID } from 'node:crypto';
import type { EachBatchPayload } from 'kafkajs';
import type { Consumer } from '../bus-server';
import type { Handler } from '../handlers';
import { KeptGoing } from '../kept-going';
import type { BusLogger } from '../logger';
import type { LogEvent } from '../position';
import { tellTail } from '../tell-tail';
import { consumerSettings, type KafkaLink } from './kafka-group';
import { fromRecord } from './record';
import { topicsOf } from './topics';

/**
 * Hands a process's tail handlers every event that is at the brokers after `start`, each handler one at a time. The
 * place of each partition is in memory: a tail whose connection breaks goes on from there. An event that the relay had
 * to send twice is seen twice.
 */
export class KafkaTail implements Consumer {
  private readonly going: KeptGoing;
  private readonly topics: readonly string[];
  private readonly places = new Map<string, number>();
  private joined: () => void = () => undefined;
  private end: () => void = () => undefined;

  constructor(
    private readonly handlers: readonly Handler<'tail'>[],
    private readonly link: KafkaLink,
    private readonly logger: BusLogger,
  ) {
    this.topics = topicsOf(
      link.prefix,
      handlers.flatMap(({ types }) => [...types]),
    );
    this.going = new KeptGoing({ group: 'tail', logger }, (onProgress) => this.run(onProgress));
  }

  /** Resolves when the handlers see every event from here on. */
  async start(): Promise<void> {
    await new Promise<void>((joined) => {
      this.joined = joined;
      this.going.start();
    });
  }

  async stop(): Promise<void> {
    const stopped = this.going.stop();
    this.end();
    await stopped;
  }

  private async run(onProgress: () => void): Promise<void> {
    const { kafka, prefix } = this.link;
    if (this.places.size === 0) await this.findEnds();
    const consumer = kafka.consumer({ ...consumerSettings, groupId: `${prefix}.tail.${randomUUID()}` });
    const over = new Promise<void>((ended, failed) => {
      this.end = ended;
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        if (!payload.restart) failed(payload.error);
      });
    });
    over.catch(() => undefined);
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      for (const [topic, partitions] of Object.entries(payload.memberAssignment)) {
        for (const partition of partitions) {
          consumer.seek({ topic, partition, offset: String(this.places.get(`${topic}/${partition}`) ?? 0) });
        }
      }
      onProgress();
      this.joined();
    });
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [...this.topics] });
      await consumer.run({ autoCommit: false, eachBatch: (payload) => this.take(payload) });
      if (!this.going.isStopping) await over;
    } finally {
      await consumer.disconnect();
    }
  }

  private async findEnds(): Promise<void> {
    for (const topic of this.topics) {
      for (const { partition, high } of await this.link.admin.ask((admin) => admin.fetchTopicOffsets(topic))) {
        this.places.set(`${topic}/${partition}`, Number(high));
      }
    }
  }

  private async take({ batch, heartbeat, isRunning, isStale, resolveOffset }: EachBatchPayload): Promise<void> {
    const last = batch.messages.at(-1);
    if (!last || !isRunning() || isStale()) return;
    const name = `${batch.topic}/${batch.partition}`;
    const place = this.places.get(name) ?? 0;
    const events = batch.messages.map(fromRecord).filter((event): event is LogEvent => event !== undefined && event.id >= place);
    const wanted = (handler: Handler<'tail'>) => events.filter(({ type }) => handler.types.has(type));
    await Promise.all(this.handlers.map((handler) => tellTail(handler, wanted(handler), this.logger)));
    this.places.set(name, Number(last.offset) + 1);
    resolveOffset(last.offset);
    await heartbeat();
  }
}
