import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { INSTANCE, LOG, traceparentOf } from '@cordboard/service-kit';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute, GraphQLError } from 'graphql';
import { type Context, handleProtocols, makeServer, type Server, type SubscribePayload } from 'graphql-ws';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import { GatewayConfig } from '../gateway.config';
import { LiveHub } from '../live/live-hub';
import { LiveRequest } from '../live/live-request';
import { Membership } from '../live/membership';
import { clientErrors } from '../schema/client-error';
import { ContextFactory } from '../schema/context-factory';
import { logUnexpected } from '../schema/error-log.plugin';
import { isOwnOrigin, sessionToken } from '../session/http-request';
import { Sessions } from '../session/sessions';
import { closeCodes } from './close-codes';
import { Connection } from './connection';
import { Leases } from './leases';
import { prepareOperation } from './prepare-operation';
import { Sockets } from './sockets';

const pingEveryMs = 12_000;
const largestFrame = 65_536;
const mostOperations = 50;

interface Extra {
  connection: Connection;
}

/** The arguments of an operation on its way from `onSubscribe` to `subscribe` or `execute`. */
interface LiveArgs extends ExecutionArgs {
  connection: Connection;
  operationId: string;
  traceparent: string;
}

/**
 * The sockets of agents: graphql-transport-ws on /graphql. The library keeps the protocol (init, subscribe, complete); the
 * hub sends what subscriptions ask for, and mutations are answered as over HTTP. A socket is upgraded only for our own
 * pages' Origin, let in only with a session, and closed when that ends. A half-open one is noticed by two unanswered
 * pings, 24 s.
 *
 * A client that wants to read the state after subscribing sends a ping behind its subscribe messages: the pong comes
 * when they all are in place, and whatever is committed later will be pushed.
 */
