import type { CodeDto } from '@/lib/codes/types';
import { AppError } from '@/lib/errors';
import { StatusAnswer } from '@/lib/web/api-route';

/**
 * A code is made whatever WeChat says; the status tells what it said: 201 issued, 202 it will be asked again.
 *
 * @throws AppError WECHAT_REFUSED  refused for good; `details.codeId` is the code, which can be mended or discarded
 */
export function toIssueAnswer(code: CodeDto): StatusAnswer {
  if (code.status !== 'failed') return new StatusAnswer(code.status === 'reserved' ? 202 : 201, code);
  const { errcode, errmsg, rid } = code.error ?? {};
  throw new AppError('WECHAT_REFUSED', `code ${code.id} was refused`, {
    errcode,
    errmsg,
    rid,
    codeId: code.id,
  });
}
