import { Database, type SchemaMigrations, serviceRole, tenantTable } from '@cordboard/persistence';
import { connect, type TestDatabase, type TestServer, testDatabase } from '@cordboard/testing';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy, MicroserviceOptions } from '@nestjs/microservices';
import { Client } from 'pg';
import { DeadLetters } from '../dead-letters';
import { housekeep } from '../housekeeping';
import { LogReader } from '../log-reader';
import type { BusLogger } from '../logger';
import { busMigrations } from '../migrations';
import { PgBusServer } from '../pg-bus-server';
import { processedTable } from '../processed-table';
import { appendStatement } from './append';
import { Script } from './recorders';
import type { OpenTransaction, Process, TransportUnderTest } from './transport-under-test';

/** A service that does nothing but record. */
export const consumerMigrations: SchemaMigrations = {
  schema: 'consumer',
  migrations: [
    {
      id: '1-create-effect',
      up: `
        create table consumer.effect (
          tenant_id uuid not null, id bigint generated always as identity primary key,
          grp text not null, event_id uuid not null, key text not null, text text not null
        );
        ${tenantTable('consumer', 'effect')}
        ${processedTable('consumer')}
      `,
    },
  ],
};

export const quiet: BusLogger = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The PostgreSQL log on a database of its own. */
export class PgTransport implements TransportUnderTest {
  private readonly processes = new Set<Process>();
  private readonly dying: Promise<void>[] = [];
  private count = 0;

  protected constructor(
    readonly testing: TestDatabase,
    readonly publisher: Database,
  ) {}

  static async create(server?: TestServer): Promise<PgTransport> {
    const testing = await testDatabase({ schemas: [busMigrations, consumerMigrations], ...(server ? { server } : {}) });
    return new PgTransport(testing, testing.databaseFor('consumer'));
  }

  /** A reader as each process has one; whoever makes it stops it. */
  reader(name: string): LogReader {
    return new LogReader({ url: this.testing.url, password: this.testing.passwordOf('bus'), logger: quiet, name });
  }

  async start(controllers: Type[], script: object): Promise<Process> {
    const name = `process ${++this.count}`;
    const role = serviceRole('consumer');
    const { url } = this.testing;
    const password = this.testing.passwordOf('consumer');
    const database = new Database({ url, role, password, name, poolSize: 4, onError: () => undefined });
    const { server, release } = this.serve(name, database);
    @Module({ controllers, providers: [{ provide: Script, useValue: script }] })
    class Root {}
    const app = await NestFactory.createMicroservice<MicroserviceOptions>(Root, { strategy: server, logger: false });
    await app.listen();
    const stop = async () => {
      if (!this.processes.delete(process)) return;
      await app.close();
      await release();
      await database.close();
    };
    const kill = async () => {
      await this.cut(name, `${name} reader`);
      this.dying.push(stop());
    };
    const process: Process = { stop, kill };
    this.processes.add(process);
    return process;
  }

  /** What a process connects its handlers by, and how it lets go in the end. */
  protected serve(name: string, database: Database): { server: CustomTransportStrategy; release: () => Promise<void> } {
    const reader = this.reader(`${name} reader`);
    return { server: new PgBusServer({ service: 'consumer', database, reader, logger: quiet }), release: () => reader.stop() };
  }

  /** Ends the database sessions of these names, as a broken network does. */
  async cut(...names: string[]): Promise<void> {
    await this.testing.admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where application_name = any ($1) and datname = current_database()',
      [names.map((name) => `cordboard ${name}`)],
    );
  }

  async publish(...events: Parameters<TransportUnderTest['publish']>): Promise<void> {
    await this.publisher.system(async (tx) => tx.publish(...events));
  }

  async begin(): Promise<OpenTransaction> {
    const client = await this.writer();
    await client.query('begin');
    await client.query('set local transaction_timeout = 0');
    await client.query('set local idle_in_transaction_session_timeout = 0');
    await client.query('select pg_current_xact_id()');
    const end = async (verb: 'commit' | 'rollback') => {
      await client.query(verb);
      await client.end();
    };
    return {
      publish: async (...events) => {
        await client.query(appendStatement(events));
      },
      commit: () => end('commit'),
      rollback: () => end('rollback'),
    };
  }

  /** A bare connection of a service's role. */
  async writer(): Promise<Client> {
    const url = new URL(this.testing.url);
    url.username = serviceRole('consumer');
    url.password = this.testing.passwordOf('consumer');
    const client = new Client({ connectionString: url.toString(), application_name: 'writer' });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  async effects(group: string) {
    const text = 'select event_id as "eventId", key, text from consumer.effect where grp = $1 order by id';
    return (await this.testing.admin.query(text, [group])).rows;
  }

  deadLetters() {
    return new DeadLetters(this.publisher).list();
  }

  replay(id: string) {
    return new DeadLetters(this.publisher).replay(id);
  }

  skip(id: string) {
    return new DeadLetters(this.publisher).skip(id);
  }

  async housekeep(): Promise<void> {
    await this.testing.admin.query(`update bus.log set at = at - interval '8 days'`);
    await housekeep({ url: this.testing.url, password: this.testing.passwordOf('bus'), logger: quiet }, () => false);
  }

  async held(): Promise<number> {
    const { rows } = await this.testing.admin.query<{ n: string }>('select count(*) as n from bus.log');
    return Number(rows[0]?.n);
  }

  protected async stopAll(): Promise<void> {
    for (const process of [...this.processes]) await process.stop();
    await Promise.all(this.dying);
  }

  /** After a crash of the server the test's own connection has to be made anew. */
  async reconnect(server: TestServer): Promise<void> {
    this.testing.admin = await connect(server, new URL(this.testing.url).pathname.slice(1));
  }

  async close(): Promise<void> {
    await this.stopAll();
    await this.testing.close();
  }
}
