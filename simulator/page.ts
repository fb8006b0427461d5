import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { isExpired } from './codes';
import { script } from './page-script';
import { style } from './page-style';
import {
  escapeHtml as e,
  type Language,
  languageOf,
  scriptTexts,
  type Translate,
  translator,
} from './page-text';
import { drawSvg } from './picture';
import { searchCodes } from './scans';
import { type Account, type Code, isPermanent, type World } from './world';

const PAGE_SIZE = 20;
const SHOWN_PEOPLE = 100;
const kinds = ['all', 'permanent', 'temporary'] as const;

type View = {
  world: World;
  language: Language;
  host: string;
  t: Translate;
  number: Intl.NumberFormat;
  date: Intl.DateTimeFormat;
  account: Account | undefined;
  q: string;
  kind: (typeof kinds)[number];
  page: number;
};

/** The stand-in's own page: its accounts, their codes, and a way to scan them. */
export function answerPage(
  world: World,
  query: URLSearchParams,
  headers: IncomingHttpHeaders,
  response: ServerResponse,
): void {
  const language = languageOf(query.get('lang'), headers['accept-language'] ?? '');
  const asked = world.accounts.get(query.get('account') ?? '');
  const view: View = {
    world,
    language,
    host: headers.host ?? '',
    t: translator(language),
    number: new Intl.NumberFormat(language),
    date: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }),
    account: asked ?? [...world.accounts.values()][0],
    q: query.get('q') ?? '',
    kind: kinds.find((kind) => kind === query.get('kind')) ?? 'all',
    page: Math.max(1, Number.parseInt(query.get('page') ?? '1', 10) || 1),
  };
  const nonce = randomBytes(16).toString('base64');
  const body = document(view, nonce);
  response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Content-Security-Policy': `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
    Vary: 'Accept-Language',
  });
  response.end(body);
}

function document(view: View, nonce: string): string {
  const { language, t, account } = view;
  const texts = JSON.stringify(scriptTexts(language)).replaceAll('<', '\\u003c');
  const other = link(view, { lang: language === 'en' ? 'zh-CN' : 'en' });
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t('title')}</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 7 7'%3E%3Cpath fill='%230a7a43' d='M0 0h7v7H0zM1 1v5h5V1zM2 2h3v3H2z' fill-rule='evenodd'/%3E%3C/svg%3E">
<style nonce="${nonce}">${style}</style>
</head>
<body>
<header><div><h1>${t('title')}</h1><p class="lead">${t('lead')}</p></div><a class="small" href="${other}" hreflang="${language === 'en' ? 'zh-CN' : 'en'}">${t('otherLanguage')}</a></header>
<main>${account ? accountView(view, account) : noAccounts(t, view.host)}</main>
${account ? `<script nonce="${nonce}">const TEXTS = ${texts};${script}</script>` : ''}
</body>
</html>`;
}

/** This page with some of its parameters changed. */
function link(view: View, change: Record<string, string>): string {
  const { language, account, q, kind, page } = view;
  const now = { lang: language, account: account?.settings.appId ?? '', q, kind, page: String(page) };
  const usual: Record<string, string> = { account: '', q: '', kind: 'all', page: '1' };
  const wanted = Object.entries({ ...now, ...change }).filter(([name, value]) => usual[name] !== value);
  return e(`/?${new URLSearchParams(wanted)}`);
}

const emptySymbol =
  '<svg viewBox="0 0 21 21" fill="currentColor" aria-hidden="true"><path fill-rule="evenodd" d="M0 0h7v7H0zM1 1v5h5V1zM14 0h7v7h-7zM15 1v5h5V1zM0 14h7v7H0zM1 15v5h5v-5z"/><path d="M2 2h3v3H2zM16 2h3v3h-3zM2 16h3v3H2zM9 1h2v3H9zM8 8h3v2H8zM13 9h4v2h-4zM9 13h2v4H9zM14 14h2v2h-2zM18 13h2v3h-2zM13 18h4v2h-4z" opacity=".45"/></svg>';

function noAccounts(t: Translate, host: string): string {
  const command = `curl -X POST http://${host}/_sim/accounts \\
  -d '{"appId": "wx0123456789abcdef", "secret": "0123456789abcdef0123456789abcdef"}'`;
  return `<section class="empty">${emptySymbol}<h2>${t('noAccountsTitle')}</h2><p>${t('noAccountsText')}</p><pre><code>${e(command)}</code></pre></section>`;
}

function accountView(view: View, account: Account): string {
  const { t, world } = view;
  const { appId, name, originalId, pushUrl, mode, verified } = account.settings;
  const tabs = [...world.accounts.values()].map(({ settings }) => {
    const current = settings.appId === appId ? ' aria-current="page"' : '';
    const href = link(view, { account: settings.appId, q: '', kind: 'all', page: '1' });
    return `<a href="${href}"${current}>${e(settings.name || settings.appId)}</a>`;
  });
  const push = pushUrl
    ? `<span class="soft">${t('pushAddress')}</span> <code>${e(pushUrl)}</code> <span class="soft">${t(`mode.${mode}`)}</span> <button data-do="verify" data-app-id="${e(appId)}">${t('verify')}</button>`
    : `<span class="soft">${t('noPushAddress')}</span>`;
  return `${tabs.length > 1 ? `<nav class="tabs" aria-label="${t('accounts')}">${tabs.join('')}</nav>` : ''}
