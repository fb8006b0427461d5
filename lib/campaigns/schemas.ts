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

const fields = {
  name: requiredLine(200),
  note: paragraph(2_000),
  startsOn: date,
  endsOn: date,
  slotBudget,
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
