import { gql } from '@apollo/client';
import type { Sink } from 'graphql-ws';
import { createClient } from './client';
import type { LiveSocket } from './socket';

const markRead = gql`
  mutation MarkRead {
    markRead
  }
`;
const signOut = gql`
  mutation SignOut {
    signOut
  }
`;
const counts = gql`
  query Counts {
    counts
  }
`;

/** A socket that keeps what it is asked, and answers when it is told to. */
class HeldSocket {
  isOpenNow = true;
  readonly asked: { operationName?: string | null; sink: Sink }[] = [];
  private readonly closed = new Set<() => void>();

  readonly live = {
    isOpen: () => this.isOpenNow,
    subscribe: (payload: { operationName?: string | null }, sink: Sink) => {
      this.asked.push({ operationName: payload.operationName, sink });
      return () => undefined;
    },
    on: (_event: string, listener: () => void) => {
      this.closed.add(listener);
      return () => this.closed.delete(listener);
    },
    terminate: () => this.close(),
  } as unknown as LiveSocket;

  answer(data: Record<string, unknown>): void {
    this.asked.at(-1)?.sink.next({ data });
    this.asked.at(-1)?.sink.complete();
  }

  close(): void {
    this.isOpenNow = false;
    for (const listener of this.closed) listener();
  }
}

describe('what goes which way', () => {
  const before = globalThis.fetch;
  let socket: HeldSocket;
  let byHttp: string[];
  const aClient = () => createClient(socket.live, () => undefined);

  beforeEach(() => {
    socket = new HeldSocket();
    byHttp = [];
    globalThis.fetch = (async (_url: string, { body }: { body: string }) => {
      const { operationName } = JSON.parse(body);
      byHttp.push(operationName);
      const text = JSON.stringify({ data: { [operationName[0].toLowerCase() + operationName.slice(1)]: true } });
      return { ok: true, status: 200, headers: new Map([['content-type', 'application/json']]), text: async () => text };
    }) as unknown as typeof fetch;
  });
  afterEach(() => {
    globalThis.fetch = before;
    jest.useRealTimers();
  });

  it('is the socket for a command while it stands, and HTTP while it does not', async () => {
    const client = aClient();
    const answer = client.mutate({ mutation: markRead });
    await Promise.resolve();
    socket.answer({ markRead: true });
    expect((await answer).data).toEqual({ markRead: true });
    expect(byHttp).toEqual([]);
    socket.isOpenNow = false;
    expect((await client.mutate({ mutation: markRead })).data).toEqual({ markRead: true });
    expect(byHttp).toEqual(['MarkRead']);
  });

  it('is HTTP for queries and for what sets the cookie', async () => {
    const client = aClient();
    await client.mutate({ mutation: signOut });
    await client.query({ query: counts });
    expect(byHttp).toEqual(['SignOut', 'Counts']);
    expect(socket.asked).toEqual([]);
  });

  it('fails at once when the socket closes before the answer, so that the repeat finds another way', async () => {
    const client = aClient();
    const answer = client.mutate({ mutation: markRead });
    await Promise.resolve();
    expect(socket.asked).toHaveLength(1);
    socket.close();
    await expect(answer).rejects.toThrow('The connection was lost before the answer came.');
    await client.mutate({ mutation: markRead });
    expect(byHttp).toEqual(['MarkRead']);
  });

  it('gives a socket up that brings no answer in 15 s', async () => {
    jest.useFakeTimers();
    const answer = aClient().mutate({ mutation: markRead });
    const failed = expect(answer).rejects.toThrow();
    await jest.advanceTimersByTimeAsync(15_001);
    await failed;
    expect(socket.isOpenNow).toBe(false);
  });
});
