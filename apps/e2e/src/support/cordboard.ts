import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Shape, shape } from './shape';

const root = resolve(__dirname, '../../../..');
const startDeadlineMs = 60_000;

/** A whole Cordboard of its own for one story, in the shape it is told in: a port and a data folder that go away with it. */
export class Cordboard {
  private child: ChildProcess | undefined;
  private output = '';

  private constructor(
    readonly port: number,
    readonly dataFolder: string,
    private readonly environment: Record<string, string>,
    private readonly shape: Shape,
  ) {}

  static async start(environment: Record<string, string> = {}): Promise<Cordboard> {
    const dataFolder = mkdtempSync(join(tmpdir(), 'cordboard-e2e-'));
    chmodSync(dataFolder, 0o755);
    const cordboard = new Cordboard(await freePort(), dataFolder, environment, shape());
    await cordboard.launch();
    return cordboard;
  }

  /** Where agents work. */
  get console(): string {
    return `http://localhost:${this.port}`;
  }

  /** Where the tenants' sites are: another site than the console's for the browser. */
  get sites(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Kills the process as a crash would; PostgreSQL and, where there are any, the processes of the services go with it. */
  async kill(): Promise<void> {
    const child = this.running();
    child.kill('SIGKILL');
    await once(child, 'exit');
    this.child = undefined;
  }

  /** Starts again on the same data and port. */
  async launch(): Promise<void> {
    this.output = '';
    const child = spawn(process.execPath, [...this.shape.program], {
      cwd: root,
      env: { ...process.env, ...this.shape.environment, ...this.environment, PORT: String(this.port), CORDBOARD_DATA: this.dataFolder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    await new Promise<void>((ready, failed) => {
      const timeout = setTimeout(
        () => failed(new Error(`Cordboard was not ready in ${startDeadlineMs} ms:\n${this.output}`)),
        startDeadlineMs,
      );
      const listen = (chunk: Buffer) => {
        this.output += chunk.toString();
        if (!this.output.includes('Cordboard is ready')) return;
        clearTimeout(timeout);
        ready();
      };
      child.stdout?.on('data', listen);
      child.stderr?.on('data', listen);
      child.once('exit', (code) => {
        clearTimeout(timeout);
        failed(new Error(`Cordboard ended with ${code}:\n${this.output}`));
      });
    });
  }

  /** Ends as Ctrl-C would, and keeps the data. Resolves to the exit code: 0 when everything stopped in its own time. */
  async end(): Promise<number | null> {
    if (!this.child) return null;
    this.child.kill('SIGTERM');
    const [code] = (await once(this.child, 'exit')) as [number | null];
    this.child = undefined;
    return code;
  }

  async stop(): Promise<void> {
    await this.end();
    rmSync(this.dataFolder, { recursive: true, force: true });
  }

  private running(): ChildProcess {
    if (!this.child) throw new Error('Cordboard is not running.');
    return this.child;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
