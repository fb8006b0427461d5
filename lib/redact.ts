const CENSORED = '[redacted]';
const LONGEST_TEXT = 2_000;
const LONGEST_STACK = 4_000;
const DEEPEST = 8;
const MOST_MEMBERS = 200;

/** `appSecret`, `app_secret` and `App-Secret` are one name here. */
const secretName =
  /(?:secret|password|passwordhash|token|tokenvalue|authorization|cookie|openid|unionid|fromusername|apikey|aeskey|sessionid)$|^sid$/;

const nameInText = String.raw`(?:[\w-]*(?:secret|password|token|openid|unionid|signature|aes_?key|api_?key)|nonce|authorization)`;

/** What gives a secret away in a text that others wrote: an address, a header, JSON, a key of ours, an openid. */
const patterns: readonly [RegExp, string][] = [
  // The password of `postgresql://user:password@host`.
  [/([a-z][\w+.-]*:\/\/[^\s/:@]*:)[^\s/@]+@/gi, `$1${CENSORED}@`],
  [new RegExp(String.raw`(^|[?&;,\s"'({])(${nameInText}=)[^&\s"'#]+`, 'gi'), `$1$2${CENSORED}`],
  [
    new RegExp(String.raw`((?:\\?["'])${nameInText}(?:\\?["'])\s*:\s*(?:\\?["']))(?:(?!\\?["']).)+`, 'gi'),
    `$1${CENSORED}`,
  ],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${CENSORED}`],
  [/\bqd_[\w-]{8,}/g, CENSORED],
  [/(\/link\/)[\w-]{8,}/g, `$1${CENSORED}`],
  // 28 signs, the first of them an o.
  [/(?<![\w-])o[\w-]{27}(?![\w-])/g, CENSORED],
];

/** Blots out what looks like a secret in a text, and cuts what is too long for a log. */
export function redactText(text: string, longest = LONGEST_TEXT): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return patterns.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), cut);
}

/**
 * A copy for the log, to any depth: values whose name says that they are secret are blotted out, texts are looked through, and of
 * an error only what tells where and why is kept. What else an error carries (a request, a row, the parameters of a
 * statement) is nobody's business in a log.
 */
export function redact(value: unknown, depth = 0, seen: readonly unknown[] = []): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST || seen.includes(value)) return '[…]';
  const path = [...seen, value];
  if (value instanceof Error) return redactError(value, depth, path);
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) {
    return value.slice(0, MOST_MEMBERS).map((member) => redact(member, depth + 1, path));
  }
  const members = Object.entries(value).slice(0, MOST_MEMBERS);
  return Object.fromEntries(
    members.map(([name, member]) => [
      name,
      isSecret(name, member) ? CENSORED : redact(member, depth + 1, path),
    ]),
  );
}

/** A flag or a count that bears such a name gives nothing away. */
function isSecret(name: string, value: unknown): boolean {
  if (value === null || (typeof value !== 'string' && typeof value !== 'object')) return false;
  return secretName.test(name.toLowerCase().replace(/[-_]/g, ''));
}

/** Of what libraries add to their errors: names of kinds, never contents. */
const kept = ['code', 'kind', 'errcode', 'rid', 'errno', 'syscall', 'status', 'path'] as const;

function redactError(error: Error, depth: number, path: readonly unknown[]): object {
  const members = error as Error & Partial<Record<(typeof kept)[number], unknown>>;
  const told = kept.flatMap((name) => {
    const value = members[name];
    return typeof value === 'string' || typeof value === 'number' ? [[name, redact(value)]] : [];
  });
  return {
    type: error.name,
    message: redactText(wordsOf(error)),
    stack: framesOf(error),
    ...Object.fromEntries(told),
    ...(error.cause === undefined ? {} : { cause: redact(error.cause, depth + 1, path) }),
    ...(error instanceof AggregateError
      ? { errors: error.errors.slice(0, 5).map((each) => redact(each, depth + 1, path)) }
      : {}),
  };
}

/** Prisma quotes what was to be written before it says what was wrong with it. */
function wordsOf({ name, message }: Error): string {
  return name.startsWith('PrismaClient')
    ? (message
        .trim()
        .split(/\n\s*\n/)
        .at(-1) ?? '')
    : message;
}

/** Without the message, with which a stack begins. */
function framesOf({ stack = '' }: Error): string {
  const frames = stack.split('\n').filter((line) => /^ {4}at /.test(line));
  return redactText(frames.join('\n'), LONGEST_STACK);
}
