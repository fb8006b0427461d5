import type { CallApi } from './call-api';
import { badReply, isObject, readNumber, readObjects, readText } from './reply';

export type FollowerTag = { id: number; name: string };

/** All tags of the account (100 at most) with their number of followers. */
export async function listTags(callApi: CallApi): Promise<(FollowerTag & { count: number })[]> {
  const answer = await callApi({ path: '/cgi-bin/tags/get' });
  return readObjects(answer, 'tags').map((tag) => ({
    id: readNumber(tag, 'id') ?? 0,
    name: readText(tag, 'name') ?? '',
    count: readNumber(tag, 'count') ?? 0,
  }));
}

/**
 * @param name  at most 30 characters
 * @throws WeChatError  errcode 45157: the name is taken; 45056: 100 tags exist
 */
export async function createTag(callApi: CallApi, name: string): Promise<FollowerTag> {
  const path = '/cgi-bin/tags/create';
  const answer = await callApi({ path, body: { tag: { name } }, changes: true });
  const tag = isObject(answer.tag) ? answer.tag : {};
  const id = readNumber(tag, 'id');
  if (id === null) throw badReply(path, 'holds no tag', true);
  return { id, name: readText(tag, 'name') ?? name };
}

/** Puts a tag on followers, 1 to 50 at a time. Putting it on twice does no harm. */
export async function tagUsers(callApi: CallApi, tagId: number, openids: readonly string[]): Promise<void> {
  if (openids.length < 1 || openids.length > 50) throw new RangeError('openids: 1 to 50 at a time');
  const body = { openid_list: openids, tagid: tagId };
  await callApi({ path: '/cgi-bin/tags/members/batchtagging', body, personal: openids, changes: true });
}
