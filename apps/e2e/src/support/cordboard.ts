import { CordboardProcess } from '../../../../tools/drive/cordboard-process';
import { newPlace, type Place } from '../../../../tools/drive/place';
import { type Shape, shape } from './shape';

/** A whole Cordboard of its own for one story, in the shape it is told in. */
export class Cordboard extends CordboardProcess {
  protected readonly command: readonly string[];
  protected readonly startWithinMs = 60_000;
  protected readonly stopWithinMs = 60_000;

  private constructor(place: Place, { program, environment }: Shape, more: Record<string, string>) {
    super(place, { ...environment, ...more });
    this.command = program;
  }

  static async open(environment: Record<string, string> = {}): Promise<Cordboard> {
    const cordboard = new Cordboard(await newPlace('e2e'), shape(), environment);
    await cordboard.start().catch(async (error: unknown) => {
      await cordboard.dispose();
      throw error;
    });
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
}
