import 'reflect-metadata';
import { Database, serviceRole } from '@cordboard/persistence';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { KafkaBusServer } from '../kafka/kafka-bus-server';
import { LogReader } from '../log-reader';
import { PgBusServer } from '../pg-bus-server';
import { BatchRecorder, EachRecorder, Script } from './recorders';
import type { ConsumerSettings } from './start-consumer';

/** A real process for the specs that kill one; started with `CORDBOARD_FAILPOINTS`, says `ready` when it consumes. */
async function main(): Promise<void> {
  const { url, password, busPassword, kafka } = JSON.parse(process.env.CONSUMER ?? '{}') as ConsumerSettings;
  const logger = { info: () => undefined, warn: console.error, error: console.error };
  const database = new Database({ url, role: serviceRole('consumer'), password, name: 'consumer', poolSize: 4, onError: () => undefined });
  const options = { service: 'consumer', database, logger };
  const strategy = kafka
    ? new KafkaBusServer({ ...options, kafka })
    : new PgBusServer({ ...options, reader: new LogReader({ url, password: busPassword, logger }) });
  @Module({ controllers: [BatchRecorder, EachRecorder], providers: [Script] })
  class Root {}
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(Root, { strategy, logger: false });
  await app.listen();
  process.stdout.write('ready\n');
}

void main();
