import 'server-only';
import { getAccount } from '../accounts/get-account';
import { recordAudit } from '../audit/record-audit';
import { getCode } from '../codes/get-code';
import type { CodeDto } from '../codes/types';
import type { Context } from '../context';
import { AppError } from '../errors';
import { localDate } from '../i18n/format';
import { authorise } from '../people/authorise';
import { type DrawnSymbol, drawSymbol } from './draw-symbol';
import { toImageFileName } from './format';
import { type ImageQuery, toDrawRequest } from './schemas';

export type PrintedCode = Pick<DrawnSymbol, 'bytes' | 'contentType'> & { fileName: string };

/**
 * The file of one code for print, drawn, read back, and written into the audit log: that is how one learns later which
 * posters carry which code.
 *
 * @param query  as `imageQuerySchema` gives it
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 * @throws AppError CODE_NOT_ISSUED | CODE_EXPIRED  there is no symbol, or it does nothing any more
 * @throws AppError TEMPORARY_NOT_CONFIRMED  a code that expires, without `temporary: 'ok'`
 * @throws AppError IMAGE_OUT_OF_BOUNDS | BUSY | IMAGE_UNREADABLE  see `drawSymbol`
 */
export async function printCode(
  ctx: Context,
  accountId: string,
  codeId: string,
  query: ImageQuery,
): Promise<PrintedCode> {
  authorise(ctx, 'viewer', accountId);
  const code = await getCode(ctx, accountId, codeId);
  const url = requirePrintable(code, query, ctx.clock.now());
  const { timeZone } = await getAccount(ctx, accountId);
  const { bytes, contentType } = await drawSymbol(toDrawRequest(url, query, code.label));
  const { format, mm, dpi, ec, quiet } = query;
  await recordAudit(ctx, ctx.db, {
    action: 'code.print',
    target: { kind: 'code', id: code.id, label: code.label },
    accountId,
    details: { format, mm, ...(format === 'png' ? { dpi } : {}), ec, quiet },
  });
  const fileName = toImageFileName({
    label: code.label,
    format,
    sizeMm: mm,
    dotsPerInch: dpi,
    expiresOn: code.expiresAt === null ? null : localDate(code.expiresAt, timeZone),
  });
  return { bytes, contentType, fileName };
}

function requirePrintable(code: CodeDto, { temporary }: ImageQuery, now: Date): string {
  const { id, url, kind, expiresAt } = code;
  if (url === null) throw new AppError('CODE_NOT_ISSUED', `code ${id} is not issued`);
  // Asked of the time and not of the status, since an archived code may have expired as well.
  if (expiresAt !== null && new Date(expiresAt) <= now) {
    throw new AppError('CODE_EXPIRED', `code ${id} has expired`);
  }
  if (kind === 'temporary' && temporary !== 'ok') {
    throw new AppError('TEMPORARY_NOT_CONFIRMED', `code ${id} is temporary; wanted: temporary=ok`);
  }
  return url;
}
