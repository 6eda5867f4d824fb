import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { parts, relay } from './parts';
import { formatPeers, type Peers } from './peers';
import { Place } from './place';
import type { Ports } from './ports';
import { type Address, Replica } from './replica';
import type { ReplicaCounts } from './replica-counts';

/** In the order they are renewed: who is asked stands before who asks. */
export const fleet: readonly string[] = [relay, ...Object.keys(parts)];

/** Services that answer calls (libs/rpc), and those that make them and so know their addresses. */
const asked: ReadonlySet<string> = new Set(['identity', 'inbox', 'routing']);
const asking: ReadonlySet<string> = new Set(['gateway']);
/** An asking service tries an address where nobody was at least this often. */
const foundWithinMs = 2200;
/** Services that people's sockets are at. At stop they send them off to come back within two seconds. */
const holding: ReadonlySet<string> = new Set(['webchat', 'gateway']);
const backWithinMs = 3000;

export interface FleetOptions {
  counts: ReplicaCounts;
  program: string;
  /** What every process gets. */
  environment: NodeJS.ProcessEnv;
  ports: Ports;
  log: Logger;
  onLine: (replica: { service: string; name: string }, line: string) => void;
  /** A process has come, gone or changed its state. */
  onChange: (replica: Replica) => void;
}

interface Plan {
  service: string;
  addresses: readonly [Address, Address];
}

/** All processes of the installation, PostgreSQL and Kafka aside. */
export class Fleet {
  private readonly places: Place[] = [];
  private readonly numbers = new Map<string, number>();
  private peers = '';
  private isStopping = false;

  constructor(private readonly options: FleetOptions) {}

  get replicas(): Replica[] {
    return this.places.flatMap((place) => place.replicas);
  }

  /** Starts everything; resolves when every process can work. Rejects with what the first that failed has said. */
  async start(): Promise<void> {
    const plans = await this.plan();
    this.peers = formatPeers(peersOf(plans));
    for (const plan of plans) {
      const nextName = () => this.nextName(plan.service);
      const launch = (name: string, at: Address) => this.launch(plan.service, name, at);
      this.places.push(new Place({ ...plan, nextName, launch, log: this.options.log }));
    }
    await Promise.all(this.places.map((place) => place.up()));
  }

  /** Renews every process of the service, or of all, one after the other; people are back before the next one starts. */
  async renew(service: string, onRenewed: (before: string, after: string) => void): Promise<void> {
    for (const place of this.places.filter((each) => service === 'all' || each.service === service)) {
      if (this.isStopping) throw new Error('Cordboard stops.');
      const [before, after] = await place.renew(asked.has(place.service) ? foundWithinMs : 0);
      onRenewed(before, after);
      if (holding.has(place.service)) await pause(backWithinMs);
    }
  }

  /** Who asks before who is asked; the relay last, for it carries what the others leave. */
  async stop(): Promise<void> {
    this.isStopping = true;
    const of = (matches: (service: string) => boolean) => this.places.filter(({ service }) => matches(service));
    const groups = [of((name) => asking.has(name)), of((name) => !asking.has(name) && name !== relay), of((name) => name === relay)];
    for (const group of groups) await Promise.all(group.map((place) => place.stop()));
  }

  private async plan(): Promise<Plan[]> {
    const { counts, ports } = this.options;
    const plans: Plan[] = [];
    const address = async (): Promise<Address> => ({ http: await ports.take(), rpc: await ports.take() });
    for (const service of fleet) {
      for (let count = counts[service] ?? 1; count > 0; count--) plans.push({ service, addresses: [await address(), await address()] });
    }
    return plans;
  }

  private nextName(service: string): string {
    const number = (this.numbers.get(service) ?? 0) + 1;
    this.numbers.set(service, number);
    return `${service}-${number}`;
  }

  private launch(service: string, name: string, at: Address): Replica {
    const { program, environment, onLine, onChange } = this.options;
    const replica: Replica = new Replica({
      service,
      name,
      at,
      program,
      environment: {
        ...environment,
        CORDBOARD_SERVICE: service,
        CORDBOARD_INSTANCE: name,
        CORDBOARD_PEERS: asking.has(service) ? this.peers : '',
        HTTP_HOST: '127.0.0.1',
        HTTP_PORT: String(at.http),
        RPC_HOST: '127.0.0.1',
        RPC_PORT: String(at.rpc),
      },
      onLine: (line) => onLine({ service, name }, line),
      onChange: () => onChange(replica),
    });
    // It has come when its place holds it.
    queueMicrotask(() => onChange(replica));
    return replica;
  }
}

/** Where the services are, or may be, that are asked. */
function peersOf(plans: readonly Plan[]): Peers {
  const peers: Peers = {};
  for (const { service, addresses } of plans) {
    if (!asked.has(service)) continue;
    peers[service] = [...(peers[service] ?? []), ...addresses.map(({ rpc }) => `127.0.0.1:${rpc}`)];
  }
  return peers;
}
