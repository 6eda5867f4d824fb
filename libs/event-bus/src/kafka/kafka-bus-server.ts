import { BusServer, type BusServerOptions, type Consumer } from '../bus-server';
import { groupHandlers, type Handler, isTail } from '../handlers';
import { KafkaGroup, type KafkaLink } from './kafka-group';
import { type KafkaOptions, prefixOf } from './kafka-options';
import { KafkaTail } from './kafka-tail';
import { KeptAdmin } from './kept-admin';
import { openKafka } from './open-kafka';
import { makeTopics } from './topics';

export interface KafkaBusServerOptions extends BusServerOptions {
  kafka: KafkaOptions;
}

/** A service's event handlers on Kafka; what it publishes goes to its database's log and from there by a `KafkaRelay`. */
export class KafkaBusServer extends BusServer<KafkaBusServerOptions> {
  private admin: KeptAdmin | undefined;

  protected async connect(handlers: readonly Handler[]): Promise<Consumer[]> {
    const groups = groupHandlers(handlers);
    const link = await this.link();
    const tails = handlers.filter(isTail);
    const tail = tails.length > 0 ? [new KafkaTail(tails, link, this.options.logger)] : [];
    const consumers = [...groups].map(([group, byType]) => new KafkaGroup({ ...this.options, group, handlers: byType }, link));
    await Promise.all([...tail, ...consumers].map((consumer) => consumer.start()));
    return [...tail, ...consumers];
  }

  /** Rejects while the brokers do not answer. */
  async ready(): Promise<void> {
    if (!this.admin) throw new Error('Kafka has not been reached yet.');
    await this.admin.ask((admin) => admin.describeCluster());
  }

  override async close(): Promise<void> {
    await super.close();
    await this.admin?.close();
  }

  private async link(): Promise<KafkaLink> {
    const { kafka: options, logger } = this.options;
    const kafka = openKafka(options, logger);
    const admin = new KeptAdmin(kafka);
    this.admin = admin;
    await admin.ask((asked) => makeTopics(asked, options));
    const { clusterId } = await admin.ask((asked) => asked.describeCluster());
    return { kafka, admin, clusterId, prefix: prefixOf(options) };
  }
}
