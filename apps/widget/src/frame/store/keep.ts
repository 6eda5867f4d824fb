import type { ThreadMessage } from '@cordboard/webchat-protocol';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** A message the visitor wrote and the server has not acknowledged yet. */
export interface OutboxItem {
  clientMsgId: string;
  text: string;
  /** Order of writing: a count that never goes back, whatever the clock does. */
  order: number;
  at: string;
  traceparent: string;
  state: 'waiting' | 'failed';
}

interface Tables extends DBSchema {
  outbox: { key: string; value: OutboxItem };
  message: { key: number; value: ThreadMessage };
  setting: { key: string; value: string };
}

/** What was there when the frame opened. */
export interface Kept {
  token: string | null;
  messages: ThreadMessage[];
  outbox: OutboxItem[];
}

const keptMessages = 200;

/**
 * The frame's own storage: token, outbox and the newest messages, in IndexedDB, one database per tenant. Where the
 * browser refuses it (private windows, blocked storage) everything lives in memory for as long as the page does;
 * `lasting` says which. A failing write never stops a message from being sent.
 */
export class Keep {
  private constructor(private readonly db: IDBPDatabase<Tables> | null) {}

  static async open(tenant: string): Promise<Keep> {
    try {
      const db = await openDB<Tables>(`cordboard:${tenant}`, 1, {
        upgrade(fresh) {
          fresh.createObjectStore('outbox', { keyPath: 'clientMsgId' });
          fresh.createObjectStore('message', { keyPath: 'n' });
          fresh.createObjectStore('setting');
        },
      });
      return new Keep(db);
    } catch {
      return new Keep(null);
    }
  }

  get lasting(): boolean {
    return this.db !== null;
  }

  async load(): Promise<Kept> {
    const nothing: Kept = { token: null, messages: [], outbox: [] };
    if (!this.db) return nothing;
    try {
      const [token, messages, outbox] = await Promise.all([
        this.db.get('setting', 'token'),
        this.db.getAll('message'),
        this.db.getAll('outbox'),
      ]);
      return { token: token ?? null, messages, outbox: outbox.sort((a, b) => a.order - b.order) };
    } catch {
      return nothing;
    }
  }

  saveToken(token: string | null): Promise<void> {
    return this.write((db) => (token ? db.put('setting', token, 'token') : db.delete('setting', 'token')));
  }

  saveOutbox(item: OutboxItem): Promise<void> {
    return this.write((db) => db.put('outbox', item));
  }

  /** The message stands in the thread now: one transaction, so that a reload finds it in exactly one place. */
  settle(message: ThreadMessage): Promise<void> {
    return this.write(async (db) => {
      const tx = db.transaction(['outbox', 'message'], 'readwrite');
      if (message.clientMsgId) tx.objectStore('outbox').delete(message.clientMsgId);
      tx.objectStore('message').put(message);
      await tx.done;
    });
  }

  saveMessages(messages: readonly ThreadMessage[]): Promise<void> {
    return this.write(async (db) => {
      const tx = db.transaction('message', 'readwrite');
      for (const message of messages) tx.store.put(message);
      const newest = messages.at(-1)?.n ?? 0;
      if (newest > keptMessages) tx.store.delete(IDBKeyRange.upperBound(newest - keptMessages));
      await tx.done;
    });
  }

  /** Forgets the thread (not the outbox): the server knows another. */
  forgetMessages(): Promise<void> {
    return this.write((db) => db.clear('message'));
  }

  private async write(work: (db: IDBPDatabase<Tables>) => Promise<unknown>): Promise<void> {
    if (!this.db) return;
    try {
      await work(this.db);
    } catch (error) {
      console.warn('Cordboard: the browser did not store a change.', error);
    }
  }
}
