import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { KafkaOptions } from '../kafka/kafka-options';
import type { PgTransport } from './pg-transport';

/** What the process is told in the variable `CONSUMER`; with `kafka` it consumes there, otherwise from the log. */
export interface ConsumerSettings {
  url: string;
  password: string;
  busPassword: string;
  kafka?: KafkaOptions;
}

/** Starts a real process with the batch and the each recorder; `failpoints` as in `CORDBOARD_FAILPOINTS`. */
export function startConsumer(transport: PgTransport, failpoints: string, kafka?: KafkaOptions): ChildProcess {
  return start('consumer-process.ts', transport, failpoints, kafka);
}

/** Starts a real process that moves the log to Kafka. */
export function startMove(transport: PgTransport, failpoints: string, kafka: KafkaOptions): ChildProcess {
  return start('move-process.ts', transport, failpoints, kafka);
}

function start(program: string, { testing }: PgTransport, failpoints: string, kafka?: KafkaOptions): ChildProcess {
  const root = join(__dirname, '../../../..');
  const settings: ConsumerSettings = {
    url: testing.url,
    password: testing.passwordOf('consumer'),
    busPassword: testing.passwordOf('bus'),
    ...(kafka ? { kafka } : {}),
  };
  const env = { ...process.env, CORDBOARD_FAILPOINTS: failpoints, CONSUMER: JSON.stringify(settings) };
  const args = ['-r', join(root, 'libs/testing/src/run-typescript.cjs'), join(__dirname, program)];
  return spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'ignore'] });
}
