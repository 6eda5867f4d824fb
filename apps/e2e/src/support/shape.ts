import { randomBytes } from 'node:crypto';

/** What of a Cordboard depends on the shape it runs in. */
export interface Shape {
  program: readonly string[];
  environment: Record<string, string>;
}

/**
 * The shape the stories are told in, by CORDBOARD_SHAPE, which Jest's project sets. Distributed, the services people's
 * sockets and clicks go to have two processes each, and the brokers of KAFKA_BROKERS are shared by all the stories.
 */
export function shape(): Shape {
  if (process.env.CORDBOARD_SHAPE !== 'distributed') return { program: ['dist/standalone/main.js'], environment: {} };
  return {
    program: ['dist/distributed/main.js', '--replicas', 'gateway=2,webchat=2'],
    environment: { KAFKA_PREFIX: `e2e-${randomBytes(4).toString('hex')}` },
  };
}
