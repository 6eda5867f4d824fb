/**
 * Takes turns between tenants: each `take` goes round them, one item each, so that a tenant with a thousand waiting
 * does not keep another's one waiting. Within a tenant it is first in, first out. Full is full: `offer` says no when the
 * whole is full, or when one tenant holds half of it while others wait too.
 */
export class FairQueue<Item> {
  private readonly lines = new Map<string, Item[]>();
  private count = 0;

  constructor(private readonly most: number) {}

  get size(): number {
    return this.count;
  }

  offer(tenantId: string, item: Item): boolean {
    const line = this.lines.get(tenantId);
    const hogs = line !== undefined && this.lines.size > 1 && line.length >= this.most / 2;
    if (this.count >= this.most || hogs) return false;
    if (line) line.push(item);
    else this.lines.set(tenantId, [item]);
    this.count++;
    return true;
  }

  take(atMost: number): Item[] {
    if (this.lines.size <= 1) return this.takeAll(atMost);
    const taken: Item[] = [];
    while (taken.length < atMost && this.count > 0) {
      for (const [tenantId, line] of this.lines) {
        if (taken.length === atMost) break;
        const item = line.shift();
        if (item === undefined) continue;
        taken.push(item);
        this.count--;
        // Goes to the back of the round, so that whoever was last here is not last again.
        this.lines.delete(tenantId);
        if (line.length > 0) this.lines.set(tenantId, line);
      }
    }
    return taken;
  }

  private takeAll(atMost: number): Item[] {
    const [entry] = this.lines;
    if (!entry) return [];
    const [tenantId, line] = entry;
    const taken = line.splice(0, atMost);
    this.count -= taken.length;
    if (line.length === 0) this.lines.delete(tenantId);
    return taken;
  }
}