<section class="account">
<div class="name"><h2>${e(name || appId)}</h2><span class="soft mono">${name ? `${e(appId)} · ` : ''}${e(originalId)}</span></div>
${verified ? '' : `<p class="warn small">${t('unverified')}</p>`}
<dl class="facts" id="facts">${facts(view, account)}</dl>
<div class="push small">${push}</div><p class="result" id="account-result" role="status"></p>
</section>
${toolbar(view, account)}
${codeList(view, account)}`;
}

function facts({ t, number }: View, account: Account): string {
  const { distinct, spent, settings, calls } = account;
  const fact = (term: string, value: string, more = '') =>
    `<div><dt>${term}</dt><dd>${value}${more ? `<span>${more}</span>` : ''}</dd></div>`;
  const n = (value: number) => number.format(value);
  const total = [...calls.values()].reduce((sum, count) => sum + count, 0);
  let following = 0;
  for (const person of account.people.values()) if (person.following) following += 1;
  const used = t('permanentOf', { used: n(spent.int + spent.str), cap: n(settings.permanentCap) });
  return [
    fact(t('permanent'), used, t('permanentSplit', { int: n(distinct.int), str: n(distinct.str) })),
    fact(t('temporary'), n(account.temporaryCount)),
    fact(t('followers'), n(following)),
    fact(t('calls'), n(total), t('callsRefused', { n: n(account.refused) })),
    fact(t('pushes'), n(account.pushesDelivered), t('pushesFailed', { n: n(account.pushesFailed) })),
  ].join('');
}

/** The latest first, each with the names of their tags. */
function latestFollowers(account: Account): { openid: string; tags: string[] }[] {
  const following = [...account.people.values()].filter((person) => person.following);
  return following
    .slice(-SHOWN_PEOPLE)
    .reverse()
    .map(({ openid, tags }) => ({ openid, tags: [...tags].map((id) => account.tags.get(id) ?? String(id)) }));
}

function toolbar(view: View, account: Account): string {
  const { t, q, kind, language } = view;
  const { appId } = account.settings;
  const chips = kinds.map((item) => {
    const current = item === kind ? ' aria-current="true"' : '';
    return `<a href="${link(view, { kind: item, page: '1' })}"${current}>${t(`kind.${item}`)}</a>`;
  });
  const followers = latestFollowers(account);
  const options = followers.map(
    ({ openid, tags }) =>
      `<option value="${e(openid)}">${e([openid, tags.join(t('tagSeparator'))].filter(Boolean).join(' · '))}</option>`,
  );
  const none = followers.length === 0 ? ' disabled' : '';
  return `<div class="bar">
