import { type Envelope, inboundReceived, queueChanged } from '@cordboard/events';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { BusContext } from '../bus-context';
import { type EventOf, isEvent, OnEvent, OnEventBatch, OnTail, OnTailBatch } from '../on-event';

type Recorded = EventOf<typeof inboundReceived> | EventOf<typeof queueChanged>;

/** Tells the recorders how to misbehave, and keeps what a tail has seen. */
export class Script {
  /** Times a message of this text still fails. */
  readonly failures = new Map<string, number>();
  /** Awaited by every handler call of the group. */
  readonly before = new Map<string, (events: readonly Envelope[]) => Promise<void>>();
  readonly calls: { group: string; texts: string[] }[] = [];
  readonly tail: string[] = [];
}

async function record(script: Script, events: readonly Recorded[], { tx, group }: BusContext): Promise<void> {
  const texts = events.map(textOf);
  script.calls.push({ group, texts });
  await script.before.get(group)?.(events);
  const columns = [
    events.map((event) => event.tenantid),
    group,
    events.map((event) => event.id),
    events.map((event) => event.partitionkey),
    texts,
  ];
  await tx.execute(
    `insert into effect (tenant_id, grp, event_id, key, text)
     select e.tenant_id, $2, e.event_id, e.key, e.text
     from unnest($1::uuid[], $3::uuid[], $4::text[], $5::text[]) with ordinality as e(tenant_id, event_id, key, text, n) order by n`,
    columns,
  );
  for (const text of texts) {
    const left = script.failures.get(text) ?? 0;
    script.failures.set(text, left - 1);
    if (left > 0) throw new Error(`planned failure of ${text}`);
  }
}

const textOf = (event: Recorded) =>
  isEvent(inboundReceived, event) ? event.data.text : `queue ${(event as EventOf<typeof queueChanged>).data.version}`;

@Controller()
export class BatchRecorder {
  constructor(@Inject(Script) private readonly script: Script) {}

  @OnEventBatch([inboundReceived, queueChanged], { group: 'batch' })
  async record(@Payload() events: Recorded[], @Ctx() context: BusContext): Promise<void> {
    await record(this.script, events, context);
  }
}

@Controller()
export class EachRecorder {
  constructor(@Inject(Script) private readonly script: Script) {}

  @OnEvent([inboundReceived, queueChanged], { group: 'each' })
  async record(@Payload() event: Recorded, @Ctx() context: BusContext): Promise<void> {
    await record(this.script, [event], context);
  }
}

@Controller()
export class OrderFreeRecorder {
  constructor(@Inject(Script) private readonly script: Script) {}

  @OnEvent(inboundReceived, { group: 'free', orderFree: true })
  async record(@Payload() event: EventOf<typeof inboundReceived>, @Ctx() context: BusContext): Promise<void> {
    await record(this.script, [event], context);
  }
}

@Controller()
export class TailRecorder {
  constructor(@Inject(Script) private readonly script: Script) {}

  @OnTail(inboundReceived)
  push(@Payload() event: EventOf<typeof inboundReceived>): void {
    this.script.tail.push(event.data.text);
    if (event.data.text === 'break the tail') throw new Error('planned failure of a tail');
  }
}

@Controller()
export class TailBatchRecorder {
  constructor(@Inject(Script) private readonly script: Script) {}

  @OnTailBatch(inboundReceived)
  push(@Payload() events: EventOf<typeof inboundReceived>[]): void {
    for (const { data } of events) {
      this.script.tail.push(data.text);
      if (data.text === 'break the tail') throw new Error('planned failure of a tail');
    }
  }
}
