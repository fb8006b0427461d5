import 'server-only';
import { createAccount } from '../accounts/create-account';
import { declareExternal } from '../accounts/declare-external';
import { listAccounts } from '../accounts/list-accounts';
import { createCampaign } from '../campaigns/create-campaign';
import { listCampaigns } from '../campaigns/list-campaigns';
import { putChannelByNumber } from '../channels/put-channel-by-number';
import { createCode } from '../codes/create-code';
import { listCodes } from '../codes/list-codes';
import type { Context } from '../context';
import { chooseDefaultDesign } from '../designs/choose-default-design';
import { createDesign } from '../designs/create-design';
import { listDesigns } from '../designs/list-designs';
import { appSecret, env } from '../env';
import { localDate as dateIn, fromZonedInput } from '../i18n/format';
import { defaultTimeZone } from '../i18n/locales';
import { getReplyOfCampaign } from '../replies/get-replies';
import { setReplyOfCampaign } from '../replies/set-reply';
import { recordPast } from '../scans/record-past';
import { deriveKey } from '../secrets';
import { createTag } from '../tags/create-tag';
import { listTagNames } from '../tags/list-tag-names';
import {
  type DemoCampaignKey,
  demoAccount,
  demoCampaigns,
  demoChannels,
  demoCodes,
  demoDesigns,
  demoReplies,
  demoTags,
} from './demo-data';
import { demoScans } from './demo-scans';

const DAY_MS = 86_400_000;

/**
 * Makes the demo's account, campaigns, channels and codes, each issued by the stand-in over HTTP.
 *
 * Made once; a start that was killed in the middle goes on where it stopped, since each piece is looked for first.
 */
export async function seedDemo(ctx: Context): Promise<void> {
  const known = (await listAccounts(ctx)).find(({ isDemo }) => isDemo);
  await registerAtStandIn(known?.id ?? null);
  const seeded = await ctx.db.installation.findUnique({ where: { id: 1 }, select: { demoSeededAt: true } });
  if (seeded?.demoSeededAt) return;
  const accountId = await seedAccount(ctx);
  await registerAtStandIn(accountId);
  const campaignIds = await seedCampaigns(ctx, accountId);
  await seedReplies(ctx, accountId, campaignIds);
  const channelIds = new Map<string, string>();
  for (const { number, columns, ...channel } of demoChannels) {
    const filled = Object.fromEntries(Object.entries(columns).filter(([, text]) => text !== ''));
    const put = await putChannelByNumber(ctx, accountId, number, { ...channel, columns: filled });
    channelIds.set(number, put.channel.id);
  }
  await seedTags(ctx, accountId);
  const { items } = await listCodes(ctx, accountId, { limit: 200 });
  const made = new Set(items.map(({ label }) => label));
  for (const { campaign, channel, ...code } of demoCodes) {
    if (made.has(code.label)) continue;
    const channelId = channel === null ? null : channelIds.get(channel);
    await createCode(ctx, accountId, { ...code, campaignId: campaignIds[campaign], channelId });
  }
  await seedDesigns(ctx, accountId);
  await seedScans(ctx, accountId);
  await ctx.db.installation.update({
    where: { id: 1 },
    data: { demoSeededAt: ctx.clock.now() },
    select: { id: true },
  });
}

async function seedTags(ctx: Context, accountId: string): Promise<void> {
  const known = new Set((await listTagNames(ctx, accountId)).map(({ name }) => name));
  for (const tag of demoTags) if (!known.has(tag.name)) await createTag(ctx, accountId, tag);
}

async function seedDesigns(ctx: Context, accountId: string): Promise<void> {
  const { items } = await listDesigns(ctx, accountId, { limit: 200 });
  const made = new Map(items.map(({ name, id }) => [name, id]));
  for (const { name, settings } of demoDesigns) {
    if (!made.has(name)) made.set(name, (await createDesign(ctx, accountId, { name, settings })).id);
  }
  await chooseDefaultDesign(ctx, accountId, made.get(demoDesigns[0].name) ?? null);
}

