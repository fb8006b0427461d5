import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { answerPush } from './answer-push';

const receive = vi.fn(async (_id: string, query: unknown, body: Uint8Array | string) => ({
  status: 200 as const,
  body: `${(query as URLSearchParams).get('nonce')} ${Buffer.from(body).toString()}`,
}));
const id = '0f2d2e8a-53c5-4a0e-9d4e-2b2f0d2c9a11';
let server: Server;
let base: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (!answerPush(request, response, receive)) response.writeHead(404).end('to Next');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

it('hands on what is pushed, as it came', async () => {
  const answer = await fetch(`${base}/api/wechat/${id}?signature=s&nonce=1%202`, {
    method: 'POST',
    body: '<店/>',
  });
  expect([answer.status, await answer.text()]).toEqual([200, '1 2 <店/>']);
  expect(receive.mock.lastCall?.[0]).toBe(id);
});

it('leaves everything else to Next', async () => {
  for (const [method, path] of [
    ['GET', `/api/wechat/${id}?echostr=1`],
    ['POST', `/api/wechat/${id}/other?x=1`],
    ['POST', '/api/wechat/none?x=1'],
    ['POST', `/api/codes/${id}?x=1`],
  ] as const) {
    expect((await fetch(base + path, { method })).status).toBe(404);
  }
});

it('reads no more than a push may have', async () => {
  const before = receive.mock.calls.length;
  const send = (headers: Record<string, string | number>, chunks: number) =>
    new Promise<number>((resolve) => {
      const request = httpRequest(
        `${base}/api/wechat/${id}?nonce=1`,
        { method: 'POST', headers },
        (answer) => {
          resolve(answer.statusCode ?? 0);
          request.destroy();
        },
      );
      request.on('error', () => undefined);
      for (let i = 0; i < chunks; i++) request.write(Buffer.alloc(16_384));
      request.flushHeaders();
    });
  expect(await send({ 'content-length': 10_000_000 }, 0)).toBe(413);
  expect(await send({ 'transfer-encoding': 'chunked' }, 8)).toBe(413);
  expect(receive.mock.calls.length).toBe(before);
});
