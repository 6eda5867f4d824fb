import { nodeFlags } from '../lib/node-flags.mjs';
import { programs } from './build-cordboard';
import { CordboardProcess } from './cordboard-process';
import { newPlace, type Place } from './place';

/** Cordboard in one process. */
export class StandaloneProcess extends CordboardProcess {
  protected readonly command: readonly string[];
  protected readonly startWithinMs = 60_000;
  protected readonly stopWithinMs = 8_000;

  private constructor(place: Place, environment: Record<string, string>, moreFlags: readonly string[]) {
    super(place, environment);
    this.command = [...nodeFlags, ...moreFlags, programs.standalone];
  }

  static async create(name: string, environment: Record<string, string>, moreFlags: readonly string[] = []): Promise<StandaloneProcess> {
    return new StandaloneProcess(await newPlace(name), environment, moreFlags);
  }

  /** Kills it −9, one process that runs every service, and starts it again with these failpoints; resolves to the number of kills when it works. */
  async rearm(_service: string, failpoints: string): Promise<number> {
    await this.kill();
    await this.start({ CORDBOARD_FAILPOINTS: failpoints });
    return 1;
  }
}
