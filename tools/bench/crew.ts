import { randomUUID } from 'node:crypto';
import { AgentClient } from '../drive/agent-client';
import { type OfferView, type Refused } from '../drive/documents';
import { HttpClient } from '../drive/http-client';
import type { Random } from '../drive/random';
import { TryAgain } from '../drive/try-again';
import { VisitorClient } from '../drive/visitor-client';
import { pause, until } from '../drive/wait';
import { Flow } from './flow';
import { type Direction, markedText, readCustomerEntry, readMarker } from './marker';

export const tenants = ['clinic', 'shop', 'insurer'] as const;
const password = 'cordboard-demo';
const openingStep = 0;
const openAtOnce = 20;

/** One conversation: a visitor and the agent who accepted it. */
interface Seat {
  visitor: VisitorClient;
  /** What is on its way from the visitor: seq and step by client id. */
  sent: Map<string, { step: number; seq: number }>;
  agent: AgentClient | undefined;
  conversation: { tenantId: string; id: string } | undefined;
  /** The agent's messages not confirmed yet: one at a time, in order, as the window's outbox does. */
  replies: { step: number; seq: number; text: string; clientId: string }[];
  isReplying: boolean;
}

/** Signs the load's agents in and lets them be available. */
export async function gatherAgents(
  port: number,
  http: HttpClient,
  count: number,
  events: (index: number) => AgentClient['events'],
): Promise<AgentClient[]> {
  const agents = Array.from({ length: count }, (_, index) => {
    const email = `bench-${String(index + 1).padStart(3, '0')}@demo.cordboard.example`;
    return new AgentClient(http, port, email, events(index), `10.1.0.${index + 1}`);
  });
  for (const agent of agents) {
    await agent.signIn(password);
    agent.connect();
  }
  if (!(await until(() => agents.every((agent) => agent.isOnline), 15_000)))
    throw new Error('Not every agent’s socket was accepted within 15 s.');
  await Promise.all(agents.map((agent) => agent.setAvailable()));
  return agents;
}

/**
 * Visitors and agents of the chat scenarios, each conversation opened by a message and accepted through an offer, as people
 * do it. Every message carries a marker, by which the other side's client recognises it.
 */
export class Crew {
  readonly seats: Seat[] = [];
  readonly http: HttpClient;
  agents: AgentClient[] = [];
  busy = 0;
  private readonly flows = new Map<string, Flow>();

  constructor(
    readonly port: number,
    private readonly random: Random,
  ) {
    this.http = new HttpClient(port);
  }

  flow(step: number, direction: Direction): Flow {
    const key = `${direction}.${step}`;
    const flow = this.flows.get(key) ?? new Flow();
    this.flows.set(key, flow);
    return flow;
  }

  async gather(visitors: number, agents: number): Promise<void> {
    this.agents = await gatherAgents(this.port, this.http, agents, (index) => ({
      onConversationFrame: (frame) => this.agentSaw(frame),
      onOffer: (offer, ending) => {
        if (ending === null) void this.accept(index, offer);
      },
    }));
    for (let lane = 0; lane < visitors; lane++) {
      const seat = this.newSeat(lane);
      this.seats.push(seat);
      seat.visitor.connect();
      if (lane % openAtOnce === openAtOnce - 1) await this.settled(lane, 'welcomed', ({ visitor }) => visitor.isOnline);
    }
    await this.settled(visitors, 'welcomed', ({ visitor }) => visitor.isOnline);
    for (let lane = 0; lane < visitors; lane++) {
      this.fromVisitor(openingStep, lane, performance.now(), false);
      if (lane % openAtOnce === openAtOnce - 1) await this.settled(lane + 1, 'accepted', (seat) => seat.agent !== undefined);
    }
    await this.settled(visitors, 'accepted', (seat) => seat.agent !== undefined);
  }

  /** The visitor of the lane writes now what was due at `scheduledAt`. */
  fromVisitor(step: number, lane: number, scheduledAt: number, isMeasured: boolean): void {
    const seat = this.seat(lane);
    const seq = this.flow(step, 'in').plan(lane, scheduledAt, isMeasured);
    const { id } = seat.visitor.send(markedText({ direction: 'in', step, lane, seq }, this.random));
    seat.sent.set(id, { step, seq });
  }

  /** The lane's agent answers. */
  fromAgent(step: number, lane: number, scheduledAt: number, isMeasured: boolean): void {
    const seat = this.seat(lane);
    const seq = this.flow(step, 'back').plan(lane, scheduledAt, isMeasured);
    seat.replies.push({ step, seq, text: markedText({ direction: 'back', step, lane, seq }, this.random), clientId: randomUUID() });
    if (!seat.isReplying) void this.reply(seat, lane);
  }

