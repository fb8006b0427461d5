import 'server-only';
import { randomUUID } from 'node:crypto';
import { AppError, type ErrorDto } from '../errors';
import { log } from '../log';
import { WeChatError } from '../wechat';

/**
 * Says what went wrong twice: the whole of it to the log, to the person what the person may know.
 *
 * What nobody foresaw shows a reference only, which finds the entry in the log.
 */
export function reportError(error: unknown, where: string): AppError & { reference?: string } {
  if (error instanceof AppError) {
    log().info({ where, code: error.code, cause: describeCause(error.cause) }, error.message);
    return error;
  }
  if (error instanceof WeChatError) {
    log().warn({ where, kind: error.kind, errcode: error.errcode, rid: error.rid }, error.message);
    return fromWeChatError(error);
  }
  const reference = randomUUID().slice(0, 8);
  log().error({ where, reference, err: error }, 'unexpected error');
  return Object.assign(new AppError('UNEXPECTED', 'unexpected error', { reference }, { cause: error }), {
    reference,
  });
}

/** WeChat's own words reach the person who can act on them. */
export function fromWeChatError(error: WeChatError): AppError {
  const isAnswer = error.kind === 'api';
  return new AppError(
    isAnswer ? 'WECHAT_REFUSED' : 'WECHAT_UNREACHABLE',
    error.message,
    {
      kind: error.kind,
      errcode: error.errcode,
      errmsg: error.errmsg,
      rid: error.rid,
      remedy: error.remedy,
      blockedIp: error.blockedIp,
    },
    { cause: error },
  );
}

export function toErrorDto(error: AppError): ErrorDto {
  return { code: error.code, details: error.details };
}

function describeCause(cause: unknown): string | undefined {
  return cause instanceof Error ? cause.message : undefined;
}