<form method="get" action="/"><input type="hidden" name="lang" value="${language}"><input type="hidden" name="account" value="${e(appId)}"><input type="hidden" name="kind" value="${kind}">
<div><label for="q">${t('search')}</label><input id="q" name="q" type="search" value="${e(q)}" maxlength="64"></div><button>${t('searchButton')}</button></form>
<nav class="chips" aria-label="${t('codes')}">${chips.join('')}</nav>
<div class="who"><div><label for="people">${t('who')}</label><select id="people"${none}>${options.join('') || `<option value="">${t('nobody')}</option>`}</select></div>
<button data-do="unfollow" data-app-id="${e(appId)}" data-needs-follower${none}>${t('unfollow')}</button></div>
</div><p class="result" id="people-result" role="status"></p>`;
}

function codeList(view: View, account: Account): string {
  const { t, q, kind, page, number } = view;
  const offset = (page - 1) * PAGE_SIZE;
  const { items, total } = searchCodes(account, { q, kind, offset, limit: PAGE_SIZE });
  if (account.codes.length === 0) {
    return `<section class="empty">${emptySymbol}<h2>${t('noCodesTitle')}</h2><p>${t('noCodesText')}</p></section>`;
  }
  if (items.length === 0) {
    const all = link(view, { q: '', kind: 'all', page: '1' });
    return `<section class="empty"><p>${t('noneFound')} <a href="${all}">${t('showAll')}</a></p></section>`;
  }
  const hasFollowers = latestFollowers(account).length > 0;
  const rows = items.map((code) => codeRow(view, code, hasFollowers)).join('');
  const [from, to, all] = [offset + 1, offset + items.length, total].map((value) => number.format(value));
  const step = (to: number, text: string) => `<a href="${link(view, { page: String(to) })}">${text}</a>`;
  const newer = page > 1 ? step(page - 1, t('newer')) : '';
  const older = offset + items.length < total ? step(page + 1, t('older')) : '';
  return `<ul class="codes">${rows}</ul>
<div class="pager"><span>${t('range', { from: from ?? '', to: to ?? '', total: all ?? '' })}</span><span>${newer}${older}</span></div>`;
}

function codeRow({ t, world, date }: View, code: Code, hasFollowers: boolean): string {
  const scene = code.scene === '' ? t('scene.empty') : e(code.scene);
  const when = (seconds: number) => date.format(seconds * 1000);
  const gone = isExpired(world, code);
  const until = { date: when(code.createdAt + code.validity) };
  const expiry = code.validity === 0 ? t('never') : t(gone ? 'expired' : 'expires', until);
  const kind = t(isPermanent(code.kind) ? 'permanentCode' : 'temporaryCode');
  const form = t(typeof code.scene === 'number' ? 'integer' : 'string');
  const off = gone ? ' disabled' : '';
  return `<li data-ticket="${e(code.ticket)}"${gone ? ' class="gone"' : ''}>
<a class="qr" href="/cgi-bin/showqrcode?ticket=${encodeURIComponent(code.ticket)}" title="${t('openPicture')}">${drawSvg(code.url, t('qrOf', { scene }))}</a>
<div><div class="scene">${scene}</div>
<div class="meta"><span>${kind} · ${form}</span><span>${expiry}</span><span>${t('made', { date: when(code.createdAt) })}</span></div>
<div class="meta mono">${e(code.url)}</div></div>
<div class="acts"><button class="main" data-do="scan-new"${off}>${t('scanNew')}</button><button data-do="scan-follower" data-needs-follower${gone ? ' data-gone' : ''}${off || (hasFollowers ? '' : ' disabled')}>${t('scanFollower')}</button></div>
<p class="result" role="status"></p>
<div class="chat" role="group" aria-label="${t('chat.label')}" aria-live="polite" hidden></div></li>`;
}
