import type { Envelope } from '@cordboard/events';
import type { Type } from '@nestjs/common';
import type { DeadLetter } from '../dead-letters';

/** A transport with a log of its own, as the conformance suite sees it. */
export interface TransportUnderTest {
  /** Starts what a process is: a Nest application with these controllers, which record their effects. */
  start(controllers: Type[], script: object): Promise<Process>;
  /** One transaction that publishes, committed. */
  publish(...events: Envelope[]): Promise<void>;
  /** A writer that has begun to write and commits when it is told to. */
  begin(): Promise<OpenTransaction>;
  /** What handlers have recorded through their transaction, in order of commit. */
  effects(group: string): Promise<Effect[]>;
  deadLetters(): Promise<DeadLetter[]>;
  replay(id: string): Promise<void>;
  skip(id: string): Promise<void>;
  /** Lets events become old and clears away what may go. */
  housekeep(): Promise<void>;
  /** How many events the transport still holds. */
  held(): Promise<number>;
  close(): Promise<void>;
}

export interface Process {
  /** As on SIGTERM. */
  stop(): Promise<void>;
  /** As on kill −9: what is not committed never will be. */
  kill(): Promise<void>;
}

export interface OpenTransaction {
  publish(...events: Envelope[]): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/** One row a handler wrote. */
export interface Effect {
  eventId: string;
  key: string;
  text: string;
}
