import 'server-only';
import { createHash } from 'node:crypto';
import type { Clock, Context, WeChatGateway } from '../context';
import { appSecret, env } from '../env';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { log } from '../log';
import { unseal } from '../secrets';
import { createWeChatClient, type TokenSource, type WeChatClient, WeChatError } from '../wechat';
import { createCallCounter } from './call-counter';
import { noteRefusal } from './note-refusal';
import { type AccountRow, findAccountRow, markConnected } from './store';
import { createTokenStore } from './token-store';

export type GatewayOptions = {
  appSecret?: () => string;
  /** Where real accounts call; the settings say so, unless a test does. */
  bases?: { api: string; mp: string };
  /** Where demo accounts call: the stand-in that the start command began. */
  demoBase?: string;
  timeoutMs?: number;
};

/**
 * WeChat clients, one an account, on the token in the database.
 *
 * The account's row is read each time, so that a change made by another process counts at once; the client is kept as
 * long as nothing that it is made of has changed. Calls are counted by day, and a refusal that the next call would meet
 * again stops the account before the caller hears of it.
 *
 * `close` writes the counts that are still in memory; the database must be open.
 */
export function createWeChatGateway(
  db: Context['db'],
  clock: Clock,
  options: GatewayOptions = {},
): WeChatGateway & { close: () => Promise<void> } {
  const kept = new Map<string, { fingerprint: string; client: WeChatClient }>();
  const counter = createCallCounter(db, clock);
  const secret = options.appSecret ?? appSecret;

  function create(account: AccountRow): WeChatClient {
    const { id, appId, isDemo } = account;
    const open = (sealed: string | null, field: string) =>
      sealed === null ? null : unseal(secret(), `account:${id}:${field}`, sealed);
    const bases = isDemo ? demoBases(options) : realBases(options);
    const client = createWeChatClient({
      appId,
      appSecret: open(account.appSecretSealed, 'appSecret'),
      tokenSource: toTokenSource(account, open(account.remoteTokenSealed, 'remoteToken')),
      tokenStore: createTokenStore({ db, accountId: id, appSecret: secret, clock }),
      apiBase: bases.api,
      mpBase: bases.mp,
      timeoutMs: options.timeoutMs,
      clock: () => clock.now(),
      onCall: ({ path }) => counter.count(id, path),
    });
    let isConnected = account.connectedAt !== null;

    // Bookkeeping never hides what WeChat has answered.
    const quietly = (work: Promise<void>) =>
      work.catch((error: unknown) => log().error({ err: error, accountId: id }, 'account not updated'));
    const watch = async <T>(call: Promise<T>): Promise<T> => {
      try {
        return await call;
      } catch (error) {
        if (error instanceof WeChatError) await quietly(noteRefusal({ db, clock }, id, error));
        throw error;
      }
    };

    return {
      async createCode(code) {
        const issued = await watch(client.createCode(code));
        if (!isConnected) await quietly(markConnected(db, id, clock.now()));
        isConnected = true;
        return issued;
      },
      getAccessToken: (how) => watch(client.getAccessToken(how)),
      showQrcode: (ticket) => watch(client.showQrcode(ticket)),
      getCallQuota: (path) => watch(client.getCallQuota(path)),
      clearQuota: () => watch(client.clearQuota()),
      getUser: (openid) => watch(client.getUser(openid)),
      getUserSummary: (begin, end) => watch(client.getUserSummary(begin, end)),
      getApiDomainIps: () => watch(client.getApiDomainIps()),
      getCallbackIps: () => watch(client.getCallbackIps()),
      checkCallback: (request) => watch(client.checkCallback(request)),
      listTags: () => watch(client.listTags()),
      createTag: (name) => watch(client.createTag(name)),
      tagUsers: (tagId, openids) => watch(client.tagUsers(tagId, openids)),
    };
  }

  return {
    async clientFor(accountId) {
      const account = await findAccountRow(db, requireId(accountId, 'account'));
      if (!account) throw new AppError('NOT_FOUND', `no account ${accountId}`, { what: 'account' });
      const fingerprint = fingerprintOf(account);
      const known = kept.get(accountId);
      if (known?.fingerprint === fingerprint) return known.client;
      const client = create(account);
      kept.set(accountId, { fingerprint, client });
      return client;
    },
    forget: (accountId) => void kept.delete(accountId),
    close: () => counter.flush(),
  };
}

function demoBases({ demoBase = `http://127.0.0.1:${env().SIMULATOR_PORT}` }: GatewayOptions) {
  return { api: demoBase, mp: demoBase };
}

function realBases({ bases }: GatewayOptions) {
  return bases ?? { api: env().WECHAT_API_BASE, mp: env().WECHAT_MP_BASE };
}

function toTokenSource(account: AccountRow, headerValue: string | null): TokenSource {
  if (account.tokenSource !== 'remote') return { kind: account.tokenSource };
  return {
    kind: 'remote',
    url: account.remoteTokenUrl ?? '',
    ...(account.remoteTokenHeader ? { headerName: account.remoteTokenHeader } : {}),
    ...(headerValue ? { headerValue } : {}),
  };
}

/** Of everything that a client is made of. */
function fingerprintOf(account: AccountRow): string {
  const { appId, appSecretSealed, tokenSource, isDemo } = account;
  const { remoteTokenUrl, remoteTokenHeader, remoteTokenSealed } = account;
  const parts = [
    appId,
    appSecretSealed,
    tokenSource,
    remoteTokenUrl,
    remoteTokenHeader,
    remoteTokenSealed,
    isDemo,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}
