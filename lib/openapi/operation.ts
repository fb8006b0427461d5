import { z } from 'zod';
import type { ErrorCode } from '../errors';
import type { UserRole } from '../people/types';

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof methods)[number];

export type Tag =
  | 'analytics'
  | 'accounts'
  | 'campaigns'
  | 'channels'
  | 'codes'
  | 'tags'
  | 'batches'
  | 'exports'
  | 'designs'
  | 'quota'
  | 'scans'
  | 'webhooks'
  | 'bindings'
  | 'description';

/** What a schema's own rules say only in code, said again for the reader of the document; the path is dotted. */
export type Hints = Record<string, { description?: string; [keyword: string]: unknown }>;

export type Answer = {
  status: number;
  description: string;
  /** Left out: not JSON, see `contentTypes`. */
  schema?: z.ZodType;
  contentTypes?: string[];
  example?: unknown;
};

export type TableBody = { fields: z.ZodObject; maxBytes: number; hints?: Hints };

export type Scope = 'account' | 'installation';

/** The names in a path of the document: `id` of `/api/v1/codes/{id}`. */
type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** What Next gives a route for its path. */
export type ParamsOf<Path extends string> = Record<NamesIn<Path>, string> &
  Record<string, string | undefined>;

export type OperationSpec<
  Query extends z.ZodType,
  Body extends z.ZodType,
  S extends Scope,
  Path extends string,
> = {
  id: string;
  method: Method;
  /** As in the document, `/api/v1/codes/{id}`. */
  path: Path;
  tag: Tag;
  summary: string;
  description?: string;
  /** Who may ask; null: anybody, with or without a key. */
  role: UserRole | null;
  /** `account`: takes `accountId` in the query of a read, in the body of a write. */
  scope?: S;
  params?: Record<string, string>;
  query?: Query;
  queryHints?: Hints;
  body?: Body;
  bodyHints?: Hints;
  bodyExample?: unknown;
  /** The longest body in bytes; 1 MB when left out. */
  maxBodyBytes?: number;
  /** A table as the body (`text/csv`): its own bound, and what stands beside it in the query. */
  csv?: TableBody;
  answers: Answer[];
  /** Beyond those that follow from the rest: see `errorsOf`. */
  errors?: ErrorCode[];
  /** Where what was made is found, without its id; an answer of 201 names it as Location. */
  location?: string;
};

export type Operation<
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  S extends Scope = Scope,
  Path extends string = string,
> = OperationSpec<Query, Body, S, Path> & { query: Query; body: Body; scope: S };

const noFields = z.strictObject({});
type NoFields = typeof noFields;

/** One entry of the table that both the routes and their description are made of. */
export function operation<
  const Path extends string,
  Query extends z.ZodType = NoFields,
  Body extends z.ZodType = NoFields,
  S extends Scope = 'installation',
>(spec: OperationSpec<Query, Body, S, Path>): Operation<Query, Body, S, Path> {
  return {
    ...spec,
    query: spec.query ?? (noFields as unknown as Query),
    body: spec.body ?? (noFields as unknown as Body),
    scope: spec.scope ?? ('installation' as S),
  };
}

export function takesBody({ method }: Pick<Operation, 'method'>): boolean {
  return method !== 'GET';
}

/** Every POST takes an Idempotency-Key. */
export function isIdempotent({ method }: Pick<Operation, 'method'>): boolean {
  return method === 'POST';
}

/** All codes with which an operation may refuse. */
export function errorsOf(operation: Operation): ErrorCode[] {
  const { role, scope, path, errors = [] } = operation;
  const codes: ErrorCode[] = ['VALIDATION_FAILED', 'UNEXPECTED', 'BUSY', ...errors];
  if (role !== null) codes.push('UNAUTHENTICATED', 'RATE_LIMITED');
  if (role !== null && role !== 'viewer') codes.push('FORBIDDEN');
  if (scope === 'account') codes.push('ACCOUNT_REQUIRED');
  if (scope === 'account' || path.includes('{')) codes.push('NOT_FOUND');
  if (takesBody(operation)) codes.push('PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE');
  if (isIdempotent(operation)) codes.push('IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_KEY_IN_PROGRESS');
  return [...new Set(codes)];
}
