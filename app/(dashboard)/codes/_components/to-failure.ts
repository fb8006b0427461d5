import { remedyOfError } from '@/lib/codes/format';
import type { CodeErrorDto } from '@/lib/codes/types';
import type { WeChatFailure } from '@/lib/i18n/describe-wechat-error';

/** WeChat names the address that it does not let in inside its own words. */
const ADDRESS = /\b\d{1,3}(?:\.\d{1,3}){3}\b/;

/** The failure of issuing, or of another call, as `describeWeChatError` wants it. */
export function toFailure(error: CodeErrorDto, path = '/cgi-bin/qrcode/create'): WeChatFailure {
  const remedy = remedyOfError(error);
  const namesAddress = remedy === 'whitelistIp' || remedy === 'confirmIp';
  return {
    kind: error.kind as WeChatFailure['kind'],
    remedy,
    tokenServerProblem: null,
    path,
    httpStatus: null,
    errcode: error.errcode,
    blockedIp: namesAddress ? (ADDRESS.exec(error.errmsg ?? '')?.[0] ?? null) : null,
    rid: error.rid,
  };
}
