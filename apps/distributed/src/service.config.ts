import { Env, env } from '@cordboard/service-kit';
import { z } from 'zod';
import { type Peers, parsePeers } from './peers';

const peers = z.string().transform((text, context): Peers => {
  try {
    return parsePeers(text);
  } catch (error) {
    context.addIssue((error as Error).message);
    return z.NEVER;
  }
});

/** Settings of one process of a service, or of the relay. */
export class ServiceConfig {
  @Env('CORDBOARD_SERVICE', env.text(), 'What this process is: identity, inbox, routing, webchat, gateway or relay.')
  service = '';

  @Env(
    'CORDBOARD_INSTANCE',
    z.string().regex(/^[\w.-]{1,100}$/, 'must be letters, digits, dots, dashes and underscores'),
    'Name of this process in logs, metrics and events; host name and process id without it.',
  )
  instance = '';

  @Env('HTTP_HOST', env.text(), 'Interface the process answers HTTP on: its share of the public address, /health and /metrics.')
  httpHost = '127.0.0.1';

  @Env('HTTP_PORT', env.int(1, 65_535), 'Port for HTTP.')
  httpPort = 8080;

  @Env('RPC_HOST', env.text(), 'Interface on which other services’ calls are answered; keep it inside your network.')
  rpcHost = '127.0.0.1';

  @Env('RPC_PORT', env.int(1, 65_535), 'Port for those calls.')
  rpcPort = 8081;

  @Env('CORDBOARD_PEERS', peers, 'Where the services are that this one asks: `inbox=host:port,host:port;routing=host:port`.')
  peers: Peers | undefined = undefined;

  @Env(
    'STOP_DELAY_MS',
    env.int(0, 60_000),
    'How long a process told to stop still takes requests while /health/ready already says no: what a load balancer needs to notice.',
  )
  stopDelayMs = 0;
}
