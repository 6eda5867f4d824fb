import { Env, env } from '@cordboard/service-kit';

/** Settings of the gateway. */
export class GatewayConfig {
  @Env('CONSOLE_DIR', env.text(), 'Folder of the built console that the gateway serves at /.')
  consoleDir = 'dist/console';

  @Env(
    'TRUSTED_PROXIES',
    env.int(0, 10),
    'How many proxies of your own stand before Cordboard and append to X-Forwarded-For; 0 ignores the header.',
  )
  trustedProxies = 0;

  @Env('GATEWAY_MAX_SOCKETS', env.int(1, 100_000), 'Most sockets of agents that one gateway keeps open at a time.')
  maxSockets = 5000;
}
