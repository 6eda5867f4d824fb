import { randomBytes, randomUUID } from 'node:crypto';
import { type Actor, OperationalError, type RpcClient, signActor, UserError } from '@cordboard/rpc';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import pino from 'pino';
import type { Answering } from '../answer-calls';
import { traceparentOf } from '../traceparent';
import { Parlour, parlourCalls } from './parlour';

export interface Transport {
  server: (answering: Answering) => CustomTransportStrategy;
  /** Called when the server listens. */
  client: (server: CustomTransportStrategy) => { client: RpcClient; close: () => Promise<void> };
}

/** What every transport of calls keeps. */
export function rpcContract(transport: Transport): void {
  const actorKey = randomBytes(32);
  const actor: Actor = { personId: randomUUID(), name: 'Maria Kern', operatorId: randomUUID(), sessionId: randomUUID(), grants: [] };
  const parlour = new Parlour();
  const logged: string[] = [];
  const log = pino({ level: 'error' }, { write: (line: string) => void logged.push(line) });
  let client: RpcClient;
  let close: (() => Promise<void>)[];

  beforeAll(async () => {
    const server = transport.server({ actorKey, log });
    const stop = await parlour.open(server);
    const connected = transport.client(server);
    client = connected.client;
    close = [connected.close, stop];
  });
  beforeEach(() => logged.splice(0));
  afterAll(async () => {
    for (const each of close) await each();
  });

  const { greet, knock, refuse, mumble, waitBriefly, recite, overhear, nobody } = parlourCalls;
  const refusal = (call: Promise<unknown>) =>
    call.then(
      () => Promise.reject(new Error('The call was answered.')),
      (error: unknown) => error,
    );

  it('answers on behalf of the actor, with defaults filled in and the trace passed on', async () => {
    const traceparent = traceparentOf(undefined);
    const answer = await client.call(greet, await signActor(actor, actorKey), { name: 'Ana' }, traceparent);
    expect(answer).toEqual({ text: 'Good day, Ana', personId: actor.personId, traceparent });
    const withoutTrace = await client.call(greet, await signActor(actor, actorKey), { name: 'Ana', greeting: 'Ahoj' });
    expect(withoutTrace).toEqual({ text: 'Ahoj, Ana', personId: actor.personId, traceparent: null });
  });

  it('answers many calls at a time, each with its own answer, long ones among them', async () => {
    const lengths = Array.from({ length: 50 }, (_, index) => (index % 10 === 0 ? 300_000 + index : index));
    const answers = await Promise.all(lengths.map((length) => client.call(recite, null, { length })));
    expect(answers.map(({ text }) => text.length)).toEqual(lengths);
  });

  it('answers an open call without an actor', async () => {
    expect(await client.call(knock, null, {})).toEqual({ at: 'the parlour' });
  });

  it.each([
    ['no actor', () => null],
    ['an actor signed with another key', () => signActor(actor, randomBytes(32))],
    ['an actor whose minute is over', () => signActor(actor, actorKey, 0)],
    ['no token at all', () => 'Maria'],
  ])('refuses %s', async (_what, token) => {
    const error = await refusal(client.call(greet, await token(), { name: 'Ana' }));
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ code: 'NOT_SIGNED_IN' });
  });

  it('refuses input of another shape and says where', async () => {
    const error = await refusal(client.call(greet, await signActor(actor, actorKey), { name: '' }));
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ code: 'BAD_INPUT', message: expect.stringMatching(/^name: /) });
    expect(logged).toEqual([]);
  });

  it('carries errors of a person with their details', async () => {
    const error = await refusal(client.call(refuse, null, { kind: 'user' }));
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ code: 'TOO_LATE', message: 'It is too late. Come tomorrow.', details: { opensAt: 9 } });
    expect(logged).toEqual([]);
  });

  it('carries operational errors with when to try again', async () => {
    const error = await refusal(client.call(refuse, null, { kind: 'operational' }));
    expect(error).toBeInstanceOf(OperationalError);
    expect(error).toMatchObject({ code: 'CROWDED', message: 'Everybody is here.', retryAfterMs: 250 });
  });

  it('logs what nobody expected and tells the caller nothing of it', async () => {
    const error = await refusal(client.call(refuse, null, { kind: 'unexpected' }));
    expect(error).not.toBeInstanceOf(UserError);
    expect(error).not.toBeInstanceOf(OperationalError);
    expect((error as Error).message).toMatch(/^parlour\.refuse: Something went wrong/);
    expect(logged).toEqual([expect.stringContaining('The key of the parlour is 1234.')]);
  });

  it('treats an answer of another shape as unexpected', async () => {
    const error = await refusal(client.call(mumble, null, {}));
    expect((error as Error).message).toMatch(/^parlour\.mumble: Something went wrong/);
    expect(logged).toEqual([expect.stringContaining('parlour.mumble failed')]);
  });

  it('gives up at the deadline of the call', async () => {
    const startedMs = performance.now();
    const error = await refusal(client.call(waitBriefly, null, {}));
    expect(performance.now() - startedMs).toBeLessThan(1500);
    expect(error).toBeInstanceOf(OperationalError);
    expect(error).toMatchObject({ code: 'DEADLINE' });
    parlour.letGo();
  });

  it.each([
    ['nobody answers', nobody],
    ['only an event handler listens to', overhear],
  ])('says that nobody is there for a call %s', async (_what, call) => {
    const error = await refusal(client.call(call, null, {}));
    expect(error).toBeInstanceOf(OperationalError);
    expect(error).toMatchObject({ code: 'SERVICE_AWAY' });
  });
}
