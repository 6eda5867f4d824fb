import { Database, paced } from '@cordboard/persistence';
import { OperationalError, UserError } from '@cordboard/rpc';
import { Metrics } from '@cordboard/service-kit';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DatabaseError } from 'pg';
import { InboxConfig } from '../inbox.config';
import { type WriteCommand, type Written, writeMessages } from './write-messages';

interface Waiting {
  command: WriteCommand;
  resolve: (written: Written) => void;
  reject: (error: unknown) => void;
}

interface Lane {
  waiting: Waiting[];
  running: Promise<void> | undefined;
}

/** Most commands in one transaction. */
const groupSize = 100;

/**
 * Agents' messages commit in groups: what queued in a lane since its last transaction began goes into the next. A
 * conversation always has the same lane, so its messages keep the order they came in; lanes do not wait for each
 * other. A lane's queue is bounded: over it the caller is told to come again, and memory does not grow.
 *
 * A command that the database refuses for what it contains would fail its whole group; such a group is run again, one
 * command at a time. Every other failure (server gone, time-out) goes to all callers of the group: they repeat
 * with the same client id, which finds the entry if the commit went through after all.
 */
@Injectable()
export class MessageLanes implements OnApplicationShutdown {
  private readonly lanes: Lane[];

  constructor(
    private readonly database: Database,
    private readonly config: InboxConfig,
    metrics: Metrics,
  ) {
    this.lanes = Array.from({ length: config.lanes }, () => ({ waiting: [], running: undefined }));
    metrics.gauge('inbox_lane_waiting', 'Messages and notes of agents that wait for their transaction', () =>
      this.lanes.reduce((sum, lane) => sum + lane.waiting.length, 0),
    );
  }

  /** Resolves after the commit. Rejects with UserError, with OperationalError BUSY when the lane is full, or with what the database said. */
  write(command: WriteCommand): Promise<Written> {
    const lane = this.laneOf(command.conversationId);
    if (lane.waiting.length >= this.config.laneQueue) {
      return Promise.reject(
        new OperationalError('BUSY', 'More is being sent than can be written down just now. Try again in a second.', 1000),
      );
    }
    return new Promise((resolve, reject) => {
      lane.waiting.push({ command, resolve, reject });
      lane.running ??= this.drain(lane);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.running));
  }

  /** The id's last digits are random; the first are its time. */
  private laneOf(conversationId: string): Lane {
    const lane = this.lanes[Number.parseInt(conversationId.slice(-8), 16) % this.lanes.length];
    if (!lane) throw new Error(`Conversation id ${conversationId} has no lane.`);
    return lane;
  }

  private async drain(lane: Lane): Promise<void> {
    await Promise.resolve();
    while (lane.waiting.length > 0) {
      const group = lane.waiting.splice(0, groupSize);
      await paced(group.length, () => this.commit(group));
    }
    lane.running = undefined;
  }

  private async commit(group: readonly Waiting[]): Promise<void> {
    try {
      const tenantIds = [...new Set(group.map(({ command }) => command.tenantId))];
      const commands = group.map(({ command }) => command);
      const outcomes = await this.database.batch(tenantIds, (tx) => writeMessages(tx, commands));
      for (const [index, { resolve, reject }] of group.entries()) {
        const outcome = outcomes[index];
        if (outcome === undefined || outcome instanceof UserError) reject(outcome);
        else resolve(outcome);
      }
    } catch (error) {
      if (group.length > 1 && blamesContent(error)) for (const one of group) await this.commit([one]);
      else for (const { reject } of group) reject(error);
    }
  }
}

/** Classes 22 (data exception) and 23 (integrity constraint): https://www.postgresql.org/docs/18/errcodes-appendix.html */
function blamesContent(error: unknown): boolean {
  return error instanceof DatabaseError && /^2[23]/.test(error.code ?? '');
}
