import { randomUUID } from 'node:crypto';
import type { AgentClient } from '../drive/agent-client';
import type { CordboardProcess } from '../drive/cordboard-process';
import type { ConversationView, OfferView, Refused } from '../drive/documents';
import { HttpClient } from '../drive/http-client';
import { exponentialMs } from '../drive/random';
import { VisitorClient } from '../drive/visitor-client';
import { until } from '../drive/wait';
import { gatherAgents, tenants } from './crew';
import type { Floor } from './floor/floor';
import { readMarker } from './marker';
import { Meter } from './meter';
import type { BenchOptions } from './options';
import { spread } from './percentile';
import { type BenchRow, benchRow, machineLine, tableLine } from './report';
import { play, poissonTimes } from './schedule';

const perMinute = 500;
export const assignCapacity = 4;
const connectAheadMs = 1500;
/** Mean time an agent keeps a chat: at 500 a minute three fifths of 80 places are taken. */
const shortChatMs = 6000;
/** Longer than 80 places can bear: after a quarter of a minute a queue forms and grows slowly. */
const longChatMs = 14_000;

interface Newcomer {
  visitor: VisitorClient;
  writtenAt: number;
  acknowledged: boolean;
  /** Places taken when it was written were fewer than there are. */
  roomThen: boolean;
  offeredAt: number;
  offers: number;
  conversationId: string;
}

/**
 * New conversations at 500 a minute on agents with four places each. First with chats short enough that places stay free:
 * from the first message to the offer on an agent's screen is what the system takes. Then with chats too long for the
 * crew: the rest waits for a place, and how soon a freed place rings again is what the system takes.
 */
export class Assign {
  private readonly http: HttpClient;
  private agents: AgentClient[] = [];
  private newcomers: Newcomer[] = [];
  private taken = 0;
  private freedAt: number[] = [];
  private readonly refills: number[] = [];
  private readonly openTimers = new Set<NodeJS.Timeout>();
  private chatMs = shortChatMs;
  private phase = 0;

  constructor(
    private readonly cordboard: CordboardProcess,
    private readonly floor: Floor,
    private readonly options: BenchOptions,
    private readonly random: () => number,
  ) {
    this.http = new HttpClient(cordboard.port);
  }

  async run(): Promise<BenchRow[]> {
    this.agents = await gatherAgents(this.cordboard.port, this.http, this.options.agents, (index) => ({
      onOffer: (offer, ending) => {
        if (ending === null) void this.offered(index, offer);
      },
    }));
    try {
      const short = await this.runPhase(shortChatMs, ['assign offer']);
      const long = await this.runPhase(longChatMs, ['assign wait', 'assign refill']);
      return [...short, ...long];
    } finally {
      for (const timer of this.openTimers) clearTimeout(timer);
      for (const { visitor } of this.newcomers) visitor.disconnect();
      for (const agent of this.agents) agent.disconnect();
      this.http.close();
    }
  }

  private async runPhase(chatMs: number, names: readonly string[]): Promise<BenchRow[]> {
    this.phase++;
    this.chatMs = chatMs;
    for (const { visitor } of this.newcomers) visitor.disconnect();
    this.newcomers = [];
    this.freedAt = [];
    this.refills.length = 0;
    const calibration = await this.floor.calibrate();
    const below = await this.floor.measure(perMinute / 60, Math.min(10, this.options.floorSeconds));
    const meter = new Meter(this.cordboard, this.http);
    const times = poissonTimes(this.random, perMinute / 60, this.options.seconds);
    const startedAt = performance.now() + connectAheadMs;
    await Promise.all([
      play(times, startedAt - connectAheadMs, (_at, index) => this.arrive(index)),
      play(times, startedAt, (at, index) => this.write(index, at)),
    ]);
    await until(() => this.newcomers.every((one) => one.offeredAt > 0), 60_000);
    await until(() => this.taken === 0, 60_000);
    const reading = meter.stop();
    const count = {
      lost: this.newcomers.filter((one) => one.acknowledged && one.offeredAt === 0).length,
      duplicated: this.newcomers.length - new Set(this.newcomers.map((one) => one.conversationId)).size,
      misordered: 0,
    };
    const latency = (ones: readonly Newcomer[]) => ones.filter((one) => one.offeredAt > 0).map((one) => one.offeredAt - one.writtenAt);
    const values: Record<string, number[]> = {
      'assign offer': latency(this.newcomers.filter((one) => one.roomThen)),
      'assign wait': latency(this.newcomers.filter((one) => !one.roomThen)),
      'assign refill': this.refills,
    };
    const rows = names.map((name) =>
      benchRow(this.options.shape, name, perMinute / 60, spread(values[name] ?? []), below.in, count, reading),
    );
    for (const row of rows) console.log(tableLine(row));
    const waited = this.newcomers.filter((one) => !one.roomThen).length;
    console.log(
      `${machineLine(calibration, reading)}\n    ${this.newcomers.length} conversations, ${waited} of them came when every place was taken`,
    );
    return rows;
  }

