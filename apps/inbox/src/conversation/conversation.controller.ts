import { Database } from '@cordboard/persistence';
import { inboxCalls, permissions, tenantsWith } from '@cordboard/rpc';
import { Answers, type Call } from '@cordboard/service-kit';
import { Controller } from '@nestjs/common';
import { demand } from '../access';
import { readTimeline } from '../ledger/read-timeline';
import { closeConversation } from './close-conversation';
import { listConversations } from './list-conversations';
import { markRead } from './mark-read';
import { countConversations, getContactConversations, getConversations } from './read-conversations';
import { reopenConversation } from './reopen-conversation';

@Controller()
export class ConversationController {
  constructor(private readonly database: Database) {}

  /** Tenants asked for that are not the actor's are passed over, as if they did not exist. */
  @Answers(inboxCalls.listConversations)
  list({ actor, input }: Call<typeof inboxCalls.listConversations>) {
    const permitted = tenantsWith(actor, input.scope === 'all' ? permissions.conversationReadAll : permissions.conversationRead);
    const tenantIds = permitted.filter((id) => input.tenantIds === null || input.tenantIds.includes(id));
    return this.database.viewer(tenantIds, (tx) => listConversations(tx, tenantIds, actor.personId, input));
  }

  @Answers(inboxCalls.countConversations)
  count({ actor }: Call<typeof inboxCalls.countConversations>) {
    const tenantIds = tenantsWith(actor, permissions.conversationRead);
    return this.database.viewer(tenantIds, (tx) => countConversations(tx, tenantIds, actor.personId));
  }

  @Answers(inboxCalls.getConversations)
  get({ actor, input }: Call<typeof inboxCalls.getConversations>) {
    const tenantIds = tenantsWith(actor, permissions.conversationRead);
    return this.database.viewer(tenantIds, (tx) => getConversations(tx, input.ids, actor.personId));
  }

  @Answers(inboxCalls.getContactConversations)
  getOfContact({ actor, input }: Call<typeof inboxCalls.getContactConversations>) {
    const tenantIds = tenantsWith(actor, permissions.conversationRead);
    return this.database.viewer(tenantIds, (tx) => getContactConversations(tx, input, actor.personId));
  }

  @Answers(inboxCalls.getTimeline)
  async getTimeline({ actor, input }: Call<typeof inboxCalls.getTimeline>) {
    demand(actor, permissions.conversationRead, input.tenantId, 'read this conversation');
    return this.database.viewer([input.tenantId], (tx) => readTimeline(tx, input));
  }

  @Answers(inboxCalls.closeConversation)
  async close({ actor, input, traceparent }: Call<typeof inboxCalls.closeConversation>) {
    demand(actor, permissions.conversationClose, input.tenantId, 'close conversations of this client');
    return this.database.tenant(input.tenantId, (tx) => closeConversation(tx, actor, input, traceparent));
  }

  @Answers(inboxCalls.reopenConversation)
  async reopen({ actor, input, traceparent }: Call<typeof inboxCalls.reopenConversation>) {
    demand(actor, permissions.conversationClose, input.tenantId, 'reopen conversations of this client');
    return this.database.tenant(input.tenantId, (tx) => reopenConversation(tx, actor, input, traceparent));
  }

  @Answers(inboxCalls.markRead)
  async markRead({ actor, input }: Call<typeof inboxCalls.markRead>) {
    demand(actor, permissions.conversationRead, input.tenantId, 'read this conversation');
    const mark = { ...input, personId: actor.personId };
    return { readCount: await this.database.tenant(input.tenantId, (tx) => markRead(tx, mark)) };
  }
}
