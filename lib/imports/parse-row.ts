import 'server-only';
import { channelNumberSchema, createChannelSchema } from '../channels/schemas';
import { maxPermanentSceneId, maxSceneStrBytes, maxTemporarySceneId, utf8Bytes } from '../codes/scene-limits';
import { labelSchema } from '../codes/schemas';
import type { CodeFlag, CodeKind, SceneKind } from '../codes/types';
import { toFieldIssues } from '../field-issues';
import { rowDigest } from '../tables/row-digest';
import type { RowIssue, WrittenRow } from '../tables/types';
import { parseScene, readTicket } from '../wechat';
import { maxImportedSceneBytes, maxTicketCharacters, maxUrlCharacters } from './limits';
import { parseExpiry } from './parse-expiry';
import type { ImportField } from './types';

export type ImportRow = {
  line: number;
  kind: CodeKind;
  sceneKind: SceneKind;
  scene: string;
  label: string;
  channel: { number: string; name: string; city: string; region: string } | null;
  campaignId: string | null;
  ticket: string | null;
  url: string | null;
  isUrlFromTicket: boolean;
  /** When WeChat made it, where the ticket tells. */
  issuedAt: Date | null;
  expiresAt: Date | null;
  expireSeconds: number | null;
  /** What can be seen without looking at other codes. */
  flags: CodeFlag[];
  digest: string;
};

export type ImportRules = {
  accountId: string;
  timeZone: string;
  now: Date;
  kind: CodeKind;
  campaignId: string | null;
  /** Campaigns by id and by name; null: several have this name. */
  campaigns: ReadonlyMap<string, string | null>;
};

const permanentWords = ['permanent', 'limit', 'forever', '永久', '永久码', 'qrlimitscene', 'qrlimitstrscene'];
const temporaryWords = ['temporary', 'temp', '临时', '临时码', 'qrscene', 'qrstrscene'];
const stringWords = ['string', 'str', 'text', '文本', '字符串', '字符'];
const integerWords = ['integer', 'int', 'number', 'id', '整数', '数字'];

/** What WeChat recommends for a scene; anything else has been seen to work, and to be told back altered. */
const plainScene = /^[\w\-=&,.:\u4e00-\u9fff]+$/;

/**
 * Reads one row; pure. What WeChat has accepted is accepted here and flagged; only what cannot be a code is refused.
 *
 * @returns the row, or all that is wrong with it
 */
