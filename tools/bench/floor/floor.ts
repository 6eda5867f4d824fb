import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Client } from 'pg';
import { WebSocket } from 'ws';
import type { Operator } from '../../drive/operator';
import { pickIndex, type Random } from '../../drive/random';
import { until } from '../../drive/wait';
import { Flow } from '../flow';
import { type Direction, markedText, readMarker } from '../marker';
import { type Spread, spread } from '../percentile';
import { play, poissonTimes } from '../schedule';

export interface FloorFigures {
  in: Spread;
  back: Spread;
}

export interface Calibration {
  p50: number;
  p99: number;
}

const commits = 100;

/** The floor beside a bench: its own process, its own database on the same server, the same number of sockets and texts. */
export class Floor {
  private step = 0;

  private constructor(
    private readonly server: ChildProcess,
    private readonly client: Client,
    private readonly sockets: { visitors: WebSocket[]; agents: WebSocket[] },
    private readonly random: Random,
    private readonly flows: Map<string, Flow>,
  ) {}

  /** `program` is this tool's own bundle, which becomes the floor's server when told so. */
  static async start(operator: Operator, program: string, visitors: number, agents: number, random: Random): Promise<Floor> {
    const url = await createDatabase(operator);
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    const server = fork(program, ['floor'], {
      env: { ...process.env, FLOOR_DATABASE_URL: url },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const [message] = (await once(server, 'message')) as [{ port: number }];
    const flows = new Map<string, Flow>();
    const open = async (name: string) => {
      const socket = new WebSocket(`ws://127.0.0.1:${message.port}/${name}`, { perMessageDeflate: false });
      socket.on('message', (data: Buffer) => {
        const mark = readMarker(data.toString('latin1'));
        if (mark) flows.get(`${mark.direction}.${mark.step}`)?.seen(mark.lane, mark.seq, mark.seq + 1, performance.now());
      });
      await once(socket, 'open');
      return socket;
    };
    const opened = {
      visitors: await Promise.all(Array.from({ length: visitors }, (_, index) => open(`v${index}`))),
      agents: await Promise.all(Array.from({ length: agents }, (_, index) => open(`a${index}`))),
    };
    return new Floor(server, client, opened, random, flows);
  }

  /** Sends at the rate for the time, a second of warm-up before it. */
  async measure(rate: number, seconds: number): Promise<FloorFigures> {
    const step = ++this.step;
    const flowIn = this.flow(step, 'in');
    const flowBack = this.flow(step, 'back');
    const startedAt = performance.now();
    const times = (share: number) => poissonTimes(this.random, rate * share, seconds + 1);
    await Promise.all([
      play(times(2 / 3), startedAt, (at) => this.say(flowIn, step, 'in', at, at - startedAt > 1000)),
      play(times(1 / 3), startedAt, (at) => this.say(flowBack, step, 'back', at, at - startedAt > 1000)),
    ]);
    await until(() => flowIn.outstanding + flowBack.outstanding === 0, 10_000);
    return { in: spread(flowIn.latencies()), back: spread(flowBack.latencies()) };
  }

  /** A hundred commits one after another: what the disk and the machine give at this moment. */
  async calibrate(): Promise<Calibration> {
    const times: number[] = [];
    for (let index = 0; index < commits; index++) {
      const from = performance.now();
      await this.client.query({ name: 'calibrate', text: 'insert into calibration (body) values ($1)', values: ['x'.repeat(130)] });
      times.push(performance.now() - from);
    }
    return spread(times);
  }

  async stop(): Promise<void> {
    for (const socket of [...this.sockets.visitors, ...this.sockets.agents]) socket.terminate();
    if (this.server.connected) this.server.disconnect();
    await this.client.end().catch(() => undefined);
  }

  private flow(step: number, direction: Direction): Flow {
    const flow = new Flow();
    this.flows.set(`${direction}.${step}`, flow);
    return flow;
  }

  private say(flow: Flow, step: number, direction: Direction, at: number, isMeasured: boolean): void {
    const { visitors, agents } = this.sockets;
    const lane = pickIndex(this.random, visitors.length);
    const agent = lane % agents.length;
    const text = markedText({ direction, step, lane, seq: flow.plan(lane, at, isMeasured) }, this.random);
    const [from, to] = direction === 'in' ? [visitors[lane], `a${agent}`] : [agents[agent], `v${lane}`];
    from?.send(`${randomUUID()}|${to}|${text}`);
  }
}

async function createDatabase(operator: Operator): Promise<string> {
  const password = randomBytes(16).toString('hex');
  const admin = await operator.superuser();
  await admin.query(`create role floor login password '${password}'`);
  await admin.query('create database floor owner floor');
  await admin.end();
  const url = operator.address('floor', password, 'floor');
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`
    create table message (id uuid primary key, recipient text not null, body text not null, at timestamptz not null default now());
    create table calibration (id bigint generated always as identity primary key, body text not null);
  `);
  await client.end();
  return url;
}
