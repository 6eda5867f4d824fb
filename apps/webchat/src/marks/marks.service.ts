import { Database } from '@cordboard/persistence';
import { LOG } from '@cordboard/service-kit';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { Hub } from '../socket/hub';
import { peerKey } from '../visitor/peer';
import { type Mark, recordMarks } from './record-marks';

/** Marks gather this long before they are written: one transaction for everybody who looked at their phone just now. */
const gatherMs = 50;
const groupSize = 500;
const againMs = 1_000;

/**
 * Gathers "delivered" and "read" of all visitors and writes them in groups. A visitor has at most one mark waiting: a
 * later one takes its place, so the list is never longer than the visitors who are here. A mark that is lost with the
 * process is sent again by the client, which learns at its next hello how far we know.
 */
@Injectable()
export class MarksService implements OnApplicationShutdown {
  private readonly waiting = new Map<string, Mark>();
  private running: Promise<void> | undefined;
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly hub: Hub,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  mark(mark: Mark): void {
    const key = peerKey(mark);
    const held = this.waiting.get(key);
    this.waiting.set(key, {
      ...mark,
      deliveredN: Math.max(mark.deliveredN, held?.deliveredN ?? 0),
      readN: Math.max(mark.readN, held?.readN ?? 0),
    });
    this.running ??= this.run();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  private async run(): Promise<void> {
    while (this.waiting.size > 0) {
      await pause(gatherMs);
      const group = [...this.waiting.entries()].slice(0, groupSize);
      for (const [key] of group) this.waiting.delete(key);
      try {
        const moved = await recordMarks(
          this.database,
          group.map(([, mark]) => mark),
        );
        for (const mark of moved) this.hub.sayTo(peerKey(mark), { type: 'marks', deliveredN: mark.deliveredN, readN: mark.readN });
      } catch (error) {
        this.log.warn({ err: error }, 'Marks of visitors could not be written; trying again');
        if (this.stopping) break;
        for (const [, mark] of group) this.mark(mark);
        await pause(againMs);
      }
    }
    this.running = undefined;
  }
}

const pause = (ms: number) => new Promise((next) => setTimeout(next, ms));
