import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isAppError } from '@/lib/errors';
import { createCode } from './create-code';
import { getCode } from './get-code';
import type { CreateCodeInput } from './schemas';
import { openTestBench, type TestBench } from './test-bench';

let bench: TestBench;

beforeAll(async () => {
  bench = await openTestBench();
});
afterAll(() => bench.close());
afterEach(() => bench.noFaults());

async function refusalOf(work: Promise<unknown>) {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isAppError(error)) throw new Error('not refused as it should be', { cause: error });
  return { code: error.code, details: error.details };
}

function ledgerOf(accountId: string) {
  return bench.db.permanentLedger.findUniqueOrThrow({ where: { accountId } });
}

const permanent = (campaignId: string, scene?: CreateCodeInput['scene']): CreateCodeInput => ({
  campaignId,
  label: 'Counter',
  kind: 'permanent',
  scene,
});

describe('the four kinds of codes', () => {
  it.each<[string, Pick<CreateCodeInput, 'kind' | 'scene' | 'expireSeconds'>]>([
    ['permanent integer', { kind: 'permanent', scene: { id: 100_000 } }],
    ['permanent string', { kind: 'permanent', scene: { str: '地铁2号线' } }],
    ['temporary integer', { kind: 'temporary', scene: { id: 4_294_967_295 } }],
    ['temporary string', { kind: 'temporary', scene: { str: 'desk 7' }, expireSeconds: 60 }],
  ])('issues a %s one', async (_, input) => {
    const { accountId, campaignId } = await bench.addAccount();
    const code = await createCode(bench.as('marketer'), accountId, {
      campaignId,
      label: ' Counter 🙂 <b> ',
      ...input,
    });
    expect(code).toMatchObject({
      scene: input.scene,
      status: 'issued',
      label: 'Counter 🙂 <b>',
      error: null,
      canDiscard: false,
      campaign: { id: campaignId, name: 'Spring' },
    });
    expect(code.url).toMatch(/^http:\/\/weixin\.qq\.com\/q\//);
    expect(await getCode(bench.as('viewer'), accountId, code.id)).toEqual(code);
    if (input.kind === 'permanent') return expect(code.expiresAt).toBeNull();
    const wanted = input.expireSeconds ?? 2_592_000;
    const left = (Date.parse(code.expiresAt ?? '') - Date.now()) / 1000;
    expect(left).toBeLessThanOrEqual(wanted);
    expect(left).toBeGreaterThan(wanted - 30);
  });

  it('draws temporary integers above those of permanent codes', async () => {
    const { accountId, campaignId } = await bench.addAccount();
    const code = await createCode(bench.system, accountId, { campaignId, label: 'x', kind: 'temporary' });
    expect('id' in code.scene && code.scene.id).toBeGreaterThan(100_000);
  });
});

describe('the next free permanent scene', () => {
  it('differs for each of 50 at once, and the ledger agrees with its rows and with WeChat', async () => {
    const { accountId, campaignId, appId } = await bench.addAccount();
    const codes = await Promise.all(
      Array.from({ length: 50 }, () => createCode(bench.as('marketer'), accountId, permanent(campaignId))),
    );
    const ids = codes.map(({ scene }) => ('id' in scene ? scene.id : 0)).sort((a, b) => a - b);
    expect(ids).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(codes.every(({ status }) => status === 'issued')).toBe(true);
    expect(await ledgerOf(accountId)).toMatchObject({ issued: 50, reserved: 0 });
    expect(await bench.db.permanentScene.count({ where: { accountId, state: 'issued' } })).toBe(50);
    expect((await bench.stateOf(appId)).permanentInt).toBe(50);
  });

  it('is had by exactly one of two at the cap; the other hears how many are left', async () => {
    const { accountId, campaignId, appId } = await bench.addAccount({ cap: 1 });
    const outcomes = await Promise.allSettled([
      createCode(bench.system, accountId, permanent(campaignId)),
      createCode(bench.system, accountId, permanent(campaignId)),
    ]);
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused).toMatchObject([{ reason: { code: 'SCENE_CAP_REACHED', details: { remaining: 0 } } }]);
    expect(await ledgerOf(accountId)).toMatchObject({ issued: 1, reserved: 0 });
    expect((await bench.stateOf(appId)).permanentInt).toBe(1);
  });

  it('fills gaps first, keeps to own ranges, and steps over digits that others hold', async () => {
    const { accountId, campaignId } = await bench.addAccount();
    await bench.db.ownRange.deleteMany({ where: { accountId } });
    await bench.db.ownRange.createMany({
      data: [
        { accountId, fromId: 10, toId: 12 },
        { accountId, fromId: 500, toId: 500 },
      ],
    });
    await createCode(bench.system, accountId, permanent(campaignId, { str: '10' }));
    await createCode(bench.system, accountId, { ...permanent(campaignId, { id: 11 }), kind: 'temporary' });
    const scenes = [];
    for (let n = 0; n < 2; n++)
      scenes.push((await createCode(bench.system, accountId, permanent(campaignId))).scene);
    expect(scenes).toEqual([{ id: 12 }, { id: 500 }]);
    expect(await refusalOf(createCode(bench.system, accountId, permanent(campaignId)))).toMatchObject({
      code: 'SCENE_CAP_REACHED',
      details: { remaining: 0, limitedBy: 'ownRanges' },
    });
  });
});

