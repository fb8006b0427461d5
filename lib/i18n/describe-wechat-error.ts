import type { _Translator as TranslatorOf } from 'next-intl';
import type { Messages } from './load-messages';

type Texts = Messages['wechat'];

export type WeChatTranslator = TranslatorOf<Messages, 'wechat'>;

/** A failed call to WeChat, as it may be shown to a person. A `WeChatError` of lib/wechat has this shape. */
export type WeChatFailure = {
  kind: keyof Texts['kinds'];
  remedy: keyof Texts['remedies'];
  tokenServerProblem: keyof Texts['tokenServerProblems'] | null;
  path: string;
  httpStatus: number | null;
  errcode: number | null;
  blockedIp: string | null;
  rid: string | null;
};

/**
 * What happened and what to do about it, in the person's language.
 *
 * @param t  translator of the namespace `wechat`
 */
export function describeWeChatError(
  t: WeChatTranslator,
  failure: WeChatFailure,
): { what: string; remedy: string } {
  const errcodeKey = `errcodes.${failure.errcode}` as `errcodes.${keyof Texts['errcodes']}`;
  const values = {
    path: failure.path,
    // As text: a code is not a quantity, and would be shown with thousands separated.
    status: String(failure.httpStatus ?? ''),
    errcode: String(failure.errcode ?? ''),
    meaning: failure.errcode !== null && t.has(errcodeKey) ? t(errcodeKey) : 'absent',
  };
  const { tokenServerProblem } = failure;
  const problem = tokenServerProblem ? t(`tokenServerProblems.${tokenServerProblem}`, values) : '';
  return {
    what: t(`kinds.${failure.kind}`, { ...values, problem }).trim(),
    remedy: t(`remedies.${failure.remedy}`, {
      ip: failure.blockedIp ?? 'absent',
      rid: failure.rid ?? 'absent',
    }),
  };
}
