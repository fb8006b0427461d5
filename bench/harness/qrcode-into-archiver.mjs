// What one would write with the libraries at hand: a loop of qrcode into archiver, stored, to a consumer. Tells its milliseconds.
import { PassThrough } from 'node:stream';
import { ZipArchive } from 'archiver';
import QRCode from 'qrcode';

const count = Number(process.argv[2]);
const url = (at) => `http://weixin.qq.com/q/02${at}`.padEnd(45, 'kzIoRzvTcBl1xKzT1u5x');
const options = { errorCorrectionLevel: 'Q', margin: 4, scale: 29, type: 'png' };
await QRCode.toBuffer(url(0), options);

const began = performance.now();
const zip = new ZipArchive({ store: true });
const consumer = new PassThrough();
zip.pipe(consumer);
consumer.resume();
for (let at = 0; at < count; at++) {
  zip.append(await QRCode.toBuffer(url(at), options), { name: `poster-${at}.png` });
}
await zip.finalize();
process.send(performance.now() - began, () => process.exit(0));
