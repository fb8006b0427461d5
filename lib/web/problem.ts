import { createTranslator } from 'next-intl';
import type { AppError, ErrorCode, FieldIssue } from '../errors';
import { describeError, describeField, type FieldsTranslator } from '../i18n/describe-error';
import { loadMessages } from '../i18n/load-messages';
import type { Locale } from '../i18n/locales';

/** Members beside those of RFC 9457 that a program can act on; of an error's details nothing else crosses. */
const members = [
  'errcode',
  'errmsg',
  'rid',
  'blockedIp',
  'until',
  'codeId',
  'remaining',
  'kind',
  'limitedBy',
  'campaign',
  'budget',
  'spent',
  'left',
  'days',
  'count',
  'slots',
  'approvalId',
  'href',
  'reason',
  'state',
  'invalid',
  'smallestMm',
  'largestMm',
  'reference',
] as const;

export type Problem = {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  detail: string;
  fields?: { field: string; code: string; message: string }[];
  remedy?: string;
} & { [M in (typeof members)[number]]?: string | number };

/**
 * What a failure looks like to a program: RFC 9457, with the code of the closed list in lib/errors.ts.
 *
 * `detail` and the fields' messages are the sentences that a person would read, in Chinese where the client asks for it
 * first and in English otherwise.
 */
export async function toProblem(error: AppError, acceptLanguage: string | null): Promise<Problem> {
  const { errors, fields, wechat } = await sentences(localeOf(acceptLanguage));
  const { code, status, details } = error;
  const remedyKey = `remedies.${String(details.remedy)}` as Parameters<typeof wechat.has>[0];
  return {
    type: `urn:qudao:problem:${code}`,
    title: titleOf(code),
    status,
    code,
    detail: describeError(errors, { code, details }),
    ...pick(details),
    ...(details.remedy && wechat.has(remedyKey)
      ? {
          remedy: wechat(remedyKey, {
            ip: String(details.blockedIp ?? 'absent'),
            rid: String(details.rid ?? 'absent'),
          }),
        }
      : {}),
    ...(details.fields
      ? {
          fields: details.fields.map((issue) => toFieldProblem(fields, issue)),
        }
      : {}),
  };
}

type FieldProblem = { field: string; code: string; message: string };

function toFieldProblem(fields: FieldsTranslator, issue: FieldIssue): FieldProblem {
  const { field, code, message } = issue;
  const isKnown = fields.has(code as Parameters<typeof fields.has>[0]);
  return { field, code, message: isKnown ? describeField(fields, issue) : message };
}

/** What is wrong with rows that are told and not refused, in the same words as a problem tells it. */
export async function describeRows<R extends { errors: FieldIssue[] }>(
  rows: readonly R[],
  acceptLanguage: string | null,
): Promise<(Omit<R, 'errors'> & { errors: FieldProblem[] })[]> {
  const { fields } = await sentences(localeOf(acceptLanguage));
  return rows.map(({ errors, ...row }) => ({
    ...row,
    errors: errors.map((issue) => toFieldProblem(fields, issue)),
  }));
}

function localeOf(acceptLanguage: string | null): Locale {
  return /^\s*zh/i.test(acceptLanguage ?? '') ? 'zh-CN' : 'en';
}

/** As the answer to a request, with the headers that belong to the code. */
export async function problemResponse(error: AppError, request: Request): Promise<Response> {
  const problem = await toProblem(error, request.headers.get('accept-language'));
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', ...headersOf(error) },
  });
}

function headersOf({ code, details }: AppError): Record<string, string> {
  const seconds = details.retryAfterSeconds;
  return {
    ...(typeof seconds === 'number' ? { 'retry-after': String(Math.max(1, Math.ceil(seconds))) } : {}),
    ...(code === 'UNAUTHENTICATED' ? { 'www-authenticate': 'Bearer realm="qudao"' } : {}),
    ...(typeof details.allow === 'string' ? { allow: details.allow } : {}),
  };
}

function pick(details: AppError['details']): Pick<Problem, (typeof members)[number]> {
  const known = members.map((name) => [name, details[name]] as const);
  return Object.fromEntries(
    known.filter(([, value]) => typeof value === 'string' || typeof value === 'number'),
  );
}

/** `SCENE_CAP_REACHED` → `Scene cap reached`. */
function titleOf(code: ErrorCode): string {
  const words = code.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

async function createSentences(locale: Locale) {
  const messages = await loadMessages(locale);
  const onError = () => undefined;
  return {
    errors: createTranslator({ locale, messages, namespace: 'errors', onError }),
    fields: createTranslator({ locale, messages, namespace: 'fields', onError }),
    wechat: createTranslator({ locale, messages, namespace: 'wechat', onError }),
  };
}

const kept = new Map<Locale, ReturnType<typeof createSentences>>();

function sentences(locale: Locale): ReturnType<typeof createSentences> {
  const known = kept.get(locale) ?? createSentences(locale);
  kept.set(locale, known);
  return known;
}
