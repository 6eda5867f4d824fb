import { can, notAllowed, permissions, routingCalls } from '@cordboard/rpc';
import { Answers, type Call } from '@cordboard/service-kit';
import { Controller } from '@nestjs/common';
import { Changes } from '../change/changes';
import { takeConversation } from './take-conversation';
import { transferConversation } from './transfer-conversation';

@Controller()
export class WorkController {
  constructor(private readonly changes: Changes) {}

  @Answers(routingCalls.takeConversation)
  async take(call: Call<typeof routingCalls.takeConversation>) {
    const { actor, input } = call;
    if (!can(actor, permissions.workTake, input.tenantId)) throw notAllowed('take conversations of this tenant');
    return this.changes.command(routingCalls.takeConversation, call, input.tenantId, (change) => takeConversation(change, actor, input));
  }

  @Answers(routingCalls.transferConversation)
  async transfer(call: Call<typeof routingCalls.transferConversation>) {
    const { actor, input } = call;
    if (!can(actor, permissions.workTransfer, input.tenantId)) throw notAllowed('transfer conversations of this tenant');
    return this.changes.command(routingCalls.transferConversation, call, input.tenantId, (change) =>
      transferConversation(change, actor, input),
    );
  }
}