export function parseImportRow(
  { line, values, issues }: WrittenRow<ImportField>,
  rules: ImportRules,
): { row: ImportRow } | { issues: RowIssue[] } {
  if (issues.length > 0) return { issues };
  const found: RowIssue[] = [];
  const text = (field: ImportField) => values[field]?.trim() ?? '';
  const refuse = (field: ImportField, code: string, message: string, params?: RowIssue['params']) =>
    found.push({ field, code, message, ...(params ? { params } : {}) });

  const ticket = text('ticket') || null;
  if (ticket !== null && (ticket.length > maxTicketCharacters || /\s/.test(ticket))) {
    refuse('ticket', 'ticketForm', 'a ticket has no spaces and at most 512 characters');
  }
  const told = ticket === null ? null : readTicket(ticket);
  const given = text('url') || null;
  if (given !== null && (given.length > maxUrlCharacters || !/^https?:\/\/[^\s/]+\/\S*$/i.test(given))) {
    refuse('url', 'url', 'wanted: what the symbol holds, http://weixin.qq.com/q/…');
  }
  const url = given ?? told?.url ?? null;

  const written = text('expiresAt');
  const expiry = written === '' ? null : parseExpiry(written, rules.timeZone);
  if (written !== '' && expiry === null) refuse('expiresAt', 'expiryForm', 'is no date');
  const kind = findKind();
  const expiresAt = kind === 'permanent' ? null : (expiry ?? toldExpiry());
  if (kind === 'permanent' && expiry !== null) {
    refuse('expiresAt', 'expiryOfPermanent', 'a permanent code never expires');
  } else if (
    kind === 'temporary' &&
    expiresAt === null &&
    found.every(({ field }) => field !== 'expiresAt')
  ) {
    refuse('expiresAt', 'expiryUnknown', 'neither the row nor its ticket tells when it expires');
  }

  const scene = findScene(kind);
  const channel = findChannel();
  const campaignId = findCampaign();
  const label = findLabel(scene?.text ?? '', channel?.name ?? '');
  if (found.length > 0 || scene === null) return { issues: found };

  const { sceneKind, text: sceneText } = scene;
  const identity = kind === 'permanent' ? [] : [ticket ?? url ?? expiresAt?.toISOString() ?? ''];
  return {
    row: {
      ...{ line, kind, sceneKind, scene: sceneText, label, channel, campaignId, ticket, url, expiresAt },
      isUrlFromTicket: given === null && told !== null,
      issuedAt: told && told.createdAt <= rules.now ? told.createdAt : null,
      expireSeconds: kind === 'temporary' ? validityOf(told?.validitySeconds ?? null) : null,
      flags: flagsOf(sceneKind, sceneText, expiresAt),
      digest: rowDigest('import', rules.accountId, kind, sceneKind, sceneText, ...identity),
    },
  };

  function findKind(): CodeKind {
    const word = bare(text('kind'));
    if (permanentWords.includes(word)) return 'permanent';
    if (temporaryWords.includes(word)) return 'temporary';
    if (word !== '') refuse('kind', 'kindUnknown', 'wanted: permanent or temporary', { value: text('kind') });
    if (told !== null) return told.validitySeconds === null ? 'permanent' : 'temporary';
    return written === '' ? rules.kind : 'temporary';
  }

  function toldExpiry(): Date | null {
    if (told === null || told.validitySeconds === null) return null;
    return new Date(told.createdAt.getTime() + told.validitySeconds * 1000);
  }

  function findScene(of: CodeKind): { sceneKind: SceneKind; text: string } | null {
    const [plain, id, str] = [text('scene'), text('sceneId'), text('sceneStr')];
    const one = [plain, id, str].filter((value) => value !== '');
    if (one.length !== 1) {
      if (one.length === 0) refuse('scene', 'required', 'is required');
      else refuse('scene', 'sceneOneOf', 'wanted: one scene, either an integer or a text');
      return null;
    }
    const isZero = of === 'temporary' && (id === '0' || plain === '0');
    const word = bare(text('sceneKind'));
    const isText =
      str !== '' || (id === '' && (stringWords.includes(word) || bare(text('kind')).includes('str')));
    const isInteger =
      isZero ||
      id !== '' ||
      (plain !== '' && !isText && (integerWords.includes(word) || 'id' in parseScene(plain)));
    return isInteger && !(isText && id === '')
      ? integerScene(id || plain, of, isZero)
      : stringScene(str || plain);
  }

  function integerScene(digits: string, of: CodeKind, isZero: boolean) {
    const max = of === 'permanent' ? maxPermanentSceneId : maxTemporarySceneId;
    const value = /^\d{1,12}$/.test(digits) ? Number(digits) : Number.NaN;
    if (!isZero && !(value >= 1 && value <= max)) {
      refuse('scene', 'sceneIdRange', `wanted: a whole number from 1 to ${max}`, { min: 1, max });
      return null;
    }
    return { sceneKind: 'integer' as const, text: String(value) };
  }

  function stringScene(str: string) {
    const bytes = utf8Bytes(str);
    if (bytes > maxImportedSceneBytes) {
      refuse('scene', 'sceneBytes', `has ${bytes} bytes`, { bytes, max: maxImportedSceneBytes });
      return null;
    }
    if (str.includes('\0') || /\p{Cs}/u.test(str)) {
      refuse('scene', 'controlCharacters', 'cannot be kept as text');
      return null;
    }
    return { sceneKind: 'string' as const, text: str };
  }

  function flagsOf(of: SceneKind, value: string, expires: Date | null): CodeFlag[] {
    const flags: CodeFlag[] = [];
    if (of === 'integer' && value === '0') flags.push('zeroScene');
    if (of === 'string' && utf8Bytes(value) > maxSceneStrBytes) flags.push('longScene');
    if (of === 'string' && !plainScene.test(value)) flags.push('oddScene');
    if (expires !== null && expires <= rules.now) flags.push('cameExpired');
    if (ticket !== null && told === null) flags.push('oddTicket');
    if (given !== null && told !== null && bareUrl(given) !== bareUrl(told.url)) flags.push('urlDiffers');
    return flags;
  }

  function findChannel(): ImportRow['channel'] {
    const number = text('channel');
    if (number === '') return null;
    const input = { number, name: text('channelName') || number, city: text('city'), region: text('region') };
    const named = channelNumberSchema.safeParse({ number }, { reportInput: true });
    const rest = createChannelSchema.safeParse(input, { reportInput: true });
    if (rest.success) {
      const { name, city, region } = rest.data;
      return { number: rest.data.number, name, city, region };
    }
    const [issue] = toFieldIssues(named.success ? rest.error : named.error);
    if (issue) found.push({ ...issue, field: named.success ? 'channelName' : 'channel' });
    return null;
  }

  function findCampaign(): string | null {
    const name = text('campaign');
    if (name === '') return rules.campaignId;
    const id = rules.campaigns.get(name);
    if (id === undefined) refuse('campaign', 'campaignUnknown', 'no campaign is called so', { name });
    if (id === null) refuse('campaign', 'campaignAmbiguous', 'several campaigns are called so', { name });
    return id ?? null;
  }

  function findLabel(sceneText: string, channelName: string): string {
    const written = text('label');
    if (written === '') {
      const substitute = (channelName || sceneText).replace(/[\p{Cc}\s]+/gu, ' ').trim();
      return [...(substitute || '#')].slice(0, 200).join('');
    }
    const result = labelSchema.safeParse(written, { reportInput: true });
    if (result.success) return result.data;
    found.push(...toFieldIssues(result.error).map((issue) => ({ ...issue, field: 'label' })));
    return '';
  }
}

const bare = (word: string) =>
  word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]/g, '');
const bareUrl = (url: string) => url.replace(/^https?:\/\//i, '');

/** Where a ticket tells a span that no temporary code can have, the span is not kept. */
function validityOf(seconds: number | null): number | null {
  return seconds !== null && seconds >= 1 && seconds <= 2_592_000 ? seconds : null;
}
