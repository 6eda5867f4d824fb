import type { ClientFrame, ServerFrame } from '@cordboard/webchat-protocol';

/** One connection to the server, however it is carried. `onClose` is called once, whoever ended it. */
export interface Transport {
  send: (frame: ClientFrame) => void;
  close: () => void;
}

export interface TransportEvents {
  onOpen: () => void;
  onFrame: (frame: ServerFrame) => void;
  onClose: () => void;
}

export type OpenTransport = (events: TransportEvents) => Transport;
