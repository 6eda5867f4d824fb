import type { ConversationHead } from '@cordboard/events';
import { Injectable } from '@nestjs/common';

const mostKept = 50_000;

/** What the gateway remembers of a conversation it has seen in an event. */
export type Head = Pick<
  ConversationHead,
  'id' | 'tenantId' | 'channel' | 'identity' | 'contactName' | 'state' | 'workState' | 'assigneeId'
>;

/** The last conversations that something happened in, so that it can be told who has just lost one. */
@Injectable()
export class Heads {
  private readonly byId = new Map<string, Head>();
  private readonly idByIdentity = new Map<string, string>();

  get(tenantId: string, id: string): Head | undefined {
    const head = this.byId.get(id);
    return head?.tenantId === tenantId ? head : undefined;
  }

  /** The newest conversation of a customer on a channel. */
  ofIdentity(tenantId: string, channel: string, identity: string): Head | undefined {
    const id = this.idByIdentity.get(`${tenantId}:${channel}:${identity}`);
    return id === undefined ? undefined : this.byId.get(id);
  }

  /** Remembers what the conversation is now; answers with what it was. */
  put({ id, tenantId, channel, identity, contactName, state, workState, assigneeId }: ConversationHead): Head | undefined {
    const before = this.byId.get(id);
    this.byId.delete(id);
    this.byId.set(id, { id, tenantId, channel, identity, contactName, state, workState, assigneeId });
    this.idByIdentity.set(`${tenantId}:${channel}:${identity}`, id);
    if (this.byId.size > mostKept) this.dropOldest();
    return before;
  }

  private dropOldest(): void {
    const [oldest] = this.byId.values();
    if (!oldest) return;
    this.byId.delete(oldest.id);
    const key = `${oldest.tenantId}:${oldest.channel}:${oldest.identity}`;
    if (this.idByIdentity.get(key) === oldest.id) this.idByIdentity.delete(key);
  }
}
