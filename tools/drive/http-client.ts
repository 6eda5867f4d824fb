import { Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Requests to one port of this machine over kept connections, with a deadline and no parsing. */
export class HttpClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });

  constructor(
    private readonly port: number,
    readonly deadlineMs = 15_000,
  ) {}

  get(path: string): Promise<Answer> {
    return this.send('GET', path, {}, undefined);
  }

  postJson(path: string, headers: Record<string, string>, body: string): Promise<Answer> {
    const bytes = Buffer.from(body);
    return this.send('POST', path, { ...headers, 'content-type': 'application/json', 'content-length': String(bytes.length) }, bytes);
  }

  close(): void {
    this.agent.destroy();
  }

  private send(method: string, path: string, headers: Record<string, string>, body: Buffer | undefined): Promise<Answer> {
    return new Promise((answered, failed) => {
      const options = { host: '127.0.0.1', port: this.port, agent: this.agent, method, path, headers, timeout: this.deadlineMs };
      const outgoing = request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          answered({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString() });
        });
        response.on('error', failed);
      });
      outgoing.on('timeout', () => outgoing.destroy(new Error(`No answer from ${path} within ${this.deadlineMs} ms.`)));
      outgoing.on('error', failed);
      outgoing.end(body);
    });
  }
}
