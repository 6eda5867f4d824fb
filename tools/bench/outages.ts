/** A client whose socket may drop and comes back by itself. */
interface Client {
  readonly isOnline: boolean;
}

const lookEveryMs = 20;

/** Looks at clients' sockets all the time and notes how long each was away. */
export class Outages {
  private readonly since = new Map<Client, number>();
  private readonly timer: NodeJS.Timeout;
  /** Of each time that is over, in ms. */
  readonly gaps: number[] = [];

  constructor(private readonly clients: readonly Client[]) {
    this.timer = setInterval(() => this.look(), lookEveryMs);
  }

  /** Who is away now. */
  get away(): number {
    return this.since.size;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const now = performance.now();
    for (const client of this.clients) {
      const since = this.since.get(client);
      if (client.isOnline && since !== undefined) {
        this.since.delete(client);
        this.gaps.push(now - since);
      } else if (!client.isOnline && since === undefined) this.since.set(client, now);
    }
  }
}
