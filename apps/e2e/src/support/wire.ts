import type { Page, Route, WebSocketRoute } from 'playwright-core';

type Way = 'hold' | 'fail' | { answer: object };

/** Requests wait as long as the story looks: the page does not end them by itself. */
const patient = 'AbortSignal.timeout = () => new AbortController().signal;';

/** The page has given up on the request, or is closed. */
const gone = () => undefined;

/**
 * The line between one page, its frames included, and the server, so that a story can look at what stands on the screen
 * meanwhile: an operation is held until it is let go, fails as behind a dead gateway, or is answered by the story. Its
 * sockets can be kept silent or cut, and what comes for the server can be taken out on the way.
 */
export class Wire {
  private readonly ways = new Map<string, Way>();
  private readonly held: Route[] = [];
  private readonly sockets = new Set<WebSocketRoute>();
  private socketWay: 'through' | 'silent' | 'cut' = 'through';
  private take: ((frame: Record<string, unknown>) => object | null) | null = null;

  static async of(page: Page): Promise<Wire> {
    const wire = new Wire();
    await page.addInitScript({ content: patient });
    await page.route('**/graphql', (route) => wire.pass(route));
    await page.routeWebSocket(/\/(graphql|webchat\/socket)$/, (socket) => wire.open(socket));
    return wire;
  }

  /** Keeps these operations without an answer until `letGo`. */
  hold(...operations: string[]): void {
    for (const operation of operations) this.ways.set(operation, 'hold');
  }

  /** Has these operations answered by 503, the ones held so far too. */
  async fail(...operations: string[]): Promise<void> {
    for (const operation of operations) this.ways.set(operation, 'fail');
    for (const route of this.held.splice(0)) await this.pass(route);
  }

  answer(operation: string, data: object): void {
    this.ways.set(operation, { answer: { data } });
  }

  /** Everything goes through again, what was held first. */
  async letGo(): Promise<void> {
    this.ways.clear();
    for (const route of this.held.splice(0)) await this.pass(route);
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

  private async pass(route: Route): Promise<void> {
    const { operationName } = route.request().postDataJSON() as { operationName: string };
    const way = this.ways.get(operationName);
    if (way === 'hold') this.held.push(route);
    else if (way === 'fail') await route.fulfill({ status: 503 }).catch(gone);
    else if (way) await route.fulfill({ json: way.answer }).catch(gone);
    else await route.continue().catch(gone);
  }

  private open(socket: WebSocketRoute): void {
    this.sockets.add(socket);
    if (this.socketWay === 'cut') socket.onMessage(() => void socket.close());
    if (this.socketWay !== 'through') return;
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      const answer = this.take?.(JSON.parse(String(message)) as Record<string, unknown>);
      if (answer) socket.send(JSON.stringify(answer));
      else server.send(message);
    });
  }
}
