import { expect, it } from 'vitest';
import { fillReply, utf8Length } from '@/lib/replies/format';
import { replySchema } from '@/lib/replies/schemas';
import type { ReplyDto } from '@/lib/replies/types';
import { filledLength, toDraft, toInput } from './reply-draft';

const news = {
  kind: 'news',
  title: 'T',
  description: '',
  pictureUrl: 'https://a.example/p',
  url: 'https://a.example/',
} as const;
const reply: ReplyDto = {
  enabled: false,
  forNew: { kind: 'text', text: 'hi' },
  forReturning: news,
  changedAt: '',
};

it('an untouched draft says what is stored', () => {
  const { changedAt: _, ...stored } = reply;
  expect(toInput(toDraft(reply))).toEqual(stored);
  expect(toInput(toDraft({ ...reply, forReturning: null })).forReturning).toBeNull();
  expect(replySchema.safeParse(toInput(toDraft(reply))).success).toBe(true);
});

it('sends what belongs to the chosen kind alone, and no second content that was switched off', () => {
  const draft = toDraft(reply);
  const turned = { ...draft, differs: false, forNew: { ...draft.forNew, kind: 'news', title: 'x' } } as const;
  expect(toInput(turned)).toEqual({
    enabled: false,
    forNew: { kind: 'news', title: 'x', description: '', pictureUrl: '', url: '' },
    forReturning: null,
  });
});

it('counts bytes as filling does', () => {
  const values = { label: '人民广场', campaign: 'Winter', channel: '', scene: '7' };
  for (const text of ['', '欢迎 {label} {label} {channel}{scene} {other}', '{campaign}']) {
    const filled = fillReply({ kind: 'text', text }, values);
    expect(filledLength(text, values)).toBe(utf8Length(filled.kind === 'text' ? filled.text : ''));
  }
});
