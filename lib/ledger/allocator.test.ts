import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { declareExternal } from '@/lib/accounts/declare-external';
import { undoExternalImport } from '@/lib/accounts/undo-external-import';
import { type Context, systemClock } from '@/lib/context';
import { createTestDatabase, testedDatabase } from '@/lib/db/test-database';
import { isAppError } from '@/lib/errors';
import {
  archiveScene,
  closeTenure,
  holdLedger,
  markScenesIssued,
  markScenesSent,
  openTenures,
  releaseScenes,
  reviveScene,
  unmarkScenesSent,
} from './move-scenes';
import { reserveGiven, reserveNextIntegers } from './reserve-scenes';

let database: Awaited<ReturnType<typeof createTestDatabase>>;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** Small enough that commands meet each other, and with a hole in the middle. */
const ownRanges = [
  [1, 12],
  [20, 30],
] as const;
const cap = 30;

type Held = {
  state: 'reserved' | 'issued' | 'archived' | 'external';
  sent: boolean;
  kind: string;
  id: bigint;
  /** The code that holds it now; null for an external scene that is none. */
  holder: string | null;
  /** Of an external scene: the import that it hangs on. */
  importId: string | null;
};

type Said = { id: string; scenes: Set<string> };

type Command =
  | { do: 'next'; count: number }
  | { do: 'given'; scene: number; asString: boolean }
  | { do: 'external'; from: number; to: number; strs: number[] }
  | { do: 'undo'; pick: number }
  | { do: 'pools'; shared: boolean }
  | { do: 'temporary'; scene: number }
  | { do: 'release' | 'send' | 'unsend' | 'issue' | 'archive' | 'reuse' | 'adopt'; pick: number };

const scene = fc.integer({ min: 1, max: 32 });
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('next' as const), count: fc.integer({ min: 1, max: 6 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('given' as const), scene, asString: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc
      .record({ a: scene, length: fc.integer({ min: 0, max: 4 }), strs: fc.array(scene, { maxLength: 2 }) })
      .map(({ a, length, strs }) => ({
        do: 'external' as const,
        from: a,
        to: Math.min(32, a + length),
        strs,
      })),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), pick: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pools' as const), shared: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('temporary' as const), scene }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'release' as const,
        'send' as const,
        'unsend' as const,
        'issue' as const,
        'archive' as const,
        'reuse' as const,
        'adopt' as const,
      ),
      pick: fc.nat(),
    }),
  },
);

/** The ledger as anybody would write it: a table of who holds which digits, and nothing kept beside it. */
class Model {
  /** By kind and scene. */
  readonly held = new Map<string, Held>();
  readonly living = new Set<number>();
  /** What was said of other systems, in order, while it stands. */
  imports: Said[] = [];
  shared = true;

  spent(kind?: string): number {
    return [...this.held.values()].filter((held) => kind === undefined || held.kind === kind).length;
  }

  remaining(kind: string): number {
    return Math.max(0, cap - this.spent(this.shared ? undefined : kind));
  }

  holds(digits: number | string): boolean {
    return this.held.has(`integer ${digits}`) || this.held.has(`string ${digits}`);
  }

  freeOwn(): number[] {
    const ids = ownRanges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
    return ids.filter((id) => !this.holds(id) && !this.living.has(id));
  }

  gaps(): [number, number][] {
    const gaps: [number, number][] = [];
    for (let id = 1; id <= 33; id++) {
      if (this.holds(id)) continue;
      const last = gaps.at(-1);
      if (last?.[1] === id - 1) last[1] = id;
      else gaps.push([id, id]);
    }
    const last = gaps.at(-1);
    if (last) last[1] = 100_000;
    return gaps;
  }
}

function codeOf(error: unknown): string {
  if (isAppError(error)) return error.code;
  throw error;
}

