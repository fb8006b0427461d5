import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openPush, type PushAccount } from './open-push';
import { encryptMessage, parseEncodingAesKey } from './push-cipher';
import { pushRefusals } from './push-error';
import { signPush } from './push-signature';

const keyText = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const key = parseEncodingAesKey(keyText) ?? new Uint8Array(32);
const account = { token: 'tok', encodingAesKey: keyText, appId: 'wx1' };
const scan =
  '<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oA]]></FromUserName><CreateTime>1</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[SCAN]]></Event><EventKey><![CDATA[7]]></EventKey></xml>';

/** A right message with a few places cut out, doubled or overwritten. */
const damaged = (source: string) =>
  fc
    .array(
      fc.record({
        at: fc.nat(source.length),
        cut: fc.nat(12),
        put: fc.oneof(
          fc.string({ unit: 'binary', maxLength: 6 }),
          fc.constantFrom(
            '<',
            '>',
            ']]>',
            '<![CDATA[',
            '<!DOCTYPE a [',
            '<!ENTITY x "y">',
            '&x;',
            '&#0;',
            '\0',
            '/>',
            '</',
            '<?',
          ),
        ),
      }),
      { maxLength: 3 },
    )
    .map((edits) =>
      edits.reduce((text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut), source),
    );

const xml = fc.oneof(
  { weight: 4, arbitrary: damaged(scan) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
);
const mode = fc.constantFrom<PushAccount['mode']>('plain', 'compat', 'safe');
const parameter = fc.option(fc.string({ maxLength: 50 }), { nil: undefined });

function expectTyped(result: ReturnType<typeof openPush>) {
  if (result.ok) expect(result.event.openid).not.toBe('');
  else expect(pushRefusals).toContain(result.reason);
}

it('answers anything that a stranger sends with a refusal', () => {
  const query = fc.record({
    signature: parameter,
    timestamp: parameter,
    nonce: parameter,
    msg_signature: parameter,
    encrypt_type: fc.constantFrom('aes', 'raw', 'AES', '', undefined),
  });
  const body = fc.oneof(xml, fc.uint8Array({ maxLength: 300 }));
  fc.assert(
    fc.property(mode, query, body, (accountMode, asked, rawBody) => {
      const result = openPush({ account: { ...account, mode: accountMode }, query: asked, rawBody });
      expect(result.ok).toBe(false);
      expectTyped(result);
    }),
    { numRuns: 5000 },
  );
});

it('answers damaged bodies under a right signature with an event or a refusal', () => {
  const [timestamp, nonce] = ['1', '2'];
  const signature = signPush(['tok', timestamp, nonce]);
  const envelope = fc.oneof(
    xml.map((message) => encryptMessage({ key, appId: 'wx1', message })),
    damaged(encryptMessage({ key, appId: 'wx1', message: scan, random: new Uint8Array(16) })),
    fc.uint8Array({ maxLength: 128 }).map((bytes) => Buffer.from(bytes).toString('base64')),
  );
  fc.assert(
    fc.property(mode, xml, envelope, fc.boolean(), (accountMode, clear, encrypted, isEncrypted) => {
      const rawBody = isEncrypted ? `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>` : clear;
      const query = {
        signature,
        timestamp,
        nonce,
        ...(isEncrypted
          ? { encrypt_type: 'aes', msg_signature: signPush(['tok', timestamp, nonce, encrypted]) }
          : {}),
      };
      const options = { now: new Date(1000) };
      expectTyped(openPush({ account: { ...account, mode: accountMode }, query, rawBody }, options));
    }),
    { numRuns: 5000 },
  );
});

it('refuses 64 KB of openings that are never closed', () => {
  const [timestamp, nonce] = ['1', '2'];
  const query = { signature: signPush(['tok', timestamp, nonce]), timestamp, nonce };
  const worst = ['<', '<a ', '<a b="', '&', '&#', '<![CDATA[', '<a>', '</a>', ' ', "<a '"];
  for (const piece of worst) {
    const rawBody = `<xml>${piece.repeat(Math.floor(65_000 / piece.length))}`;
    expect(openPush({ account: { ...account, mode: 'plain' }, query, rawBody }).ok).toBe(false);
  }
});
