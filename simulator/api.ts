import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type AuthorisedCall, type Call, isObject, parseJson, text } from './call';
import { createCode, isExpired } from './codes';
import { checkCallback, ipList } from './diagnostics';
import { Refusal } from './errors';
import type { FaultKind, Faults } from './faults';
import { clearQuota, clearQuotaBySecret, clearQuotaOfPath, getQuota, spendCall } from './limits';
import { drawJpeg } from './picture';
import { createTag, deleteTag, listTags, peopleOfTag, tagMembers, tagsOfPerson } from './tags';
import { authorise, plainToken, stableToken } from './tokens';
import { userInfo, userInfoBatch, userList, userSummary } from './users';
import type { Account } from './world';

const PICTURE = '/cgi-bin/showqrcode';

/** Calls that carry app id and secret instead of a token. */
const withSecret: Record<string, (call: Call) => Answer> = {
  '/cgi-bin/token': plainToken,
  '/cgi-bin/stable_token': stableToken,
  '/cgi-bin/clear_quota/v2': clearQuotaBySecret,
};

const withToken: Record<string, (call: AuthorisedCall) => Answer> = {
  '/cgi-bin/qrcode/create': createCode,
  '/cgi-bin/user/info': userInfo,
  '/cgi-bin/user/info/batchget': userInfoBatch,
  '/cgi-bin/user/get': userList,
  '/cgi-bin/tags/create': createTag,
  '/cgi-bin/tags/get': listTags,
  '/cgi-bin/tags/delete': deleteTag,
  '/cgi-bin/user/tag/get': peopleOfTag,
  '/cgi-bin/tags/getidlist': tagsOfPerson,
  '/cgi-bin/tags/members/batchtagging': (call) => tagMembers(call, true),
  '/cgi-bin/tags/members/batchuntagging': (call) => tagMembers(call, false),
  '/datacube/getusersummary': userSummary,
  '/cgi-bin/get_api_domain_ip': ipList,
  '/cgi-bin/getcallbackip': ipList,
  '/cgi-bin/callback/check': checkCallback,
  '/cgi-bin/clear_quota': clearQuota,
  '/cgi-bin/openapi/quota/get': (call) => getQuota(call, knownPaths),
  '/cgi-bin/openapi/quota/clear': (call) => clearQuotaOfPath(call, knownPaths),
};

const knownPaths: ReadonlySet<string> = new Set([...Object.keys(withSecret), ...Object.keys(withToken)]);

/** Whether the path belongs to the platform's own interface. */
export function isApiPath(path: string): boolean {
  return path.startsWith('/cgi-bin/') || path.startsWith('/datacube/');
}

/** Answers one call of the platform's interface, with whatever fault is due. */
export async function answerApi(call: Call, faults: Faults, response: ServerResponse): Promise<void> {
  const account = attribute(call);
  account?.calls.set(call.path, (account.calls.get(call.path) ?? 0) + 1);
  const token = call.query.get('access_token');
  const { delayMs, kind } = faults.draw({
    path: call.path,
    appId: account?.settings.appId,
    hasToken: token !== null && call.world.tokens.has(token) && call.path in withToken,
    isPicture: call.path === PICTURE,
  });
  if (delayMs > 0) await sleep(delayMs);
  if (kind === 'reset') {
    if (account) account.refused += 1;
    response.socket?.resetAndDestroy();
    return;
  }
  if (kind === 'htmlError') {
    if (account) account.refused += 1;
    response.writeHead(502, { 'Content-Type': 'text/html' });
    response.end(
      '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n',
    );
    return;
  }
  if (kind === 'tokenExpired' && token) {
    call.world.record({ type: 'tokenExpired', token, at: call.world.now() });
  }
  if (call.path === PICTURE) return sendPicture(call, kind, response);
  const body = work(call, kind);
  if (typeof body.errcode === 'number' && body.errcode !== 0 && account) account.refused += 1;
  send(response, Buffer.from(JSON.stringify(body)), 'application/json; encoding=utf-8', kind);
}

/** Whose call it is, as far as one can tell before it is judged. */
function attribute({ world, query, path, body }: Call): Account | undefined {
  if (path === PICTURE) return world.accounts.get(world.byTicket.get(query.get('ticket') ?? '')?.appId ?? '');
  const fate = world.tokens.get(query.get('access_token') ?? '');
  if (fate) return world.accounts.get(fate.appId);
  if (!(path in withSecret)) return undefined;
  const named = query.get('appid') ?? (body.length > 0 ? appIdIn(body) : '');
  return world.accounts.get(named);
}

function appIdIn(body: Buffer): string {
  const value = parseJson(body);
  return isObject(value) ? text(value.appid) : '';
}

function work(call: Call, kind: FaultKind | undefined): Answer {
  try {
    if (kind === 'busy') throw new Refusal(-1);
    if (kind === 'minuteLimit') throw new Refusal(45011);
    if (kind === 'dayLimit') throw new Refusal(45009);
    const bySecret = withSecret[call.path];
    if (bySecret) return bySecret(call);
    const byToken = withToken[call.path];
    if (!byToken) throw new Refusal(40066);
    const account = authorise(call.world, call.query.get('access_token'));
    // Diagnostics of the limits must work when a limit is reached.
    if (!call.path.includes('quota')) spendCall(account, call.path, call.world.now());
    return byToken({ ...call, account });
  } catch (error) {
    if (error instanceof Refusal) return error.body(call.world.now());
    throw error;
  }
}

async function sendPicture(call: Call, kind: FaultKind | undefined, response: ServerResponse): Promise<void> {
  const code = call.world.byTicket.get(call.query.get('ticket') ?? '');
  const settings = code && call.world.account(code.appId).settings;
  const hidden = code && isExpired(call.world, code) && settings?.expiredPicture === 'notFound';
  if (!code || hidden) {
    response.writeHead(404, { 'Content-Length': 0 });
    response.end();
    return;
  }
  const jpeg = await drawJpeg(code.url);
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('Cache-control', 'max-age=604800');
  send(response, jpeg, 'image/jpg', kind);
}

function send(
  response: ServerResponse,
  body: Buffer,
  contentType: string,
  kind: FaultKind | undefined,
): void {
  if (kind === 'lostReply') {
    response.socket?.destroy();
    return;
  }
  const half = body.subarray(0, body.length >> 1);
  const sent = kind === 'badJson' ? half : body;
  response.writeHead(200, {
    'Content-Type': kind === 'textPlain' ? 'text/plain' : contentType,
    'Content-Length': sent.length,
  });
  if (kind === 'truncated') {
    response.write(half, () => response.socket?.destroy());
    return;
  }
  response.end(sent);
}
