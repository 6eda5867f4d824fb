import type { CordboardProcess } from '../drive/cordboard-process';
import type { HttpClient } from '../drive/http-client';
import { cpuSeconds, type Processor, processor, processTree, residentMb } from '../drive/proc';

const everyMs = 2000;

export interface Reading {
  /** Most resident memory seen. */
  nodeRssMb: number;
  pgRssMb: number;
  /** Most of Node's heap in use, as /metrics tells it. */
  heapMb: number;
  /** Share of one core. */
  nodeCpu: number;
  pgCpu: number;
  driverCpu: number;
  /** Shares of the whole machine. */
  steal: number;
  idle: number;
}

/** Watches memory and processors of Cordboard, PostgreSQL and this driver during a step. */
export class Meter {
  private readonly startedAt = performance.now();
  private readonly machine: Processor = processor();
  private readonly cpu: { node: number; pg: number; driver: number };
  private readonly timer: NodeJS.Timeout;
  private nodeRssMb = 0;
  private pgRssMb = 0;
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
    const machine = processor();
    const ticks = Math.max(1, machine.total - this.machine.total);
    return {
      nodeRssMb: this.nodeRssMb,
      pgRssMb: this.pgRssMb,
      heapMb: this.heapMb,
      nodeCpu: (now.node - this.cpu.node) / seconds,
      pgCpu: (now.pg - this.cpu.pg) / seconds,
      driverCpu: (now.driver - this.cpu.driver) / seconds,
      steal: (machine.steal - this.machine.steal) / ticks,
      idle: (machine.idle - this.machine.idle) / ticks,
    };
  }

  private used(): { node: number; pg: number; driver: number } {
    return { node: cpuSeconds(this.node), pg: cpuSeconds(this.postgres), driver: cpuSeconds([process.pid]) };
  }

  /** Sessions come and go during a step. */
  private get postgres(): number[] {
    const postmaster = this.cordboard.postmaster;
    return postmaster ? processTree(postmaster.pid) : [];
  }

  private get node(): number[] {
    return this.cordboard.pid === undefined ? [] : [this.cordboard.pid];
  }

  private sample(): void {
    this.nodeRssMb = Math.max(this.nodeRssMb, residentMb(this.node));
    this.pgRssMb = Math.max(this.pgRssMb, residentMb(this.postgres));
    void heapMb(this.http).then((now) => {
      this.heapMb = Math.max(this.heapMb, now);
    });
  }
}

/** Node's heap in use; 0 when there is no answer. */
export async function heapMb(http: HttpClient): Promise<number> {
  const answer = await http.get('/metrics').catch(() => undefined);
  const bytes = answer?.text.match(/^nodejs_heap_size_used_bytes(?:\{[^}]*\})? (\S+)/m)?.[1];
  return Number(bytes ?? 0) / 1_048_576;
}
