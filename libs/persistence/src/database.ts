import { catalogue, type Envelope, topics } from '@cordboard/events';
import { OperationalError } from '@cordboard/rpc';
import { DatabaseError, Pool, type PoolClient } from 'pg';
import { failpoint } from './failpoint';
import { isConnectionLost } from './lost-connection';
import { inOneFlush, streamOf } from './one-flush';
import { type Scope, scopeSettings } from './scope';
import { Tx } from './tx';
import { wakeups } from './wakeups';

export interface DatabaseOptions {
  /** Address of the database without user and password: `postgres://127.0.0.1:5432/cordboard`. */
  url: string;
  /** The service's own role and its password; the role owns nothing and cannot bypass row-level security. */
  role: string;
  password: string;
  /** Shown in pg_stat_activity. */
  name: string;
  /** Most connections at a time. */
  poolSize: number;
  /** Which of several processes this is: goes into every event that is published through it. */
  instance?: string;
  /** Called for errors of idle connections: the server went away. */
  onError: (error: Error) => void;
}

const topicOf = new Map<string, string>(catalogue.map((definition) => [definition.type, definition.topic]));
const beginText = 'begin';
const scopeText = `select set_config('app.scope', $1, true), set_config('app.tenant_ids', $2, true)`;
/** The bodies travel as one text: as an array's elements they would be quoted here and unquoted there, quote by quote. */
const appendText = `select bus.append($1::text[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::boolean[], string_to_array($7, e'\\x1e'))`;
/** RECORD SEPARATOR: JSON writes control characters as escapes, so none stands in a body. */
const separator = '\x1e';
/** Serialization failure and deadlock: the transaction may simply be run again. */
const retryable = new Set(['40001', '40P01']);
const maxTries = 4;

/**
 * A service's way to its tables: every query runs in a transaction that stands in a scope. `begin` and the
 * scope go out in one flush with the first statements, the append and `commit` with the last (pipelined client): a
 * transaction that waits for no answer on its way is one round trip. After a failed statement PostgreSQL answers COMMIT with ROLLBACK and no
 * error: the command tag is therefore checked before anything counts as committed.
 */
export class Database {
  private readonly pool: Pool;

  constructor(private readonly options: DatabaseOptions) {
    const url = new URL(options.url);
    url.username = options.role;
    url.password = options.password;
    this.pool = new Pool({
      connectionString: url.toString(),
      max: options.poolSize,
      application_name: `cordboard ${options.name}`,
      connectionTimeoutMillis: 5000,
      idleTimeoutMillis: 60_000,
      pipeline: true,
    } as ConstructorParameters<typeof Pool>[0]);
    this.pool.on('error', options.onError);
  }

  /** Reads and writes one tenant. */
  tenant<Result>(tenantId: string, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.run({ kind: 'tenant', tenantId }, work);
  }

  /** Reads and writes the tenants of a batch. */
  batch<Result>(tenantIds: readonly string[], work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.run({ kind: 'batch', tenantIds }, work);
  }

  /** Reads several tenants; a write fails. */
  viewer<Result>(tenantIds: readonly string[], work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.run({ kind: 'viewer', tenantIds }, work);
  }

  /** Operator-level tables and definer functions; a tenant's table cannot be read. */
  system<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.run({ kind: 'system' }, work);
  }

  /** `work` may run again after a deadlock: it must not have effects outside the transaction. */
  async run<Result>(scope: Scope, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(scope, work);
      } catch (error) {
        if (isConnectionLost(error)) {
          throw new OperationalError('DATABASE_AWAY', `${this.options.name} lost its database: ${(error as Error).message}`);
        }
        if (!(error instanceof DatabaseError && retryable.has(error.code ?? '')) || attempt === maxTries) throw error;
      }
    }
  }

  /** Connections in use, idle and asked for: for metrics and readiness. */
  get usage(): { total: number; idle: number; waiting: number } {
    return { total: this.pool.totalCount, idle: this.pool.idleCount, waiting: this.pool.waitingCount };
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private async attempt<Result>(scope: Scope, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const client = await this.connect();
    let broken: Error | undefined;
    const onError = (error: Error) => {
      broken = error;
    };
    client.on('error', onError);
    const tx = new Tx(client);
    try {
      inOneFlush(streamOf(client));
      const begun = Promise.all([client.query(beginText), client.query({ name: 'scope', text: scopeText, values: scopeSettings(scope) })]);
      begun.catch(() => undefined);
      const result = await work(tx);
      await Promise.all([begun, commit(client, tx, this.options.instance)]);
      if (tx.published.length > 0) {
        failpoint('after-commit-before-wake');
        wakeups.committed();
      }
      tx.committed();
      return result;
    } catch (error) {
      if (!broken) {
        await client.query('rollback').catch((rollbackError: Error) => {
          broken = rollbackError;
        });
      }
      throw error;
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }

  private async connect(): Promise<PoolClient> {
    try {
      return await this.pool.connect();
    } catch (error) {
      throw new OperationalError('DATABASE_AWAY', `${this.options.name} cannot reach its database: ${(error as Error).message}`);
    }
  }
}

async function commit(client: PoolClient, { published, sent }: Tx, instance?: string): Promise<void> {
  const events = instance ? published.map((event) => ({ ...event, instance })) : published;
  inOneFlush(streamOf(client));
  const appended = events.length > 0 ? client.query({ name: 'bus-append', text: appendText, values: appendValues(events) }) : undefined;
  const committed = client.query('commit');
  await Promise.allSettled([committed, ...sent, appended]);
  for (const answer of [...sent, appended]) await answer;
  const { command } = await committed;
  if (command !== 'COMMIT') {
    throw new OperationalError('NOT_COMMITTED', 'The transaction was rolled back because one of its statements had failed unnoticed.');
  }
}

/** Column arrays for bus.append: topic, tenant, event id, key, type, is it an entity, whole envelope as JSON. */
function appendValues(events: readonly Envelope[]): unknown[] {
  const topic = (event: Envelope) => {
    const name = topicOf.get(event.type);
    if (!name) throw new Error(`${event.type} is not in the event catalogue.`);
    return name as keyof typeof topics;
  };
  return [
    events.map(topic),
    events.map((event) => event.tenantid),
    events.map((event) => event.id),
    events.map((event) => event.partitionkey),
    events.map((event) => event.type),
    events.map((event) => topics[topic(event)].kind === 'entity'),
    events.map((event) => JSON.stringify(event)).join(separator),
  ];
}
