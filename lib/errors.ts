/** Every way in which this product refuses or fails, and the HTTP status that goes with it. The list is closed. */
const statusByCode = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  VALIDATION_FAILED: 422,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  PAYLOAD_TOO_LARGE: 413,
  METHOD_NOT_ALLOWED: 405,
  UNSUPPORTED_MEDIA_TYPE: 415,
  LINK_INVALID: 410,
  LAST_ADMIN: 409,
  ORIGIN_REFUSED: 403,
  IDEMPOTENCY_KEY_REUSED: 422,
  IDEMPOTENCY_KEY_IN_PROGRESS: 409,
  ACCOUNT_REQUIRED: 422,
  ACCOUNT_STOPPED: 409,
  EXTERNAL_USE_UNDECLARED: 409,
  SCENE_CAP_REACHED: 409,
  SCENE_TAKEN: 409,
  SCENE_NOT_OURS: 409,
  CAMPAIGN_BUDGET_REACHED: 409,
  SLOT_COOLING: 409,
  SLOT_NOT_ARCHIVED: 409,
  SLOT_GIVEN_ON: 409,
  IMPORT_BUILT_ON: 409,
  APPROVAL_REQUIRED: 409,
  APPROVAL_STATE: 409,
  BATCH_STATE: 409,
  EXPORT_STATE: 409,
  CODE_NOT_ISSUED: 409,
  CODE_EXPIRED: 409,
  TEMPORARY_NOT_CONFIRMED: 422,
  IMAGE_OUT_OF_BOUNDS: 422,
  IMAGE_UNREADABLE: 500,
  WECHAT_REFUSED: 502,
  WECHAT_UNREACHABLE: 504,
  BUSY: 503,
  UNEXPECTED: 500,
} as const;

export type ErrorCode = keyof typeof statusByCode;

/** One thing wrong with one field. `code` picks the sentence (messages: `fields.CODE`), `params` fill it. */
export type FieldIssue = {
  field: string;
  code: string;
  params?: Record<string, string | number>;
  message: string;
};

// Next bundles instrumentation and routes apart, each with a class of its own, and errors cross between them.
const brand = Symbol.for('qudao.app-error');

type Details = Record<string, unknown> & { fields?: FieldIssue[] };

/**
 * The one error that services throw.
 *
 * `message` is for the log, in English. The person reads the sentence `errors.CODE` of the messages, filled from
 * `details`; so `details` holds only what that person may see.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly details: Details;

  constructor(code: ErrorCode, message: string, details: Details = {}, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return statusByCode[this.code];
  }

  static override [Symbol.hasInstance](value: unknown): value is AppError {
    return typeof value === 'object' && value !== null && brand in value;
  }
}

/** What may cross to a browser or an API client about a failure. */
export type ErrorDto = { code: ErrorCode; details: Details; reference?: string };

export const errorCodes = Object.keys(statusByCode) as ErrorCode[];

export function statusOf(code: ErrorCode): number {
  return statusByCode[code];
}

export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError;
}

/** Shorthand for a refusal that names one field. `code` is the key under `fields` in the messages. */
export function invalidField(
  field: string,
  code: string,
  message: string,
  params?: Record<string, string | number>,
): AppError {
  return new AppError('VALIDATION_FAILED', `${field}: ${message}`, {
    fields: [{ field, code, params, message }],
  });
}