@Injectable()
export class SocketServer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly upgrades = new WebSocketServer({ noServer: true, maxPayload: largestFrame, handleProtocols });
  private protocol: Server<Extra> | undefined;
  private pings: NodeJS.Timeout | undefined;

  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly schemaHost: GraphQLSchemaHost,
    private readonly sessions: Sessions,
    private readonly contexts: ContextFactory,
    private readonly hub: LiveHub,
    private readonly leases: Leases,
    private readonly sockets: Sockets,
    private readonly config: GatewayConfig,
    @Inject(INSTANCE) private readonly instance: string | null,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.protocol = makeServer<Record<string, unknown>, Extra>({
      onConnect: (context) => this.connect(context),
      onSubscribe: (context, id, payload) => this.prepare(context, id, payload),
      subscribe: (args) => this.subscribe(args as LiveArgs),
      execute: (args) => this.execute(args as LiveArgs),
      onPing: (context) => settled(context.extra.connection),
    });
    const server: NodeJS.EventEmitter = this.adapterHost.httpAdapter.getHttpServer();
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => this.upgrade(request, socket, head));
    this.pings = setInterval(() => this.sockets.ping(), pingEveryMs);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.pings);
    this.leases.dropAll();
    this.sockets.closeAll(closeCodes.restarting);
    this.upgrades.close();
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refusal = this.refusalOf(request);
    if (refusal) refuse(socket, ...refusal);
    else this.upgrades.handleUpgrade(request, socket, head, (opened) => this.opened(opened, socket, request));
  }

  private refusalOf(request: IncomingMessage): [status: number, text: string] | undefined {
    if (request.url?.split('?')[0] !== '/graphql') return [404, 'There is no socket at this address; it is at /graphql.'];
    if (!isOwnOrigin(request, this.config.trustedProxies)) return [403, 'Sockets open from our own pages only.'];
    if (this.sockets.count >= this.config.maxSockets) return [503, 'This gateway has all the sockets it can carry.'];
    return undefined;
  }

  private opened(socket: WebSocket, stream: Duplex, request: IncomingMessage): void {
    const connection = new Connection(socket, stream, sessionToken(request));
    this.sockets.add(connection);
    const closed = this.protocol?.opened(
      {
        protocol: socket.protocol,
        send: (data) => connection.send(data),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) => socket.on('message', (data) => void this.message(connection, handle(String(data)))),
      },
      { connection },
    );
    socket.on('error', (error) => this.log.debug({ err: error }, 'A socket broke'));
    socket.once('close', (code, reason) => {
      this.sockets.remove(connection);
      this.leases.release(connection);
      connection.leave();
      void closed?.(code, String(reason));
    });
  }

  private async message(connection: Connection, handled: Promise<void>): Promise<void> {
    try {
      await handled;
    } catch (error) {
      this.log.error({ err: error }, 'A message on a socket could not be handled');
      connection.close(closeCodes.broken);
    }
  }

  /**
   * What the acknowledgement carries: the instance, where there are several. False makes the library close the socket;
   * ours is closed before, with a code that says more.
   */
  private async connect({ extra: { connection } }: Context<Record<string, unknown>, Extra>): Promise<boolean | { instance: string }> {
    try {
      const session = await this.sessions.resolve(connection.token);
      if (!session) {
        connection.close(closeCodes.signedOut);
        return false;
      }
      connection.letIn(session);
      this.leases.hold(connection);
      return this.instance === null || { instance: this.instance };
    } catch (error) {
      this.log.warn({ err: error }, 'A socket could not be let in');
      connection.close(closeCodes.tryLater);
      return false;
    }
  }

  private prepare(
    { extra: { connection }, connectionParams }: Context<Record<string, unknown>, Extra>,
    operationId: string,
    payload: SubscribePayload,
  ): LiveArgs | readonly GraphQLError[] {
    const { schema } = this.schemaHost;
    const { running } = connection;
    if (running.has(operationId)) connection.close(closeCodes.sameId);
    if (running.has(operationId) || running.size >= mostOperations) {
      const message = `A socket carries at most ${mostOperations} operations at a time, each with an id of its own.`;
      return [new GraphQLError(message, { extensions: { code: 'TOO_MANY_OPERATIONS' } })];
    }
    const document = prepareOperation(schema, payload);
    if (!('kind' in document)) return document;
    running.set(operationId, null);
    const traceparent = traceparentOf(payload.extensions?.traceparent ?? connectionParams?.traceparent);
    return {
      schema,
      document,
      operationName: payload.operationName,
      variableValues: payload.variables,
      connection,
      operationId,
      traceparent,
    };
  }

  private async subscribe({ connection, operationId, ...args }: LiveArgs) {
    const { joining, running } = connection;
    const join = this.join(args, connection, operationId);
    joining.add(join);
    try {
      const joined = await join;
      if (!(joined instanceof Membership)) return joined;
      running.set(operationId, joined);
      void joined.ended.then(() => running.delete(operationId));
      return joined;
    } finally {
      joining.delete(join);
      if (!running.get(operationId)) running.delete(operationId);
    }
  }

  private async join(args: Omit<LiveArgs, 'connection' | 'operationId'>, connection: Connection, operationId: string) {
    const contextValue = this.contexts.of(connection.session, args.traceparent);
    const request = await createSourceEventStream({ ...args, contextValue });
    if (request instanceof LiveRequest) return this.hub.join(request, args, connection, operationId);
    return this.told(request as ExecutionResult, args);
  }

  /** The session is asked for as over HTTP: whoever works by the socket alone is not idle. */
  private async execute({ connection, operationId, ...args }: LiveArgs): Promise<ExecutionResult> {
    try {
      const session = await this.sessions.resolve(connection.token, args.traceparent);
      return this.told(await execute({ ...args, contextValue: this.contexts.of(session, args.traceparent) }), args);
    } catch (error) {
      const failure = error as Error;
      return this.told({ errors: [new GraphQLError(failure.message, { originalError: failure })] }, args);
    } finally {
      connection.running.delete(operationId);
    }
  }

  /** A result as its client may know it; what nobody expected is logged. */
  private told(result: ExecutionResult, { operationName, traceparent }: Pick<LiveArgs, 'operationName' | 'traceparent'>): ExecutionResult {
    if (!result.errors) return result;
    const errors = result.data === undefined ? result.errors.map(asBadInput) : result.errors;
    logUnexpected(this.log, errors, { operationName, traceparent });
    return { ...result, errors: clientErrors(errors) };
  }
}

/** Before anything is executed the library itself finds only variables that do not fit. */
function asBadInput(error: GraphQLError): GraphQLError {
  const isOurs = error.originalError && !(error.originalError instanceof GraphQLError);
  if (isOurs || error.extensions.code) return error;
  return new GraphQLError(error.message, { nodes: error.nodes, extensions: { code: 'BAD_USER_INPUT' } });
}

async function settled(connection: Connection): Promise<void> {
  await new Promise(setImmediate);
  await Promise.allSettled(connection.joining);
}

function refuse(socket: Duplex, status: number, text: string): void {
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(text)}`;
  socket.end(`${head}\r\n\r\n${text}`);
}
