import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, testedDatabase } from '@/lib/db/test-database';
import { isAppError } from '@/lib/errors';
import {
  archiveScene,
  markScenesIssued,
  markScenesSent,
  releaseScenes,
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
};

type Command =
  | { do: 'next'; count: number }
  | { do: 'given'; scene: number; asString: boolean }
  | { do: 'external'; scene: number; asString: boolean }
  | { do: 'temporary'; scene: number }
  | { do: 'release' | 'send' | 'unsend' | 'issue' | 'archive'; pick: number };

const scene = fc.integer({ min: 1, max: 32 });
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('next' as const), count: fc.integer({ min: 1, max: 6 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('given' as const), scene, asString: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('external' as const), scene, asString: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('temporary' as const), scene }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'release' as const,
        'send' as const,
        'unsend' as const,
        'issue' as const,
        'archive' as const,
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

  spent(): number {
    return this.held.size;
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
    const remaining = Math.max(0, cap - model.spent());
    const wanted = model.freeOwn().slice(0, step.count);
    const isPossible = step.count <= remaining && wanted.length === step.count;
    const got = await db.$transaction((tx) => reserveNextIntegers(tx, accountId, step.count)).catch(codeOf);
    if (!isPossible) return expect(got).toBe('SCENE_CAP_REACHED');
    if (typeof got === 'string') throw new Error(got);
    expect(got.map(({ scene: text }) => Number(text))).toEqual(wanted);
    for (const each of got) {
      model.held.set(`integer ${each.scene}`, {
        ...{ state: 'reserved', sent: false, kind: 'integer' },
        id: each.permanentSceneId,
      });
    }
    return;
  }
  if (step.do === 'given') {
    const wanted = step.asString ? { str: String(step.scene) } : { id: step.scene };
    const kind = step.asString ? 'string' : 'integer';
    const isOurs = step.asString || ownRanges.some(([from, to]) => from <= step.scene && step.scene <= to);
    const got = await db.$transaction((tx) => reserveGiven(tx, accountId, wanted)).catch(codeOf);
    if (!isOurs) return expect(got).toBe('SCENE_NOT_OURS');
    if (model.spent() >= cap) return expect(got).toBe('SCENE_CAP_REACHED');
    if (model.holds(step.scene) || model.living.has(step.scene)) return expect(got).toBe('SCENE_TAKEN');
    if (typeof got === 'string') throw new Error(got);
    model.held.set(`${kind} ${step.scene}`, {
      state: 'reserved',
      sent: false,
      kind,
      id: got.permanentSceneId,
    });
    return;
  }
  if (step.do === 'external') {
    const kind = step.asString ? ('string' as const) : ('integer' as const);
    const key = `${kind} ${step.scene}`;
    if (model.held.has(key)) return;
    const { id } = await db.permanentScene.create({
      data: {
        ...{ accountId, kind, scene: String(step.scene), state: 'external' },
        sceneId: step.asString ? null : step.scene,
        isTwin: model.holds(step.scene),
      },
    });
    model.held.set(key, { state: 'external', sent: false, kind, id });
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
  if (key === undefined || held === undefined || held.state === 'external') return;
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
      if (isPossible) held.state = 'archived';
      return;
    }
    case 'release': {
      const isPossible = held.state === 'reserved' && !held.sent;
      const outcome = await db.$transaction((tx) => releaseScenes(tx, accountId, ids)).catch(codeOf);
      expect(outcome).toBe(isPossible ? undefined : 'CONFLICT');
      if (isPossible) model.held.delete(key);
    }
  }
}

async function expectAgreement(accountId: string, model: Model): Promise<void> {
  const db = database.prisma;
  const count = (...states: Held['state'][]) =>
    [...model.held.values()].filter(({ state }) => states.includes(state)).length;
  expect(await db.permanentLedger.findUniqueOrThrow({ where: { accountId } })).toMatchObject({
    reserved: count('reserved'),
    issued: count('issued', 'archived'),
    archived: count('archived'),
    external: count('external'),
    overdrawn: Math.max(0, model.spent() - cap),
  });
  const ranges = await db.freeRange.findMany({ where: { accountId }, orderBy: { fromId: 'asc' } });
  expect(ranges.map(({ fromId, toId }) => [fromId, toId])).toEqual(model.gaps());
}

let accounts = 0;

async function openAccount(): Promise<string> {
  const db = database.prisma;
  accounts += 1;
  const { id } = await db.officialAccount.create({
    data: { name: 'x', appId: `wx${accounts}`, externalDeclaredAt: new Date() },
  });
  await db.permanentLedger.update({ where: { accountId: id }, data: { cap } });
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
    { numRuns: 25 },
  );
}, 120_000);
