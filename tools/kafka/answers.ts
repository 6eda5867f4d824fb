import { connect } from 'node:net';

/** ApiVersions, version 0, of no client (https://kafka.apache.org/protocol#The_Messages_ApiVersions): length, key, version, number, no name. */
const request = Buffer.from([0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xff, 0xff]);
const limitMs = 2000;

/** Whether a broker on this machine takes requests; a port that is merely open is none. */
export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(limitMs, () => end(false));
    socket.once('data', () => end(true));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
  });
}
