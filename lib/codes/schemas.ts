import { z } from 'zod';
import { oneLine } from '../one-line';
import { tagNamesSchema } from '../tags/schemas';
import {
  maxExpireSeconds,
  maxPermanentSceneId,
  maxSceneStrBytes,
  maxTemporarySceneId,
  utf8Bytes,
} from './scene-limits';
import { codeKinds, codeOrigins, codeSortKeys, codeStatuses } from './types';

const maxLabelCharacters = 200;

type Fault = { code: string; message: string } & Record<string, string | number>;

function refuse(issues: z.RefinementCtx, path: string[], { message, ...params }: Fault): void {
  issues.addIssue({ code: 'custom', path, message, params });
}

/** Counted in characters as the database counts them, where an emoji is one. */
export const labelSchema = oneLine(Number.MAX_SAFE_INTEGER).superRefine((label, issues) => {
  if (/\p{Cs}/u.test(label))
    refuse(issues, [], { code: 'controlCharacters', message: 'is not valid Unicode' });
  const length = [...label].length;
  if (length === 0) refuse(issues, [], { code: 'required', message: 'is required' });
  if (length > maxLabelCharacters) {
    const message = `has ${length} characters, wanted at most ${maxLabelCharacters}`;
    refuse(issues, [], { code: 'tooLong', message, max: maxLabelCharacters });
  }
});

const sceneSchema = z.strictObject({ id: z.number().optional(), str: z.string().optional() });

type SceneInput = { id?: number; str?: string };

function checkSceneId(id: number, kind: string, issues: z.RefinementCtx): void {
  const max = kind === 'permanent' ? maxPermanentSceneId : maxTemporarySceneId;
  if (Number.isInteger(id) && id >= 1 && id <= max) return;
  const message = `wanted: a whole number from 1 to ${max}`;
  refuse(issues, ['scene', 'id'], { code: 'sceneIdRange', message, min: 1, max });
}

function checkSceneStr(str: string, issues: z.RefinementCtx): void {
  const path = ['scene', 'str'];
  const bytes = utf8Bytes(str);
  if (str === '') refuse(issues, path, { code: 'sceneStrEmpty', message: 'is empty' });
  else if (/[\p{Cc}\p{Cs}]/u.test(str)) {
    refuse(issues, path, { code: 'controlCharacters', message: 'holds control characters' });
  } else if (bytes > maxSceneStrBytes) {
    const message = `has ${bytes} bytes, wanted at most ${maxSceneStrBytes}`;
    refuse(issues, path, { code: 'sceneStrTooLong', message, bytes, max: maxSceneStrBytes });
  }
}

function checkScene({ id, str }: SceneInput, kind: string, issues: z.RefinementCtx): void {
  if ((id === undefined) === (str === undefined)) {
    refuse(issues, ['scene'], { code: 'sceneOneOf', message: 'wanted: either id or str' });
    return;
  }
  if (id !== undefined) checkSceneId(id, kind, issues);
  if (str !== undefined) checkSceneStr(str, issues);
}

function checkExpiry(seconds: number | undefined, kind: string, issues: z.RefinementCtx): void {
  if (seconds === undefined) return;
  if (kind === 'permanent') {
    refuse(issues, ['expireSeconds'], {
      code: 'expiryOfPermanent',
      message: 'a permanent code never expires',
    });
  } else if (!Number.isInteger(seconds) || seconds < 1 || seconds > maxExpireSeconds) {
    const message = `wanted: 1 to ${maxExpireSeconds} seconds`;
    refuse(issues, ['expireSeconds'], { code: 'expiryRange', message, min: 1, max: maxExpireSeconds });
  }
}

/**
 * What a new code is made from; the form, the action and REST share it.
 *
 * Without `scene` a permanent code gets the next free id and a temporary one a random id above 100,000.
 * `expireSeconds` is for temporary codes only, 30 days when left out. `reuse`: the scene is that of an archived code, whose
 * slot the new one takes over. `tags`: by name; those that are missing are made.
 */
