import 'server-only';
import { getAccount } from '../accounts/get-account';
import { recordAudit } from '../audit/record-audit';
import { getCode } from '../codes/get-code';
import type { CodeDto } from '../codes/types';
import type { Context } from '../context';
import { getPrintableDesign } from '../designs/get-printable-design';
import { AppError } from '../errors';
import { authorise } from '../people/authorise';
import { designDefaults } from './design-schemas';
import { isRasterFormat, printContentTypes } from './design-types';
import { drawCodes } from './draw-codes';
import { toImageFileName } from './format';
import { notePrinted } from './note-printed';
import { type ImageQuery, withQuery } from './schemas';
import { toDrawing } from './to-drawing';

export type PrintedCode = { bytes: Uint8Array<ArrayBuffer>; contentType: string; fileName: string };

/**
 * The file of one code for print, drawn, read back, and written into the audit log: that is how one learns later which
 * posters carry which code.
 *
 * @param query  as `imageQuerySchema` gives it; what it asks for goes before what its design says
 * @throws AppError NOT_FOUND  code or design is malformed, unknown, or of another account
 * @throws AppError CODE_NOT_ISSUED | CODE_EXPIRED  there is no symbol, or it does nothing any more
 * @throws AppError TEMPORARY_NOT_CONFIRMED  a code that expires, without `temporary: 'ok'`
 * @throws AppError IMAGE_OUT_OF_BOUNDS | VALIDATION_FAILED | BUSY | IMAGE_UNREADABLE  see `drawCodes`
 */
export async function printCode(
  ctx: Context,
  accountId: string,
  codeId: string,
  query: ImageQuery,
): Promise<PrintedCode> {
  authorise(ctx, 'viewer', accountId);
  const code = await getCode(ctx, accountId, codeId);
  const saved = query.design === undefined ? null : await getPrintableDesign(ctx, accountId, query.design);
  requirePrintable(code, query, ctx.clock.now());
  const { timeZone } = await getAccount(ctx, accountId);
  const settings = withQuery(saved?.settings ?? designDefaults, query);
  const { design, item, expiresOn } = toDrawing(settings, code, timeZone);
  const { format } = query;
  const [drawn] = await drawCodes({ format, design, logo: saved?.logo ?? null, items: [item] });
  if (!drawn) throw new Error('One item was drawn and none came back');
  const { sizeMm, dotsPerInch, errorCorrection, quietZoneModules } = design;
  await ctx.db.$transaction(async (tx) => {
    await notePrinted(tx, [code.id], ctx.clock.now());
    await recordAudit(ctx, tx, {
      action: 'code.print',
      target: { kind: 'code', id: code.id, label: code.label },
      accountId,
      details: {
        format,
        mm: sizeMm,
        ...(isRasterFormat(format) ? { dpi: dotsPerInch } : {}),
        ec: errorCorrection,
        quiet: quietZoneModules,
        ...(saved ? { design: saved.name, designId: saved.id, designVersion: saved.version } : {}),
      },
    });
  });
  const fileName = toImageFileName({ label: code.label, format, sizeMm, dotsPerInch, expiresOn });
  return { bytes: drawn.bytes, contentType: printContentTypes[format], fileName };
}

function requirePrintable(code: CodeDto, { temporary }: ImageQuery, now: Date): void {
  const { id, url, kind, expiresAt } = code;
  if (url === null) throw new AppError('CODE_NOT_ISSUED', `code ${id} is not issued`);
  // Asked of the time and not of the status, since an archived code may have expired as well.
  if (expiresAt !== null && new Date(expiresAt) <= now) {
    throw new AppError('CODE_EXPIRED', `code ${id} has expired`);
  }
  if (kind === 'temporary' && temporary !== 'ok') {
    throw new AppError('TEMPORARY_NOT_CONFIRMED', `code ${id} is temporary; wanted: temporary=ok`);
  }
}
