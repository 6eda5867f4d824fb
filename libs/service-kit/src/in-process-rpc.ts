import { type CallDefinition, type InputOf, OperationalError, type OutputOf, type RpcClient, UserError, verifyActor } from '@cordboard/rpc';
import {
  ClientProxy,
  type CustomTransportStrategy,
  type MessageHandler,
  type ReadPacket,
  Server,
  type WritePacket,
} from '@nestjs/microservices';
import type { Logger } from 'pino';
import { firstValueFrom, from, TimeoutError, timeout } from 'rxjs';
import type { AnswerExtras } from './answers';
import { errorResponse, openResponse, type RpcRequest, type RpcResponse, requestSchema } from './rpc-wire';

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
    if (!endpoint) throw new OperationalError('SERVICE_AWAY', `Nobody answers ${pattern} just now. Try again in a moment.`);
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
    for (const [pattern, handler] of this.answering()) this.hub.serve(pattern, (json) => this.answer(pattern, handler, json));
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

  private async answer(pattern: string, handler: MessageHandler, json: string): Promise<string> {
    const response = await this.respond(handler, JSON.parse(json)).catch((error: unknown) => {
      if (!(error instanceof UserError)) this.log.error({ err: error, call: pattern }, `${pattern} failed`);
      return errorResponse(error);
    });
    return JSON.stringify(response);
  }

  private async respond(handler: MessageHandler, raw: unknown): Promise<RpcResponse> {
    const { call, open } = handler.extras as unknown as AnswerExtras;
    const request = requestSchema.parse(raw);
    const actor = open ? undefined : await this.actorOf(request);
    const input = call.input.safeParse(request.input);
    if (!input.success) throw new UserError('BAD_INPUT', describe(input.error.issues));
    const outcome = await handler({ actor, input: input.data, traceparent: request.traceparent });
    const data = await firstValueFrom(from(this.transformToObservable(outcome)), { defaultValue: undefined });
    return { ok: true, data: call.output.parse(data) };
  }

  private async actorOf(request: RpcRequest) {
    if (!request.actor) throw new UserError('NOT_SIGNED_IN', 'Sign in first.');
    try {
      return await verifyActor(request.actor, this.actorKey);
    } catch {
      throw new UserError('NOT_SIGNED_IN', 'Your sign-in could not be verified. Sign in again.');
    }
  }
}

function describe(issues: readonly { path: PropertyKey[]; message: string }[]): string {
  return issues.map((issue) => `${issue.path.map(String).join('.') || 'input'}: ${issue.message}`).join('; ');
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
      if (error instanceof TimeoutError) {
        throw new OperationalError('DEADLINE', `${call.name} did not answer within ${call.deadlineMs} ms. Try again.`);
      }
      throw error;
    }
  }
}
