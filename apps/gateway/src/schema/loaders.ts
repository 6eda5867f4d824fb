import { type ConversationView, identityCalls, inboxCalls, type NamedOption, routingCalls } from '@cordboard/rpc';
import DataLoader from 'dataloader';
import { ReadMarks } from '../live/read-marks';
import type { Services } from '../session/services';
import type { OnBehalf } from '../session/session';

export interface ConversationRef {
  tenantId: string;
  conversationId: string;
}

/** Answers that the fields of one operation share; never kept longer than the operation. */
export class Loaders {
  readonly conversations: DataLoader<ConversationRef, ConversationView | null, string>;
  readonly tenants = this.once(() => this.services.ask(this.on, identityCalls.getTenants, {}));
  readonly people = this.once(() => this.services.ask(this.on, identityCalls.getPeople, {}));
  readonly presences = this.once(() => this.services.ask(this.on, routingCalls.getPresences, {}));
  readonly dispositions: () => Promise<{ reasons: NamedOption[]; outcomes: NamedOption[] }> = this.once(() =>
    this.services.ask(this.on, inboxCalls.getDispositions, {}),
  );

  constructor(
    private readonly services: Services,
    private readonly marks: ReadMarks,
    private readonly on: OnBehalf,
  ) {
    this.conversations = new DataLoader((refs) => this.getConversations(refs), {
      cacheKeyFn: (ref) => `${ref.tenantId}:${ref.conversationId}`,
      maxBatchSize: 200,
    });
  }

  private async getConversations(refs: readonly ConversationRef[]): Promise<(ConversationView | null)[]> {
    const found = await this.services.ask(this.on, inboxCalls.getConversations, { ids: [...refs] });
    for (const conversation of found) this.marks.learn(this.on.session, conversation);
    return refs.map((_, index) => found[index] ?? null);
  }

  private once<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
    let answer: Promise<Answer> | undefined;
    return () => {
      answer ??= ask();
      return answer;
    };
  }
}
