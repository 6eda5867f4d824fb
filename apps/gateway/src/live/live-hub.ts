import { LOG, Metrics } from '@cordboard/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { ExecutionArgs } from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import type { Logger } from 'pino';
import type { Session } from '../session/session';
import type { LiveRequest } from './live-request';
import { Membership } from './membership';
import { selectsField } from './selects-field';

/** Where results go. */
export interface Subscriber {
  readonly session: Session;
  /** `json` is a whole execution result; the frame around it is the socket's. */
  next(operationId: string, json: string): void;
}

export interface Member {
  subscriber: Subscriber;
  operationId: string;
  tenantIds: ReadonlySet<string>;
}

/** Subscriptions that get the same bytes: the same document and variables on the same channels. */
export interface Group {
  field: string;
  channels: readonly string[];
  args: ExecutionArgs;
  /** The document as a function, compiled once: a thousand events a second pass through it. */
  compiled: CompiledQuery;
  members: Set<Member>;
  /** Whether the document asks how far its viewer has read, which differs from person to person. */
  wantsReadCount: boolean;
}

export interface LiveEvent {
  field: string;
  channels: readonly string[];
  /** Whoever may see one of these tenants gets it. */
  tenantIds: readonly string[];
  exceptPersonId?: string;
  traceparent?: string;
  /** Made for people who have read that many customer messages. */
  payload: (readCount: number) => object;
  /** How far a person has read; missing where events have no such thing. */
  readCountOf?: (personId: string) => number;
}

/**
 * Live results for all sockets of this gateway. Subscriptions that would see the same thing form a group: an event is
 * executed and serialised once per group (and once per read mark, where the document asks for it), and the
 * bytes go to every member whose tenants allow it. The permission class is in the channel: `all` and
 * `waiting` are the same for everybody who sees the tenant, `mine:<person>` is one person's.
 *
 * Everything here is synchronous: a member joins between two events, never in the middle of one, and the events of a
 * conversation reach each socket in the order they came.
 */
@Injectable()
export class LiveHub {
  private readonly groups = new Map<string, Group>();
  private readonly byChannel = new Map<string, Set<Group>>();
  private readonly executions;
  private readonly frames;

  constructor(
    @Inject(LOG) private readonly log: Logger,
    metrics: Metrics,
  ) {
    this.executions = metrics.counter('live_executions_total', 'Times an event was executed for a group of subscriptions.', ['field']);
    this.frames = metrics.counter('live_frames_total', 'Results handed to sockets.', ['field']);
    metrics.gauge('live_subscriptions', 'Subscriptions open on this gateway.', () =>
      [...this.groups.values()].reduce((sum, group) => sum + group.members.size, 0),
    );
  }

  join(request: LiveRequest, args: ExecutionArgs, subscriber: Subscriber, operationId: string): Membership {
    const key = groupKey(request, args);
    const group = this.groups.get(key) ?? this.open(key, request, args);
    const member = { subscriber, operationId, tenantIds: request.tenantIds };
    group.members.add(member);
    return new Membership(() => this.leave(key, group, member));
  }

  /** Names of the channels somebody listens to. */
  channels(field: string): string[] {
    const prefix = `${field} `;
    return [...this.byChannel.keys()].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  }

  /** The groups an event is for, with those of their members who may see it. */
  audience(event: LiveEvent): [Group, Member[]][] {
    const groups = new Set(event.channels.flatMap((channel) => [...(this.byChannel.get(`${event.field} ${channel}`) ?? [])]));
    return [...groups]
      .map((group): [Group, Member[]] => [group, [...group.members].filter((member) => maySee(member, event))])
      .filter(([, members]) => members.length > 0);
  }

  publish(event: LiveEvent): void {
    for (const [group, members] of this.audience(event)) {
      for (const [readCount, readers] of byReadCount(group, members, event)) {
        const json = this.execute(group, event, readCount);
        for (const { subscriber, operationId } of readers) subscriber.next(operationId, json);
        this.frames.inc({ field: event.field }, readers.length);
      }
    }
  }

  private execute(group: Group, event: LiveEvent, readCount: number): string {
    this.executions.inc({ field: event.field });
    const { contextValue, variableValues } = group.args;
    const result = group.compiled.query({ [event.field]: event.payload(readCount) }, contextValue, variableValues ?? {});
    if (result instanceof Promise) throw new Error(`${event.field} has a field that is resolved later; pushed types must not.`);
    if (!('errors' in result)) return JSON.stringify({ ...result, ...extensions(event) });
    this.log.error({ errors: result.errors?.map(String), field: event.field }, 'An event does not fit the schema');
    const told = { message: 'Something went wrong on our side. It has been logged.', extensions: { code: 'INTERNAL' } };
    return JSON.stringify({ data: null, errors: [told], ...extensions(event) });
  }

  private open(key: string, request: LiveRequest, args: ExecutionArgs): Group {
    const { field, channels } = request;
    const wantsReadCount = selectsField(args.document, 'readCount');
    const group = { field, channels, args, compiled: compile(args), members: new Set<Member>(), wantsReadCount };
    this.groups.set(key, group);
    for (const channel of channels) {
      const name = `${field} ${channel}`;
      this.byChannel.set(name, (this.byChannel.get(name) ?? new Set()).add(group));
    }
    return group;
  }

  private leave(key: string, group: Group, member: Member): void {
    group.members.delete(member);
    if (group.members.size > 0 || this.groups.get(key) !== group) return;
    this.groups.delete(key);
    for (const channel of group.channels) {
      const name = `${group.field} ${channel}`;
      const groups = this.byChannel.get(name);
      groups?.delete(group);
      if (groups?.size === 0) this.byChannel.delete(name);
    }
  }
}

function compile({ schema, document, operationName }: ExecutionArgs): CompiledQuery {
  const compiled = compileQuery(schema, document, operationName ?? undefined);
  if (!isCompiledQuery(compiled)) throw new Error(`The subscription cannot be compiled: ${compiled.errors?.map(String).join('; ')}`);
  return compiled;
}

function groupKey({ field, channels }: LiveRequest, { document, operationName, variableValues }: ExecutionArgs): string {
  return JSON.stringify([field, channels, operationName ?? null, variableValues ?? {}, document.loc?.source.body]);
}

function maySee({ tenantIds, subscriber }: Member, event: LiveEvent): boolean {
  return subscriber.session.actor.personId !== event.exceptPersonId && event.tenantIds.some((id) => tenantIds.has(id));
}

function byReadCount(group: Group, members: Member[], { readCountOf }: LiveEvent): Map<number, Member[]> {
  if (!group.wantsReadCount || !readCountOf) return new Map([[0, members]]);
  const readers = new Map<number, Member[]>();
  for (const member of members) {
    const readCount = readCountOf(member.subscriber.session.actor.personId);
    readers.set(readCount, [...(readers.get(readCount) ?? []), member]);
  }
  return readers;
}

function extensions({ traceparent }: LiveEvent) {
  return traceparent ? { extensions: { traceparent } } : {};
}
