import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { type ConversationView, type DocumentName, documents, type EntryView, type OfferView, type Refused } from './documents';
import type { Answer, HttpClient } from './http-client';
import { SocketCommands } from './socket-commands';
import { TryAgain } from './try-again';
import { pause } from './wait';

export interface AgentEvents {
  /** A frame of conversationEvents as it came, bytes as Latin-1: whoever measures looks for its marker without parsing. */
  onConversationFrame?: (frame: string) => void;
  onOffer?: (offer: OfferView, ending: string | null) => void;
  /** A socket has opened and its subscriptions are sent. */
  onOnline?: () => void;
}

interface Viewer {
  id: string;
  tenants: { id: string; slug: string; reasons: { id: string }[]; outcomes: { id: string }[] }[];
}

const pingEveryMs = 10_000;
const prefixes = new Map<DocumentName, string>();

/**
 * One agent's window without the window: a session, and one socket that comes back, which carries subscriptions and, while
 * it stands, mutations. Queries, and mutations meanwhile, go by HTTP.
 */
export class AgentClient {
  /** Which gateway the socket is at, where there are several. */
  instance: string | undefined;
  /** `http` is for who judges requests: mutations go that way even while the socket stands. */
  commandsBy: 'socket' | 'http' = 'socket';
  private cookie = '';
  private viewer: Viewer | undefined;
  private socket: WebSocket | undefined;
  private pinger: NodeJS.Timeout | undefined;
  private wanted = false;
  private attempt = 0;
  private isLetIn = false;
  private readonly commands = new SocketCommands();

  constructor(
    private readonly http: HttpClient,
    private readonly port: number,
    readonly email: string,
    readonly events: AgentEvents,
    /** As which client address it appears, so that limits per address treat it as one of many. */
    private readonly address: string,
  ) {}

  get id(): string {
    return this.me.id;
  }

  get me(): Viewer {
    if (!this.viewer) throw new Error(`${this.email} has not signed in.`);
    return this.viewer;
  }

