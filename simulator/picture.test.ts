import jsQR from 'jsqr';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { handClock, type Rig, startRig } from './rig';

const time = handClock();
let rig: Rig;

beforeEach(async () => {
  rig = await startRig({ clock: time.clock });
  await rig.account();
});
afterEach(() => rig.close());

const show = (ticket: string) => fetch(`${rig.base}/cgi-bin/showqrcode?ticket=${ticket}`);

async function decode(response: Response): Promise<string | undefined> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([430, 430]);
  return jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data;
}

test('the picture is a JPEG of the url, sent as documented and without a token', async () => {
  const { ticket = '', url } = await rig.permanent('门店');
  const response = await show(encodeURIComponent(ticket));
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/jpg',
    'cache-control': 'max-age=604800',
    'accept-ranges': 'bytes',
  });
  expect(await decode(response)).toBe(url);
});

test('an unknown ticket is a 404', async () => {
  expect((await show('gQnone')).status).toBe(404);
  expect((await show('')).status).toBe(404);
});

test('a ticket as of 2013 must be encoded exactly once', async () => {
  await rig.account({ legacyTickets: true });
  const { ticket = '', url } = await rig.permanent(1);
  const once = encodeURIComponent(ticket);
  expect(await decode(await show(once))).toBe(url);
  expect((await show(encodeURIComponent(once))).status).toBe(404);
});

test('an expired ticket is a 404, or still a picture', async () => {
  const { ticket = '' } = await rig.temporary(1, 60);
  expect((await show(ticket)).status).toBe(200);
  time.advance(60);
  expect((await show(ticket)).status).toBe(404);
  await rig.account({ expiredPicture: 'picture' });
  expect((await show(ticket)).status).toBe(200);
});
