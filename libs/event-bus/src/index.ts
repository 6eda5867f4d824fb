export { BusContext } from './bus-context';
export { PgBusServer, type PgBusServerOptions } from './pg-bus-server';
export { type DeadLetter, DeadLetters } from './dead-letters';
export { LogReader } from './log-reader';
export type { BusLogger } from './logger';
export { busMigrations } from './migrations';
export { busTransport, type EventOf, isEvent, OnEvent, OnEventBatch, OnTail } from './on-event';
export type { BusMetrics, BusStats, GroupStats, LogReaderOptions } from './options';
export { processedTable } from './processed-table';
