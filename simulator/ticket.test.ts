import { expect, test } from 'vitest';
import { newUrl, readTicket, writeTicket } from './ticket';

const real = [
  {
    ticket:
      'gQF28DwAAAAAAAAAAS5odHRwOi8vd2VpeGluLnFxLmNvbS9xLzAyeEdaZVZCcU1jX0UxMDAwMHcwM2QAAgTjUxBjAwQAAAAA',
    url: 'http://weixin.qq.com/q/02xGZeVBqMc_E10000w03d',
    createdAt: Date.parse('2022-09-01T06:40:35Z') / 1000,
    validity: 0,
  },
  {
    ticket:
      'gQGA8DwAAAAAAAAAAS5odHRwOi8vd2VpeGluLnFxLmNvbS9xLzAyd1BGS0JtUEpmdTIxUVFQSXh5Y0cAAgS0IetiAwSAUQEA',
    url: 'http://weixin.qq.com/q/02wPFKBmPJfu21QQPIxycG',
    createdAt: Date.parse('2022-08-04T01:32:36Z') / 1000,
    validity: 86_400,
  },
  {
    ticket:
      'gQG28DoAAAAAAAAAASxodHRwOi8vd2VpeGluLnFxLmNvbS9xL0FuWC1DNmZuVEhvMVp4NDNMRnNRAAIEesLvUQMECAcAAA==',
    url: 'http://weixin.qq.com/q/AnX-C6fnTHo1Zx43LFsQ',
    createdAt: 1_374_667_386,
    validity: 1_800,
  },
];

test.each(real)(
  'a published ticket reads back, and writing it gives the same bytes: $url',
  ({ ticket, ...content }) => {
    expect(readTicket(ticket)).toEqual(content);
    const [, , salt = 0] = Buffer.from(ticket, 'base64');
    expect(writeTicket(content, Buffer.from([salt, 2]))).toBe(ticket);
  },
);

test('a modern ticket is 96 characters without padding; urls have ids of 22 that start with 02', () => {
  for (const form of ['temporary', 'permanent'] as const) {
    const url = newUrl(form);
    expect(url).toMatch(/^http:\/\/weixin\.qq\.com\/q\/02[\w-]{20}$/);
    expect(writeTicket({ url, createdAt: 1_700_000_000, validity: 0 })).toMatch(/^gQ[\w-]{94}$/);
  }
  expect(newUrl('permanent')).toMatch(/10000[wgM]0\d[a-z]$/);
});

test('a ticket as of 2013 ends in ==', () => {
  const ticket = writeTicket({ url: newUrl('legacy'), createdAt: 1_700_000_000, validity: 60 });
  expect(ticket).toMatch(/^gQ[A-Za-z0-9+/]{92}==$/);
});

test.each(['', 'gQ', 'x'.repeat(96), 'gQF28DwAAAAAAAAAAS5odHRw'])('%j is no ticket', (text) => {
  expect(readTicket(text)).toBeUndefined();
});