/** The secrets follow from APP_SECRET, so that the stand-in and the database agree at every start. */
function demoSecrets(): { appSecret: string; pushToken: string; encodingAesKey: string } {
  const derived = (purpose: string) => deriveKey(appSecret(), `demo ${purpose}`).toString('hex');
  return {
    appSecret: derived('app secret').slice(0, 32),
    pushToken: derived('push token').slice(0, 32),
    encodingAesKey: derived('encoding key').slice(0, 43),
  };
}

/** @param accountId  whose push address the stand-in tells of scans; null: before the account is there */
async function registerAtStandIn(accountId: string | null): Promise<void> {
  const { appSecret: secret, ...push } = demoSecrets();
  const response = await fetch(`http://127.0.0.1:${env().SIMULATOR_PORT}/_sim/accounts`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      ...demoAccount,
      secret,
      mode: 'safe',
      ...push,
      ...pushUrlOf(accountId),
    }),
  });
  if (!response.ok) throw new Error(`the stand-in WeChat refused the demo account: ${await response.text()}`);
}

function pushUrlOf(accountId: string | null): { pushUrl?: string } {
  return accountId === null ? {} : { pushUrl: `http://127.0.0.1:${env().PORT}/api/wechat/${accountId}` };
}

async function seedAccount(ctx: Context): Promise<string> {
  const known = (await listAccounts(ctx)).find(({ isDemo }) => isDemo);
  const { id } = known ?? (await createAccount(ctx, { ...demoAccount, ...demoSecrets() }, { isDemo: true }));
  await declareExternal(ctx, id, { none: true });
  return id;
}

async function seedCampaigns(ctx: Context, accountId: string): Promise<Record<DemoCampaignKey, string>> {
  const { items } = await listCampaigns(ctx, accountId, {});
  const ids: Partial<Record<DemoCampaignKey, string>> = {};
  for (const { key, name, note, startsInDays, endsInDays } of demoCampaigns) {
    const known = items.find((campaign) => campaign.name === name);
    const dates = { startsOn: localDate(ctx, startsInDays), endsOn: localDate(ctx, endsInDays) };
    ids[key] = (known ?? (await createCampaign(ctx, accountId, { name, note, ...dates }))).id;
  }
  return ids as Record<DemoCampaignKey, string>;
}

async function seedReplies(
  ctx: Context,
  accountId: string,
  campaignIds: Record<DemoCampaignKey, string>,
): Promise<void> {
  for (const { key } of demoCampaigns) {
    const reply = demoReplies[key];
    if (!reply || (await getReplyOfCampaign(ctx, accountId, campaignIds[key]))) continue;
    await setReplyOfCampaign(ctx, accountId, campaignIds[key], reply);
  }
}

function localDate(ctx: Context, inDays: number | null): string | null {
  if (inDays === null) return null;
  return new Date(ctx.clock.now().getTime() + inDays * DAY_MS).toISOString().slice(0, 10);
}

async function seedScans(ctx: Context, accountId: string): Promise<void> {
  const { items } = await listCodes(ctx, accountId, {
    kind: 'permanent',
    status: 'issued',
    limit: 200,
    order: 'asc',
  });
  const codes = items.flatMap(({ scene, ticket }) =>
    ticket === null ? [] : [{ ticket, scene: 'id' in scene ? String(scene.id) : scene.str }],
  );
  const timeZone = defaultTimeZone;
  const now = ctx.clock.now();
  const today = fromZonedInput(`${dateIn(now, timeZone)}T00:00`, timeZone) ?? now;
  const [midnight, until] = [today, now].map((at) => Math.floor(at.getTime() / 1000)) as [number, number];
  await recordPast(ctx, accountId, demoScans(codes, midnight, until));
}
