import { backOffMs } from '../shared/back-off';
import { newClientId } from '../shared/client-id';
import { createStore, type Store } from '../shared/store';

/**
 * What a person has sent and the server has not yet confirmed. Each item is written to storage before it is first sent and
 * keeps its client id through every repeat, reload and second tab, so the server records it once. Within a conversation items
 * go one after another, so their order stays; conversations do not wait for each other. An item leaves only when the server
 * has confirmed it (the caller puts the entry into the cache before it says so) or the person discards it.
 */
export interface Outgoing {
  clientId: string;
  tenantId: string;
  conversationId: string;
  kind: 'MESSAGE' | 'NOTE';
  text: string;
  createdAt: number;
  refusal: { code: string; message: string } | null;
}
export type SendResult = { kind: 'confirmed' } | { kind: 'refused'; refusal: { code: string; message: string } } | { kind: 'later' };

export interface OutboxStorage {
  load(): Outgoing[];
  save(item: Outgoing): void;
  remove(clientId: string): void;
}

export class Outbox {
  readonly items: Store<readonly Outgoing[]>;
  private readonly running = new Set<string>();
  private readonly wakers = new Set<() => void>();
  private stopped = false;

  constructor(
    private readonly storage: OutboxStorage,
    private readonly send: (item: Outgoing) => Promise<SendResult>,
    private readonly waitMs: (attempt: number) => number = (attempt) => 200 + backOffMs(attempt, 500, 15_000),
  ) {
    this.items = createStore<readonly Outgoing[]>([...storage.load()].sort((a, b) => a.createdAt - b.createdAt));
  }

  add(draft: Pick<Outgoing, 'tenantId' | 'conversationId' | 'kind' | 'text'>): Outgoing {
    const last = this.items.get().at(-1)?.createdAt ?? 0;
    const item: Outgoing = { ...draft, clientId: newClientId(), createdAt: Math.max(Date.now(), last + 1), refusal: null };
    this.storage.save(item);
    this.items.set((now) => [...now, item]);
    void this.run(item.conversationId);
    return item;
  }

  /** Sends what waits, at once: called when the connection is back. */
  wake(): void {
    for (const waker of [...this.wakers]) waker();
    for (const id of new Set(this.items.get().map((item) => item.conversationId))) void this.run(id);
  }

  /** Tries a refused item again, under the same client id. */
  retry(clientId: string): void {
    const item = this.items.get().find((each) => each.clientId === clientId);
    if (!item) return;
    this.put({ ...item, refusal: null });
    void this.run(item.conversationId);
  }

  discard(clientId: string): void {
    this.storage.remove(clientId);
    this.items.set((now) => now.filter((each) => each.clientId !== clientId));
  }

  stop(): void {
    this.stopped = true;
    for (const waker of [...this.wakers]) waker();
  }

  private put(item: Outgoing): void {
    this.storage.save(item);
    this.items.set((now) => now.map((each) => (each.clientId === item.clientId ? item : each)));
  }

  private async run(conversationId: string): Promise<void> {
    if (this.running.has(conversationId)) return;
    this.running.add(conversationId);
    try {
      let attempt = 0;
      for (let item = this.next(conversationId); item && !this.stopped; item = this.next(conversationId)) {
        const result = await this.send(item).catch((): SendResult => ({ kind: 'later' }));
        if (result.kind === 'later') {
          await this.pause(this.waitMs(attempt));
          attempt += 1;
          continue;
        }
        attempt = 0;
        if (result.kind === 'confirmed') this.discard(item.clientId);
        else if (this.has(item.clientId)) this.put({ ...item, refusal: result.refusal });
      }
    } finally {
      this.running.delete(conversationId);
    }
  }

  private has(clientId: string): boolean {
    return this.items.get().some((each) => each.clientId === clientId);
  }

  private next(conversationId: string): Outgoing | undefined {
    return this.items.get().find((each) => each.conversationId === conversationId && each.refusal === null);
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.wakers.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.wakers.add(done);
    });
  }
}
