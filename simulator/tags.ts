import { type Answer, type AuthorisedCall, isObject, jsonBody, text } from './call';
import { Refusal } from './errors';

const MAX_TAGS = 100;
const MAX_NAME_BYTES = 30;
const MAX_TAGS_OF_ONE = 20;
const MAX_OPENIDS = 50;
const PAGE = 10_000;

/** POST /cgi-bin/tags/create: at most 100 tags, names of at most 30 bytes, none twice. */
export function createTag(call: AuthorisedCall): Answer {
  const { tag } = jsonBody(call);
  const name = isObject(tag) ? text(tag.name) : '';
  const { tags, settings } = call.account;
  if (!settings.verified) throw new Refusal(48001);
  if (!name || [...tags.values()].includes(name)) throw new Refusal(45157);
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) throw new Refusal(45158);
  if (tags.size >= MAX_TAGS) throw new Refusal(45056);
  const id = call.account.lastTagId + 1;
  call.world.record({ type: 'tag', appId: settings.appId, id, name });
  return { tag: { id, name } };
}

/** GET /cgi-bin/tags/get. */
export function listTags(call: AuthorisedCall): Answer {
  const { tags, people } = call.account;
  const counts = new Map<number, number>();
  for (const person of people.values()) {
    for (const id of person.tags) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return { tags: [...tags].map(([id, name]) => ({ id, name, count: counts.get(id) ?? 0 })) };
}

/** POST /cgi-bin/tags/delete: takes it off whoever has it. */
export function deleteTag(call: AuthorisedCall): Answer {
  const { tag } = jsonBody(call);
  const { tags, settings } = call.account;
  const id = isObject(tag) ? tag.id : undefined;
  if (typeof id !== 'number' || !tags.has(id)) throw new Refusal(45159);
  call.world.record({ type: 'tagDelete', appId: settings.appId, id });
  return { errcode: 0, errmsg: 'ok' };
}

/** POST /cgi-bin/user/tag/get: who has a tag, in the order in which they came, 10,000 a page. */
export function peopleOfTag(call: AuthorisedCall): Answer {
  const { tagid, next_openid: after } = jsonBody(call);
  const { people, tags } = call.account;
  if (typeof tagid !== 'number' || !tags.has(tagid)) throw new Refusal(45159);
  const all = [...people.values()].filter((person) => person.tags.has(tagid)).map(({ openid }) => openid);
  const start = text(after) ? all.indexOf(text(after)) + 1 : 0;
  if (text(after) && start === 0) throw new Refusal(40003);
  const openid = all.slice(start, start + PAGE);
  const page = openid.length > 0 ? { data: { openid } } : {};
  return { count: openid.length, ...page, next_openid: openid.at(-1) ?? '' };
}

/** POST /cgi-bin/tags/members/batchtagging and batchuntagging: at most 50 followers, all or none. */
export function tagMembers(call: AuthorisedCall, on: boolean): Answer {
  const { openid_list: list, tagid } = jsonBody(call);
  const { people, tags, settings } = call.account;
  if (!settings.verified) throw new Refusal(48001);
  if (typeof tagid !== 'number' || !tags.has(tagid)) throw new Refusal(45159);
  if (!Array.isArray(list) || list.length === 0 || list.length > MAX_OPENIDS) throw new Refusal(40032);
  const openids = list.map(text);
  for (const openid of openids) {
    const person = people.get(openid);
    if (!person?.following) throw new Refusal(40003);
    if (on && !person.tags.has(tagid) && person.tags.size >= MAX_TAGS_OF_ONE) throw new Refusal(45059);
  }
  call.world.record({ type: 'tagging', appId: settings.appId, openids, tagId: tagid, on });
  return { errcode: 0, errmsg: 'ok' };
}

/** POST /cgi-bin/tags/getidlist: one person's tags. */
export function tagsOfPerson(call: AuthorisedCall): Answer {
  const person = call.account.people.get(text(jsonBody(call).openid));
  if (!person) throw new Refusal(40003);
  return { tagid_list: [...person.tags] };
}
