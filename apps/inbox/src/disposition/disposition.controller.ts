import { Database } from '@cordboard/persistence';
import { inboxCalls, permissions, tenantsWith } from '@cordboard/rpc';
import { Answers, type Call } from '@cordboard/service-kit';
import { Controller } from '@nestjs/common';
import { readDispositions } from './read-dispositions';

@Controller()
export class DispositionController {
  constructor(private readonly database: Database) {}

  @Answers(inboxCalls.getDispositions)
  getDispositions({ actor }: Call<typeof inboxCalls.getDispositions>) {
    const tenantIds = tenantsWith(actor, permissions.conversationRead);
    return this.database.viewer(tenantIds, (tx) => readDispositions(tx, tenantIds));
  }
}
