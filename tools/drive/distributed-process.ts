import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '@cordboard/persistence';
import { nodeFlags } from '../lib/node-flags.mjs';
import { programs } from './build-cordboard';
import { CordboardProcess } from './cordboard-process';
import type { Place } from './place';
import { until } from './wait';

/** A line of `processes.json`: `name` is the service, `instance` this process of it. */
export interface ServiceProcess {
  name: string;
  instance: string;
  pid?: number;
  state: string;
}

const againWithinMs = 30_000;

/** Cordboard with every service in processes of its own, which its supervisor starts again when they end. */
export class DistributedProcess extends CordboardProcess {
  protected readonly command: readonly string[];
  protected readonly startWithinMs = 90_000;
  protected readonly stopWithinMs = 22_000;

  /** `replicas` as on the command line: `inbox=2,gateway=2`. */
  constructor(place: Place, environment: Record<string, string>, replicas: string) {
    super(place, { ...environment, CORDBOARD_FAILPOINTS: `@${failpointsOf(place)}` });
    this.command = [...nodeFlags, programs.distributed, '--replicas', replicas];
    writeFileSync(failpointsOf(place), '');
  }

  /** Of the services, the supervisor aside. */
  get processes(): ServiceProcess[] {
    try {
      return (JSON.parse(readFileSync(join(this.dataFolder, 'processes.json'), 'utf8')) as { processes: ServiceProcess[] }).processes;
    } catch {
      return [];
    }
  }

  instancesOf(service: string): string[] {
    return this.processes.filter(({ name }) => name === service).map(({ instance }) => instance);
  }

  /** Rejects when it does not run. */
  pidOf(instance: string): number {
    const pid = this.processes.find((each) => each.instance === instance && each.state !== 'gone')?.pid;
    if (pid === undefined) throw new Error(`${instance} does not run.`);
    return pid;
  }

  /** As a crash would; resolves to the process that was. */
  async killInstance(instance: string): Promise<number> {
    const pid = this.pidOf(instance);
    process.kill(pid, 'SIGKILL');
    await until(() => !isAlive(pid), 5000, 5);
    return pid;
  }

  /** Resolves to the instance's process when it is another than `before`, ready or not. */
  async restarted(instance: string, before: number): Promise<number> {
    const next = () => this.processes.find((each) => each.instance === instance && each.state !== 'gone' && each.pid !== before)?.pid;
    await until(() => next() !== undefined, againWithinMs, 5);
    const pid = next();
    if (pid === undefined) throw new Error(`${instance} was not started again within ${againWithinMs} ms.`);
    return pid;
  }

  /** Resolves when the instance works in another process than `before`. */
  async revived(instance: string, before: number): Promise<void> {
    const isBack = () => this.processes.some((each) => each.instance === instance && each.pid !== before && each.state === 'ready');
    if (!(await until(isBack, againWithinMs))) throw new Error(`${instance} was not ready again within ${againWithinMs} ms.`);
  }

  /** What processes read that start from here on. */
  arm(failpoints: string): void {
    writeFileSync(failpointsOf(this), failpoints);
  }

  /**
   * Kills the instances, starts them with these failpoints and waits until one has died of them; kills those that have
   * not, and resolves to whether one had when all have been started as usual and are ready.
   */
  async diesOf(failpoints: string, instances: readonly string[], withinMs: number): Promise<boolean> {
    this.arm(failpoints);
    const armed = await Promise.all(instances.map(async (instance) => this.restarted(instance, await this.killInstance(instance))));
    const isHit = await until(() => armed.some((pid) => !isAlive(pid)), withinMs, 5);
    this.arm('');
    for (const pid of armed) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    await Promise.all(instances.map((instance, index) => this.revived(instance, armed[index] ?? 0)));
    return isHit;
  }

  /** Kills the service's processes −9 and starts them again with these failpoints (libs/persistence/src/failpoint.ts); resolves to the number of kills when they work. */
  async rearm(service: string, failpoints: string): Promise<number> {
    this.arm(failpoints);
    const instances = this.instancesOf(service);
    const before = await Promise.all(instances.map((instance) => this.killInstance(instance)));
    await Promise.all(instances.map((instance, index) => this.revived(instance, before[index] ?? 0)));
    this.arm('');
    return instances.length;
  }
}

const failpointsOf = ({ dataFolder }: Pick<Place, 'dataFolder'>) => join(dataFolder, 'failpoints');
