import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import type { Backend } from './choice';
import { ConnectFirstAgent } from './connect-first';
import { upMessage } from './supervision';

/** Where a process answers on this machine. */
export interface Address {
  http: number;
  rpc: number;
}

export interface ReplicaOptions {
  service: string;
  /** Its instance id: `inbox-1`. */
  name: string;
  at: Address;
  program: string;
  environment: NodeJS.ProcessEnv;
  onLine: (line: string) => void;
  /** Its state has changed. */
  onChange: () => void;
}

/** starting → ready ⇄ away (runs and cannot work) → leaving → gone */
export type ReplicaState = 'starting' | 'ready' | 'away' | 'leaving' | 'gone';

const lookEveryMs = 1000;
const lookEagerlyMs = 100;
const lookWithinMs = 4000;
const keptOutput = 4000;

/** One process of a service, from its start to its end. */
export class Replica implements Backend {
  readonly service: string;
  readonly name: string;
  readonly at: Address;
  readonly agent: ConnectFirstAgent;
  /** Resolves to how it ended. */
  readonly exited: Promise<string>;
  readonly startedAt = performance.now();
  state: ReplicaState = 'starting';
  sockets = 0;
  /** Of the public address, once it is up. */
  prefixes: readonly string[] = [];
  private readonly child: ChildProcess;
  private looking: NodeJS.Timeout | undefined;
  private output = '';
  private isUp = false;

  constructor(private readonly options: ReplicaOptions) {
    this.service = options.service;
    this.name = options.name;
    this.at = options.at;
    this.agent = new ConnectFirstAgent(options.at.http);
    this.child = spawn(process.execPath, [...process.execArgv, options.program], {
      env: options.environment,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) this.listen(stream);
    this.child.on('message', (message) => this.hear(message));
    this.child.on('error', () => undefined);
    this.exited = this.end();
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get port(): number {
    return this.at.http;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get isReady(): boolean {
    return this.state === 'ready';
  }

  get isInUse(): boolean {
    return this.state === 'ready' || this.state === 'away';
  }

  /** The last lines it printed. */
  get lastOutput(): string {
    return this.output.trim();
  }

  /** Takes no new requests from here on, ends when it has answered those in hand; by force after `withinMs`. */
  async leave(withinMs: number): Promise<void> {
    if (this.state === 'gone') return;
    this.become('leaving');
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), withinMs);
    await this.exited;
    clearTimeout(timer);
  }

  private listen(stream: NodeJS.ReadableStream | null): void {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (text: string) => {
      this.output = (this.output + text).slice(-keptOutput);
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.options.onLine(line);
    });
  }

  private hear(message: unknown): void {
    const up = upMessage.safeParse(message);
    if (!up.success) return;
    this.prefixes = up.data.http;
    this.isUp = true;
    void this.look();
  }

  private async end(): Promise<string> {
    const [code, signal] = (await once(this.child, 'close').catch((error: Error) => [error.message])) as [number | string, string | null];
    clearTimeout(this.looking);
    this.agent.destroy();
    this.become('gone');
    return signal ? `was ended by ${signal}` : `ended with code ${code}`;
  }

  private async look(): Promise<void> {
    const isReady = this.isUp && (await this.asksReady());
    if (this.state === 'gone' || this.state === 'leaving') return;
    if (isReady) this.become('ready');
    else if (this.state === 'ready') this.become('away');
    this.looking = setTimeout(() => void this.look(), this.state === 'starting' ? lookEagerlyMs : lookEveryMs);
  }

  private become(state: ReplicaState): void {
    if (this.state === state) return;
    this.state = state;
    this.options.onChange();
  }

  private asksReady(): Promise<boolean> {
    return new Promise((answered) => {
      const request = get(`${this.address}/health/ready`, { timeout: lookWithinMs, agent: this.agent }, (response) => {
        response.resume();
        answered(response.statusCode === 200);
      });
      request.on('timeout', () => request.destroy());
      request.on('error', () => answered(false));
    });
  }
}
