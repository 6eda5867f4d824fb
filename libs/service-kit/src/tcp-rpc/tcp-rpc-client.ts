import { type CallDefinition, type InputOf, OperationalError, type OutputOf, type RpcClient } from '@cordboard/rpc';
import type { Logger } from 'pino';
import { openResponse } from '../rpc-wire';
import { ServiceReplicas } from './service-replicas';

export interface TcpRpcClientOptions {
  /** By service, the part of a call's name before the dot: `host:port` of its replicas, or of a name behind which they stand. */
  peers: Readonly<Record<string, readonly string[]>>;
  log: Logger;
}

/**
 * Asks services over TCP. Connections are opened and kept from the start. A call is written once: when its connection breaks
 * before the answer, it may have happened, and rejects at once with SERVICE_AWAY; the caller repeats it with its client id.
 */
export class TcpRpcClient implements RpcClient {
  private readonly services: ReadonlyMap<string, ServiceReplicas>;

  constructor({ peers, log }: TcpRpcClientOptions) {
    this.services = new Map(Object.entries(peers).map(([service, addresses]) => [service, new ServiceReplicas(service, addresses, log)]));
  }

  async call<Definition extends CallDefinition>(
    call: Definition,
    actor: string | null,
    input: InputOf<Definition>,
    traceparent?: string,
  ): Promise<OutputOf<Definition>> {
    const replicas = this.services.get(call.name.split('.', 1).join());
    if (!replicas) throw new Error(`${call.name}: no address of this service is configured.`);
    return openResponse(call, await replicas.ask(call, { actor, input, traceparent })) as OutputOf<Definition>;
  }

  /** Rejects naming the services of which no replica is connected. */
  async ready(): Promise<void> {
    const away = [...this.services].filter(([, replicas]) => !replicas.isConnected).map(([service]) => service);
    if (away.length > 0) throw new OperationalError('SERVICE_AWAY', `No replica is connected of: ${away.join(', ')}.`);
  }

  /** Lets go of all connections; calls in hand reject. */
  async close(): Promise<void> {
    await Promise.all([...this.services.values()].map((replicas) => replicas.close()));
  }
}
