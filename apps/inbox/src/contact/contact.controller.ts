import { Database } from '@cordboard/persistence';
import { inboxCalls, permissions, tenantsWith } from '@cordboard/rpc';
import { Answers, type Call } from '@cordboard/service-kit';
import { Controller } from '@nestjs/common';
import { getContacts } from './read-contacts';

@Controller()
export class ContactController {
  constructor(private readonly database: Database) {}

  @Answers(inboxCalls.getContacts)
  getContacts({ actor, input }: Call<typeof inboxCalls.getContacts>) {
    const tenantIds = tenantsWith(actor, permissions.conversationRead);
    return this.database.viewer(tenantIds, (tx) => getContacts(tx, input.ids));
  }
}
