import type { OutboxItem } from './outbox-item';

const outboxPrefix = 'outbox:';

/** What the embedding site keeps for a frame that has no storage of its own: the token and what is not sent yet. */
export class LentStorage {
  constructor(
    private readonly values: Record<string, string>,
    private readonly tell: (name: string, value: string | null) => void,
  ) {}

  get token(): string | null {
    return this.values.token ?? null;
  }

  saveToken(token: string | null): void {
    this.set('token', token);
  }

  get outbox(): OutboxItem[] {
    return Object.entries(this.values).flatMap(([name, value]) => (name.startsWith(outboxPrefix) ? (readItem(value) ?? []) : []));
  }

  saveOutbox(item: OutboxItem): void {
    this.set(outboxPrefix + item.clientMsgId, JSON.stringify(item));
  }

  settle(clientMsgId: string): void {
    this.set(outboxPrefix + clientMsgId, null);
  }

  /** The frame has storage of its own now: nothing stays with the site. */
  clear(): void {
    for (const name of Object.keys(this.values)) this.set(name, null);
  }

  private set(name: string, value: string | null): void {
    if (value === null) {
      if (!(name in this.values)) return;
      delete this.values[name];
    } else this.values[name] = value;
    this.tell(name, value);
  }
}

function readItem(value: string): OutboxItem | null {
  try {
    return JSON.parse(value) as OutboxItem;
  } catch {
    return null;
  }
}
