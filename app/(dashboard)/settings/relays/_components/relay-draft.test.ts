import { expect, it } from 'vitest';
import { relaySchema } from '@/lib/relays/schemas';
import type { RelayDto } from '@/lib/relays/types';
import { toDraft, toInput } from './relay-draft';

const relay: RelayDto = {
  ...{ id: 'r', accountId: 'a', name: 'CRM', url: 'https://crm.example.com/', mode: 'safe', hasKey: true },
  ...{ takesAll: false, messageTypes: ['voice'], events: ['subscribe', 'user_get_card'] },
  ...{ scenes: ['login_*', '100-200'], answers: true, enabled: true, allowPrivate: false, createdAt: '' },
};

it('an untouched draft says what is stored, and names no secret', () => {
  const input = toInput(toDraft(relay));
  const { id: _, accountId: _a, hasKey: _h, enabled: _e, createdAt: _c, ...rules } = relay;
  expect(input).toEqual(rules);
  expect(relaySchema.safeParse(input).success).toBe(true);
});

it('reads typed events and scenes as people write them', () => {
  const typed = {
    ...toDraft(relay),
    otherEvents: 'User_Get_Card，subscribe\n card_pass_check ',
    scenes: ' a \n\na\r\nb*',
  };
  expect(toInput(typed)).toMatchObject({
    events: ['subscribe', 'user_get_card', 'card_pass_check'],
    scenes: ['a', 'b*'],
  });
});

it('drops rules that are out of sight, so that none of them is refused', () => {
  const input = toInput({ ...toDraft(relay), takesAll: true, scenes: 'a*b' });
  expect(input).toMatchObject({ messageTypes: [], events: [], scenes: [] });
  expect(relaySchema.safeParse(input).success).toBe(true);
});

it('leaves the key out in plain mode, where that system has none', () => {
  const key = 'k'.repeat(43);
  expect(toInput({ ...toDraft(relay), encodingAesKey: key })).toMatchObject({ encodingAesKey: key });
  expect(toInput({ ...toDraft(relay), encodingAesKey: key, mode: 'plain' })).not.toHaveProperty(
    'encodingAesKey',
  );
});
