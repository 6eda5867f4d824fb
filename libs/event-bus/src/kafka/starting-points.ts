/** Where a group begins in a partition: at `next`, without the later offsets that it has handled in the log. */
export interface StartingPoint {
  grp: string;
  origin: string;
  next_offset: number;
  beyond: number[];
}

/**
 * Turns what groups have handled of the log into positions on Kafka. Records are shown to it in the order of their
 * partition; a record that no group has before it was handled by all, or cleared away after all had handled it.
 */
export class StartingPoints {
  private readonly seen = new Set<string>();
  /** Groups that are not at the end of the log; the others begin at the end of each partition. */
  private readonly behind: ReadonlySet<string>;
  private readonly points = new Map<string, { next: number | undefined; beyond: number[] }>();

  constructor(
    private readonly groups: readonly string[],
    /** Groups that have not handled an event, by its id. */
    private readonly unhandled: ReadonlyMap<string, ReadonlySet<string>>,
  ) {
    this.behind = new Set([...unhandled.values()].flatMap((waiting) => [...waiting]));
  }

  show(origin: string, offset: number, eventId: string): void {
    const waiting = this.unhandled.get(eventId);
    if (waiting) this.seen.add(eventId);
    for (const group of this.behind) {
      const point = this.point(group, origin);
      if (waiting?.has(group)) point.next ??= offset;
      else if (point.next !== undefined) point.beyond.push(offset);
    }
  }

  /** Whether an event that a group has before it was shown. */
  has(eventId: string): boolean {
    return this.seen.has(eventId);
  }

  /** Of every group in every partition; `ends` are the offsets after the last record shown. */
  list(ends: ReadonlyMap<string, number>): StartingPoint[] {
    return this.groups.flatMap((grp) =>
      [...ends].map(([origin, end]) => {
        const { next, beyond } = this.point(grp, origin);
        return { grp, origin, next_offset: next ?? end, beyond };
      }),
    );
  }

  private point(group: string, origin: string) {
    const name = `${group} ${origin}`;
    const point = this.points.get(name) ?? { next: undefined, beyond: [] };
    this.points.set(name, point);
    return point;
  }
}