  async signIn(password: string): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        const answer = await this.post('signIn', { input: { email: this.email, password } });
        const result = parse<{ signIn: { viewer?: Viewer; code?: string; message?: string } }>('signIn', answer).signIn;
        if (!result.viewer) throw new Error(`${this.email} cannot sign in: ${result.code} ${result.message}`);
        this.viewer = result.viewer;
        this.cookie = (answer.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');
        return;
      } catch (error) {
        if (!(error instanceof TryAgain) || attempt === 40) throw error;
        await pause(250);
      }
    }
  }

  /** One operation. Throws TryAgain when there was no usable answer. */
  async ask<Data>(name: DocumentName, variables: object): Promise<Data> {
    return parse<Data>(name, await this.post(name, variables));
  }

  /** The answer's text, for whoever only looks for one thing in it. */
  async askRaw(name: DocumentName, variables: object): Promise<string> {
    const answer = await this.post(name, variables);
    if (answer.status !== 200) throw unusable(name, answer);
    return answer.text;
  }

  /** Asks until there is an answer or time is up; what changes something carries a client id. */
  async insist<Data>(name: DocumentName, variables: object, withinMs = 30_000): Promise<Data> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      try {
        return await this.ask<Data>(name, variables);
      } catch (error) {
        if (!(error instanceof TryAgain) || performance.now() > deadline) throw error;
        await pause(100 + Math.random() * 200);
      }
    }
  }

  setAvailable(): Promise<void> {
    return this.setPresence({ status: 'AVAILABLE' });
  }

  /** Takes no more work; what is open stays. */
  setAway(): Promise<void> {
    return this.setPresence({ status: 'AWAY', reason: 'BREAK' });
  }

  /** Sends once; throws TryAgain when there was no usable answer, to be sent again with the same client id. */
  async send(tenantId: string, conversationId: string, text: string, clientId: string = randomUUID()): Promise<EntryView> {
    const input = { clientId, tenantId, conversationId, text };
    const { sendMessage } = await this.ask<{ sendMessage: { entry?: EntryView } & Partial<Refused> }>('sendMessage', { input });
    if (!sendMessage.entry) throw new Error(`A message was refused: ${sendMessage.code} ${sendMessage.message}`);
    return sendMessage.entry;
  }

  async accept(offer: OfferView, clientId: string = randomUUID()): Promise<{ conversation?: ConversationView } & Partial<Refused>> {
    const input = { clientId, tenantId: offer.tenantId, offerId: offer.id, token: offer.token };
    return (await this.insist<{ acceptOffer: { conversation?: ConversationView } & Partial<Refused> }>('acceptOffer', { input }))
      .acceptOffer;
  }

  async conversation(tenantId: string, id: string): Promise<ConversationView | null> {
    return (await this.insist<{ conversation: ConversationView | null }>('conversation', { tenantId, id })).conversation;
  }

  /** The whole timeline as a window that has never seen it would load it, oldest first. */
  async timeline(tenantId: string, conversationId: string): Promise<EntryView[]> {
    const entries = new Map<string, EntryView>();
    for (let afterRev = 0; ; ) {
      const variables = { tenantId, conversationId, afterRev, first: 500 };
      const { timeline } = await this.insist<{ timeline: { entries: EntryView[]; rev: number; hasMore: boolean } }>('timeline', variables);
      for (const entry of timeline.entries) entries.set(entry.id, entry);
      if (!timeline.hasMore) return [...entries.values()].sort((a, b) => a.seq - b.seq);
      afterRev = Math.max(...timeline.entries.map((entry) => entry.rev));
    }
  }

  /** Opens the socket and keeps it open until `disconnect` or `crash`. */
  connect(): void {
    this.wanted = true;
    const socket = new WebSocket(`ws://127.0.0.1:${this.port}/graphql`, 'graphql-transport-ws', {
      origin: `http://127.0.0.1:${this.port}`,
      headers: { cookie: this.cookie, 'x-forwarded-for': this.address },
      perMessageDeflate: false,
    });
    this.socket = socket;
    socket.on('open', () => socket.send('{"type":"connection_init","payload":{}}'));
    socket.on('message', (data: Buffer) => this.hear(socket, data));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (this.socket !== socket) return;
      clearInterval(this.pinger);
      this.isLetIn = false;
      this.commands.fail();
      if (this.wanted) setTimeout(() => this.wanted && this.connect(), this.backOff());
    });
  }

  get isOnline(): boolean {
    return this.socket?.readyState === WebSocket.OPEN && this.isLetIn;
  }

  disconnect(): void {
    this.wanted = false;
    clearInterval(this.pinger);
    this.socket?.close(1000);
  }

  /** The browser is gone without a word. */
  crash(): void {
    this.wanted = false;
    clearInterval(this.pinger);
    this.socket?.terminate();
  }

  private async setPresence(wanted: { status: string; reason?: string }): Promise<void> {
    const input = { clientId: randomUUID(), ...wanted };
    const { setPresence } = await this.insist<{ setPresence: { presence?: object } & Partial<Refused> }>('setPresence', { input });
    if (!setPresence.presence) throw new Error(`${this.email} cannot be ${wanted.status}: ${setPresence.code} ${setPresence.message}`);
  }

  private hear(socket: WebSocket, data: Buffer): void {
    const text = data.toString('latin1');
    if (text.includes('"conversationEvents"')) this.events.onConversationFrame?.(text);
    else if (text.includes('"offerEvents"')) {
      const { payload } = JSON.parse(data.toString()) as {
        payload: { data: { offerEvents: { offer: OfferView; ending: string | null } } };
      };
      this.events.onOffer?.(payload.data.offerEvents.offer, payload.data.offerEvents.ending);
    } else if (text.includes('"connection_ack"')) {
      this.instance = (JSON.parse(text) as { payload?: { instance?: string } }).payload?.instance;
      this.subscribe(socket);
    } else if (this.commands.hear(text, data)) return;
    else if (text.includes('"type":"ping"')) socket.send('{"type":"pong"}');
    else if (text.includes('"type":"error"')) throw new Error(`A subscription was refused: ${text}`);
  }

  private subscribe(socket: WebSocket): void {
    this.attempt = 0;
    this.isLetIn = true;
    const say = (id: string, query: string, variables: object) =>
      socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query, variables } }));
    say('mine', documents.conversationEvents, { scope: 'MINE' });
    say('offers', documents.offerEvents, {});
    this.pinger = setInterval(() => socket.readyState === WebSocket.OPEN && socket.send('{"type":"ping"}'), pingEveryMs);
    this.events.onOnline?.();
  }

  private backOff(): number {
    return Math.random() * Math.min(2000, 100 * 2 ** this.attempt++);
  }

  /** The window's choice: what changes something goes by the socket while there is one. */
  private post(name: DocumentName, variables: object): Promise<Answer> {
    const bySocket = this.isOnline && this.commandsBy === 'socket' && documents[name].startsWith('mutation');
    if (!bySocket || !this.socket) return this.postByHttp(name, variables);
    return this.commands.ask(this.socket, name, bodyOf(name, variables), this.http.deadlineMs);
  }

  private postByHttp(name: DocumentName, variables: object): Promise<Answer> {
    const headers = {
      cookie: this.cookie,
      'apollo-require-preflight': 'true',
      origin: `http://127.0.0.1:${this.port}`,
      'x-forwarded-for': this.address,
    };
    return this.http.postJson('/graphql', headers, bodyOf(name, variables)).catch((error: Error) => {
      throw new TryAgain(`${name}: ${error.message}`, 0, undefined);
    });
  }
}

function bodyOf(name: DocumentName, variables: object): string {
  let prefix = prefixes.get(name);
  if (!prefix) {
    prefix = `{"query":${JSON.stringify(documents[name])},"variables":`;
    prefixes.set(name, prefix);
  }
  return `${prefix}${JSON.stringify(variables)}}`;
}

function unusable(name: string, answer: Answer): TryAgain {
  return new TryAgain(
    `${name}: ${answer.status} ${answer.text.slice(0, 300)}`,
    answer.status,
    answer.headers['retry-after'] as string | undefined,
  );
}

function parse<Data>(name: string, answer: Answer): Data {
  if (answer.status >= 500 || answer.status === 429) throw unusable(name, answer);
  const { data, errors } = JSON.parse(answer.text) as { data?: Data; errors?: { message: string; extensions?: { code?: string } }[] };
  if (errors || !data) {
    const code = errors?.[0]?.extensions?.code;
    const text = `${name}: ${answer.status} ${code} ${errors?.[0]?.message ?? answer.text.slice(0, 300)}`;
    const lasting = answer.status === 400 || code === 'GRAPHQL_VALIDATION_FAILED' || code === 'UNAUTHENTICATED' || code === 'FORBIDDEN';
    throw lasting ? new Error(text) : new TryAgain(text, answer.status, undefined);
  }
  return data;
}
