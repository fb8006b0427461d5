import 'server-only';
import type { z } from 'zod';
import { resolveAccount } from '../accounts/resolve-account';
import { findActorByKey } from '../api-keys/find-actor-by-key';
import type { Actor, Context } from '../context';
import { env } from '../env';
import { AppError, invalidField } from '../errors';
import { parseInput } from '../field-issues';
import { answerOnce, type KeptAnswer } from '../idempotency/answer-once';
import {
  isIdempotent,
  type Operation,
  type ParamsOf,
  type Scope,
  type TableBody,
  takesBody,
} from '../openapi/operation';
import { authorise } from '../people/authorise';
import { limitRate } from '../rate-limits/limit-rate';
import { contextFor } from '../runtime';
import { readBearer } from './bearer';
import { problemResponse } from './problem';
import { readJsonBody } from './read-body';
import { isCsv, readFileBody, type SentFile } from './read-file-body';
import { readQuery } from './read-query';
import { reportError } from './report-error';
import { currentActor } from './session';

type Params = Record<string, string | undefined>;

/** A request as far as it has been read. */
type Sent = {
  request: Request;
  params: Params;
  query: Record<string, unknown>;
  body: unknown;
  file: SentFile | null;
  onceId: string | null;
};

/** A route handler of Next, and the entry of the table that it answers for. */
export type ApiHandler = {
  (request: Request, context: { params: Promise<Params> }): Promise<Response>;
  operation?: Operation;
};

export type ApiInput<Q extends z.ZodType, B extends z.ZodType, S extends Scope, P extends string> = {
  /** The account that the request names or can only mean; the service behind it authorises for it. */
  accountId: S extends 'account' ? string : undefined;
  params: ParamsOf<P>;
  query: z.output<Q>;
  /** Checked, and as it was sent: services parse for themselves. */
  body: z.input<B>;
  /** A table that was sent as the body; `body` is then what stood beside it in the query. */
  file: SentFile | null;
  request: Request;
  /** The id that what is made should take, so that a repeated request finds it; null without an Idempotency-Key. */
  onceId: string | null;
};

type Run<Q extends z.ZodType, B extends z.ZodType, S extends Scope, P extends string> = (
  ctx: Context,
  input: ApiInput<Q, B, S, P>,
) => Promise<unknown>;

type RouteOptions<P extends string> = {
  /** Finds the account of what the address names, where the request names none. */
  locate?: (ctx: Context, params: ParamsOf<P>) => Promise<string>;
};

/** An answer with a status of its own; a plain value is answered with 200. */
export class StatusAnswer {
  constructor(
    readonly status: number,
    readonly body: unknown,
  ) {}
}

export const created = (body: unknown) => new StatusAnswer(201, body);

/**
 * A route of the REST interface, made of its entry in lib/openapi: who asks (API key), how often, whether the role
 * allows it, then the input, then the answer.
 *
 * `run` gives back a value, a {@link StatusAnswer}, or a Response of its own. What it throws becomes a problem (RFC 9457).
 */
export function apiRoute<Q extends z.ZodType, B extends z.ZodType, S extends Scope, P extends string>(
  operation: Operation<Q, B, S, P>,
  run: Run<Q, B, S, P>,
  options: RouteOptions<P> = {},
): ApiHandler {
  return toHandler(operation, run, options, actorOfKey);
}

/** The same for an address that a browser with a session opens too. A request that brings a key is judged by the key. */
export function sessionOrKeyRoute<
  Q extends z.ZodType,
  B extends z.ZodType,
  S extends Scope,
  P extends string,
>(operation: Operation<Q, B, S, P>, run: Run<Q, B, S, P>, options: RouteOptions<P> = {}): ApiHandler {
  return toHandler(operation, run, options, actorOfSessionOrKey);
}

/** @throws AppError UNAUTHENTICATED  it brings a key that does not count */
export async function actorOfSessionOrKey(request: Request): Promise<Actor> {
  return request.headers.has('authorization') ? actorOfKey(request) : currentActor();
}

const stranger: Actor = { kind: 'stranger' };

/** @throws AppError UNAUTHENTICATED  no key, or one that was never made or is revoked */
async function actorOfKey({ headers }: Request): Promise<Actor> {
  const key = readBearer(headers);
  const { db, clock } = await contextFor(stranger);
  const actor = key === null ? null : await findActorByKey(db, key, clock.now());
  if (actor) return actor;
  throw new AppError('UNAUTHENTICATED', key === null ? 'no API key' : 'no such API key', { what: 'apiKey' });
}

