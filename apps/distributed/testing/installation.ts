import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CordboardProcess } from '../../../tools/drive/cordboard-process';
import { Operator } from '../../../tools/drive/operator';
import { newPlace } from '../../../tools/drive/place';
import { type ProcessList, readProcessList } from '../src/process-list';

const programOf = { standalone: 'dist/standalone/main.js', distributed: 'dist/distributed/main.js', bus: 'dist/distributed/bus.js' };

type Shape = 'standalone' | 'distributed';

/** A Cordboard of its own for a spec, in many processes or in one. Built before by `npm test`. */
export class Installation extends CordboardProcess {
  protected command: readonly string[] = [];
  protected readonly startWithinMs = 90_000;
  protected readonly stopWithinMs = 60_000;

  static async open(environment: Record<string, string>, args: readonly string[], shape: Shape = 'distributed'): Promise<Installation> {
    const installation = new Installation(await newPlace('distributed'), environment);
    await installation.startAs(shape, args).catch(async (error: unknown) => {
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
    return [...this.processes, this.postmaster, this].flatMap((each) => each?.pid ?? []);
  }

  /** Starts it in a shape; rejects with what it said when it ends before it takes requests. */
  async startAs(shape: Shape, args: readonly string[] = []): Promise<void> {
    this.command = [programOf[shape], ...args];
    await this.start();
  }

  /** Instances that have published events of a service (`inbox`), or events in which a text stands. */
  async publishersOf(text: string): Promise<string[]> {
    const client = await new Operator(this).superuser();
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
    if (code !== 0) throw new Error(`The restart ended with code ${code}.\n${told}${this.lastOutput}`);
    return told;
  }

  /** Runs a command of the bus on it; resolves to what was told. */
  async bus(...args: string[]): Promise<{ code: number; told: string }> {
    return this.run('bus', args);
  }

  private async run(program: keyof typeof programOf, args: readonly string[]): Promise<{ code: number; told: string }> {
    const command = spawn(process.execPath, [programOf[program], ...args], { env: this.variables, stdio: ['ignore', 'pipe', 'pipe'] });
    let told = '';
    for (const stream of [command.stdout, command.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        told += chunk.toString();
      });
    }
    const [code] = (await once(command, 'close')) as [number | null];
    return { code: code ?? 1, told };
  }
}
