/** One message as the driver knows it. Times are the driver's clock, in ms. */
interface Sent {
  scheduledAt: number;
  isMeasured: boolean;
  acknowledgedAt: number;
  seenAt: number;
  /** The place the system gave it: the entry's seq, or n. */
  position: number;
}

export interface FlowCount {
  planned: number;
  acknowledged: number;
  seen: number;
  /** Acknowledged and never shown on the other side. */
  lost: number;
  /** Shown a second time at another place. */
  duplicated: number;
  /** Shown after a later one of the same writer, or placed behind it. */
  misordered: number;
}

/**
 * Messages of one direction in one step. A lane is one writer in one conversation: there, what is shown must come in the
 * order it was written. A message that was never acknowledged may be missing; one that was may not.
 */
export class Flow {
  private readonly lanes = new Map<number, Sent[]>();
  private readonly newest = new Map<number, { seq: number; position: number }>();
  private duplicated = 0;
  private misordered = 0;
  private planned = 0;
  private shown = 0;

  /** Messages not shown yet, acknowledged or not. */
  get outstanding(): number {
    return this.planned - this.shown;
  }

  /** Gives the message its number in the lane. */
  plan(lane: number, scheduledAt: number, isMeasured: boolean): number {
    const sent = this.lanes.get(lane) ?? [];
    this.lanes.set(lane, sent);
    this.planned++;
    return sent.push({ scheduledAt, isMeasured, acknowledgedAt: 0, seenAt: 0, position: 0 }) - 1;
  }

  acknowledged(lane: number, seq: number, at: number): void {
    const message = this.lanes.get(lane)?.[seq];
    if (message && message.acknowledgedAt === 0) message.acknowledgedAt = at;
  }

  seen(lane: number, seq: number, position: number, at: number): void {
    const message = this.lanes.get(lane)?.[seq];
    if (!message) throw new Error(`Message ${lane}.${seq} was shown and never sent.`);
    if (message.seenAt > 0) {
      if (message.position !== position) this.duplicated++;
      return;
    }
    this.shown++;
    message.seenAt = at;
    message.position = position;
    const newest = this.newest.get(lane);
    if (newest && (newest.seq > seq || newest.position >= position)) this.misordered++;
    else this.newest.set(lane, { seq, position });
  }

  /** Numbers of the lane's messages that were acknowledged. */
  acknowledgedIn(lane: number): number[] {
    return (this.lanes.get(lane) ?? []).flatMap(({ acknowledgedAt }, seq) => (acknowledgedAt > 0 ? [seq] : []));
  }

  count(): FlowCount {
    const all = this.all();
    const acknowledged = all.filter((message) => message.acknowledgedAt > 0);
    return {
      planned: all.length,
      acknowledged: acknowledged.length,
      seen: all.filter((message) => message.seenAt > 0).length,
      lost: acknowledged.filter((message) => message.seenAt === 0).length,
      duplicated: this.duplicated,
      misordered: this.misordered,
    };
  }

  /** From the scheduled time to the frame in the other side's client, of measured messages that were shown. */
  latencies(scheduledFrom = 0, scheduledTo = Number.POSITIVE_INFINITY): number[] {
    return this.all()
      .filter((message) => message.isMeasured && message.seenAt > 0)
      .filter((message) => message.scheduledAt >= scheduledFrom && message.scheduledAt < scheduledTo)
      .map((message) => message.seenAt - message.scheduledAt);
  }

  /** From the acknowledgement to the frame on the other side; less than 0 when the frame was first. */
  afterAcknowledgement(): number[] {
    return this.all()
      .filter((message) => message.acknowledgedAt > 0 && message.seenAt > 0)
      .map((message) => message.seenAt - message.acknowledgedAt);
  }

  private all(): Sent[] {
    return [...this.lanes.values()].flat();
  }
}