function toHandler<Q extends z.ZodType, B extends z.ZodType, S extends Scope, P extends string>(
  operation: Operation<Q, B, S, P>,
  run: Run<Q, B, S, P>,
  { locate }: RouteOptions<P>,
  findActor: (request: Request) => Promise<Actor>,
): ApiHandler {
  const where = `${operation.method} ${operation.path}`;
  const hasBody = takesBody(operation);

  async function answer(request: Request, params: Params): Promise<Response> {
    const actor: Actor = operation.role === null ? stranger : await findActor(request);
    const ctx = await contextFor(actor);
    if (operation.role !== null) {
      await limitActor(ctx);
      authorise(ctx, operation.role);
    }
    const query = readQuery(request.url);
    const sent = { request, params, query, file: null, onceId: null };
    if (!hasBody) return attempt(ctx, { ...sent, body: {} });
    if (operation.csv && isCsv(request)) return answerTable(ctx, operation.csv, sent);
    const body = (await readJsonBody(request, operation.maxBodyBytes)) ?? {};
    return isIdempotent(operation) ? attemptOnce(ctx, { ...sent, body }) : attempt(ctx, { ...sent, body });
  }

  /** What else would be in a body of JSON stands in the query beside a table. */
  async function answerTable(ctx: Context, csv: TableBody, sent: Omit<Sent, 'body'>): Promise<Response> {
    const file = await readFileBody(sent.request, csv.maxBytes);
    try {
      const beside = ['accountId', ...Object.keys(csv.fields.shape)];
      const entries = Object.entries(sent.query);
      const body = Object.fromEntries(entries.filter(([name]) => beside.includes(name)));
      const query = Object.fromEntries(entries.filter(([name]) => !beside.includes(name)));
      return await attemptOnce(ctx, { ...sent, query, body, file });
    } finally {
      await file.close();
    }
  }

  async function attemptOnce(ctx: Context, sent: Sent): Promise<Response> {
    const { request, query, body, file } = sent;
    const path = new URL(request.url).pathname;
    const key = request.headers.get('idempotency-key');
    const content = { query, body, ...(file ? { file: file.sha256 } : {}) };
    const once = await answerOnce(ctx, { key, method: operation.method, path, content }, async (onceId) => {
      const response = await attempt(ctx, { ...sent, onceId });
      return { status: response.status, body: await response.clone().text(), response };
    });
    return once.isReplay ? toReplay(once.answer) : once.answer.response;
  }

  /** From the input on; refuses by a Response, since a refusal too may be kept for the same key. */
  async function attempt(ctx: Context, sent: Sent): Promise<Response> {
    const { request, params, file, onceId } = sent;
    try {
      const given: { query: unknown; body: unknown } = { query: sent.query, body: sent.body };
      let accountId: string | undefined;
      if (operation.scope === 'account') {
        const place = hasBody ? 'body' : 'query';
        const { accountId: named, rest } = takeAccountId(given[place]);
        given[place] = rest;
        accountId = await findAccount(ctx, named, params);
      }
      const query = parseInput(operation.query, given.query);
      const { body } = given;
      parseInput(file && operation.csv ? operation.csv.fields : operation.body, body);
      const input = { accountId, params, query, body, file, request, onceId } as unknown;
      return toResponse(await run(ctx, input as ApiInput<Q, B, S, P>));
    } catch (error) {
      return problemResponse(reportError(error, where), request);
    }
  }

  function findAccount(ctx: Context, named: string | undefined, params: Params): Promise<string> {
    return named === undefined && locate ? locate(ctx, params as ParamsOf<P>) : resolveAccount(ctx, named);
  }

  function toResponse(result: unknown): Response {
    if (result instanceof Response) return result;
    const { status, body } = result instanceof StatusAnswer ? result : { status: 200, body: result };
    return jsonResponse({ status, body: JSON.stringify(body) });
  }

  function toReplay(kept: KeptAnswer): Response {
    const response = jsonResponse(kept);
    response.headers.set('idempotency-replayed', 'true');
    return response;
  }

  function jsonResponse({ status, body }: KeptAnswer): Response {
    const response = new Response(body, {
      status,
      headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' },
    });
    if (status === 201 && operation.location !== undefined) {
      const { id } = JSON.parse(body) as { id: string };
      response.headers.set('location', `${operation.location}/${id}`);
    }
    return response;
  }

  const handler: ApiHandler = async (request, context) => {
    let response: Response;
    try {
      response = await answer(request, await context.params);
    } catch (error) {
      response = await problemResponse(reportError(error, where), request);
    }
    if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
    return response;
  };
  handler.operation = operation as unknown as Operation;
  return handler;
}

/** @throws AppError RATE_LIMITED */
export async function limitActor(ctx: Context): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== 'apiKey' && actor.kind !== 'user') return;
  await limitRate(ctx, `api:${actor.kind}:${actor.id}`, { limit: env().API_RATE_LIMIT, windowSeconds: 60 });
}

function takeAccountId(input: unknown): { accountId: string | undefined; rest: unknown } {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { accountId: undefined, rest: input };
  }
  const { accountId, ...rest } = input as Record<string, unknown>;
  if (accountId === undefined || typeof accountId === 'string') return { accountId, rest };
  throw invalidField('accountId', 'wrongType', 'wanted: a string', { expected: 'string' });
}

/** The exports of a route file: every method has an answer, and what is not offered is refused with what is. */
export function apiMethods(
  handlers: Partial<Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', ApiHandler>>,
) {
  const offered = Object.keys(handlers);
  const allow = [...offered, ...(handlers.GET ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  const refuse: ApiHandler = async (request) => {
    const error = new AppError('METHOD_NOT_ALLOWED', `${request.method} is not offered`, { allow });
    const response = await problemResponse(error, request);
    response.headers.set('cache-control', 'no-store');
    return response;
  };
  const options: ApiHandler = async () =>
    new Response(null, { status: 204, headers: { allow, 'cache-control': 'no-store' } });
  const { GET = refuse, POST = refuse, PUT = refuse, PATCH = refuse, DELETE = refuse } = handlers;
  return { GET, POST, PUT, PATCH, DELETE, OPTIONS: options };
}