describe('refusals', () => {
  const badFields: [string, Partial<Record<keyof CreateCodeInput, unknown>>, object][] = [
    [
      'scene_id 0',
      { kind: 'permanent', scene: { id: 0 } },
      { field: 'scene.id', code: 'sceneIdRange', params: { min: 1, max: 100_000 } },
    ],
    ['scene_id -1', { scene: { id: -1 } }, { field: 'scene.id', code: 'sceneIdRange' }],
    ['scene_id 1.5', { scene: { id: 1.5 } }, { field: 'scene.id', code: 'sceneIdRange' }],
    ['scene_id NaN', { scene: { id: Number.NaN } }, { field: 'scene.id' }],
    ['permanent scene_id 100001', { kind: 'permanent', scene: { id: 100_001 } }, { code: 'sceneIdRange' }],
    [
      'temporary scene_id 4294967296',
      { scene: { id: 4_294_967_296 } },
      { code: 'sceneIdRange', params: { min: 1, max: 4_294_967_295 } },
    ],
    ['empty scene_str', { scene: { str: '' } }, { field: 'scene.str', code: 'sceneStrEmpty' }],
    [
      'scene_str of 65 bytes',
      { scene: { str: 'x'.repeat(65) } },
      { code: 'sceneStrTooLong', params: { bytes: 65, max: 64 } },
    ],
    [
      'scene_str of 22 Chinese characters',
      { scene: { str: '店'.repeat(22) } },
      { code: 'sceneStrTooLong', params: { bytes: 66, max: 64 } },
    ],
    [
      'control characters in scene_str',
      { scene: { str: 'a\u0007b' } },
      { field: 'scene.str', code: 'controlCharacters' },
    ],
    [
      'half a character in scene_str',
      { scene: { str: '\ud83d' } },
      { field: 'scene.str', code: 'controlCharacters' },
    ],
    ['both scenes', { scene: { id: 1, str: 'a' } }, { field: 'scene', code: 'sceneOneOf' }],
    ['neither scene', { scene: {} }, { field: 'scene', code: 'sceneOneOf' }],
    [
      'expiry 0',
      { expireSeconds: 0 },
      { field: 'expireSeconds', code: 'expiryRange', params: { min: 1, max: 2_592_000 } },
    ],
    ['expiry 2592001', { expireSeconds: 2_592_001 }, { code: 'expiryRange' }],
    ['expiry 1.5', { expireSeconds: 1.5 }, { code: 'expiryRange' }],
    ['expiry of a permanent code', { kind: 'permanent', expireSeconds: 60 }, { code: 'expiryOfPermanent' }],
    [
      'label of 10,000 characters',
      { label: 'x'.repeat(10_000) },
      { field: 'label', code: 'tooLong', params: { max: 200 } },
    ],
    ['label of spaces', { label: '   ' }, { field: 'label', code: 'required' }],
    ['label with a line break', { label: 'a\nb' }, { field: 'label', code: 'controlCharacters' }],
    ['label with half a character', { label: '\ud83d' }, { field: 'label', code: 'controlCharacters' }],
    ['unknown kind', { kind: 'eternal' }, { field: 'kind', code: 'notInList' }],
    ['unknown field', { colour: 'red' } as object, { field: 'colour', code: 'unknownField' }],
  ];

  it.each(badFields)('of %s', async (_, bad, issue) => {
    const { accountId, campaignId, appId } = await bench.addAccount();
    const input = { campaignId, label: 'x', kind: 'temporary', ...bad } as CreateCodeInput;
    const { code, details } = await refusalOf(createCode(bench.as('marketer'), accountId, input));
    expect(code).toBe('VALIDATION_FAILED');
    expect(details.fields).toEqual([expect.objectContaining(issue)]);
    expect(await bench.db.code.count({ where: { accountId } })).toBe(0);
    expect((await bench.stateOf(appId)).calls).toEqual({});
  });

  it('takes a label of 200 emoji and of HTML as it is', async () => {
    const { accountId, campaignId } = await bench.addAccount();
    for (const label of ['🙂'.repeat(200), '<script>alert(1)</script>']) {
      const code = await createCode(bench.system, accountId, { campaignId, label, kind: 'temporary' });
      expect(code.label).toBe(label);
    }
  });

  it('of a campaign or channel of another account, or of no form at all: not found', async () => {
    const { accountId, campaignId } = await bench.addAccount();
    const other = await bench.addAccount();
    const channel = await bench.db.channel.create({
      data: { accountId: other.accountId, number: '1', name: 'x' },
    });
    const attempts: [Partial<CreateCodeInput>, string][] = [
      [{ campaignId: other.campaignId }, 'campaign'],
      [{ campaignId: 'no id' }, 'campaign'],
      [{ channelId: channel.id }, 'channel'],
      [{ channelId: 'no id' }, 'channel'],
    ];
    for (const [bad, what] of attempts) {
      const input: CreateCodeInput = { campaignId, label: 'x', kind: 'permanent', ...bad };
      expect(await refusalOf(createCode(bench.as('marketer'), accountId, input))).toMatchObject({
        code: 'NOT_FOUND',
        details: { what },
      });
    }
    expect(await ledgerOf(accountId)).toMatchObject({ reserved: 0, issued: 0 });
  });

  it('of who may not: before looking at the input', async () => {
    const { accountId } = await bench.addAccount();
    const garbage = {} as CreateCodeInput;
    const asked = [bench.contextAs({ kind: 'stranger' }), bench.as('viewer'), bench.as('marketer', [])];
    const codes = await Promise.all(
      asked.map(async (ctx) => (await refusalOf(createCode(ctx, accountId, garbage))).code),
    );
    expect(codes).toEqual(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND']);
  });

  it('of a scene that is held, by either kind and whatever its form', async () => {
    const { accountId, campaignId } = await bench.addAccount();
    const make = (kind: 'permanent' | 'temporary', scene: CreateCodeInput['scene']) =>
      createCode(bench.system, accountId, { ...permanent(campaignId, scene), kind });
    await make('permanent', { id: 7 });
    await make('permanent', { str: '8' });
    await make('temporary', { id: 9 });
    const held: Parameters<typeof make>[] = [
      ['permanent', { id: 7 }],
      ['permanent', { str: '7' }],
      ['temporary', { id: 7 }],
      ['temporary', { str: '7' }],
      ['permanent', { id: 8 }],
      ['temporary', { id: 8 }],
      ['permanent', { id: 9 }],
      ['permanent', { str: '9' }],
      ['temporary', { id: 9 }],
      ['temporary', { str: '9' }],
    ];
    for (const [kind, scene] of held) {
      const text = scene?.str ?? String(scene?.id);
      expect(await refusalOf(make(kind, scene))).toEqual({ code: 'SCENE_TAKEN', details: { scene: text } });
    }
  });

  it('of permanent codes while nobody has said what other systems use, and of scenes left to them', async () => {
    const { accountId, campaignId } = await bench.addAccount({ declared: false });
    for (const scene of [undefined, { id: 1 }, { str: 'a' }]) {
      const { code } = await refusalOf(createCode(bench.system, accountId, permanent(campaignId, scene)));
      expect(code).toBe('EXTERNAL_USE_UNDECLARED');
    }
    await bench.db.officialAccount.update({
      where: { id: accountId },
      data: { externalDeclaredAt: new Date() },
    });
    await bench.db.ownRange.updateMany({ where: { accountId }, data: { fromId: 100, toId: 200 } });
    await bench.db.permanentLedger.update({ where: { accountId }, data: { ownPrefixes: ['shop-'] } });
    for (const scene of [{ id: 99 }, { id: 201 }, { str: 'metro-1' }]) {
      expect(
        await refusalOf(createCode(bench.system, accountId, permanent(campaignId, scene))),
      ).toMatchObject({
        code: 'SCENE_NOT_OURS',
        details: { ranges: [[100, 200]], prefixes: ['shop-'] },
      });
    }
    expect((await createCode(bench.system, accountId, permanent(campaignId, { str: 'shop-1' }))).status).toBe(
      'issued',
    );
  });

  it('of an archived campaign', async () => {
    const { accountId, campaignId } = await bench.addAccount();
    await bench.db.campaign.update({ where: { id: campaignId }, data: { archivedAt: new Date() } });
    const { details } = await refusalOf(createCode(bench.system, accountId, permanent(campaignId)));
    expect(details.fields).toMatchObject([{ field: 'campaignId', code: 'campaignArchived' }]);
  });
});

describe('a temporary scene', () => {
  it('may be taken again once it has expired', async () => {
    const { accountId, campaignId } = await bench.addAccount();
    const input: CreateCodeInput = { campaignId, label: 'x', kind: 'temporary', scene: { str: 'desk' } };
    const first = await createCode(bench.system, accountId, input);
    // An issued code keeps its expiry, so time itself has to pass: the row is aged with the law set aside.
    await bench.db.$executeRaw`ALTER TABLE codes DISABLE TRIGGER codes_identity`;
    await bench.db
      .$executeRaw`UPDATE codes SET expires_at = now() - interval '1 second' WHERE id = ${first.id}::uuid`;
    await bench.db.$executeRaw`ALTER TABLE codes ENABLE TRIGGER codes_identity`;
    expect((await getCode(bench.system, accountId, first.id)).status).toBe('expired');
    expect((await createCode(bench.system, accountId, input)).status).toBe('issued');
    expect((await refusalOf(createCode(bench.system, accountId, input))).code).toBe('SCENE_TAKEN');
  });
});
