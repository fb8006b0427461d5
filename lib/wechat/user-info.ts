import type { CallApi } from './call-api';
import { badReply, readNumber, readObjects, readText } from './reply';

export type UserInfo = {
  openid: string;
  subscribed: boolean;
  subscribedAt: Date | null;
  /** How they came to follow: ADD_SCENE_QR_CODE, ADD_SCENE_SEARCH, … */
  subscribeScene: string | null;
  /** The code that they followed through, when there was one. */
  qrSceneId: number | null;
  qrSceneStr: string | null;
  tagIds: number[];
  unionid: string | null;
};

/**
 * One follower. Of somebody who does not follow, WeChat tells only that.
 *
 * @throws WeChatError  errcode 40003: not an openid of this account
 */
export async function getUser(callApi: CallApi, openid: string): Promise<UserInfo> {
  const answer = await callApi({
    path: '/cgi-bin/user/info',
    query: { openid, lang: 'zh_CN' },
    personal: [openid],
  });
  const subscribedAt = readNumber(answer, 'subscribe_time');
  const tagIds = Array.isArray(answer.tagid_list) ? answer.tagid_list : [];
  return {
    openid: readText(answer, 'openid') ?? openid,
    subscribed: readNumber(answer, 'subscribe') === 1,
    subscribedAt: subscribedAt ? new Date(subscribedAt * 1000) : null,
    subscribeScene: readText(answer, 'subscribe_scene'),
    qrSceneId: readNumber(answer, 'qr_scene') || null,
    qrSceneStr: readText(answer, 'qr_scene_str'),
    tagIds: tagIds.filter((id) => typeof id === 'number'),
    unionid: readText(answer, 'unionid'),
  };
}

export type UserSummaryRow = {
  /** YYYY-MM-DD, a day in China. */
  date: string;
  /** 30: by scanning a code. 0: all other ways. */
  userSource: number;
  newUsers: number;
  cancelledUsers: number;
};

/**
 * WeChat's own count of follows and unfollows by day and source, both ends included.
 *
 * @param begin  YYYY-MM-DD
 * @param end    at most 7 days on, yesterday at the latest; a day is ready after 08:00 of the next
 */
export async function getUserSummary(
  callApi: CallApi,
  begin: string,
  end: string,
): Promise<UserSummaryRow[]> {
  const path = '/datacube/getusersummary';
  const answer = await callApi({ path, body: { begin_date: begin, end_date: end } });
  if (!Array.isArray(answer.list)) throw badReply(path, 'holds no list');
  return readObjects(answer, 'list').map((row) => ({
    date: readText(row, 'ref_date') ?? '',
    userSource: readNumber(row, 'user_source') ?? 0,
    newUsers: readNumber(row, 'new_user') ?? 0,
    cancelledUsers: readNumber(row, 'cancel_user') ?? 0,
  }));
}
