import type { CallDefinition, InputOf, OutputOf, RpcClient } from '@cordboard/rpc';
import {
  ClientProxy,
  type CustomTransportStrategy,
  type MessageHandler,
  type ReadPacket,
  Server,
  type WritePacket,
} from '@nestjs/microservices';
import type { Logger } from 'pino';
import { firstValueFrom, TimeoutError, timeout } from 'rxjs';
import { answerCall } from './answer-calls';
import { deadlineMissed, nobodyAnswers, openResponse, type RpcRequest } from './rpc-wire';

type Endpoint = (json: string) => Promise<string>;

/** Where the services of one process find each other. Requests and answers pass as JSON text, as between processes. */
export class RpcHub {
  private readonly endpoints = new Map<string, Endpoint>();

  serve(pattern: string, endpoint: Endpoint): void {
    this.endpoints.set(pattern, endpoint);
  }

  withdraw(pattern: string): void {
    this.endpoints.delete(pattern);
  }

  async send(pattern: string, json: string): Promise<string> {
    const endpoint = this.endpoints.get(pattern);
    if (!endpoint) throw nobodyAnswers(pattern);
    return endpoint(json);
  }
}

/** Serves the message handlers of a Nest application on a hub; event handlers are left to the bus. */
export class InProcessRpcServer extends Server implements CustomTransportStrategy {
  constructor(
    private readonly hub: RpcHub,
    private readonly actorKey: Uint8Array,
    private readonly log: Logger,
  ) {
    super();
  }

  listen(callback: () => void): void {
    const answering = { actorKey: this.actorKey, log: this.log };
    for (const [pattern, handler] of this.answering()) {
      this.hub.serve(pattern, async (json) => JSON.stringify(await answerCall(answering, pattern, handler, JSON.parse(json))));
    }
    callback();
  }

  close(): void {
    for (const [pattern] of this.answering()) this.hub.withdraw(pattern);
  }

  on(): never {
    throw new Error('The in-process transport has no connection events.');
  }

  unwrap<T>(): T {
    return this.hub as T;
  }

  private answering(): [string, MessageHandler][] {
    return [...this.messageHandlers.entries()].filter(([, handler]) => !handler.isEventHandler);
  }
}

/** Nest's client side of the hub. */
class InProcessProxy extends ClientProxy {
  constructor(private readonly hub: RpcHub) {
    super();
  }

  async connect(): Promise<void> {}
  close(): void {}

  unwrap<T>(): T {
    return this.hub as T;
  }

  protected publish(packet: ReadPacket, callback: (packet: WritePacket) => void): () => void {
    this.hub.send(String(packet.pattern), JSON.stringify(packet.data)).then(
      (json) => callback({ response: JSON.parse(json), isDisposed: true }),
      (error: unknown) => callback({ err: error, isDisposed: true }),
    );
    return () => undefined;
  }

  protected dispatchEvent<T>(): Promise<T> {
    throw new Error('Services tell by events on the bus, they only ask by calls.');
  }
}

/** Asks through a Nest client, gives up at the call's deadline and rethrows typed errors. */
export class ProxyRpcClient implements RpcClient {
  private readonly proxy: ClientProxy;

  constructor(hub: RpcHub) {
    this.proxy = new InProcessProxy(hub);
  }

  async call<Definition extends CallDefinition>(
    call: Definition,
    actor: string | null,
    input: InputOf<Definition>,
    traceparent?: string,
  ): Promise<OutputOf<Definition>> {
    const request: RpcRequest = { actor, input, traceparent };
    try {
      const raw = await firstValueFrom(this.proxy.send<unknown>(call.name, request).pipe(timeout(call.deadlineMs)));
      return openResponse(call, raw) as OutputOf<Definition>;
    } catch (error) {
      throw error instanceof TimeoutError ? deadlineMissed(call) : error;
    }
  }
}
