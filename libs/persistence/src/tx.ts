import type { Envelope } from '@cordboard/events';
import { type Client, DatabaseError, type PoolClient, type QueryResult, type QueryResultRow } from 'pg';
import { inOneFlush, streamOf } from './one-flush';

/** A statement with a name is prepared once per connection: for the hot ones only. */
export interface Statement {
  name?: string;
  text: string;
  values?: readonly unknown[];
}

/** https://www.postgresql.org/docs/18/errcodes-appendix.html, in_failed_sql_transaction */
const transactionAborted = '25P02';

/**
 * One open transaction in one scope. Events handed to `publish` are appended to the log by the transaction's
 * last statement, so that intent and fact commit together and keys are locked for the shortest time.
 */
export class Tx {
  private readonly pending: Envelope[] = [];
  private readonly listeners: (() => void)[] = [];
  private readonly unanswered: Promise<unknown>[] = [];
  /** What broke the transaction; statements sent behind it only hear that it is broken, and pass this on instead. */
  private failure: unknown;

  constructor(private readonly client: PoolClient | Client) {}

  async query<Row extends QueryResultRow = QueryResultRow>(text: string | Statement, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.run<Row>(text, values)).rows;
  }

  /** The first row, or undefined. */
  async first<Row extends QueryResultRow = QueryResultRow>(
    text: string | Statement,
    values: readonly unknown[] = [],
  ): Promise<Row | undefined> {
    return (await this.query<Row>(text, values))[0];
  }

  /** Runs a statement for its effect; resolves to the number of rows it touched. */
  async execute(text: string | Statement, values: readonly unknown[] = []): Promise<number> {
    return (await this.run(text, values)).rowCount ?? 0;
  }

  /**
   * Sends a statement without waiting: it goes out in one write with what follows, at last the commit. Its rows are there
   * once the transaction has committed; when it fails, so does the transaction, with its error.
   */
  send<Row extends QueryResultRow = QueryResultRow>(statement: Statement): Promise<Row[]> {
    const answer = this.run<Row>(statement, []).then(({ rows }) => rows);
    answer.catch(() => undefined);
    this.unanswered.push(answer);
    return answer;
  }

  /** What `Database` waits for beside the commit. */
  get sent(): readonly Promise<unknown>[] {
    return this.unanswered;
  }

  publish(...events: Envelope[]): void {
    this.pending.push(...events);
  }

  /** What `Database` appends before it commits. */
  get published(): readonly Envelope[] {
    return this.pending;
  }

  /** Calls `listener` once the transaction has committed; not at all when it is rolled back. */
  onCommitted(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Called by `Database` after the commit. */
  committed(): void {
    for (const listener of this.listeners) listener();
  }

  private async run<Row extends QueryResultRow>(text: string | Statement, values: readonly unknown[]): Promise<QueryResult<Row>> {
    inOneFlush(streamOf(this.client));
    const statement = typeof text === 'string' ? { text, values } : text;
    try {
      return await this.client.query<Row>({ ...statement, values: [...(statement.values ?? values)] });
    } catch (error) {
      this.failure ??= error;
      throw error instanceof DatabaseError && error.code === transactionAborted ? this.failure : error;
    }
  }
}
