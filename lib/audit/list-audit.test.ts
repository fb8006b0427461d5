import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestPeople, refusal, type TestPeople } from '../people/test-people';
import { listAudit, listAuditKinds } from './list-audit';
import { recordAudit } from './record-audit';

let people: TestPeople;
let personId = '';
beforeAll(async () => {
  people = await createTestPeople();
  personId = (await people.addPerson('marketer')).id;
  const person = people.asPerson(personId, 'marketer');
  for (let i = 1; i <= 7; i++) {
    await recordAudit(i % 2 ? person : people.system, people.db, {
      action: 'code.update',
      target: { kind: i % 2 ? 'code' : 'channel', label: `entry ${i}` },
      details: { i },
    });
  }
});
afterAll(() => people.database.close());

const labels = (page: { items: { targetLabel: string }[] }) =>
  page.items.map(({ targetLabel }) => Number(targetLabel.slice(6)));

it('goes to older entries and back, page by page', async () => {
  const first = await listAudit(people.system, { limit: 3 });
  expect([labels(first), first.newerCursor]).toEqual([[7, 6, 5], null]);
  const second = await listAudit(people.system, { limit: 3, before: first.olderCursor });
  expect(labels(second)).toEqual([4, 3, 2]);
  const third = await listAudit(people.system, { limit: 3, before: second.olderCursor });
  expect([labels(third), third.olderCursor]).toEqual([[1], null]);
  const back = await listAudit(people.system, { limit: 3, after: third.newerCursor });
  expect(labels(back)).toEqual([4, 3, 2]);
  const top = await listAudit(people.system, { limit: 3, after: back.newerCursor });
  expect([labels(top), top.newerCursor]).toEqual([[7, 6, 5], null]);
});

it('is filtered by kind and by who did it', async () => {
  expect(labels(await listAudit(people.system, { targetKind: 'channel' }))).toEqual([6, 4, 2]);
  expect(labels(await listAudit(people.system, { actorId: personId, limit: 2 }))).toEqual([7, 5]);
  expect(labels(await listAudit(people.system, { actorId: personId, targetKind: 'channel' }))).toEqual([]);
  expect(await listAuditKinds(people.system)).toEqual(['channel', 'code']);
});

it('refuses a cursor that is none, and whoever is no admin', async () => {
  expect(await refusal(listAudit(people.system, { before: '-1' }))).toBe('before: wrongFormat');
  expect(await refusal(listAudit(people.system, { limit: 201 }))).toBe('limit: tooLarge');
  const marketer = people.asPerson(personId, 'marketer');
  expect(await refusal(listAudit(marketer, { before: 'garbage' }))).toBe('FORBIDDEN');
  expect(await refusal(listAuditKinds(people.stranger))).toBe('UNAUTHENTICATED');
});
