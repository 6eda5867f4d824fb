export { BusContext } from './bus-context';
export { type DeadLetter, DeadLetters, NotDecided } from './dead-letters';
export { enterShape, type Shape } from './enter-shape';
export { KafkaBusServer, type KafkaBusServerOptions } from './kafka/kafka-bus-server';
export type { KafkaOptions } from './kafka/kafka-options';
export { KafkaRelay, type KafkaRelayOptions } from './kafka/kafka-relay';

<<<<<<< HEAD

export { type Moved, MoveRefused, moveToKafka } from './kafka/move-to-kafka';

=======

export { prepareTopics } from './kafka/prepare-topics';

>>>>>>> 1d857f450bcfdc28ef1cdb29cd7ac7ea4394db6c

export { LogReader } from './log-reader';
export type { BusLogger } from './logger';
export { busMigrations } from './migrations';
export { busTransport, type EventOf, isEvent, OnEvent, OnEventBatch, OnTail } from './on-event';
export type { BusMetrics, BusStats, GroupStats, LogReaderOptions } from './options';
export { PgBusServer, type PgBusServerOptions } from './pg-bus-server';
export { processedTable } from './processed-table';
