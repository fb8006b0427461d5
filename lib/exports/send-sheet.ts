import 'server-only';
import { createHash } from 'node:crypto';
import type { Context } from '../context';
import { AppError, invalidField } from '../errors';
import { parseInput } from '../field-issues';
import type { DrawItem } from '../print/design-types';
import { planSheet } from '../print/plan-sheet';
import { sheetDefaults, sheetSettingsSchema } from '../print/sheet-schemas';
import type { SheetLayout, SheetSettings } from '../print/sheet-types';
import { writeSheet } from '../print/write-sheet';
import { crc32 } from '../qr/png-crc';
import type { ExportPlan } from './plan-export';
import { ExportFaultError, type Lease, LeaseLostError, readPieces } from './prove-items';
import type { Recipe } from './recipe';
import { insertItems, type ProvedItem } from './store';

/**
 * Lays out the sheet that an export asks for: `single`, `a4`, `letter`, the number of a label stock; left out, that of its design.
 *
 * @throws AppError VALIDATION_FAILED | IMAGE_OUT_OF_BOUNDS
 */
export function planSheetOf({ query, saved, drawing }: ExportPlan): SheetLayout {
  const plan = planSheet(settingsOf(query.sheet, saved?.sheet ?? null), drawing.design);
  if ('layout' in plan) return plan.layout;
  const { reason, largestMm } = plan.refusal;
  throw new AppError('IMAGE_OUT_OF_BOUNDS', `the design does not go onto the sheet: ${reason}`, {
    reason: 'tooLarge',
    largestMm,
    smallestMm: 0,
  });
}

function settingsOf(name: string | undefined, saved: SheetSettings | null): SheetSettings {
  switch (name) {
    case undefined:
      return saved ?? sheetDefaults;
    case 'single':
      return parseInput(sheetSettingsSchema, { kind: 'single' });
    case 'a4':
    case 'letter':
      return parseInput(sheetSettingsSchema, { ...sheetDefaults, page: name });
    default: {
      const stock = sheetSettingsSchema.safeParse({ kind: 'stock', stock: name });
      if (stock.success) return stock.data;
      throw invalidField('sheet', 'notInList', 'no such sheet', { allowed: 'single, a4, letter, L7160 …' });
    }
  }
}

/**
 * Makes sheets while they are sent. A page leaves once each of its symbols was read back from the page itself; its codes are
 * kept with the sums of what their symbols hold, since a page is no file of one code.
 */
export async function* sendSheet(
  ctx: Context,
  recipe: Recipe,
  layout: SheetLayout,
  lease: Lease,
): AsyncGenerator<Uint8Array> {
  const stopping = new AbortController();
  const waiting: { from: number; items: ProvedItem[] }[] = [];
  async function* items(): AsyncGenerator<DrawItem> {
    for await (const piece of readPieces(ctx, recipe, 0)) {
      const proved = piece.proved.map((each): ProvedItem => ({ ...each, file: sumsOf(each.facts.url) }));
      waiting.push({ from: piece.from, items: proved });
      yield* piece.items;
    }
  }
  const { design, logo } = recipe.drawing;
  try {
    const sheets = writeSheet({ layout, design, logo, title: null, signal: stopping.signal }, items());
    for await (const chunk of sheets) {
      await keep();
      yield chunk;
    }
  } finally {
    stopping.abort();
  }

  /** What waits has been handed to the threads, and a page that fails ends all of it. */
  async function keep(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { from, items: proved } = next;
      const { held, agreed } = await ctx.db.$transaction((tx) =>
        insertItems(
          tx,
          { exportId: recipe.id, leaseToken: lease.token, from, leaseUntil: lease.until() },
          proved,
        ),
      );
      if (!held) throw new LeaseLostError(`export ${recipe.id} is no longer this worker's`);
      if (agreed !== proved.length) {
        throw new ExportFaultError('changed', 'labels hold another url or scene than their code');
      }
    }
  }
}

function sumsOf(url: string): ProvedItem['file'] {
  const bytes = new TextEncoder().encode(url);
  return {
    bytes: bytes.length,
    crc32: crc32(bytes),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    decoded: url,
    captionLines: [],
  };
}
