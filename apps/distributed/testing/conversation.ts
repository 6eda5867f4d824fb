import { randomUUID } from 'node:crypto';
import { eventually } from '@cordboard/testing';
import { AgentClient } from '../../../tools/drive/agent-client';
import type { OfferView } from '../../../tools/drive/documents';
import { HttpClient } from '../../../tools/drive/http-client';
import { VisitorClient } from '../../../tools/drive/visitor-client';
import { demoPassword } from '../../standalone/src/demo/demo-data';

const patience = { timeoutMs: 30_000, everyMs: 20 };

/** A visitor and the agent who has accepted what they wrote, each with everything the other side has been seen to say. */
export class Conversation {
  /** Texts as they came, in order, doubles and all. */
  readonly seenByVisitor: string[] = [];
  readonly seenByAgent: string[] = [];
  readonly failures: string[] = [];
  private readonly acknowledged = new Set<string>();
  private readonly http: HttpClient;
  readonly visitor: VisitorClient;
  readonly agent: AgentClient;
  private offer: OfferView | undefined;

  private constructor(port: number, email: string, address: string) {
    this.http = new HttpClient(port);
    this.agent = new AgentClient(this.http, port, email, { onOffer: (offer, ending) => this.heard(offer, ending) }, address);
    this.visitor = new VisitorClient(
      { port, tenant: 'clinic', address, marks: true },
      {
        onAck: ({ text }) => this.acknowledged.add(text),
        onMessage: ({ text }) => this.seenByVisitor.push(text),
        onTrouble: (frame) => this.failures.push(JSON.stringify(frame)),
      },
    );
  }

  /** Signs in, writes, is rung, accepts. */
  static async begin(port: number, email: string, address: string, text: string): Promise<Conversation> {
    const conversation = new Conversation(port, email, address);
    const { agent, visitor } = conversation;
    await agent.signIn(demoPassword);
    agent.connect();
    await eventually(() => agent.isOnline, patience);
    await agent.setAvailable();
    visitor.connect();
    await conversation.write(text);
    await eventually(() => conversation.offer !== undefined, patience);
    const accepted = await agent.accept(conversation.theirs);
    if (!accepted.conversation) throw new Error(`The offer was not accepted: ${accepted.code} ${accepted.message}`);
    // Whoever writes next is for somebody else.
    await agent.setAway();
    return conversation;
  }

  get theirs(): OfferView {
    if (!this.offer) throw new Error('The agent has not been rung.');
    return this.offer;
  }

  /** The visitor writes; resolves when it is acknowledged. */
  async write(text: string): Promise<void> {
    this.visitor.send(text);
    await eventually(() => this.acknowledged.has(text), patience);
  }

  /** The agent answers, and again with the same id until it is taken; resolves when the visitor has it. */
  async reply(text: string): Promise<void> {
    const { tenantId, conversationId } = this.theirs;
    const clientId = randomUUID();
    await eventually(() => this.agent.send(tenantId, conversationId, text, clientId), patience);
    await eventually(() => this.seenByVisitor.includes(text), patience);
  }

  /** The timeline's messages, as a window that opens now would show them. */
  async texts(): Promise<string[]> {
    const { tenantId, conversationId } = this.theirs;
    const entries = await this.agent.timeline(tenantId, conversationId);
    return entries.filter(({ kind }) => kind === 'MESSAGE').map(({ text }) => text);
  }

  end(): void {
    this.visitor.disconnect();
    this.agent.disconnect();
    this.http.close();
  }

  private heard(offer: OfferView, ending: string | null): void {
    if (ending === null) this.offer ??= offer;
  }
}
