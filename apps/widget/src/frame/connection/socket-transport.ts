import { isServerFrame } from '@cordboard/webchat-protocol';
import type { OpenTransport } from './transport';

/** A WebSocket to the frame's own origin. */
export const openSocket: OpenTransport = (events) => {
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/webchat/socket`);
  let closed = false;
  const end = () => {
    if (closed) return;
    closed = true;
    events.onClose();
  };
  socket.onopen = () => events.onOpen();
  socket.onmessage = (event) => {
    const frame: unknown = JSON.parse(String(event.data));
    if (!closed && isServerFrame(frame)) events.onFrame(frame);
  };
  socket.onclose = end;
  socket.onerror = end;
  return {
    send: (frame) => socket.readyState === WebSocket.OPEN && socket.send(JSON.stringify(frame)),
    close: () => {
      socket.close();
      end();
    },
  };
};
