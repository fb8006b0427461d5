import { chinaDay, chinaMonth } from './calendar';
import { type Answer, type AuthorisedCall, type Call, jsonBody, text } from './call';
import { Refusal } from './errors';
import type { Account } from './world';

const CREATE = '/cgi-bin/qrcode/create';
const CLEARS_PER_MONTH = 10;
const PATH_CLEARS_PER_MONTH = 50;

/** Daily limits as documented; a path that is not here has the ceiling of most read interfaces. */
const dailyLimits: Record<string, number> = {
  '/cgi-bin/token': 2_000,
  '/cgi-bin/stable_token': 500_000,
  '/cgi-bin/user/info': 5_000_000,
  '/cgi-bin/user/get': 500,
  '/cgi-bin/tags/create': 1_000,
  '/datacube/getusersummary': 500,
};
const DEFAULT_DAILY_LIMIT = 100_000;
const STABLE_TOKEN_PER_MINUTE = 10_000;

function dailyLimit(account: Account, path: string): number {
  if (path === CREATE) return account.settings.dailyCreateLimit;
  return account.settings.dailyLimits[path] ?? dailyLimits[path] ?? DEFAULT_DAILY_LIMIT;
}

function minuteLimit(account: Account, path: string): number {
  if (path === CREATE) return account.settings.minuteCreateLimit ?? Number.POSITIVE_INFINITY;
  return path === '/cgi-bin/stable_token' ? STABLE_TOKEN_PER_MINUTE : Number.POSITIVE_INFINITY;
}

/** Counts a call against the day's and the minute's limit: 45009 or 45011 when it is over. */
export function spendCall(account: Account, path: string, nowMs: number): void {
  const used = usedToday(account, nowMs);
  const count = used.get(path) ?? 0;
  if (count >= dailyLimit(account, path)) throw new Refusal(45009);
  const minute = Math.floor(nowMs / 60_000);
  if (account.minute.start !== minute) {
    account.minute.start = minute;
    account.minute.used.clear();
  }
  const inMinute = account.minute.used.get(path) ?? 0;
  if (inMinute >= minuteLimit(account, path)) throw new Refusal(45011);
  account.minute.used.set(path, inMinute + 1);
  used.set(path, count + 1);
}

function usedToday(account: Account, nowMs: number): Map<string, number> {
  const day = chinaDay(nowMs);
  if (account.today.day !== day) {
    account.today.day = day;
    account.today.used.clear();
  }
  return account.today.used;
}

function clearsThisMonth(account: Account, nowMs: number): { all: number; one: number } {
  const month = chinaMonth(nowMs);
  if (account.clears.month !== month) Object.assign(account.clears, { month, all: 0, one: 0 });
  return account.clears;
}

function checkedPath(body: Record<string, unknown>, knownPaths: ReadonlySet<string>): string {
  const path = text(body.cgi_path);
  if (!/^\/[\w/.-]+$/.test(path)) throw new Refusal(76003);
  if (path.startsWith('/sns/')) throw new Refusal(76022);
  if (!knownPaths.has(path)) throw new Refusal(76021);
  return path;
}

/** POST /cgi-bin/openapi/quota/get: how many calls today. It says nothing of permanent codes left. */
export function getQuota(call: AuthorisedCall, knownPaths: ReadonlySet<string>): Answer {
  const path = checkedPath(jsonBody(call), knownPaths);
  const limit = dailyLimit(call.account, path);
  const used = usedToday(call.account, call.world.now()).get(path) ?? 0;
  const perMinute = minuteLimit(call.account, path);
  const rate = { call_count: Number.isFinite(perMinute) ? perMinute : 100_000, refresh_second: 60 };
  return {
    errcode: 0,
    errmsg: 'ok',
    quota: { daily_limit: limit, used, remain: Math.max(0, limit - used) },
    rate_limit: rate,
    component_rate_limit: rate,
  };
}

function clearAll(account: Account, nowMs: number): Answer {
  const clears = clearsThisMonth(account, nowMs);
  if (clears.all >= CLEARS_PER_MONTH) throw new Refusal(48006);
  clears.all += 1;
  account.today.used.clear();
  return { errcode: 0, errmsg: 'ok' };
}

/** POST /cgi-bin/clear_quota: all of the day's counters back to nothing, ten times a month. */
export function clearQuota(call: AuthorisedCall): Answer {
  const { appid } = jsonBody(call);
  if (appid !== call.account.settings.appId) throw new Refusal(40013);
  return clearAll(call.account, call.world.now());
}

/** POST /cgi-bin/clear_quota/v2: the same by app secret; its parameters are documented in both places. */
export function clearQuotaBySecret(call: Call): Answer {
  if (call.method !== 'POST') throw new Refusal(43002);
  const body = call.body.length > 0 ? jsonBody(call) : {};
  const account = call.world.accounts.get(text(body.appid) || (call.query.get('appid') ?? ''));
  if (!account) throw new Refusal(40013);
  const secret = text(body.appsecret) || call.query.get('appsecret');
  if (secret !== account.settings.secret) throw new Refusal(40125);
  return clearAll(account, call.world.now());
}

/** POST /cgi-bin/openapi/quota/clear: one path, fifty times a month. */
export function clearQuotaOfPath(call: AuthorisedCall, knownPaths: ReadonlySet<string>): Answer {
  const path = checkedPath(jsonBody(call), knownPaths);
  const clears = clearsThisMonth(call.account, call.world.now());
  if (clears.one >= PATH_CLEARS_PER_MONTH) throw new Refusal(48006);
  clears.one += 1;
  call.account.today.used.delete(path);
  return { errcode: 0, errmsg: 'ok' };
}
