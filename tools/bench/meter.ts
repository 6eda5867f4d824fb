import type { CordboardProcess } from '../drive/cordboard-process';
import type { HttpClient } from '../drive/http-client';
import { cpuSeconds, type Processor, processor, residentMb } from '../drive/proc';
import { partsOf } from './parts';

const everyMs = 2000;

export interface Reading {
  /** Most resident memory seen. */
  nodeRssMb: number;
  pgRssMb: number;
  kafkaRssMb: number;
  /** Each of Node's processes at the end, and its share of a core since the beginning. */
  processes: { name: string; rssMb: number; cpu: number }[];
  /** Most of Node's heap in use, as /metrics tells it. */
  heapMb: number;
  /** Share of one core. */
  nodeCpu: number;
  pgCpu: number;
  kafkaCpu: number;
  driverCpu: number;
  /** Shares of the whole machine. */
  steal: number;
  idle: number;
}

/** Watches memory and processors of Cordboard, PostgreSQL and this driver during a step. */
export class Meter {
  private readonly startedAt = performance.now();
  private readonly machine: Processor = processor();
  private readonly cpu: Record<string, number>;
  private readonly timer: NodeJS.Timeout;
  private nodeRssMb = 0;
  private pgRssMb = 0;
  private kafkaRssMb = 0;
  private heapMb = 0;

  constructor(
    private readonly cordboard: CordboardProcess,
    private readonly http: HttpClient,
  ) {
    this.cpu = this.used();
    this.sample();
    this.timer = setInterval(() => this.sample(), everyMs);
  }

  stop(): Reading {
    clearInterval(this.timer);
    this.sample();
    const seconds = (performance.now() - this.startedAt) / 1000;
    const now = this.used();
    const share = (name: string) => ((now[name] ?? 0) - (this.cpu[name] ?? 0)) / seconds;
    const { node } = partsOf(this.cordboard);
    const processes = node.map(({ name, pid }) => ({ name, rssMb: residentMb([pid]), cpu: share(name) }));
    const machine = processor();
    const ticks = Math.max(1, machine.total - this.machine.total);
    return {
      nodeRssMb: this.nodeRssMb,
      pgRssMb: this.pgRssMb,
      kafkaRssMb: this.kafkaRssMb,
      heapMb: this.heapMb,
      processes,
      nodeCpu: processes.reduce((sum, { cpu }) => sum + cpu, 0),
      pgCpu: share('PostgreSQL'),
      kafkaCpu: share('Kafka'),
      driverCpu: share('driver'),
      steal: (machine.steal - this.machine.steal) / ticks,
      idle: (machine.idle - this.machine.idle) / ticks,
    };
  }

  /** Seconds of processor time by part. */
  private used(): Record<string, number> {
    const { node, postgres, kafka } = partsOf(this.cordboard);
    const own = Object.fromEntries(node.map(({ name, pid }) => [name, cpuSeconds([pid])]));
    return { ...own, PostgreSQL: cpuSeconds(postgres), Kafka: cpuSeconds(kafka), driver: cpuSeconds([process.pid]) };
  }

  private sample(): void {
    const { node, postgres, kafka } = partsOf(this.cordboard);
    this.nodeRssMb = Math.max(this.nodeRssMb, residentMb(node.map(({ pid }) => pid)));
    this.pgRssMb = Math.max(this.pgRssMb, residentMb(postgres));
    this.kafkaRssMb = Math.max(this.kafkaRssMb, residentMb(kafka));
    void heapMb(this.http).then((now) => {
      this.heapMb = Math.max(this.heapMb, now);
    });
  }
}

/** Node's heap in use, of all processes; 0 when there is no answer. */
export async function heapMb(http: HttpClient): Promise<number> {
  const answer = await http.get('/metrics').catch(() => undefined);
  const found = [...(answer?.text.matchAll(/^nodejs_heap_size_used_bytes(?:\{[^}]*\})? (\S+)/gm) ?? [])];
  return found.reduce((sum, [, bytes]) => sum + Number(bytes), 0) / 1_048_576;
}
