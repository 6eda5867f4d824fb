import { type ClientFrame, isServerFrame, type ServerFrame } from '@cordboard/webchat-protocol';
import type { OpenTransport } from './transport';

/**
 * The same frames over plain HTTP, for networks that let no socket through: what the client says is posted to
 * /webchat/send and answered there; what the server has to say comes from /webchat/poll, one request after the
 * other, each held open until there is something. Neither side keeps a session: each request carries tenant,
 * token and the last number. Any failed request ends the connection; resuming is the caller's business.
 */
export const openPoll: OpenTransport = (events) => {
  const abort = new AbortController();
  let closed = false;
  let tenant = '';
  let token = '';
  let lastN = 0;
  let line = Promise.resolve();

  const end = () => {
    if (closed) return;
    closed = true;
    abort.abort();
    events.onClose();
  };

  const take = (frames: readonly ServerFrame[]) => {
    for (const frame of frames) {
      if (frame.type === 'welcome') {
        token = frame.token ?? token;
        lastN = frame.missed.at(-1)?.n ?? Math.max(lastN, 0);
        if (frame.missed.length === 0) lastN = frame.n;
        void listen();
      } else if (frame.type === 'message') lastN = Math.max(lastN, frame.message.n);
      else if (frame.type === 'ack') lastN = frame.n === lastN + 1 ? frame.n : lastN;
      if (!closed) events.onFrame(frame);
    }
  };

  const listen = async () => {
    while (!closed) {
      const answer = await request(
        `/webchat/poll?tenant=${encodeURIComponent(tenant)}&lastN=${lastN}`,
        { headers: credentials(token) },
        abort.signal,
      );
      if (!answer) return end();
      take(answer);
    }
  };

  const post = async (frame: ClientFrame) => {
    if (closed) return;
    const answer = await request(
      '/webchat/send',
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...credentials(token) },
        body: JSON.stringify({ tenant, frame }),
      },
      abort.signal,
    );
    if (answer) take(answer);
    else end();
  };

  queueMicrotask(() => !closed && events.onOpen());
  return {
    send: (frame) => {
      if (frame.type === 'hello') {
        tenant = frame.tenant;
        token = frame.token ?? '';
        lastN = frame.lastN ?? 0;
      }
      line = line.then(() => post(frame));
    },
    close: end,
  };
};

const credentials = (token: string): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {});

/** The frames of the answer, or null when there was none. */
async function request(address: string, init: RequestInit, signal: AbortSignal): Promise<ServerFrame[] | null> {
  try {
    const response = await fetch(address, { ...init, signal, cache: 'no-store', credentials: 'omit' });
    if (!response.ok) return null;
    const body: unknown = await response.json();
    const frames: unknown[] =
      typeof body === 'object' && body !== null && 'frames' in body && Array.isArray(body.frames) ? body.frames : [];
    return frames.filter(isServerFrame);
  } catch {
    return null;
  }
}
