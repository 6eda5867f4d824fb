import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { LOG, Metrics } from '@cordboard/service-kit';
import { limits } from '@cordboard/webchat-protocol';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import { FrameService } from '../visitor/frame.service';
import { networkAddress } from '../visitor/network-address';
import { VisitorService } from '../visitor/visitor.service';
import { WebchatConfig } from '../webchat.config';
import { Hub } from './hub';
import { type SocketTools, VisitorSocket } from './visitor-socket';

const socketPath = '/webchat/socket';

/** A socket that has not answered from one look to the next is dead: noticed within twice this time. */
const lookEveryMs = 20_000;
const helloWithinMs = 10_000;
const settleMs = 2_000;

/**
 * Takes the upgrades of /webchat/socket. The Origin of an upgrade is always our own (the frame's), so it is not
 * looked at; no cookie is either, a visitor is who has the token. At stop visitors are told to come back within two
 * seconds, at random, before anything else closes.
 */
@Injectable()
export class SocketServer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: limits.frameBytes, perMessageDeflate: false });
  private readonly sockets = new Set<VisitorSocket>();
  private readonly tools: SocketTools;
  private lookTimer: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly config: WebchatConfig,
    visitors: VisitorService,
    frames: FrameService,
    hub: Hub,
    metrics: Metrics,
    @Inject(LOG) log: Logger,
  ) {
    this.tools = {
      visitors,
      frames,
      hub,
      bufferBytes: config.socketBufferBytes,
      onError: (error) => log.warn({ err: error }, 'A visitor’s frame could not be handled; the visitor is told to come back'),
    };
    metrics.gauge('webchat_sockets', 'Open visitor sockets', () => this.sockets.size);
  }

  onApplicationBootstrap(): void {
    this.host.httpAdapter.getHttpServer().on('upgrade', this.upgrade);
    this.lookTimer = setInterval(() => this.look(), lookEveryMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearInterval(this.lookTimer);
    this.host.httpAdapter.getHttpServer().off('upgrade', this.upgrade);
    for (const one of this.sockets) one.dismiss(settleMs);
    await Promise.race([
      Promise.all([...this.sockets].map(({ socket }) => new Promise((closed) => socket.once('close', closed)))),
      new Promise((late) => setTimeout(late, 500).unref()),
    ]);
    for (const { socket } of this.sockets) socket.terminate();
  }

  private readonly upgrade = (request: IncomingMessage, duplex: Duplex, head: Buffer): void => {
    if (request.url?.split('?')[0] !== socketPath) refuse(duplex, '404 Not Found');
    else if (this.stopping || this.sockets.size >= this.config.maxSockets) refuse(duplex, '503 Service Unavailable\r\nRetry-After: 5');
    else this.take(request, duplex, head);
  };

  private take(request: IncomingMessage, duplex: Duplex, head: Buffer): void {
    this.server.handleUpgrade(request, duplex, head, (socket) => {
      const one = new VisitorSocket(socket, networkAddress(request, this.config.trustedProxies), this.tools);
      this.sockets.add(one);
      socket.on('close', () => this.sockets.delete(one));
    });
  }

  private look(): void {
    const now = performance.now();
    for (const one of this.sockets) {
      if (!one.alive || (!one.greeted && now - one.openedAt > helloWithinMs)) one.socket.terminate();
      else {
        one.alive = false;
        one.socket.ping();
      }
    }
  }
}

function refuse(duplex: Duplex, status: string): void {
  duplex.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
