import { OperationalError } from '@cordboard/rpc';
import { Client, type QueryResultRow } from 'pg';
import { readerSettings } from './log-sql';
import type { LogReaderOptions } from './options';

const settings = readerSettings.map((setting) => `-c ${setting}`).join(' ');

/**
 * The reader's one connection, as the role `cordboard_bus`. Its advisory locks say which groups this process works
 * for: when it breaks they are gone, so `onLost` is called and the reader has to connect anew.
 */
export class LogConnection {
  private client: Client | undefined;

  constructor(
    private readonly options: LogReaderOptions,
    private readonly onLost: (error: Error) => void,
  ) {}

  get isOpen(): boolean {
    return this.client !== undefined;
  }

  async open(): Promise<void> {
    const client = connectBus(this.options, this.options.name ?? 'bus', settings);
    const lost = (error: Error) => {
      if (this.client !== client) return;
      this.client = undefined;
      this.onLost(error);
    };
    client.on('error', lost);
    client.on('end', () => lost(new Error('the connection was closed')));
    await client.connect();
    this.client = client;
  }

  async close(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    if (client) await farewell(client);
  }

  async query<Row extends QueryResultRow>(name: string, text: string, values: readonly unknown[] = []): Promise<Row[]> {
    if (!this.client) throw new OperationalError('BUS_AWAY', 'The event log cannot be read: there is no connection to the database.');
    const { rows } = await this.client.query<Row>({ name, text, values: [...values] });
    return rows;
  }
}

/** A client of the bus's role, not yet connected. */
export function connectBus({ url, password }: LogReaderOptions, name: string, settings?: string): Client {
  const address = new URL(url);
  address.username = 'cordboard_bus';
  address.password = password;
  return new Client({
    connectionString: address.toString(),
    application_name: `cordboard ${name}`,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    pipeline: true,
    query_timeout: 10_000,
    ...(settings ? { options: settings } : {}),
  });
}

/** A broken connection may never answer: it is left alone after a second. */
function farewell(client: Client): Promise<void> {
  return new Promise((done) => {
    const timeout = setTimeout(done, 1000);
    const leave = () => {
      clearTimeout(timeout);
      done();
    };
    client.end().then(leave, leave);
  });
}
