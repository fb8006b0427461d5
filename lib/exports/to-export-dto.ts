import 'server-only';
import type { LeftOutDto } from '../codes/selection-types';
import type { PrintDesignSettings, PrintFormat } from '../print/design-types';
import type { SheetSettings } from '../print/sheet-types';
import { isOutdated } from './is-outdated';
import type { ExportRow } from './store';
import type { ExportDto, ExportFault } from './types';

export function toExportDto(row: ExportRow): ExportDto {
  return {
    id: row.id,
    accountId: row.accountId,
    way: row.way,
    state: row.state,
    isOutdated: row.state === 'done' && isOutdated(row),
    as: row.shape,
    format: row.format as PrintFormat,
    design: row.design as PrintDesignSettings,
    designName: row.designName,
    designVersion: row.designVersion,
    sheet: row.sheet as SheetSettings | null,
    merge: row.mergeRowBytes === null ? null : 'indesign',
    posterId: (row.poster as { id: string } | null)?.id ?? null,
    query: row.query as Record<string, unknown>,
    total: row.total,
    done: row.done,
    leftOut: row.leftOut as LeftOutDto,
    bytes: row.bytes === null ? null : Number(row.bytes),
    digest: row.digest,
    error: row.error as ExportFault | null,
    downloads: row.downloads,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdByName,
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt.toISOString(),
  };
}
