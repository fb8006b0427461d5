import { describe, expect, it } from 'vitest';
import { designDefaults } from '../print/design-schemas';
import type { DrawnPage } from './drawing';
import { type PagesPiece, provePages } from './prove-pages';
import { UnprovedError } from './prove-record';
import type { ExportFacts } from './types';

const caption = { template: '{label}', textMm: 3, maxLines: 1 };
const recipe = {
  total: 2,
  createdOn: '2026-11-24',
  drawing: { format: 'pdf', design: { ...designDefaults, caption }, logo: null },
} as const;
const factsOf = (name: string): ExportFacts => ({
  codeId: name,
  label: `Shop ${name}`,
  campaign: '',
  channel: '',
  scene: name,
  url: `http://weixin.qq.com/q/${name}`,
  expires: '',
});
const [one, two] = [factsOf('1'), factsOf('2')];

function page(changed: Partial<DrawnPage> = {}): PagesPiece & { drawn: DrawnPage[] } {
  const drawn: DrawnPage = {
    outcome: 'drawn',
    content: new Uint8Array(10),
    missingSigns: [],
    texts: [one.url, one.url, two.url],
    captions: [[one.label], [one.label], [two.label]],
    crc32: 1,
    sha256: 'ab'.repeat(32),
    ...changed,
  };
  const labels = [one, one, two].map((facts, place) => ({ place, facts }));
  return { firstPage: 4, from: 0, begun: [one, two], pages: [labels], drawn: [drawn] };
}

describe('provePages', () => {
  it('gives each code once, with the page that it begins on', () => {
    const proved = provePages(recipe, page());
    expect(proved.map(({ fileName, file }) => [fileName, file.decoded])).toEqual([
      ['qudao-2026-11-24-2-codes.pdf#page=5', one.url],
      ['qudao-2026-11-24-2-codes.pdf#page=5', two.url],
    ]);
  });

  it.each([
    ['two symbols are swapped', { texts: [one.url, two.url, one.url] }],
    ['two captions are swapped', { captions: [[one.label], [two.label], [one.label]] }],
    [
      'symbol and caption are swapped together',
      {
        texts: [one.url, two.url, one.url],
        captions: [[one.label], [two.label], [one.label]],
      },
    ],
    ['a label is missing', { texts: [one.url, one.url] }],
  ])('refuses a page on which %s', (_, changed) => {
    expect(() => provePages(recipe, page(changed))).toThrow(UnprovedError);
  });
});
