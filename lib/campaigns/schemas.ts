import { z } from 'zod';
import { oneLine, paragraph, requiredLine } from '../one-line';

const date = z.iso.date().nullable();

const maxSlotBudget = 1_000_000;

const slotBudget = z
  .number()
  .nullable()
  .refine((slots) => slots === null || (Number.isInteger(slots) && slots >= 0 && slots <= maxSlotBudget), {
    params: { code: 'outOfRange', min: 0, max: maxSlotBudget },
  });

const maxCost = 999_999_999.99;

const cost = z
  .number()
  .nullable()
  .refine((money) => money === null || (money >= 0 && money <= maxCost && isWholeCents(money)), {
    params: { code: 'outOfRange', min: 0, max: maxCost },
  });

function isWholeCents(money: number): boolean {
  return Number(money.toFixed(2)) === money;
}

const fields = {
  name: requiredLine(200),
  note: paragraph(2_000),
  startsOn: date,
  endsOn: date,
  slotBudget,
  cost,
};

function checkOrder(
  { startsOn, endsOn }: { startsOn?: string | null; endsOn?: string | null },
  issues: z.RefinementCtx,
) {
  if (startsOn && endsOn && endsOn < startsOn) {
    issues.addIssue({
      code: 'custom',
      path: ['endsOn'],
      message: 'is before startsOn',
      params: { code: 'dateOrder' },
    });
  }
}

export const createCampaignSchema = z
  .strictObject({
    name: fields.name,
    note: fields.note.default(''),
    startsOn: date.default(null),
    endsOn: date.default(null),
    slotBudget: slotBudget.default(null),
    cost: cost.default(null),
  })
  .superRefine(checkOrder);
export type CreateCampaignInput = z.input<typeof createCampaignSchema>;

/** What is left out stays as it is. */
export const updateCampaignSchema = z.strictObject(fields).partial().superRefine(checkOrder);
export type UpdateCampaignInput = z.input<typeof updateCampaignSchema>;

export const archivedFilters = ['exclude', 'only', 'include'] as const;
export type ArchivedFilter = (typeof archivedFilters)[number];

export const listCampaignsSchema = z.strictObject({
  q: oneLine(200).optional(),
  archived: z.enum(archivedFilters).default('exclude'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(1_000).optional(),
});
export type ListCampaignsInput = z.input<typeof listCampaignsSchema>;
