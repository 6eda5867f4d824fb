import type { ConnectMessage, ToFrame, ToLoader } from '../bridge';
import type { Launcher } from './launcher';
import { pageContext } from './page-context';
import { SiteStorage } from './site-storage';

/**
 * The loader's end of the line to the frame. When the frame's document has loaded it is given a MessagePort by a
 * message addressed to its exact origin; a document of any other origin in that place gets nothing. All further
 * talk goes through the port, which no other script of the page can hear.
 */
export class FrameLink {
  private port: MessagePort | null = null;
  private ready = false;
  private readonly storage: SiteStorage;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly origin: string,
    tenant: string,
    language: string | undefined,
    private readonly launcher: Launcher,
  ) {
    this.storage = new SiteStorage(tenant);
    const query = new URLSearchParams({ tenant });
    if (language) query.set('lang', language);
    launcher.frame.addEventListener('load', () => this.connect());
    launcher.mount(`${origin}/webchat/frame?${query}`);
  }

  whenReady(then: () => void): void {
    if (this.ready) then();
    else this.waiting.push(then);
  }

  open(): void {
    if (!this.ready) return;
    this.launcher.open();
    this.tell({ type: 'page', page: pageContext() });
    this.tell({ type: 'open' });
  }

  close(): void {
    if (!this.launcher.isOpen) return;
    this.launcher.close();
    this.tell({ type: 'close' });
  }

  private connect(): void {
    this.port?.close();
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    port1.onmessage = (event: MessageEvent<ToLoader>) => this.hear(event.data);
    const message: ConnectMessage = { cordboard: 'connect', v: 1, kept: this.storage.read() };
    this.launcher.frame.contentWindow?.postMessage(message, this.origin, [port2]);
  }

  private hear(message: ToLoader): void {
    if (message.type === 'unread') this.launcher.showUnread(message.count);
    else if (message.type === 'close') this.close();
    else if (message.type === 'keep') this.storage.write(message.name, message.value);
    else if (message.type === 'ready') {
      this.launcher.show(message.colour, message.labels);
      this.tell({ type: 'page', page: pageContext() });
      if (this.launcher.isOpen) this.tell({ type: 'open' });
      this.ready = true;
      for (const then of this.waiting.splice(0)) then();
    }
  }

  private tell(message: ToFrame): void {
    this.port?.postMessage(message);
  }
}
