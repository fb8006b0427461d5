import { randomBytes } from 'node:crypto';
import { chinaDay } from './calendar';
import { type Answer, type Call, jsonBody, text } from './call';
import { Refusal } from './errors';
import type { TokenFamily } from './facts';
import { spendCall } from './limits';
import type { Account, Token, World } from './world';

const OVERLAP_MS = 5 * 60_000;
const FORCED_PER_DAY = 20;
const FORCED_APART_MS = 30_000;

/** GET /cgi-bin/token: every call issues a new token; the one before it works for five minutes more. */
export function plainToken(call: Call): Answer {
  const { query, world } = call;
  const account = authenticate(call, {
    grantType: query.get('grant_type') ?? '',
    appId: query.get('appid') ?? '',
    secret: query.get('secret') ?? '',
  });
  const now = world.now();
  return answer(issue(world, account, 'plain', { previousUntil: now + OVERLAP_MS, forced: false }), now);
}

/**
 * POST /cgi-bin/stable_token: the same token for everybody while it is valid, a fresh one in its last five minutes, when
 * both work. force_refresh kills the one before at once, 20 times a day, and does nothing within 30 s of the last time.
 */
export function stableToken(call: Call): Answer {
  const body = jsonBody(call);
  const account = authenticate(call, {
    grantType: text(body.grant_type),
    appId: text(body.appid),
    secret: text(body.secret),
  });
  const { world } = call;
  const now = world.now();
  const current = account.tokens.stable;
  const diesAt = current ? (world.tokens.get(current.token)?.diesAt ?? 0) : 0;
  if (body.force_refresh === true) {
    const lastForced = account.forcedAt.at(-1);
    const tooSoon = lastForced !== undefined && now - lastForced < FORCED_APART_MS;
    if (current && tooSoon && diesAt > now) return answer(current, now);
    const today = account.forcedAt.filter((at) => chinaDay(at) === chinaDay(now)).length;
    if (today >= FORCED_PER_DAY) throw new Refusal(45009);
    return answer(issue(world, account, 'stable', { previousUntil: now, forced: true }), now);
  }
  if (current && diesAt - now > OVERLAP_MS) return answer(current, now);
  return answer(issue(world, account, 'stable', { previousUntil: now + OVERLAP_MS, forced: false }), now);
}

function authenticate(call: Call, given: { grantType: string; appId: string; secret: string }): Account {
  if (given.grantType !== 'client_credential') throw new Refusal(40002);
  if (!given.appId) throw new Refusal(41002);
  if (!given.secret) throw new Refusal(41004);
  const account = call.world.accounts.get(given.appId);
  if (!account) throw new Refusal(40013);
  if (given.secret !== account.settings.secret) {
    // A real secret is 32 hex digits: another shape is called invalid, another value a wrong credential.
    throw /^[0-9a-f]{32}$/i.test(given.secret)
      ? new Refusal(40001, 'invalid credential')
      : new Refusal(40125);
  }
  const { ipWhitelist } = account.settings;
  if (ipWhitelist && !ipWhitelist.includes(call.ip)) {
    throw new Refusal(40164, `invalid ip ${call.ip} ipv6 ::ffff:${call.ip}, not in whitelist`);
  }
  spendCall(account, call.path, call.world.now());
  return account;
}

function issue(
  world: World,
  account: Account,
  family: TokenFamily,
  { previousUntil, forced }: { previousUntil: number; forced: boolean },
): Token {
  const now = world.now();
  const { appId, tokenSeconds } = account.settings;
  const token = `${90 + (now % 10)}_${randomBytes(99).toString('base64url')}`;
  const expiresAt = now + tokenSeconds * 1000;
  world.record({ type: 'token', appId, family, token, issuedAt: now, expiresAt, previousUntil, forced });
  return { token, appId, family, issuedAt: now, expiresAt };
}

function answer(token: Token, now: number): Answer {
  return { access_token: token.token, expires_in: Math.round((token.expiresAt - now) / 1000) };
}

/** The account that a token speaks for: 41001 without one, 40014, 40001 or 42001 when it does not work. */
export function authorise(world: World, token: string | null): Account {
  if (!token) throw new Refusal(41001);
  const fate = world.tokens.get(token);
  if (!fate) throw new Refusal(/^[\w-]{40,512}$/.test(token) ? 40001 : 40014);
  if (world.now() >= fate.diesAt) throw new Refusal(fate.replaced ? 40001 : 42001);
  return world.account(fate.appId);
}
