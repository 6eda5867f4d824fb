import { inboxCalls, permissions } from '@cordboard/rpc';
import { Answers, type Call } from '@cordboard/service-kit';
import { Controller } from '@nestjs/common';
import { demand } from '../access';
import { MessageLanes } from './message-lanes';

@Controller()
export class MessageController {
  constructor(private readonly lanes: MessageLanes) {}

  @Answers(inboxCalls.sendMessage)
  async sendMessage({ actor, input, traceparent }: Call<typeof inboxCalls.sendMessage>) {
    demand(actor, permissions.conversationReply, input.tenantId, 'write to customers of this client');
    return this.lanes.write({ kind: 'message', actor, traceparent, ...input });
  }

  @Answers(inboxCalls.addNote)
  async addNote({ actor, input, traceparent }: Call<typeof inboxCalls.addNote>) {
    demand(actor, permissions.conversationReply, input.tenantId, 'write notes for this client');
    return this.lanes.write({ kind: 'note', actor, traceparent, ...input });
  }
}
