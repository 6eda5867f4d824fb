import type { Page, Route, WebSocketRoute } from 'playwright-core';

type Way = 'hold' | 'fail' | { answer: object };

/** Requests wait as long as the story looks: the page does not end them by itself. (It gives up a socket that holds a command for 15 s.) */
const patient = 'AbortSignal.timeout = () => new AbortController().signal;';

/** An answer as a gateway gives it whose services are away. */
const away = { data: null, errors: [{ message: 'Away.', extensions: { code: 'SERVICE_AWAY', retryAfterMs: 1000 } }] };

/** Something on its way to the server, by HTTP or on a socket. */
interface Passing {
  operationName: string;
  goOn(): Promise<void> | void;
  answer(result: object): Promise<void> | void;
  fail(): Promise<void> | void;
}

/** The page has given up on the request, or is closed. */
const gone = () => undefined;

/**
 * The line between one page, its frames included, and the server, so that a story can look at what stands on the screen
 * meanwhile: an operation is held until it is let go, fails as behind a dead gateway, or is answered by the story. Its
 * sockets can be kept silent or cut, and what comes for the server can be taken out on the way.
 */
export class Wire {
  private readonly ways = new Map<string, Way>();
  private readonly held: Passing[] = [];
  private readonly sockets = new Set<WebSocketRoute>();
  private socketWay: 'through' | 'silent' | 'cut' = 'through';
  private take: ((frame: Record<string, unknown>) => object | null) | null = null;

  static async of(page: Page): Promise<Wire> {
    const wire = new Wire();
    await page.addInitScript({ content: patient });
    await page.route('**/graphql', (route) => wire.pass(onHttp(route)));
    await page.routeWebSocket(/\/(graphql|webchat\/socket)$/, (socket) => wire.open(socket));
    return wire;
  }

  /** Keeps these operations without an answer until `letGo`. */
  hold(...operations: string[]): void {
    for (const operation of operations) this.ways.set(operation, 'hold');
  }

  /** Has these operations answered as by a gateway whose services are away, the ones held so far too. */
  async fail(...operations: string[]): Promise<void> {
    for (const operation of operations) this.ways.set(operation, 'fail');
    for (const passing of this.held.splice(0)) await this.pass(passing);
  }

  answer(operation: string, data: object): void {
    this.ways.set(operation, { answer: { data } });
  }

  /** Everything goes through again, what was held first. */
  async letGo(): Promise<void> {
    this.ways.clear();
    for (const passing of this.held.splice(0)) await this.pass(passing);
  }

  /** Sockets that open from now on hear nothing. */
  silence(): void {
    this.socketWay = 'silent';
  }

  /** Ends the sockets, and each that comes after at its first word: one that never opened would be taken for blocked. */
  async cut(): Promise<void> {
    this.socketWay = 'cut';
    for (const socket of this.sockets) await socket.close();
    this.sockets.clear();
  }

  mend(): void {
    this.socketWay = 'through';
  }

  /** Answers what the page says on its socket in the server's place; null lets it through. */
  onSaid(take: (frame: Record<string, unknown>) => object | null): void {
    this.take = take;
  }

  private async pass(passing: Passing): Promise<void> {
    const way = this.ways.get(passing.operationName);
    if (way === 'hold') this.held.push(passing);
    else if (way === 'fail') await passing.fail();
    else if (way) await passing.answer(way.answer);
    else await passing.goOn();
  }

  private open(socket: WebSocketRoute): void {
    this.sockets.add(socket);
    if (this.socketWay === 'cut') socket.onMessage(() => void socket.close());
    if (this.socketWay !== 'through') return;
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      const frame = JSON.parse(String(message)) as Frame;
      const answer = this.take?.(frame);
      if (answer) socket.send(JSON.stringify(answer));
      else if (frame.type === 'subscribe') void this.pass(onSocket(socket, server, frame));
      else server.send(message);
    });
  }
}

interface Frame extends Record<string, unknown> {
  id?: string;
  payload?: { operationName?: string };
}

function onHttp(route: Route): Passing {
  const { operationName } = route.request().postDataJSON() as { operationName: string };
  return {
    operationName,
    goOn: () => route.continue().catch(gone),
    answer: (json) => route.fulfill({ json }).catch(gone),
    fail: () => route.fulfill({ status: 503 }).catch(gone),
  };
}

function onSocket(page: WebSocketRoute, server: WebSocketRoute, frame: Frame): Passing {
  const answer = (payload: object) => {
    page.send(JSON.stringify({ id: frame.id, type: 'next', payload }));
    page.send(JSON.stringify({ id: frame.id, type: 'complete' }));
  };
  return {
    operationName: frame.payload?.operationName ?? '',
    goOn: () => server.send(JSON.stringify(frame)),
    answer,
    fail: () => answer(away),
  };
}
