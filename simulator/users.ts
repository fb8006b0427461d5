import { chinaDay, chinaHour } from './calendar';
import { type Answer, type AuthorisedCall, isObject, jsonBody, text } from './call';
import { Refusal } from './errors';
import type { Account, Person } from './world';

const PAGE = 10_000;
const subscribeScenes = { qr: 'ADD_SCENE_QR_CODE', search: 'ADD_SCENE_SEARCH', pay: 'ADD_SCENE_PAID' };
const userSources = { qr: 30, search: 1, pay: 51 };
const DAY_MS = 86_400_000;

function findPerson(account: Account, openid: string): Person {
  const person = account.people.get(openid);
  if (!person) throw new Refusal(40003);
  return person;
}

/** Nicknames and pictures are empty since 2021-12-27. */
function profileOf(person: Person): Answer {
  if (!person.following) return { subscribe: 0, openid: person.openid, tagid_list: [] };
  return {
    subscribe: 1,
    openid: person.openid,
    nickname: '',
    sex: 0,
    language: 'zh_CN',
    city: '',
    province: '',
    country: '',
    headimgurl: '',
    subscribe_time: person.since,
    remark: '',
    groupid: [...person.tags][0] ?? 0,
    tagid_list: [...person.tags],
    subscribe_scene: subscribeScenes[person.source],
    qr_scene: typeof person.scene === 'number' ? person.scene : 0,
    qr_scene_str: typeof person.scene === 'string' ? person.scene : '',
  };
}

/** GET /cgi-bin/user/info. */
export function userInfo(call: AuthorisedCall): Answer {
  return profileOf(findPerson(call.account, call.query.get('openid') ?? ''));
}

/** POST /cgi-bin/user/info/batchget, at most 100. */
export function userInfoBatch(call: AuthorisedCall): Answer {
  const { user_list: list } = jsonBody(call);
  if (!Array.isArray(list) || list.length === 0 || list.length > 100) throw new Refusal(40032);
  const openids = list.map((item) => (isObject(item) ? text(item.openid) : ''));
  return { user_info_list: openids.map((openid) => profileOf(findPerson(call.account, openid))) };
}

/** GET /cgi-bin/user/get: the followers in the order in which they came, 10,000 a page. */
export function userList(call: AuthorisedCall): Answer {
  const after = call.query.get('next_openid');
  const all: string[] = [];
  for (const person of call.account.people.values()) if (person.following) all.push(person.openid);
  const start = after ? all.indexOf(after) + 1 : 0;
  if (after && start === 0) throw new Refusal(40003);
  const openid = all.slice(start, start + PAGE);
  const page = openid.length > 0 ? { data: { openid } } : {};
  return { total: all.length, count: openid.length, ...page, next_openid: openid.at(-1) ?? '' };
}

/** POST /datacube/getusersummary: at most seven days, up to yesterday, which is there from 08:00. */
export function userSummary(call: AuthorisedCall): Answer {
  const body = jsonBody(call);
  const [begin, end] = [dayStart(body.begin_date), dayStart(body.end_date)];
  const now = call.world.now();
  const lastDay = chinaDay(now - DAY_MS);
  if (end < begin || end - begin > 6 * DAY_MS || chinaDay(end) > lastDay) throw new Refusal(61501);
  const list: Answer[] = [];
  for (let at = begin; at <= end; at += DAY_MS) {
    const day = chinaDay(at);
    if (day === lastDay && chinaHour(now) < 8) continue;
    for (const [source, number] of Object.entries(userSources)) {
      const counts = call.account.summary.get(`${day} ${source}`);
      if (!counts) continue;
      list.push({
        ref_date: day,
        user_source: number,
        new_user: counts.newUser,
        cancel_user: counts.cancelUser,
      });
    }
  }
  return { list };
}

/** Midnight in China of a `YYYY-MM-DD`, in Unix ms. */
function dayStart(value: unknown): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text(value)) ? Date.parse(`${value}T00:00:00+08:00`) : Number.NaN;
  if (Number.isNaN(ms)) throw new Refusal(61500);
  return ms;
}
