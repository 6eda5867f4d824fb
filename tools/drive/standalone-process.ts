import { programs } from './build-cordboard';
import { CordboardProcess } from './cordboard-process';
import { newPlace } from './place';

/** Cordboard in one process. */
export class StandaloneProcess extends CordboardProcess {
  protected readonly command = [programs.standalone];
  protected readonly startWithinMs = 60_000;
  protected readonly stopWithinMs = 8_000;

  static async create(name: string, environment: Record<string, string>, nodeFlags: readonly string[] = []): Promise<StandaloneProcess> {
    return new StandaloneProcess(await newPlace(name), environment, nodeFlags);
  }

  /** One process runs every service. */
  async rearm(_service: string, failpoints: string): Promise<number> {
    await this.kill();
    await this.start({ CORDBOARD_FAILPOINTS: failpoints });
    return 1;
  }
}