  /** The visitor opens the page and the panel a moment before writing. */
  private arrive(index: number): void {
    const tenant = tenants[index % tenants.length] ?? 'shop';
    const address = `10.3.${index >> 8}.${index & 255}`;
    const newcomer: Newcomer = {
      visitor: new VisitorClient(
        { port: this.cordboard.port, tenant, address, marks: true },
        {
          onAck: () => {
            newcomer.acknowledged = true;
          },
        },
      ),
      writtenAt: 0,
      acknowledged: false,
      roomThen: false,
      offeredAt: 0,
      offers: 0,
      conversationId: randomUUID(),
    };
    this.newcomers[index] = newcomer;
    newcomer.visitor.connect();
  }

  private write(index: number, at: number): void {
    const newcomer = this.newcomers[index];
    if (!newcomer) return;
    newcomer.writtenAt = at;
    newcomer.roomThen = this.waitingOrTaken < this.agents.length * assignCapacity;
    newcomer.visitor.send(
      `#in.${this.phase}.${index}.0# Do you have these in a wider fitting? My last pair was too tight across the toes after an hour or so.`,
    );
  }

  private get waitingOrTaken(): number {
    return this.taken + this.newcomers.filter((one) => one.writtenAt > 0 && one.offeredAt === 0).length;
  }

  private async offered(index: number, offer: OfferView): Promise<void> {
    const now = performance.now();
    const agent = this.agents[index];
    const mark = readMarker(offer.preview);
    if (!agent || !mark || mark.step !== this.phase || offer.agentId !== agent.id) return;
    const newcomer = this.newcomers[mark.lane];
    if (!newcomer) return;
    newcomer.conversationId = offer.conversationId;
    if (newcomer.offers++ === 0) {
      newcomer.offeredAt = now;
      this.taken++;
      const freed = this.freedAt.shift();
      if (!newcomer.roomThen && freed !== undefined) this.refills.push(now - freed);
    }
    const { conversation } = await agent.accept(offer);
    if (conversation) this.later(() => void this.close(agent, conversation), exponentialMs(this.random, 1000 / this.chatMs));
  }

  private later(work: () => void, ms: number): void {
    const timer = setTimeout(() => {
      this.openTimers.delete(timer);
      work();
    }, ms);
    this.openTimers.add(timer);
  }

  private async close(agent: AgentClient, accepted: ConversationView): Promise<void> {
    const tenant = agent.me.tenants.find(({ id }) => id === accepted.tenantId);
    let rev = accepted.rev;
    for (let attempt = 0; attempt < 5; attempt++) {
      const input = {
        clientId: randomUUID(),
        tenantId: accepted.tenantId,
        conversationId: accepted.id,
        expectedRev: rev,
        reasonId: tenant?.reasons[0]?.id,
        outcomeId: tenant?.outcomes[0]?.id,
      };
      const sentAt = performance.now();
      const { closeConversation: result } = await agent.insist<{
        closeConversation: { conversation?: ConversationView } & Partial<Refused>;
      }>('closeConversation', { input });
      if (!result.code) {
        if (this.waitingOrTaken > this.agents.length * assignCapacity) this.freedAt.push(sentAt);
        this.taken--;
        return;
      }
      if (!result.conversation) throw new Error(`A conversation could not be closed: ${result.code} ${result.message}`);
      rev = result.conversation.rev;
    }
    throw new Error('A conversation could not be closed: it moved on five times.');
  }
}
