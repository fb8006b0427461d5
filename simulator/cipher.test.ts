import { expect, test } from 'vitest';
import { open, seal, sign } from './cipher';

test.each([
  [['AAAAA', '1714036504', '1514711492'], 'f464b24fc39322e44b38aa78f5edd27bd1441696'],
  [['AAAAA', '1714037059', '486452656'], '899cf89e464efb63f54ddac96b0a0a235f53aa78'],
  [['AAAAA', '1714112445', '415670741'], '6c5c811b55cc85e0e1b54100749188c20beb3f5d'],
  [['test', '1410685589', 'test'], 'f21891de399b4e33a1a93c9a7b8a8fffb5a443ff'],
  [['789', '456', '123'], 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
  [['a', 'b', 'c'], 'a9993e364706816aba3e25717850c26c9cd0d89d'],
])('signature of %j', (parts, signature) => {
  expect(sign(...parts)).toBe(signature);
});

const key = 'A'.repeat(43);
const appId = 'wxba5fad812f8e6fb9';
const sealedEvent =
  '+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=';

test('the official sealed event opens, its padding of 19 included, and seals to the same text', () => {
  const opened = open(key, sealedEvent);
  expect(opened?.appId).toBe(appId);
  expect(JSON.parse(opened?.message ?? '')).toMatchObject({ Event: 'debug_demo' });
  expect(seal(key, appId, opened?.message ?? '', Buffer.from('a8eedb185eb2fecf'))).toBe(sealedEvent);
  expect(sign('AAAAA', '1714112445', '415670741', sealedEvent)).toBe(
    '046e02f8204d34f8ba5fa3b1db94908f3df2e9b3',
  );
});

test('the official sealed reply comes out to the letter', () => {
  const sealed = seal(key, appId, '{"demo_resp":"good luck"}', Buffer.from('707722b803182950'));
  expect(sealed).toBe(
    'ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==',
  );
  expect(sign('AAAAA', '1713424427', '415670741', sealed)).toBe('1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1');
});

test.each(['', 'AAAA', Buffer.alloc(48, 7).toString('base64')])('%j does not open', (sealed) => {
  expect(open(key, sealed)).toBeUndefined();
});
