import type { LeftOutDto } from '../codes/selection-types';
import type { PrintDesignSettings, PrintFormat } from '../print/design-types';
import type { SheetPlace, SheetSettings } from '../print/sheet-types';

/** Waiting, being made, whole; broken off by a fault or by somebody; its file no longer kept. */
export const exportStates = ['queued', 'working', 'done', 'failed', 'cancelled', 'removed'] as const;
export type ExportState = (typeof exportStates)[number];

export const exportShapes = ['zip', 'pdf'] as const;
export type ExportShape = (typeof exportShapes)[number];

/** Programs that set variable data, for which a ZIP holds a table. */
export const exportMerges = ['indesign'] as const;
export type ExportMerge = (typeof exportMerges)[number];

/** Sent while it was made, or made first. */
export type ExportWay = 'streamed' | 'prepared';

/** Why an export failed: `exports.faults.NAME` of the messages. */
export const exportFaults = ['interrupted', 'unproved', 'changed', 'tooLarge', 'unexpected'] as const;
export type ExportFault = (typeof exportFaults)[number];

/** What one file of an export is made from, as it was when its turn came. All of it stands in the manifest. */
export type ExportFacts = {
  codeId: string;
  label: string;
  campaign: string;
  channel: string;
  scene: string;
  url: string;
  /** In the account's time zone, `2026-12-23 14:02`; '' for a permanent code. */
  expires: string;
  /** The channel's own number, and its city; absent in exports that were made before a data merge asked for them. */
  number?: string;
  city?: string;
};

export type ExportDto = {
  id: string;
  accountId: string;
  way: ExportWay;
  state: ExportState;
  /** Made by an earlier version, which draws otherwise: its file cannot be made again. */
  isOutdated: boolean;
  as: ExportShape;
  format: PrintFormat;
  design: PrintDesignSettings;
  /** The saved design that it was made with; null: the settings were given one by one. */
  designName: string | null;
  designVersion: number | null;
  sheet: SheetSettings | null;
  /** A table for variable data stands beside the manifest. */
  merge: ExportMerge | null;
  /** The poster that every file is a copy of; null: the symbol is the file. */
  posterId: string | null;
  /** What the codes were chosen by. */
  query: Record<string, unknown>;
  total: number;
  done: number;
  leftOut: LeftOutDto;
  /** Of the whole file; null until it is known. */
  bytes: number | null;
  /** SHA-256 over the proved files in their order, hex; null until all are proved. */
  digest: string | null;
  error: ExportFault | null;
  downloads: number;
  createdAt: string;
  createdBy: string;
  startedAt: string | null;
  finishedAt: string | null;
  /** When the file is removed. */
  expiresAt: string;
};

export type ExportPageDto = { items: ExportDto[]; nextCursor: string | null };

export type ExportShareDto = {
  id: string;
  note: string;
  hasPassword: boolean;
  expiresAt: string;
  revokedAt: string | null;
  downloads: number;
  lastDownloadedAt: string | null;
  createdAt: string;
  createdBy: string;
};

/** What a print shop sees of an export: nothing of the account behind it. */
export type SharedExportDto = {
  needsPassword: boolean;
  fileName: string;
  as: ExportShape;
  format: PrintFormat;
  total: number;
  merge: ExportMerge | null;
  sizeMm: number;
  bytes: number;
  madeAt: string;
  expiresAt: string;
};

/** One time that a code went into print. */
export type PrintedFileDto = {
  exportId: string | null;
  at: string;
  by: string;
  /** Null: a file of this code alone. */
  fileName: string | null;
  designName: string | null;
  format: string;
  sizeMm: number;
};

/** A page as it is cut: where its labels lie, those that are left free on used paper included. */
export type SheetPictureDto = {
  widthMm: number;
  heightMm: number;
  /** How far each label's ground goes over its edge. */
  bleedMm: number;
  /** `#rrggbb` of that ground. */
  ground: string;
  /** Crop marks. */
  marks: SheetPlace[];
  labels: (SheetPlace & { item: number | null })[];
};

/**
 * What an export would hold. `bytes`: of the whole file; `seconds`: about so long, null where
 * nobody can tell; `pages`: null for a ZIP.
 */
export type ExportPreviewDto = {
  printable: number;
  temporary: number;
  leftOut: LeftOutDto;
  bytes: number;
  seconds: number | null;
  pages: number | null;
  /** The first page with its labels, in mm from its top left corner; null for a ZIP. */
  sheet: SheetPictureDto | null;
  /** The first symbols as they will be printed, or the first posters with theirs: `data:` of an SVG or a JPEG. */
  first: { codeId: string; label: string; href: string; widthMm: number; heightMm: number }[];
};
