import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Context } from '../context';
import { createTestDatabase } from '../db/test-database';
import { captionDefaults, designDefaults } from '../print/design-schemas';
import { addLogo } from './add-logo';
import { archiveDesign } from './archive-design';
import { chooseDefaultDesign } from './choose-default-design';
import { createDesign } from './create-design';
import { duplicateDesign } from './duplicate-design';
import { getDesign } from './get-design';
import { getLogo } from './get-logo';
import { getPrintableDesign } from './get-printable-design';
import { listDesigns } from './list-designs';
import { logoBounds } from './logo-bounds';
import { closeLogoPool } from './rasterise-in-worker';
import { unarchiveDesign } from './unarchive-design';
import { updateDesign } from './update-design';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let mine = '';
let theirs = '';
let now = new Date('2026-11-24T06:00:00Z');

const contextOf = (actor: Actor): Context => ({
  db: database.prisma,
  wechat: { clientFor: () => Promise.reject(new Error('no call is made')), forget: () => undefined },
  clock: { now: () => now },
  actor,
});
const ctx = () => contextOf({ kind: 'system', name: 'test' });

beforeAll(async () => {
  database = await createTestDatabase();
  const ids = await Promise.all(
    ['wx1', 'wx2'].map((appId) =>
      database.prisma.officialAccount.create({ data: { name: appId, appId }, select: { id: true } }),
    ),
  );
  [mine, theirs] = ids.map(({ id }) => id) as [string, string];
});
afterAll(async () => {
  await closeLogoPool();
  await database.close();
});

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error) => ({ code: error.code, ...error.details }),
  );

async function* once(bytes: Uint8Array) {
  yield bytes;
}

const picture = (background: string) =>
  sharp({ create: { width: 80, height: 40, channels: 3, background } })
    .png()
    .toBuffer();

