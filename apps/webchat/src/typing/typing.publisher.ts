import { newEvent, typingChanged } from '@cordboard/events';
import { Database } from '@cordboard/persistence';
import { LOG } from '@cordboard/service-kit';
import { limits } from '@cordboard/webchat-protocol';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { KeyedBuckets } from '../visitor/keyed-buckets';
import { type Peer, peerKey } from '../visitor/peer';

/** Most notices on their way to the log; typing is worth nothing when it comes late. */
const mostInHand = 20;

/** Tells the agents' side that a visitor types. Notices over the limit, or while the database is slow, are dropped. */
@Injectable()
export class TypingPublisher {
  private readonly buckets = new KeyedBuckets(2_000 / limits.typingEveryMs, 4);
  private inHand = 0;

  constructor(
    private readonly database: Database,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  async publish(peer: Peer, typing: boolean): Promise<void> {
    if (this.inHand >= mostInHand || this.buckets.take(peerKey(peer)) > 0) return;
    this.inHand++;
    try {
      await this.database.tenant(peer.tenantId, async (tx) => {
        const thread = await tx.first<{ conversation_id: string | null }>(
          'select conversation_id from thread where tenant_id = $1 and visitor_id = $2',
          [peer.tenantId, peer.visitorId],
        );
        tx.publish(
          newEvent(
            typingChanged,
            { source: 'webchat', tenantId: peer.tenantId },
            { channel: 'webchat', identity: peer.visitorId, conversationId: thread?.conversation_id ?? null, typing },
          ),
        );
      });
    } catch (error) {
      this.log.debug({ err: error }, 'A typing notice was not published');
    } finally {
      this.inHand--;
    }
  }
}