async function obey(accountId: string, model: Model, step: Command): Promise<void> {
  const db = database.prisma;
  if (step.do === 'next') {
    const remaining = model.remaining('integer');
    const wanted = model.freeOwn().slice(0, step.count);
    const isPossible = step.count <= remaining && wanted.length === step.count;
    const got = await db
      .$transaction((tx) => reserveNextIntegers(tx, accountId, step.count, campaignOf(accountId)))
      .catch(codeOf);
    if (!isPossible) return expect(got).toBe('SCENE_CAP_REACHED');
    if (typeof got === 'string') throw new Error(got);
    expect(got.map(({ scene: text }) => Number(text))).toEqual(wanted);
    for (const each of got) {
      model.held.set(`integer ${each.scene}`, {
        ...{ state: 'reserved', sent: false, kind: 'integer' },
        ...{ id: each.permanentSceneId, holder: await addCode(accountId, 'integer', each), importId: null },
      });
    }
    return;
  }
  if (step.do === 'given') {
    const wanted = step.asString ? { str: String(step.scene) } : { id: step.scene };
    const kind = step.asString ? 'string' : 'integer';
    const isOurs = step.asString || ownRanges.some(([from, to]) => from <= step.scene && step.scene <= to);
    const got = await db
      .$transaction((tx) => reserveGiven(tx, accountId, wanted, campaignOf(accountId)))
      .catch(codeOf);
    if (!isOurs) return expect(got).toBe('SCENE_NOT_OURS');
    if (model.remaining(kind) === 0) return expect(got).toBe('SCENE_CAP_REACHED');
    if (model.holds(step.scene) || model.living.has(step.scene)) return expect(got).toBe('SCENE_TAKEN');
    if (typeof got === 'string') throw new Error(got);
    model.held.set(`${kind} ${step.scene}`, {
      state: 'reserved',
      sent: false,
      kind,
      id: got.permanentSceneId,
      holder: await addCode(accountId, kind, got),
      importId: null,
    });
    return;
  }
  if (step.do === 'external') {
    const strs = [...new Set(step.strs.map(String))];
    const said = [
      ...Array.from({ length: step.to - step.from + 1 }, (_, n) => `integer ${step.from + n}`),
      ...strs.map((str) => `string ${str}`),
    ];
    const input = { ranges: [[step.from, step.to] as [number, number]], strs };
    const { importId, added, known } = await declareExternal(system(), accountId, input);
    const fresh = said.filter((key) => !model.held.has(key));
    expect([added, known]).toEqual([fresh.length, said.length - fresh.length]);
    for (const key of fresh) {
      const [kind = '', digits = ''] = key.split(' ');
      const { id } = await db.permanentScene.findFirstOrThrow({
        where: { accountId, kind: kind as 'integer', scene: digits },
        select: { id: true },
      });
      model.held.set(key, { state: 'external', sent: false, kind, id, holder: null, importId });
    }
    model.imports.push({ id: importId, scenes: new Set(said) });
    return;
  }
  if (step.do === 'undo') {
    const said = model.imports[step.pick % Math.max(1, model.imports.length)];
    if (!said) return;
    const own = [...model.held].filter(([, { importId }]) => importId === said.id);
    const isBuiltOn = own.some(([, { state }]) => state !== 'external');
    const outcome = await undoExternalImport(system(), accountId, said.id).then(() => null, codeOf);
    expect(outcome).toBe(isBuiltOn ? 'IMPORT_BUILT_ON' : null);
    if (isBuiltOn) return;
    model.imports = model.imports.filter((each) => each !== said);
    for (const [key, held] of own) {
      const heir = model.imports.findLast(({ scenes }) => scenes.has(key));
      if (heir) held.importId = heir.id;
      else model.held.delete(key);
    }
    // Undeclared again, where nothing else was said: the next command is about the ledger all the same.
    await db.officialAccount.update({ where: { id: accountId }, data: { externalDeclaredAt: new Date() } });
    return;
  }
  if (step.do === 'pools') {
    await db.permanentLedger.update({ where: { accountId }, data: { sharesPool: step.shared } });
    model.shared = step.shared;
    return;
  }
  if (step.do === 'temporary') {
    const isHeld = model.holds(step.scene) || model.living.has(step.scene);
    const made = db.code.create({
      data: {
        ...{ accountId, kind: 'temporary', sceneKind: 'integer', scene: String(step.scene), isLiving: true },
        ...{ label: 'x', expireSeconds: 60 },
      },
    });
    const isMade = await made.then(
      () => true,
      () => false,
    );
    expect(isMade).toBe(!isHeld);
    if (isMade) model.living.add(step.scene);
    return;
  }
  const all = [...model.held.entries()];
  const [key, held] = all[step.pick % Math.max(1, all.length)] ?? [];
  if (key === undefined || held === undefined) return;
  if (step.do === 'adopt') {
    // A code that another system has made becomes one of ours; a twin stays what it is.
    if (held.state !== 'external') return;
    await db.permanentScene.update({ where: { id: held.id }, data: { state: 'issued', sentAt: new Date() } });
    held.state = 'issued';
    held.sent = true;
    held.holder = await addCode(accountId, held.kind, {
      permanentSceneId: held.id,
      scene: key.split(' ')[1] ?? '',
    });
    return;
  }
  if (held.state === 'external') return;
  const ids = [held.id];
  switch (step.do) {
    case 'send':
      await db.$transaction((tx) => markScenesSent(tx, ids));
      held.sent = true;
      return;
    case 'unsend':
      await db.$transaction((tx) => unmarkScenesSent(tx, ids));
      if (held.state === 'reserved') held.sent = false;
      return;
    case 'issue':
      if (!held.sent) return;
      await db.$transaction((tx) => markScenesIssued(tx, ids));
      if (held.state === 'reserved') held.state = 'issued';
      return;
    case 'archive': {
      const isPossible = held.sent && held.state !== 'archived';
      const outcome = await db.$transaction((tx) => archiveScene(tx, held.id)).catch(codeOf);
      expect(outcome).toBe(isPossible ? undefined : 'CONFLICT');
      if (isPossible) {
        held.state = 'archived';
        const archivedAt = new Date(Date.now() - 1000);
        await db.code.update({ where: { id: held.holder ?? '' }, data: { archivedAt } });
      }
      return;
    }
    case 'reuse': {
      const isPossible = held.state === 'archived';
      const outcome = await db
        .$transaction(async (tx) => {
          await holdLedger(tx, accountId);
          const scene = key.split(' ')[1] ?? '';
          const { id } = await tx.code.create({ data: codeOn(accountId, held.kind, held.id, scene) });
          await reviveScene(tx, held.id);
          await closeTenure(tx, held.id, new Date());
          await openTenures(tx, [{ permanentSceneId: held.id, codeId: id }], new Date());
          return id;
        })
        .catch(() => null);
      expect(outcome !== null).toBe(isPossible);
      if (!isPossible) return;
      held.state = 'issued';
      held.holder = outcome;
      return;
    }
    case 'release': {
      const isPossible = held.state === 'reserved' && !held.sent;
      const outcome = await db
        .$transaction(async (tx) => {
          if (isPossible) await tx.code.delete({ where: { id: held.holder ?? '' } });
          await releaseScenes(tx, accountId, ids);
        })
        .catch(codeOf);
      expect(outcome).toBe(isPossible ? undefined : 'CONFLICT');
      if (isPossible) model.held.delete(key);
    }
  }
}

