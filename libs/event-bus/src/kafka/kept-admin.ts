import type { Admin, Kafka } from 'kafkajs';

/**
 * A client for single questions. It is kept while it answers and replaced when it fails: for five minutes kafkajs goes on
 * asking the brokers it has heard of first, dead ones too.
 */
export class KeptAdmin {
  private admin: Admin | undefined;

  constructor(private readonly kafka: Kafka) {}

  async ask<Answer>(question: (admin: Admin) => Promise<Answer>): Promise<Answer> {
    this.admin ??= this.kafka.admin();
    const { admin } = this;
    try {
      await admin.connect();
      return await question(admin);
    } catch (error) {
      if (this.admin === admin) this.admin = undefined;
      await admin.disconnect();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.admin?.disconnect();
  }
}
