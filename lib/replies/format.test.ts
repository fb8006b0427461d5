import { expect, it } from 'vitest';
import { fillReply, isBlank, splitLinks, utf8Length } from './format';

const values = { label: '门口', campaign: '{scene}', channel: '', scene: '7' };

it('fills in each variable once, and leaves what is none', () => {
  const text = '{label} {campaign}{channel} {scene} {openid} {label';
  expect(fillReply({ kind: 'text', text }, values)).toEqual({
    kind: 'text',
    text: '门口 {scene} 7 {openid} {label',
  });
  const news = { kind: 'news', title: '{label}', description: '{scene}' } as const;
  const addresses = { pictureUrl: 'https://a.example/{label}', url: 'https://a.example/{scene}' };
  expect(fillReply({ ...news, ...addresses }, values)).toEqual({
    ...{ kind: 'news', title: '门口', description: '7' },
    ...addresses,
  });
});

it('says where nothing is left to read', () => {
  const of = (text: string) => isBlank(fillReply({ kind: 'text', text }, values));
  expect([of('{channel}'), of(' {channel}\n'), of('{label}')]).toEqual([true, true, false]);
});

it('cuts what grows beyond 2,048 bytes, at a whole character', () => {
  const filled = fillReply({ kind: 'text', text: `a${'{label}'.repeat(342)}` }, values);
  const text = filled.kind === 'text' ? filled.text : '';
  expect(utf8Length(text)).toBe(2_047);
  expect(text).toMatch(/^a(门口)+$/);
});

it('knows links from what only looks like one', () => {
  const text = 'See <a href="https://a.example/">our menu</a>, a<b, <a>this</a>';
  expect(splitLinks(text)).toEqual([
    { text: 'See ', isLink: false },
    { text: 'our menu', isLink: true },
    { text: ', a<b, <a>this</a>', isLink: false },
  ]);
  expect(splitLinks('')).toEqual([]);
});
