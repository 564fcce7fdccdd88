// A program on this machine that webhooks call, and a server of the tests' own that may call it.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http';
import { Server } from './server';
import { expect, test as base } from './test';

export { expect };

/** Another address of this machine than the server's: it does not call itself. */
export const HOST = '127.0.0.2';

/** What a receiver was sent. */
export interface Heard {
  path: string;
  headers: IncomingMessage['headers'];
  body: any;
}

/** What it answers: a status with a text, or nothing at all. */
export type Answer = { status: number; text?: string; headers?: Record<string, string> } | 'silence';

export class Receiver {
  readonly heard: Heard[] = [];
  private answers = new Map<string, Answer>();
  private readonly open = new Set<ServerResponse>();

  private constructor(private readonly http: HttpServer) {
    http.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const parts: Buffer[] = [];
      request.on('data', part => parts.push(part));
      request.on('end', () => this.take(request, Buffer.concat(parts).toString('utf8'), response));
    });
  }

  static async start(): Promise<Receiver> {
    const http = createServer().listen(0, HOST);
    await once(http, 'listening');
    return new Receiver(http);
  }

  /** The address of a path, which may answer other than the rest. */
  url(path: string): string {
    const address = this.http.address();
    if (address === null || typeof address === 'string') throw new Error('the receiver is closed');
    return `http://${HOST}:${address.port}${path}`;
  }

  /** From now on calls to `path` are answered like this; with 200 and `ok` before. */
  answer(path: string, answer: Answer): void {
    this.answers.set(path, answer);
  }

  /** What came to a path. */
  at(path: string): Heard[] {
    return this.heard.filter(one => one.path === path);
  }

  async close(): Promise<void> {
    this.open.forEach(response => response.destroy());
    this.http.closeAllConnections();
    this.http.close();
    await once(this.http, 'close');
  }

  private take(request: IncomingMessage, text: string, response: ServerResponse): void {
    const path = request.url ?? '';
    this.heard.push({ path, headers: request.headers, body: JSON.parse(text) });
    const answer = this.answers.get(path) ?? { status: 200, text: 'ok' };
    if (answer === 'silence') {
      this.open.add(response);
      return;
    }
    response.writeHead(answer.status, { 'content-type': 'text/plain', ...answer.headers }).end(answer.text ?? '');
  }
}

export const test = base.extend<object, { receiver: Receiver; settings: Record<string, string> }>({
  // Files that set this by `test.use` share no server with others.
  settings: [{}, { scope: 'worker', option: true }],
  receiver: [
    async ({}, use) => {
      const receiver = await Receiver.start();
      await use(receiver);
      await receiver.close();
    },
    { scope: 'worker' },
  ],
  server: [
    async ({ settings }, use) => {
      const server = await Server.create({ STOA_EGRESS__ALLOW_NETWORKS: HOST, ...settings });
      await use(server);
      await server.end();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});