describe('a design', () => {
  it('is saved, changed and keeps each version for what was printed with it', async () => {
    const made = await createDesign(ctx(), mine, { name: ' 台卡 ', settings: designDefaults });
    expect(made).toMatchObject({
      name: '台卡',
      version: 1,
      isDefault: false,
      logo: null,
      settings: designDefaults,
    });

    now = new Date('2026-11-24T07:00:00Z');
    const settings = { ...designDefaults, sizeMm: 80, caption: captionDefaults };
    const changed = await updateDesign(ctx(), mine, made.id, { version: 1, settings });
    expect(changed).toMatchObject({ version: 2, name: '台卡', settings, updatedAt: now.toISOString() });

    expect((await getPrintableDesign(ctx(), mine, made.id, 1)).settings).toEqual(designDefaults);
    expect((await getPrintableDesign(ctx(), mine, made.id)).settings).toEqual(settings);
    expect(await refusal(getPrintableDesign(ctx(), mine, made.id, 3))).toMatchObject({ code: 'NOT_FOUND' });
    const entry = await database.prisma.auditEntry.findFirst({ where: { action: 'design.update' } });
    expect(entry?.details).toEqual({ version: 2, fields: ['sizeMm', 'caption'] });
  });

  it('is not overwritten by an edit that began before another one', async () => {
    const { id } = await createDesign(ctx(), mine, { name: 'two editors', settings: designDefaults });
    const edits = await Promise.allSettled(
      [60, 70].map((sizeMm) =>
        updateDesign(ctx(), mine, id, { version: 1, settings: { ...designDefaults, sizeMm } }),
      ),
    );
    expect(edits.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const late = updateDesign(ctx(), mine, id, { version: 1, name: 'late' });
    expect(await refusal(late)).toEqual({ code: 'CONFLICT', what: 'design', version: 2 });
    expect(await getDesign(ctx(), mine, id)).toMatchObject({ version: 2, name: 'two editors' });
  });

  it('makes no version of a change that changes nothing', async () => {
    const { id } = await createDesign(ctx(), mine, { name: 'same', settings: designDefaults });
    const same = await updateDesign(ctx(), mine, id, {
      version: 1,
      name: 'same',
      settings: { ...designDefaults },
    });
    expect(same.version).toBe(1);
  });

  it('is refused by name when it could not be read', async () => {
    const create = (settings: object) =>
      refusal(createDesign(ctx(), mine, { name: 'x', settings: { ...designDefaults, ...settings } }));
    expect(await create({ foreground: '#ffd400' })).toMatchObject({
      code: 'VALIDATION_FAILED',
      fields: [{ field: 'settings.foreground', code: 'contrastTooLow' }],
    });
    expect(await create({ foreground: '#ffffff', background: '#000000' })).toMatchObject({
      fields: [{ field: 'settings.foreground', code: 'colourInverted' }],
    });
    expect(await create({ quietZoneModules: 3 })).toMatchObject({
      fields: [{ field: 'settings.quietZoneModules', code: 'tooSmall', params: { min: 4 } }],
    });
    expect(await create({ sizeMm: 3 })).toMatchObject({
      fields: [{ field: 'settings.sizeMm', code: 'printTooSmall' }],
    });
    expect(await create({ logo: { id: 'none', sizePercent: 15 }, errorCorrection: 'H' })).toMatchObject({
      fields: [{ field: 'settings.logo.id', code: 'unknown' }],
    });
  });

  it('has a name of its own among the living; copies and those that come back get a number', async () => {
    const first = await createDesign(ctx(), mine, { name: '海报', settings: designDefaults });
    const again = createDesign(ctx(), mine, { name: '海报', settings: designDefaults });
    expect(await refusal(again)).toMatchObject({ fields: [{ field: 'name', code: 'taken' }] });
    expect((await duplicateDesign(ctx(), mine, first.id)).name).toBe('海报 (2)');
    expect((await duplicateDesign(ctx(), mine, first.id)).name).toBe('海报 (3)');

    await archiveDesign(ctx(), mine, first.id);
    await createDesign(ctx(), mine, { name: '海报', settings: designDefaults });
    const back = await unarchiveDesign(ctx(), mine, first.id);
    expect(back).toMatchObject({ name: '海报 (4)', version: 2, archivedAt: null });
    expect(await unarchiveDesign(ctx(), mine, first.id)).toEqual(back);
  });

  it('may be the one default of its account until it is archived', async () => {
    const [a, b] = await Promise.all(
      ['default a', 'default b'].map((name) => createDesign(ctx(), mine, { name, settings: designDefaults })),
    );
    const defaults = async () => {
      const { items } = await listDesigns(ctx(), mine, { archived: 'include', limit: 200 });
      return items.filter(({ isDefault }) => isDefault).map(({ name }) => name);
    };
    await chooseDefaultDesign(ctx(), mine, a?.id ?? '');
    await chooseDefaultDesign(ctx(), mine, b?.id ?? '');
    await chooseDefaultDesign(ctx(), mine, b?.id ?? '');
    expect(await defaults()).toEqual(['default b']);
    await archiveDesign(ctx(), mine, b?.id ?? '');
    expect(await defaults()).toEqual([]);
    expect(await refusal(chooseDefaultDesign(ctx(), mine, b?.id ?? ''))).toMatchObject({ code: 'CONFLICT' });
  });

  it('is listed the last changed first, page by page, found by its name', async () => {
    const all = await listDesigns(ctx(), mine, { archived: 'include', limit: 200 });
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await listDesigns(ctx(), mine, {
        archived: 'include',
        limit: 3,
        ...(cursor ? { cursor } : {}),
      });
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(all.items.map(({ id }) => id));
    expect((await listDesigns(ctx(), mine, { q: '海报' })).items).toHaveLength(4);
    expect((await listDesigns(ctx(), theirs)).items).toEqual([]);
  });
});

describe('a logo', () => {
  it('is kept once as this app wrote it, and drawn by designs of its account only', async () => {
    const upload = await picture('#0a7a43');
    const logo = await addLogo(ctx(), mine, once(upload));
    expect(await addLogo(ctx(), mine, once(upload))).toEqual(logo);
    expect(logo).toMatchObject({ widthPx: 80, heightPx: 40 });
    const { png } = await getLogo(ctx(), mine, logo.id);
    expect(Buffer.from(png).equals(upload)).toBe(false);
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 80, channels: 4 });

    const settings = {
      ...designDefaults,
      errorCorrection: 'H' as const,
      logo: { id: logo.id, sizePercent: 15 },
    };
    const design = await createDesign(ctx(), mine, { name: 'with logo', settings });
    expect(design.logo).toEqual(logo);
    expect((await getPrintableDesign(ctx(), mine, design.id)).logo?.png).toEqual(png);
    await updateDesign(ctx(), mine, design.id, { version: 1, settings: { ...settings, logo: null } });
    expect((await getPrintableDesign(ctx(), mine, design.id)).logo).toBeNull();
    expect((await getPrintableDesign(ctx(), mine, design.id, 1)).logo?.id).toBe(logo.id);

    const stolen = createDesign(ctx(), theirs, { name: 'stolen', settings });
    expect(await refusal(stolen)).toMatchObject({ fields: [{ field: 'settings.logo.id', code: 'unknown' }] });
    expect(await refusal(getLogo(ctx(), theirs, logo.id))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is refused with what is wrong, and reading stops at the bound', async () => {
    const script = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>1</script></svg>';
    expect(await refusal(addLogo(ctx(), mine, once(Buffer.from(script))))).toMatchObject({
      fields: [{ field: 'logo', code: 'logoSvgScript' }],
    });
    let pulled = 0;
    async function* endless() {
      for (;;) {
        pulled++;
        yield new Uint8Array(1_048_576);
      }
    }
    expect(await refusal(addLogo(ctx(), mine, endless()))).toEqual({
      code: 'PAYLOAD_TOO_LARGE',
      maxBytes: logoBounds.maxBytes,
    });
    expect(pulled).toBe(5);
  });
});

describe('the sheet of a design', () => {
  it('is saved where the design goes onto it, and nowhere else', async () => {
    const settings = { ...designDefaults, sizeMm: 30 };
    const sheet = { kind: 'stock', stock: 'L7160' } as const;
    const made = await createDesign(ctx(), mine, { name: '标签', settings, sheet });
    expect(made.sheet).toMatchObject({ ...sheet, copies: 1, startAt: 1 });
    const wide = { ...settings, sizeMm: 50 };
    const tooWide = { field: 'sheet', code: 'sheetSymbolTooLarge', params: { largestMm: 38.1 } };
    for (const refused of [
      createDesign(ctx(), mine, { name: '大标签', settings: wide, sheet }),
      updateDesign(ctx(), mine, made.id, { version: 1, settings: wide }),
    ]) {
      expect(await refusal(refused)).toMatchObject({ code: 'VALIDATION_FAILED', fields: [tooWide] });
    }
    const loose = await updateDesign(ctx(), mine, made.id, { version: 1, settings: wide, sheet: null });
    expect(loose).toMatchObject({ version: 2, sheet: null });
  });
});
