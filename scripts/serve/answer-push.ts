import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Receiver } from '../../lib/scans/receiver';
import { maxPushBytes } from '../../lib/wechat';

const pushPath = /^\/api\/wechat\/([0-9a-f-]{36})\?(.*)$/i;

const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };

/**
 * Answers a push before Next sees it, as its route (app/api/wechat) would: there, reading the body alone costs more than
 * recording the event.
 *
 * @returns false: it is none
 */
export function answerPush(
  request: IncomingMessage,
  response: ServerResponse,
  receive: Receiver['receive'],
): boolean {
  if (request.method !== 'POST') return false;
  const [, accountId, query] = pushPath.exec(request.url ?? '') ?? [];
  if (accountId === undefined || query === undefined) return false;
  const chunks: Buffer[] = [];
  let held = 0;
  const refuse = () => {
    request.removeAllListeners('data').removeAllListeners('end');
    // The rest is not read, so the connection is of no more use.
    response.writeHead(413, { ...headers, Connection: 'close' }).end('too large', () => request.destroy());
  };
  if (Number(request.headers['content-length'] ?? 0) > maxPushBytes) {
    refuse();
    return true;
  }
  request.on('data', (chunk: Buffer) => {
    held += chunk.length;
    if (held > maxPushBytes) refuse();
    else chunks.push(chunk);
  });
  request.on('end', () => {
    const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    void receive(accountId, new URLSearchParams(query), body).then(({ status, body: answer }) => {
      response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(answer) }).end(answer);
    });
  });
  return true;
}