  outstanding(step: number): number {
    return this.flow(step, 'in').outstanding + this.flow(step, 'back').outstanding;
  }

  /** What nobody has taken yet is not said again; gives how many messages that are. */
  giveUp(): number {
    return this.seats.reduce((sum, seat) => sum + seat.visitor.giveUp() + seat.replies.splice(seat.isReplying ? 1 : 0).length, 0);
  }

  close(): void {
    for (const { visitor } of this.seats) visitor.disconnect();
    for (const agent of this.agents) agent.disconnect();
    this.http.close();
  }

  private seat(lane: number): Seat {
    const seat = this.seats[lane];
    if (!seat) throw new Error(`There is no lane ${lane}.`);
    return seat;
  }

  private newSeat(lane: number): Seat {
    const sent: Seat['sent'] = new Map();
    const visitor = new VisitorClient(
      { port: this.port, tenant: tenants[lane % tenants.length] ?? 'shop', address: `10.2.${lane >> 8}.${lane & 255}`, marks: true },
      {
        onAck: ({ id }) => {
          const item = sent.get(id);
          if (item) this.flow(item.step, 'in').acknowledged(lane, item.seq, performance.now());
          sent.delete(id);
        },
        onMessage: ({ text, n }) => {
          const mark = readMarker(text);
          if (mark) this.flow(mark.step, 'back').seen(mark.lane, mark.seq, n, performance.now());
        },
        onBusy: () => {
          this.busy++;
        },
        onTrouble: (frame) => console.error(`Visitor ${lane} was told ${JSON.stringify(frame)}`),
      },
    );
    return { visitor, sent, agent: undefined, conversation: undefined, replies: [], isReplying: false };
  }

  private agentSaw(frame: string): void {
    const mark = readCustomerEntry(frame);
    if (mark) this.flow(mark.step, 'in').seen(mark.lane, mark.seq, mark.position, performance.now());
  }

  /** The message that opened a conversation was written before it was anybody's: the offer shows it. */
  private async accept(index: number, offer: OfferView): Promise<void> {
    const agent = this.agents[index];
    const mark = readMarker(offer.preview);
    if (!agent || !mark || offer.agentId !== agent.id) return;
    const { conversation } = await agent.accept(offer);
    if (!conversation) return;
    const seat = this.seat(mark.lane);
    seat.agent = agent;
    seat.conversation = { tenantId: conversation.tenantId, id: conversation.id };
    this.flow(mark.step, 'in').seen(mark.lane, mark.seq, 0, performance.now());
  }

  private async reply(seat: Seat, lane: number): Promise<void> {
    seat.isReplying = true;
    for (let next = seat.replies[0]; next; next = seat.replies[0]) {
      const { step, seq, text, clientId } = next;
      const answer = await this.say(seat, text, clientId);
      if (answer.includes('"entry":{')) {
        this.flow(step, 'back').acknowledged(lane, seq, performance.now());
        seat.replies.shift();
      } else if (answer) throw new Error(`An answer in lane ${lane} was refused: ${answer.slice(0, 300)}`);
      else await pause(200 + Math.random() * 300);
    }
    seat.isReplying = false;
  }

  /** The answer's text; nothing when it has to be said again. */
  private async say(seat: Seat, text: string, clientId: string): Promise<string> {
    if (!seat.agent || !seat.conversation) throw new Error('A conversation nobody has accepted cannot be answered.');
    const input = { clientId, tenantId: seat.conversation.tenantId, conversationId: seat.conversation.id, text };
    try {
      const answer = await seat.agent.askRaw('sendMessage', { input });
      if (!answer.includes('"errors":[') && !isBusy(answer)) return answer;
      this.busy++;
    } catch (error) {
      if (!(error instanceof TryAgain)) throw error;
      this.busy++;
    }
    return '';
  }

  private async settled(count: number, what: string, isSettled: (seat: Seat) => boolean): Promise<void> {
    if (await until(() => this.seats.slice(0, count).every(isSettled), 30_000, 5)) return;
    const missing = this.seats.slice(0, count).filter((seat) => !isSettled(seat)).length;
    throw new Error(`${missing} of ${count} visitors were not ${what} within 30 s.`);
  }
}

function isBusy(answer: string): boolean {
  if (!answer.includes('"code":"')) return false;
  const { data } = JSON.parse(answer) as { data: { sendMessage: Partial<Refused> } };
  return data.sendMessage.code === 'BUSY';
}
