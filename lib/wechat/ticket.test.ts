import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { showQrcodeUrl } from './show-qrcode';
import { readTicket } from './ticket';

const permanent =
  'gQF28DwAAAAAAAAAAS5odHRwOi8vd2VpeGluLnFxLmNvbS9xLzAyeEdaZVZCcU1jX0UxMDAwMHcwM2QAAgTjUxBjAwQAAAAA';
const temporary =
  'gQGA8DwAAAAAAAAAAS5odHRwOi8vd2VpeGluLnFxLmNvbS9xLzAyd1BGS0JtUEpmdTIxUVFQSXh5Y0cAAgS0IetiAwSAUQEA';
/** WeChat's own documentation, 2014. */
const legacy =
  'gQH47joAAAAAAAAAASxodHRwOi8vd2VpeGluLnFxLmNvbS9xL2taZ2Z3TVRtNzJXV1Brb3ZhYmJJAAIEZ23sUwMEmm3sUw==';

describe('readTicket', () => {
  it('reads published tickets', () => {
    expect(readTicket(permanent)).toEqual({
      url: 'http://weixin.qq.com/q/02xGZeVBqMc_E10000w03d',
      createdAt: new Date('2022-09-01T06:40:35Z'),
      validitySeconds: null,
    });
    expect(readTicket(temporary)).toEqual({
      url: 'http://weixin.qq.com/q/02wPFKBmPJfu21QQPIxycG',
      createdAt: new Date('2022-08-04T01:32:36Z'),
      validitySeconds: 86_400,
    });
    expect(readTicket(legacy)).toEqual({
      url: 'http://weixin.qq.com/q/kZgfwMTm72WWPkovabbI',
      createdAt: new Date('2014-08-14T08:03:51Z'),
      validitySeconds: 51,
    });
  });

  it.each([
    ['empty', ''],
    ['cut', permanent.slice(0, 60)],
    ['not base64', `${permanent.slice(0, 40)}%3D${permanent.slice(43)}`],
    ['of another beginning', `aQ${permanent.slice(2)}`],
    ['with more behind it', `${permanent}AAAA`],
    ['overlong', 'gQ'.padEnd(600, 'A')],
  ])('answers null for one that is %s', (_name, ticket) => {
    expect(readTicket(ticket)).toBeNull();
  });

  it('throws for nothing', () => {
    const bytes = fc.uint8Array({ maxLength: 90 }).map((tail) => {
      const header = Buffer.from([0x81, 1, 0, 0xf0, tail.length, 0, 0, 0, 0, 0, 0, 0]);
      return Buffer.concat([header, tail]).toString('base64');
    });
    fc.assert(
      fc.property(fc.oneof(bytes, fc.string()), (ticket) => {
        readTicket(ticket);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('showQrcodeUrl', () => {
  it('encodes the ticket once', () => {
    expect(showQrcodeUrl('https://mp.weixin.qq.com', 'a+b/c==')).toBe(
      'https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=a%2Bb%2Fc%3D%3D',
    );
    expect(new URL(showQrcodeUrl('https://mp.weixin.qq.com/', legacy)).searchParams.get('ticket')).toBe(
      legacy,
    );
  });
});
