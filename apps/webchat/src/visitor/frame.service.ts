import { traceparentOf } from '@cordboard/service-kit';
import { type ClientFrame, type HelloFrame, limits, type SendFrame, type ServerFrame } from '@cordboard/webchat-protocol';
import { Injectable } from '@nestjs/common';
import { IngestLanes } from '../ingest/ingest-lanes';
import { MarksService } from '../marks/marks.service';
import { ThreadStore } from '../thread/thread.store';
import { TypingPublisher } from '../typing/typing.publisher';
import { WebchatConfig } from '../webchat.config';
import { KeyedBuckets } from './keyed-buckets';
import { type Peer, peerKey } from './peer';
import { refusal } from './refusal';

/** Frames other than messages a visitor may send per second over time, and at once. */
const otherFrames = { perSecond: 10, burst: 60 };

/** What each frame after hello does; the same over sockets and over HTTP. Resolves to the answer, if there is one. */
@Injectable()
export class FrameService {
  private readonly messages: KeyedBuckets;
  private readonly others = new KeyedBuckets(otherFrames.perSecond, otherFrames.burst);

  constructor(
    private readonly lanes: IngestLanes,
    private readonly marks: MarksService,
    private readonly threads: ThreadStore,
    private readonly typing: TypingPublisher,
    config: WebchatConfig,
  ) {
    this.messages = new KeyedBuckets(config.visitorMessagesPerS, config.visitorBurst);
  }

  async handle(peer: Peer, frame: Exclude<ClientFrame, HelloFrame>): Promise<ServerFrame | undefined> {
    if (frame.type === 'send') return this.send(peer, frame);
    const waitMs = this.others.take(peerKey(peer));
    if (waitMs > 0)
      return frame.type === 'history' || frame.type === 'sync' ? { type: 'busy', clientMsgId: null, retryAfterMs: waitMs } : undefined;
    const { tenantId, visitorId } = peer;
    switch (frame.type) {
      case 'ping':
        return { type: 'pong' };
      case 'typing':
        void this.typing.publish(peer, frame.typing);
        return undefined;
      case 'delivered':
      case 'read':
        this.marks.mark({ tenantId, visitorId, deliveredN: frame.upToN, readN: frame.type === 'read' ? frame.upToN : 0 });
        return undefined;
      case 'history':
        return answer(await this.threads.before(tenantId, visitorId, frame.beforeN));
      case 'sync':
        return answer(await this.threads.after(tenantId, visitorId, frame.afterN));
    }
  }

  private async send(peer: Peer, { clientMsgId, text, page, traceparent }: SendFrame): Promise<ServerFrame> {
    if (text === '' || text.length > limits.textMax) {
      return refusal('text', `A message has 1 to ${limits.textMax} characters; this one has ${text.length}.`, clientMsgId);
    }
    const waitMs = this.messages.take(peerKey(peer));
    if (waitMs > 0) return { type: 'busy', clientMsgId, retryAfterMs: waitMs };
    const { tenantId, visitorId, language } = peer;
    const outcome = await this.lanes.store({
      tenantId,
      visitorId,
      clientMsgId,
      text,
      page,
      language,
      traceparent: traceparentOf(traceparent),
    });
    switch (outcome.is) {
      case 'stored':
        return { type: 'ack', clientMsgId, ...outcome.stored };
      case 'busy':
        return { type: 'busy', clientMsgId, retryAfterMs: outcome.retryAfterMs };
      case 'refused':
        return refusal('text', 'The message holds characters that cannot be stored.', clientMsgId);
      case 'unknown-visitor':
        return refusal('token', 'This visitor is not known here any more. Say hello without a token.');
    }
  }
}

const answer = (messages: Extract<ServerFrame, { type: 'messages' }>['messages']): ServerFrame => ({
  type: 'messages',
  n: messages.at(-1)?.n ?? 0,
  messages,
});
