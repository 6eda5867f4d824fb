import { BusContext, type EventOf, OnEventBatch } from '@cordboard/event-bus';
import { conversationClosed, conversationOpened, conversationReopened } from '@cordboard/events';
import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { Change } from '../change/change';
import { Changes } from '../change/changes';
import { closeWork } from './close-work';
import { lockBatch } from './lock-batch';
import { queueWork } from './queue-work';
import { reopenWork } from './reopen-work';

const followed = [conversationOpened, conversationClosed, conversationReopened] as const;
type Followed = EventOf<(typeof followed)[number]>;

/**
 * Keeps one work item per conversation. One group for the three events, for their order matters; openings that stand
 * together become work in one statement.
 */
@Controller()
export class FollowConversationsHandler {
  constructor(private readonly changes: Changes) {}

  @OnEventBatch(followed, { group: 'routing.follow-conversations', maxBatch: 100 })
  handle(@Payload() events: Followed[], @Ctx() { tx }: BusContext): Promise<void> {
    return this.changes.within(tx, undefined, async (change) => {
      const moved = events.filter(({ type }) => type !== conversationOpened.type).map(({ data }) => data.conversation);
      await lockBatch(change, moved);
      for (const run of runs(events)) await apply(change, run);
    });
  }
}

async function apply(change: Change, run: readonly Followed[]): Promise<void> {
  const [first] = run;
  if (first?.type === conversationOpened.type) await queueWork(change, run);
  if (first?.type === conversationClosed.type) await closeWork(change, first.data.conversation);
  if (first?.type === conversationReopened.type) await reopenWork(change, first.data.conversation);
}

/** Openings that follow each other together, everything else by itself. */
function runs(events: readonly Followed[]): Followed[][] {
  const found: Followed[][] = [];
  for (const event of events) {
    const last = found.at(-1);
    if (event.type === conversationOpened.type && last?.[0]?.type === event.type) last.push(event);
    else found.push([event]);
  }
  return found;
}
