import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerApi, isApiPath } from './api';
import { answerControl, type Bench } from './control';
import { BadRequest } from './errors';
import { Faults } from './faults';
import { answerPage } from './page';
import { Pusher } from './push';
import { World } from './world';

const MAX_BODY_BYTES = 1_048_576;

export type Options = {
  /** Unix ms; the system's clock unless a test brings its own. */
  clock?: () => number;
  /** Where the state is kept over a restart; nowhere when absent. */
  stateFile?: string;
};

/** The stand-in WeChat as one HTTP server on a loopback address. */
export class Simulator {
  readonly world: World;
  private readonly bench: Bench;
  private readonly server: Server;

  constructor(private readonly options: Options = {}) {
    this.world = new World(options.clock);
    this.bench = { world: this.world, faults: new Faults(), pusher: new Pusher(this.world) };
    this.server = createServer((request, response) => {
      this.handle(request, response).catch((error: unknown) => fail(error, response));
    });
    // Clients that keep connections open for a minute must not meet one that we are just closing.
    this.server.keepAliveTimeout = 75_000;
  }

  /** Takes the port first and reads the state only then, so that a second start cannot touch the first one's file. */
  async listen(port: number, host = '127.0.0.1'): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        try {
          if (this.options.stateFile) this.world.persist(this.options.stateFile);
          resolve();
        } catch (error) {
          this.server.close();
          reject(error);
        }
      });
    });
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.bench.pusher.stop();
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
    this.world.close();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isFromHere(request))
      return sendText(response, 403, 'Only programs and pages of this machine are served.');
    const method = request.method ?? 'GET';
    const target = request.url ?? '/';
    const mark = target.indexOf('?');
    const path = mark === -1 ? target : target.slice(0, mark);
    const query = new URLSearchParams(mark === -1 ? '' : target.slice(mark + 1));
    const body = await readBody(request);
    if (!body) return sendText(response, 413, 'The body is larger than 1 MB.');
    if (isApiPath(path)) {
      const ip = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
      const call = { world: this.world, path, method, query, body, ip };
      return answerApi(call, this.bench.faults, response);
    }
    if (path.startsWith('/_sim/')) {
      return sendJson(response, 200, await answerControl(this.bench, { method, path, query, body }));
    }
    if (path === '/' && (method === 'GET' || method === 'HEAD')) {
      return answerPage(this.world, query, request.headers, response);
    }
    sendText(response, 404, 'Not found.');
  }
}

/** Rebinding and foreign pages are refused: the Host must be loopback, and an Origin must be our own. */
function isFromHere({ headers }: IncomingMessage): boolean {
  const { host, origin } = headers;
  if (!host || !/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host)) return false;
  return origin === undefined || origin.toLowerCase() === `http://${host.toLowerCase()}`;
}

/** The whole body, or undefined when it is too long. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return length > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks);
}

function fail(error: unknown, response: ServerResponse): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  if (error instanceof BadRequest) {
    sendJson(response, error.status, { error: error.message });
    return;
  }
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`Stand-in WeChat: a request failed: ${reason}\n`);
  sendJson(response, 500, { error: reason });
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
  });
  response.end(body);
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
