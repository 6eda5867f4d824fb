import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { isAlive, readPostmaster } from '@cordboard/persistence';
import type { Place } from './place';
import { pause } from './wait';

const keptOutput = 20_000;
const alive = new Set<CordboardProcess>();

/**
 * A whole Cordboard with a port and a data folder of its own, both gone when it is disposed of or this process ends in
 * any way it can notice. PostgreSQL goes with Cordboard even when Cordboard is killed; it is waited for before the folder
 * is removed. What it runs is said by the classes that extend this one.
 */
export abstract class CordboardProcess {
  private child: ChildProcess | undefined;
  private output = '';
  /** What Node is given: flags, the program, its arguments. */
  protected abstract readonly command: readonly string[];
  protected abstract readonly startWithinMs: number;
  protected abstract readonly stopWithinMs: number;

  protected constructor(
    private readonly place: Place,
    private readonly environment: Record<string, string>,
  ) {
    alive.add(this);
  }

  get port(): number {
    return this.place.port;
  }

  get dataFolder(): string {
    return this.place.dataFolder;
  }

  /** Of the process that was started here. */
  get pid(): number | undefined {
    return this.child?.exitCode === null && this.child.signalCode === null ? this.child.pid : undefined;
  }

  /** The last lines it printed, for a report of what went wrong. */
  get lastOutput(): string {
    return this.output;
  }

  /** Of PostgreSQL; undefined while there is none. */
  get postmaster(): { pid: number; port: number } | undefined {
    return readPostmaster(join(this.dataFolder, 'postgres'));
  }

  /** Starts it, with more variables for this once; resolves without waiting for readiness. */
  launch(more: Record<string, string> = {}): void {
    const child = spawn(process.execPath, [...this.command], {
      env: { ...this.variables, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    const keep = (chunk: Buffer) => {
      this.output = (this.output + chunk.toString()).slice(-keptOutput);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
  }

  /** Resolves when it takes requests. Rejects when it ends before, with what it said. */
  async ready(withinMs = this.startWithinMs): Promise<void> {
    const deadline = performance.now() + withinMs;
    while (!(await this.isReady())) {
      if (this.pid === undefined) throw new Error(`Cordboard ended while it started:\n${this.output}`);
      if (performance.now() > deadline) throw new Error(`Cordboard was not ready after ${withinMs} ms:\n${this.output}`);
      await pause(50);
    }
  }

  async start(more: Record<string, string> = {}): Promise<void> {
    this.launch(more);
    await this.ready();
  }

  /** Resolves when it has ended, by itself or by a signal. */
  async exited(withinMs: number): Promise<boolean> {
    const deadline = performance.now() + withinMs;
    while (this.pid !== undefined) {
      if (performance.now() > deadline) return false;
      await pause(10);
    }
    return true;
  }

  /** As a crash would. */
  async kill(): Promise<void> {
    if (!this.child || this.pid === undefined) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }

  /** As Ctrl-C would; kills what has not ended in time. Resolves to its exit code, 0 when everything stopped by itself. */
  async stop(): Promise<number | null> {
    if (this.pid !== undefined) {
      this.child?.kill('SIGTERM');
      if (!(await this.exited(this.stopWithinMs))) await this.kill();
    }
    return this.child?.exitCode ?? null;
  }

  /** Stops it, waits for PostgreSQL, removes the folder. */
  async dispose(): Promise<void> {
    await this.stop();
    const postgres = this.postmaster?.pid;
    for (let waited = 0; postgres && isAlive(postgres) && waited < 10_000; waited += 50) await pause(50);
    this.erase();
  }

  /** What is left to do when there is no time to wait. */
  erase(): void {
    alive.delete(this);
    if (this.pid !== undefined) this.child?.kill('SIGKILL');
    const postgres = this.postmaster?.pid;
    if (postgres && isAlive(postgres)) process.kill(postgres, 'SIGQUIT');
    rmSync(this.dataFolder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  /** The variables it runs with, for other commands on the same installation. */
  protected get variables(): NodeJS.ProcessEnv {
    return { ...process.env, ...this.environment, PORT: String(this.port), CORDBOARD_DATA: this.dataFolder };
  }

  private isReady(): Promise<boolean> {
    return new Promise((answer) => {
      const request = get({ host: '127.0.0.1', port: this.port, path: '/health/ready', timeout: 2000 }, (response) => {
        response.resume();
        answer(response.statusCode === 200);
      });
      request.on('timeout', () => request.destroy());
      request.on('error', () => answer(false));
    });
  }
}

process.on('exit', () => {
  for (const cordboard of alive) cordboard.erase();
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));
