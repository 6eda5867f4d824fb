import type { ThreadMessage } from '@cordboard/webchat-protocol';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { LentStorage } from './lent-storage';
import type { OutboxItem } from './outbox-item';

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
 * What the frame remembers: token, outbox and the newest messages, in IndexedDB, one database per tenant. Where the
 * browser refuses that to a frame of another site, token and outbox go to the site's own storage (the thread comes
 * anew from the server), and where that is closed as well everything lives as long as the page; `lasting` says which.
 * A failing write never stops a message from being sent.
 */
export class Keep {
  private constructor(
    private readonly db: IDBPDatabase<Tables> | null,
    private readonly lent: LentStorage | null,
  ) {}

  static async open(tenant: string, lent: LentStorage | null): Promise<Keep> {
    try {
      const db = await openDB<Tables>(`cordboard:${tenant}`, 1, {
        upgrade(fresh) {
          fresh.createObjectStore('outbox', { keyPath: 'clientMsgId' });
          fresh.createObjectStore('message', { keyPath: 'n' });
          fresh.createObjectStore('setting');
        },
      });
      await moveIn(db, lent);
      return new Keep(db, null);
    } catch {
      return new Keep(null, lent);
    }
  }

  get lasting(): boolean {
    return this.db !== null || this.lent !== null;
  }

  async load(): Promise<Kept> {
    const lent: Kept = { token: this.lent?.token ?? null, messages: [], outbox: this.lent?.outbox ?? [] };
    if (!this.db) return lent;
    try {
      const [token, messages, outbox] = await Promise.all([
        this.db.get('setting', 'token'),
        this.db.getAll('message'),
        this.db.getAll('outbox'),
      ]);
      return { token: token ?? null, messages, outbox };
    } catch {
      return lent;
    }
  }

  saveToken(token: string | null): Promise<void> {
    this.lent?.saveToken(token);
    return this.write((db) => (token ? db.put('setting', token, 'token') : db.delete('setting', 'token')));
  }

  saveOutbox(item: OutboxItem): Promise<void> {
    this.lent?.saveOutbox(item);
    return this.write((db) => db.put('outbox', item));
  }

  /** The message stands in the thread now: one transaction, so that a reload finds it in exactly one place. */
  settle(message: ThreadMessage): Promise<void> {
    if (message.clientMsgId) this.lent?.settle(message.clientMsgId);
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

/** Storage was closed to the frame once and is open now: what the site kept meanwhile comes home. */
async function moveIn(db: IDBPDatabase<Tables>, lent: LentStorage | null): Promise<void> {
  if (!lent) return;
  if (lent.token && !(await db.get('setting', 'token'))) await db.put('setting', lent.token, 'token');
  for (const item of lent.outbox) await db.put('outbox', item);
  lent.clear();
}
