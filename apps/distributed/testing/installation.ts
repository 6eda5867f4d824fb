import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@cordboard/testing';
import { Client } from 'pg';
import { freePort } from '../../../tools/drive/free-port';
import { deriveKey } from '../../standalone/src/master-key';
import { type ProcessList, readProcessList } from '../src/process-list';

const programOf = { standalone: 'dist/standalone/main.js', distributed: 'dist/distributed/main.js', bus: 'dist/distributed/bus.js' };
const startWithinMs = 90_000;

type Shape = 'standalone' | 'distributed';

/** A Cordboard of its own for a spec, in many processes or in one: one port, a data folder that goes with it. Built before by `npm test`. */
export class Installation {
  private child: ChildProcess | undefined;
  private output = '';

  private constructor(
    readonly port: number,
    readonly dataFolder: string,
    private readonly environment: Record<string, string>,
  ) {}

  static async start(environment: Record<string, string>, args: readonly string[], shape: Shape = 'distributed'): Promise<Installation> {
    const dataFolder = mkdtempSync(join(tmpdir(), 'cordboard-distributed-'));
    chmodSync(dataFolder, 0o755);
    const installation = new Installation(await freePort(), dataFolder, environment);
    await installation.launch(args, shape).catch(async (error: unknown) => {
      await installation.dispose();
      throw error;
    });
    return installation;
  }

  get processes(): ProcessList['processes'] {
    return readProcessList(this.dataFolder)?.processes ?? [];
  }

  /** Every process it has: its own, PostgreSQL's. */
  get pids(): number[] {
    const own = this.processes.flatMap(({ pid }) => pid ?? []);
    return [...own, this.postmaster.pid, this.child?.pid ?? 0];
  }

  private get postmaster(): { pid: number; port: number } {
    const lines = readFileSync(join(this.dataFolder, 'postgres/postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]) };
  }

  /** Instances that have published events of a service (`inbox`), or events in which a text stands. */
  async publishersOf(text: string): Promise<string[]> {
    const client = await this.database();
    try {
      const { rows } = await client.query<{ instance: string }>(
        `select distinct body::json ->> 'instance' as instance from bus.log
         where body::json ->> 'source' = $1 or position($1 in body) > 0`,
        [text],
      );
      return rows.map(({ instance }) => instance).filter((instance) => instance !== null);
    } finally {
      await client.end();
    }
  }

  /** Restarts the service, or all, one process after the other; resolves to what was told. */
  async restart(service: string): Promise<string> {
    const { code, told } = await this.run('distributed', ['restart', service]);
    if (code !== 0) throw new Error(`The restart ended with code ${code}.\n${told}${this.output}`);
    return told;
  }

  /** Runs a command of the bus on it; resolves to what was told. */
  async bus(...args: string[]): Promise<{ code: number; told: string }> {
    return this.run('bus', args);
  }

  /** Starts it; resolves when it takes requests, rejects with what it said when it ends before. */
  async launch(args: readonly string[], shape: Shape = 'distributed'): Promise<void> {
    if (this.child?.exitCode === null && this.child.signalCode === null) throw new Error('This installation runs already.');
    const child = this.spawn(programOf[shape], args);
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.output = (this.output + chunk.toString()).slice(-20_000);
      });
    }
    const isUp = async () => (await fetch(`http://127.0.0.1:${this.port}/health/ready`)).ok;
    try {
      await eventually(async () => child.exitCode !== null || isUp(), { timeoutMs: startWithinMs, everyMs: 100 });
      if (child.exitCode !== null) throw new Error('Cordboard ended while it started:');
    } catch (error) {
      await this.end('SIGTERM');
      throw new Error(`${(error as Error).message}\n${this.output}`);
    }
  }

  /** As Ctrl-C or a crash would; resolves to the exit code. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    child.kill(signal);
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  }

  async dispose(): Promise<void> {
    await this.end('SIGTERM');
    rmSync(this.dataFolder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  private async database(): Promise<Client> {
    const masterKey = Buffer.from(readFileSync(join(this.dataFolder, 'master.key'), 'utf8').trim(), 'hex');
    const password = Buffer.from(deriveKey(masterKey, 'embedded superuser')).toString('hex');
    const client = new Client({ host: '127.0.0.1', port: this.postmaster.port, user: 'cordboard', password, database: 'cordboard' });
    await client.connect();
    return client;
  }

  private async run(program: keyof typeof programOf, args: readonly string[]): Promise<{ code: number; told: string }> {
    const command = this.spawn(programOf[program], args);
    let told = '';
    for (const stream of [command.stdout, command.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        told += chunk.toString();
      });
    }
    const [code] = (await once(command, 'close')) as [number | null];
    return { code: code ?? 1, told };
  }

  private spawn(program: string, args: readonly string[]): ChildProcess {
    return spawn(process.execPath, [program, ...args], {
      env: { ...process.env, ...this.environment, PORT: String(this.port), CORDBOARD_DATA: this.dataFolder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}
