import { randomUUID } from 'node:crypto';
import { readMarker } from '../../bench/marker';
import type { AgentClient } from '../../drive/agent-client';
import type { ConversationView, EntryView, Refused } from '../../drive/documents';
import { TryAgain } from '../../drive/try-again';
import { VisitorClient } from '../../drive/visitor-client';
import { pause } from '../../drive/wait';
import type { Ledger } from '../ledger/ledger';

export interface LaneOptions {
  number: number;
  port: number;
  tenant: string;
  ledger: Ledger;
  /** Phase that what is written now counts for. */
  phase: () => number;
  /** Whoever answers when the lane's own agent is gone: the right to write is the tenant's, not the assignment's. */
  anyAgent: () => AgentClient;
}

interface Reply {
  clientId: string;
  /** Who says it, and says it again: no window repeats what a colleague wrote. */
  agent: AgentClient | undefined;
  text: string;
  phase: number;
  seq: number;
  after: number;
}

/**
 * One visitor and the agent who answers. Both sides number what they write; both say a message again under the same id until it
 * is acknowledged, and the next only then, as the widget and the window do. Each acknowledgement goes to the ledger.
 */
export class Lane {
  readonly visitor: VisitorClient;
  agent: AgentClient | undefined;
  conversation: { tenantId: string; id: string } | undefined;
  /** Last message of the other side that each side has seen. */
  agentSaw = -1;
  visitorSaw = -1;
  private nextIn = 0;
  private nextBack = 0;
  private readonly said = new Map<string, { phase: number; seq: number; after: number }>();
  private readonly replies: Reply[] = [];
  private isReplying = false;
  private isClosed = false;

  constructor(private readonly options: LaneOptions) {
    const { number, ledger, port, tenant } = options;
    this.visitor = new VisitorClient(
      { port, tenant, address: `10.4.${number >> 8}.${number & 255}`, marks: true },
      {
        onOnline: () => {
          if (this.visitor.token) ledger.visitor(number, tenant, this.visitor.token);
        },
        onAck: ({ id }) => {
          const said = this.said.get(id);
          if (said) ledger.acknowledged({ lane: number, writer: 'in', ...said });
          this.said.delete(id);
        },
        onMessage: ({ text }) => {
          this.visitorSaw = Math.max(this.visitorSaw, readMarker(text)?.seq ?? -1);
        },
      },
    );
    this.visitor.connect();
  }

  get number(): number {
    return this.options.number;
  }

  /** Messages of both sides that are not acknowledged yet. */
  get pending(): number {
    return this.visitor.pending + this.replies.length;
  }

  /** The visitor writes; gives the message's number. */
  write(words = 'Where is my order?'): number {
    const [phase, seq] = [this.options.phase(), this.nextIn++];
    const { id } = this.visitor.send(`#in.${phase}.${this.number}.${seq}# ${words}`);
    this.said.set(id, { phase, seq, after: this.visitorSaw });
    return seq;
  }

  /** An agent answers; gives the message's number. */
  reply(): number {
    const [phase, seq] = [this.options.phase(), this.nextBack++];
    this.replies.push({
      clientId: randomUUID(),
      agent: undefined,
      text: `#back.${phase}.${this.number}.${seq}# It left our store this morning.`,
      phase,
      seq,
      after: this.agentSaw,
    });
    if (!this.isReplying) void this.sayReplies();
    return seq;
  }

  accepted(agent: AgentClient, { tenantId, id }: ConversationView): void {
    this.agent = agent;
    this.conversation = { tenantId, id };
    this.options.ledger.conversation(this.number, { tenantId, id });
  }

  /** What an agent sees live. */
  shownToAgent(seq: number): void {
    this.agentSaw = Math.max(this.agentSaw, seq);
  }

  /** What a window does after it has been away: asks for the timeline. */
  async refresh(): Promise<void> {
    if (!this.conversation) return;
    const { tenantId, id: conversationId } = this.conversation;
    const agent = this.agent ?? this.options.anyAgent();
    const { timeline } = await agent.ask<{ timeline: { entries: EntryView[] } }>('timeline', { tenantId, conversationId, first: 60 });
    for (const { author, text } of timeline.entries) if (author === 'CUSTOMER') this.shownToAgent(readMarker(text)?.seq ?? -1);
  }

  /** Closes the conversation, whatever was written meanwhile. */
  async finish(): Promise<void> {
    this.visitor.disconnect();
    this.isClosed = true;
    if (!this.conversation) return;
    const agent = this.options.anyAgent();
    const { tenantId, id } = this.conversation;
    const tenant = agent.me.tenants.find((each) => each.id === tenantId);
    const conversation = await agent.conversation(tenantId, id);
    for (let rev = conversation?.rev ?? 0, tries = 0; tries < 5; tries++) {
      const input = {
        clientId: randomUUID(),
        tenantId,
        conversationId: id,
        expectedRev: rev,
        reasonId: tenant?.reasons[0]?.id,
        outcomeId: tenant?.outcomes[0]?.id,
      };
      const { closeConversation } = await agent.insist<{ closeConversation: Partial<Refused> }>('closeConversation', { input });
      if (!closeConversation.code) return;
      rev = closeConversation.conversation?.rev ?? rev;
    }
  }

  stop(): void {
    this.isClosed = true;
    this.visitor.disconnect();
  }

  private async sayReplies(): Promise<void> {
    this.isReplying = true;
    for (let next = this.replies[0]; next && !this.isClosed; next = this.replies[0]) {
      if (await this.sayOnce(next)) {
        const { phase, seq, after } = next;
        this.options.ledger.acknowledged({ lane: this.number, writer: 'back', phase, seq, after });
        this.replies.shift();
      } else await pause(100 + Math.random() * 200);
    }
    this.isReplying = false;
  }

  private async sayOnce(reply: Reply): Promise<boolean> {
    if (!this.conversation) return false;
    reply.agent ??= this.agent ?? this.options.anyAgent();
    const { clientId, text, agent } = reply;
    const input = { clientId, tenantId: this.conversation.tenantId, conversationId: this.conversation.id, text };
    try {
      const { sendMessage } = await agent.ask<{ sendMessage: { entry?: EntryView } & Partial<Refused> }>('sendMessage', { input });
      if (sendMessage.code && sendMessage.code !== 'BUSY')
        throw new Error(`An answer was refused: ${sendMessage.code} ${sendMessage.message}`);
      return sendMessage.entry !== undefined;
    } catch (error) {
      if (error instanceof TryAgain) return false;
      throw error;
    }
  }
}
