import type { ServerResponse } from 'node:http';
import { limits, type ServerFrame } from '@cordboard/webchat-protocol';
import { Body, Controller, Get, Headers, HttpCode, type OnApplicationShutdown, Post, Query, Req, Res } from '@nestjs/common';
import { z } from 'zod';
import { clientFrameSchema } from '../protocol/client-frame.schema';
import { Hub, type Listener } from '../socket/hub';
import { ThreadStore } from '../thread/thread.store';
import { FrameService } from '../visitor/frame.service';
import { networkAddress } from '../visitor/network-address';
import { type Peer, peerKey } from '../visitor/peer';
import { refusal } from '../visitor/refusal';
import { VisitorService } from '../visitor/visitor.service';
import { WebchatConfig } from '../webchat.config';

interface RawRequest {
  raw: import('node:http').IncomingMessage;
}
interface Frames {
  frames: ServerFrame[];
}

const sendBody = z.object({ tenant: z.string().max(64), frame: clientFrameSchema });
/** What comes right after the first frame goes into the same answer. */
const gatherMs = 15;

/**
 * The visitor protocol over plain HTTP, for networks without sockets. No session is kept: each request says who it
 * is from, and a poll says what it has; so any replica can answer, and a lost answer is asked for again.
 */
@Controller('webchat')
export class PollController implements OnApplicationShutdown {
  private readonly waiting = new Set<() => void>();

  constructor(
    private readonly visitors: VisitorService,
    private readonly frames: FrameService,
    private readonly threads: ThreadStore,
    private readonly hub: Hub,
    private readonly config: WebchatConfig,
  ) {}

  @Post('send')
  @HttpCode(200)
  async send(
    @Body() raw: unknown,
    @Headers('authorization') authorization: string | undefined,
    @Req() request: RawRequest,
  ): Promise<Frames> {
    const body = sendBody.safeParse(raw);
    if (!body.success) return { frames: [refusal('frame', 'This is not a frame of the visitor protocol.')] };
    const { tenant, frame } = body.data;
    if (frame.type === 'hello') {
      const greeting = await this.visitors.greet(frame, networkAddress(request.raw, this.config.trustedProxies));
      return { frames: ['refused' in greeting ? greeting.refused : greeting.welcome] };
    }
    const peer = await this.identify(tenant, authorization);
    if (!peer) return { frames: [unknownVisitor] };
    const answer = await this.frames.handle(peer, frame);
    return { frames: answer ? [answer] : [] };
  }

  @Get('poll')
  async poll(
    @Query('tenant') tenant: string,
    @Query('lastN') lastNText: string,
    @Headers('authorization') authorization: string | undefined,
    @Res({ passthrough: true }) response: { raw: ServerResponse; header: (name: string, value: string) => unknown },
  ): Promise<Frames> {
    response.header('cache-control', 'no-store');
    const lastN = z.coerce.number().int().min(0).max(2_147_483_647).safeParse(lastNText);
    const peer = await this.identify(String(tenant), authorization);
    if (!peer || !lastN.success) return { frames: [unknownVisitor] };
    const messages = await this.threads.after(peer.tenantId, peer.visitorId, lastN.data);
    if (messages.length > 0) return { frames: messages.map((message) => ({ type: 'message', message })) };
    if (this.waiting.size >= this.config.maxSockets) return { frames: [{ type: 'busy', clientMsgId: null, retryAfterMs: 5_000 }] };
    return { frames: await this.listen(peer, lastN.data, response.raw) };
  }

  onApplicationShutdown(): void {
    for (const end of this.waiting) end();
  }

  private identify(tenant: string, authorization: string | undefined): Promise<Peer | null> {
    return this.visitors.identify(tenant, authorization?.replace(/^Bearer /, '') ?? '');
  }

  /** Resolves with the first frames there are, or with none after 25 s. */
  private listen(peer: Peer, cursor: number, response: ServerResponse): Promise<ServerFrame[]> {
    return new Promise((resolve) => {
      const said: ServerFrame[] = [];
      let timer = setTimeout(() => end(), limits.pollMs);
      const { tenantId, visitorId } = peer;
      const listener: Listener = {
        tenantId,
        visitorId,
        cursor,
        known: new Set(),
        say: (frame) => {
          if (said.push(frame) > 1) return;
          clearTimeout(timer);
          timer = setTimeout(() => end(), gatherMs);
        },
      };
      const end = () => {
        clearTimeout(timer);
        this.waiting.delete(end);
        this.hub.leave(listener);
        resolve(said);
      };
      this.waiting.add(end);
      response.on('close', end);
      this.hub.join(listener);
      this.hub.threadMoved(peerKey(peer));
    });
  }
}

const unknownVisitor = refusal('token', 'This visitor is not known here. Say hello without a token.');