export const createCodeSchema = z
  .strictObject({
    campaignId: z.string().min(1),
    channelId: z.string().nullish(),
    label: labelSchema,
    kind: z.enum(codeKinds),
    scene: sceneSchema.optional(),
    expireSeconds: z.number().optional(),
    reuse: z.boolean().optional(),
    tags: tagNamesSchema.default([]),
  })
  .superRefine(({ kind, scene, expireSeconds, reuse }, issues) => {
    if (scene !== undefined) checkScene(scene, kind, issues);
    checkExpiry(expireSeconds, kind, issues);
    if (reuse && (kind !== 'permanent' || scene === undefined)) {
      const message = 'names a permanent scene: that of an archived code';
      refuse(issues, ['scene'], { code: 'reuseNeedsScene', message });
    }
  })
  .transform(({ scene, channelId, expireSeconds, ...rest }) => ({
    ...rest,
    channelId: channelId || null,
    scene: toScene(scene),
    expireSeconds: rest.kind === 'temporary' ? (expireSeconds ?? maxExpireSeconds) : null,
  }));
export type CreateCodeInput = z.input<typeof createCodeSchema>;
export type NewCode = z.output<typeof createCodeSchema>;

function toScene(scene: SceneInput | undefined): { id: number } | { str: string } | null {
  if (scene?.id !== undefined) return { id: scene.id };
  return scene?.str === undefined ? null : { str: scene.str };
}

/** What is left out stays as it is; `tags` are all that the code has from then on. */
export const updateCodeSchema = z
  .strictObject({ label: labelSchema, channelId: z.string().nullable(), tags: tagNamesSchema })
  .partial();
export type UpdateCodeInput = z.input<typeof updateCodeSchema>;

/** Without `status` archived codes are left out; `status: 'archived'` shows only those. */
const filterFields = {
  q: oneLine(200).optional(),
  campaignId: z.uuid().optional(),
  channelId: z.uuid().optional(),
  batchId: z.uuid().optional(),
  tagId: z.uuid().optional(),
  kind: z.enum(codeKinds).optional(),
  status: z.enum(codeStatuses).optional(),
  /** Temporary codes that work now and end within so many days. */
  expiresWithinDays: z.coerce.number().int().min(1).max(30).optional(),
  /** Left out: all but those of bindings. */
  origin: z.enum(codeOrigins).optional(),
  importId: z.uuid().optional(),
  /** Permanent codes whose integer scene is this one, or lies within: `40001`, `40001-40500`. */
  scenes: z
    .string()
    .regex(/^\d{1,6}(?:-\d{1,6})?$/)
    .optional(),
  /** `true`: imported codes about which something is odd. */
  flagged: z.literal('true').optional(),
};

export const filterCodesSchema = z.strictObject(filterFields);
export type FilterCodesInput = z.input<typeof filterCodesSchema>;
export type CodeFilter = z.output<typeof filterCodesSchema>;

export const sortOrders = ['asc', 'desc'] as const;
export type SortOrder = (typeof sortOrders)[number];

/** Newest first unless said otherwise. */
export const listCodesSchema = z.strictObject({
  ...filterFields,
  sort: z.enum(codeSortKeys).default('createdAt'),
  order: z.enum(sortOrders).default('desc'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2_000).optional(),
});
export type ListCodesInput = z.input<typeof listCodesSchema>;

const renewalSeconds = z.number().int().min(1).max(maxExpireSeconds);

/** Left out: as long as its predecessor. */
export const renewCodeSchema = z.strictObject({ expireSeconds: renewalSeconds.optional() });
export type RenewCodeInput = z.input<typeof renewCodeSchema>;

/** `campaignId` null: from that moment on no campaign. `fromAt` left out: from now. */
export const handOverCodeSchema = z.strictObject({
  campaignId: z.string().min(1).nullable(),
  fromAt: z.iso.datetime({ offset: true }).optional(),
});
export type HandOverCodeInput = z.input<typeof handOverCodeSchema>;
