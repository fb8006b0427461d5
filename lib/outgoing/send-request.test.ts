import dns from 'node:dns/promises';
import { createServer as createTcpServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startTestServer } from '../wechat/test-server';
import { excerptOf, type OutgoingRequest, sendRequest } from './send-request';

let server: Awaited<ReturnType<typeof startTestServer>>;
beforeAll(async () => {
  server = await startTestServer(async ({ url }, response) => {
    if (url.pathname === '/redirect') response.writeHead(302, { location: '/' }).end();
    else if (url.pathname === '/long') response.end('x'.repeat(200_000));
    else if (url.pathname === '/cut') {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      await sleep(20);
      response.destroy();
    } else if (url.pathname === '/slow') {
      await sleep(400);
      response.end('late');
    } else if (url.pathname === '/drip') {
      for (let n = 0; n < 50 && !response.destroyed; n++) {
        response.write('.');
        await sleep(20);
      }
      response.end();
    } else response.writeHead(url.pathname === '/500' ? 500 : 200, { 'x-a': 'b' }).end('well');
  });
});
afterAll(() => server.close());

const send = (path: string, more: Partial<OutgoingRequest> = {}) =>
  sendRequest({ url: server.base + path, allowHttp: true, allowPrivate: true, ...more });
const port = () => new URL(server.base).port;

it('sends what it is given, and gives back what was answered, whatever the status', async () => {
  const before = server.seen.length;
  const result = await send('/500?a=1', { body: '你好', headers: { 'content-type': 'text/plain' } });
  expect(result).toMatchObject({ ok: true, answer: { status: 500, isCut: false, headers: { 'x-a': 'b' } } });
  expect(result.ok && result.answer.body.toString()).toBe('well');
  const [seen] = server.seen.slice(before);
  expect(seen).toMatchObject({ method: 'POST', body: '你好', headers: { 'content-type': 'text/plain' } });
  expect(seen?.url.search).toBe('?a=1');
});

it.each([
  '127.0.0.1',
  '2130706433',
  '0x7f.1',
  '0177.0.0.1',
  '127.1',
  'localhost',
  '[::1]',
  '[::ffff:127.0.0.1]',
])('does not call this machine as %s, unless that is allowed', async (host) => {
  const before = server.seen.length;
  const url = `http://${host}:${port()}/`;
  expect(await send('', { url, allowPrivate: false })).toEqual({ ok: false, error: 'addressRefused' });
  expect(server.seen.length).toBe(before);
});

it.each(['169.254.169.254', '[fe80::1]', '0.0.0.0', '[::ffff:a9fe:a9fe]'])('never calls %s', async (host) => {
  expect(await send('', { url: `http://${host}:${port()}/` })).toEqual({
    ok: false,
    error: 'addressRefused',
  });
});

it('judges every address of a name, and connects to what was judged though the name changes meanwhile', async () => {
  const lookup = vi.spyOn(dns, 'lookup');
  const answer = (...addresses: string[]) =>
    lookup.mockResolvedValueOnce(addresses.map((address) => ({ address, family: 4 })) as never);
  const url = `http://shop.example:${port()}/named`;
  answer('1.1.1.1', '10.0.0.1');
  expect(await send('', { url, allowPrivate: false })).toEqual({ ok: false, error: 'addressRefused' });
  answer('127.0.0.1');
  lookup.mockRejectedValue(new Error('resolved a second time'));
  expect(await send('', { url })).toMatchObject({ ok: true });
  expect(server.seen.at(-1)?.headers.host).toBe(`shop.example:${port()}`);
  expect(lookup).toHaveBeenCalledTimes(2);
  lookup.mockRestore();
});

it('follows no redirect', async () => {
  const before = server.seen.length;
  expect(await send('/redirect')).toEqual({ ok: false, error: 'redirect' });
  expect(server.seen.length).toBe(before + 1);
});

it('leaves unread what is too long', async () => {
  const result = await send('/long', { maxAnswerBytes: 1000 });
  expect(result).toMatchObject({ ok: true, answer: { isCut: true } });
  expect(result.ok && result.answer.body.length).toBe(1000);
});

it('gives up at its deadline, before the answer and in the middle of it, and when it is told to', async () => {
  expect(await send('/slow', { timeoutMs: 50 })).toEqual({ ok: false, error: 'timeout' });
  expect(await send('/drip', { timeoutMs: 100 })).toEqual({ ok: false, error: 'timeout' });
  expect(await send('/slow', { signal: AbortSignal.abort() })).toEqual({ ok: false, error: 'timeout' });
});

it('says what kept it from an answer', async () => {
  expect(await send('/cut')).toEqual({ ok: false, error: 'cut' });
  expect(await send('', { url: 'http://127.0.0.1:1/' })).toEqual({ ok: false, error: 'connectionRefused' });
  expect(await send('', { url: 'http://nowhere.invalid/' })).toEqual({ ok: false, error: 'hostUnknown' });
  expect(await send('', { url: server.base.replace('http', 'https') })).toEqual({
    ok: false,
    error: 'certificate',
  });
  expect(await send('/', { allowHttp: false })).toEqual({ ok: false, error: 'notHttps' });
  for (const url of ['ftp://example.com/', 'no url', 'http://user:word@example.com/', 'file:///etc/passwd']) {
    expect(await send('', { url })).toEqual({ ok: false, error: 'badAddress' });
  }
  const garbled = createTcpServer((socket) => void socket.end('SSH-2.0\r\n\r\n')).listen(0, '127.0.0.1');
  await new Promise((resolve) => garbled.once('listening', resolve));
  const { port: at } = garbled.address() as { port: number };
  expect(await send('', { url: `http://127.0.0.1:${at}/` })).toEqual({ ok: false, error: 'cut' });
  garbled.close();
});

it('shows the beginning of an answer on one line', () => {
  expect(excerptOf(Buffer.from('a\r\n\u202eb\u0000  c'))).toBe('a b c');
  expect(excerptOf('x'.repeat(500))).toBe(`${'x'.repeat(300)}…`);
});