async function expectAgreement(accountId: string, model: Model): Promise<void> {
  const db = database.prisma;
  const rows = [...model.held.values()];
  const count = (kind: string | null, ...states: Held['state'][]) =>
    rows.filter((held) => states.includes(held.state) && (kind === null || held.kind === kind)).length;
  const over = (spent: number) => Math.max(0, spent - cap);
  expect(await db.permanentLedger.findUniqueOrThrow({ where: { accountId } })).toMatchObject({
    reserved: count(null, 'reserved'),
    issued: count(null, 'issued', 'archived'),
    archived: count(null, 'archived'),
    external: count(null, 'external'),
    reservedStrings: count('string', 'reserved'),
    issuedStrings: count('string', 'issued', 'archived'),
    externalStrings: count('string', 'external'),
    overdrawn: over(model.spent(model.shared ? undefined : 'integer')),
    overdrawnStrings: model.shared ? 0 : over(model.spent('string')),
  });
  const campaign = await db.campaign.findFirstOrThrow({ where: { accountId } });
  expect(campaign.slotsSpent).toBe(rows.filter(({ importId }) => importId === null).length);
  const ranges = await db.freeRange.findMany({ where: { accountId }, orderBy: { fromId: 'asc' } });
  expect(ranges.map(({ fromId, toId }) => [fromId, toId])).toEqual(model.gaps());
  // No scene has two owners, nor one that the model does not know.
  const open = await db.sceneTenure.findMany({ where: { toAt: null, permanentScene: { accountId } } });
  const owners = rows.flatMap(({ id, holder }) => (holder === null ? [] : [`${id} ${holder}`]));
  expect(open.map((tenure) => `${tenure.permanentSceneId} ${tenure.codeId}`).sort()).toEqual(owners.sort());
}

function system(): Context {
  const wechat = { clientFor: () => Promise.reject(new Error('not called')), forget: () => undefined };
  return { db: database.prisma, wechat, clock: systemClock, actor: { kind: 'system', name: 'test' } };
}

const codeOn = (accountId: string, kind: string, permanentSceneId: bigint, text: string) => ({
  ...{ accountId, permanentSceneId, kind: 'permanent' as const, label: 'x', scene: text },
  sceneKind: kind === 'string' ? ('string' as const) : ('integer' as const),
});

/** Who holds a slot from its reservation on. */
async function addCode(
  accountId: string,
  kind: string,
  { permanentSceneId, scene: text }: { permanentSceneId: bigint; scene: string },
): Promise<string> {
  const data = codeOn(accountId, kind, permanentSceneId, text);
  const { id } = await database.prisma.code.create({ data, select: { id: true } });
  await openTenures(database.prisma, [{ permanentSceneId, codeId: id }], new Date());
  return id;
}

let accounts = 0;
/** By account: whose budget bears what is reserved. */
const campaigns = new Map<string, string>();

const campaignOf = (accountId: string) => campaigns.get(accountId) ?? null;

async function openAccount(): Promise<string> {
  const db = database.prisma;
  accounts += 1;
  const { id } = await db.officialAccount.create({
    data: { name: 'x', appId: `wx${accounts}`, externalDeclaredAt: new Date() },
  });
  await db.permanentLedger.update({ where: { accountId: id }, data: { cap, coolingDays: 0 } });
  const campaign = await db.campaign.create({ data: { accountId: id, name: 'x' }, select: { id: true } });
  campaigns.set(id, campaign.id);
  await db.ownRange.deleteMany({ where: { accountId: id } });
  await db.ownRange.createMany({
    data: ownRanges.map(([fromId, toId]) => ({ accountId: id, fromId, toId })),
  });
  return id;
}

it(`gives out what a plain model would, and its counters and gaps are those of its rows (${testedDatabase})`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 40 }), async (steps) => {
      const accountId = await openAccount();
      const model = new Model();
      for (const step of steps) {
        await obey(accountId, model, step);
        await expectAgreement(accountId, model);
      }
    }),
    { numRuns: 12 },
  );
}, 240_000);
