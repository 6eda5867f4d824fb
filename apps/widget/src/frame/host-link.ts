import type { PageContext } from '@cordboard/webchat-protocol';
import type { ConnectMessage, ToFrame, ToLoader } from '../bridge';

export interface HostEvents {
  onConnected: (origin: string, kept: Record<string, string> | null) => void;
  onOpen: () => void;
  onClose: () => void;
  onPage: (page: PageContext) => void;
}

/**
 * The frame's end of the line to the loader. The first word must come from the embedding window itself and from an
 * origin the tenant has listed; it brings a MessagePort, and nothing but that port is listened to afterwards.
 */
export class HostLink {
  private port: MessagePort | null = null;

  constructor(sites: readonly string[], events: HostEvents) {
    addEventListener('message', (event: MessageEvent<unknown>) => {
      const port = event.ports[0];
      if (event.source !== parent || !sites.includes(event.origin) || !isConnect(event.data) || !port) return;
      this.port?.close();
      this.port = port;
      port.onmessage = (message: MessageEvent<ToFrame>) => {
        if (message.data.type === 'open') events.onOpen();
        else if (message.data.type === 'close') events.onClose();
        else events.onPage(message.data.page);
      };
      events.onConnected(event.origin, event.data.kept);
    });
  }

  tell(message: ToLoader): void {
    this.port?.postMessage(message);
  }
}

function isConnect(data: unknown): data is ConnectMessage {
  return typeof data === 'object' && data !== null && 'cordboard' in data && data.cordboard === 'connect';
}
