import { readCustomerEntry, readMarker } from '../../bench/marker';
import { AgentClient } from '../../drive/agent-client';
import type { OfferView } from '../../drive/documents';
import { HttpClient } from '../../drive/http-client';
import { exponentialMs, pickIndex, type Random } from '../../drive/random';
import { pause, until } from '../../drive/wait';
import type { Ledger } from '../ledger/ledger';
import { Lane } from './lane';

const tenants = ['clinic', 'shop', 'insurer'] as const;
const password = 'cordboard-demo';
/** A lane that is so far behind gets no more until it has caught up: people do not write into a dead window for ever. */
const mostPending = 20;

export type OnOffer = (agent: AgentClient, offer: OfferView) => void;

/** Visitors and agents who write all the time, through whatever happens. */
export class Load {
  readonly http: HttpClient;
  readonly lanes: Lane[] = [];
  readonly agents: AgentClient[] = [];
  /** What the phase of the run is: each fault has its own. */
  phase = 0;
  private readonly extra: Lane[] = [];
  private readonly special = new Map<number, OnOffer>();
  private isWriting = false;
  private isStopped = false;

  constructor(
    readonly port: number,
    readonly ledger: Ledger,
    private readonly random: Random,
  ) {
    this.http = new HttpClient(port, 8000);
  }

  /** The last agent works over the port `lastAgentsPort`, where that is another. */
  async gather(lanes: number, agents: number, lastAgentsPort = this.port): Promise<void> {
    for (let index = 1; index <= agents; index++) {
      const port = index === agents ? lastAgentsPort : this.port;
      this.agents.push(await this.arrive(`bench-${String(index).padStart(3, '0')}`, `10.5.0.${index}`, undefined, port));
    }
    await this.attend();
    for (let number = 0; number < lanes; number++) this.lanes.push(this.newLane(number));
    for (const lane of this.lanes) lane.write();
    if (!(await until(() => this.lanes.every((lane) => lane.conversation), 30_000))) {
      throw new Error(`${this.lanes.filter((lane) => !lane.conversation).length} of ${lanes} conversations were not accepted within 30 s.`);
    }
  }

  /** All agents take work again, also those whom an offer has passed by. */
  async attend(): Promise<void> {
    for (const agent of this.agents) await agent.setAvailable();
  }

  /** Signs someone in and opens their window. */
  async arrive(
    name: string,
    address: string,
    onOffer: OnOffer = (agent, offer) => this.offered(agent, offer),
    port: number = this.port,
  ): Promise<AgentClient> {
    const agent: AgentClient = new AgentClient(
      port === this.port ? this.http : new HttpClient(port, 8000),
      port,
      `${name}@demo.cordboard.example`,
      {
        onConversationFrame: (frame) => {
          const mark = readCustomerEntry(frame);
          if (mark) this.lane(mark.lane)?.shownToAgent(mark.seq);
        },
        onOffer: (offer, ending) => {
          if (ending === null && offer.agentId === agent.id) onOffer(agent, offer);
        },
        onOnline: () => void this.resync(agent, onOffer),
      },
      address,
    );
    await agent.signIn(password);
    agent.connect();
    if (!(await until(() => agent.isOnline, 15_000))) throw new Error(`${name}’s socket was not accepted within 15 s.`);
    return agent;
  }

  /** A new visitor with a conversation to come; `onOffer` decides what becomes of its offers, else they are accepted. */
  newcomer(tenant: string, onOffer?: OnOffer): Lane {
    const lane = this.newLane(1000 + this.extra.length, tenant);
    this.extra.push(lane);
    if (onOffer) this.special.set(lane.number, onOffer);
    return lane;
  }

  /** From now on the lane's offers are accepted as all others are. */
  leaveTo(lane: Lane): void {
    this.special.delete(lane.number);
  }

  /** Writes about `perSecond` messages until `pauseWriting`, two of three by visitors. */
  startWriting(perSecond: number): void {
    this.isWriting = true;
    const next = () => {
      if (!this.isWriting) return;
      const lane = this.lanes[pickIndex(this.random, this.lanes.length)];
      if (lane && lane.pending < mostPending) {
        if (this.random() < 2 / 3) lane.write();
        else lane.reply();
      }
      setTimeout(next, exponentialMs(this.random, perSecond));
    };
    next();
  }

  /** Stops writing and waits until everything that was written is acknowledged. */
  async pauseWriting(withinMs: number): Promise<boolean> {
    this.isWriting = false;
    return until(() => [...this.lanes, ...this.extra].every((lane) => lane.pending === 0), withinMs);
  }

  /**
   * A new message goes from a visitor to an agent and an answer back; gives the ms it took from `since`. The agent sees it live or, after a break, on asking.
   */
  async roundTrip(since: number, withinMs = 45_000): Promise<number> {
    const lane = this.lanes[0];
    if (!lane) throw new Error('There is nobody to write.');
    const deadline = performance.now() + withinMs;
    const seq = lane.write('Are you there?');
    for (let asking = 0; lane.agentSaw < seq; asking += 10) {
      if (performance.now() > deadline) throw new Error(`A visitor’s new message did not reach an agent within ${withinMs} ms.`);
      if (asking % 300 === 290) await lane.refresh().catch(() => undefined);
      await pause(10);
    }
    const answer = lane.reply();
    if (!(await until(() => lane.visitorSaw >= answer, deadline - performance.now(), 5))) {
      throw new Error(`An agent’s answer did not reach the visitor within ${withinMs} ms.`);
    }
    return performance.now() - since;
  }

  stop(): void {
    this.isWriting = false;
    this.isStopped = true;
    for (const lane of [...this.lanes, ...this.extra]) lane.stop();
    for (const agent of this.agents) agent.disconnect();
    this.http.close();
  }

  /** Takes an offer as an agent does; being told that it is gone is an answer too. */
  async accept(agent: AgentClient, offer: OfferView): Promise<boolean> {
    const lane = this.lane(readMarker(offer.preview)?.lane ?? -1);
    const { conversation } = await agent.accept(offer);
    if (conversation) lane?.accepted(agent, conversation);
    return conversation !== undefined;
  }

  private offered(agent: AgentClient, offer: OfferView): void {
    const onOffer = this.special.get(readMarker(offer.preview)?.lane ?? -1);
    if (onOffer) onOffer(agent, offer);
    else
      void this.accept(agent, offer).catch(
        (error: Error) => this.isStopped || console.error(`An offer could not be accepted: ${error.message}`),
      );
  }

  /** Offers that came while the socket was away. */
  private async resync(agent: AgentClient, onOffer: OnOffer): Promise<void> {
    const { offers } = await agent.ask<{ offers: OfferView[] }>('offers', {}).catch(() => ({ offers: [] as OfferView[] }));
    for (const offer of offers) if (offer.agentId === agent.id) onOffer(agent, offer);
  }

  private newLane(number: number, tenant: string = tenants[number % tenants.length] ?? 'shop'): Lane {
    const anyAgent = () => {
      const agent = this.agents.find((each) => each.isOnline) ?? this.agents[0];
      if (!agent) throw new Error('There is no agent.');
      return agent;
    };
    return new Lane({ number, port: this.port, tenant, ledger: this.ledger, phase: () => this.phase, anyAgent });
  }

  private lane(number: number): Lane | undefined {
    return this.lanes[number] ?? this.extra[number - 1000];
  }
}
