import 'server-only';
import { wakeBackground } from '../background/announce';
import type { Context } from '../context';
import { enqueueDeliveries } from '../deliveries/enqueue-deliveries';
import { authorise } from '../people/authorise';
import { requireRelay } from './require-relay';
import type { RelayedPush } from './send-push';

/** Nobody's: a system that answers by the API finds no such person. */
const openid = 'oQudaoTest';
const accountUserName = 'gh_qudao_test';

/** Sends a text message that nobody wrote, through the queue, so that a system can be tried. @throws AppError NOT_FOUND */
export async function testRelay(
  ctx: Context,
  accountId: string,
  relayId: string,
): Promise<{ deliveryId: string }> {
  authorise(ctx, 'admin', accountId);
  const seconds = Math.floor(ctx.clock.now().getTime() / 1000);
  const xml = `<xml><ToUserName><![CDATA[${accountUserName}]]></ToUserName><FromUserName><![CDATA[${openid}]]></FromUserName><CreateTime>${seconds}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[test]]></Content><MsgId>${seconds}</MsgId></xml>`;
  const payload: RelayedPush = { xml, openid, accountUserName };
  const deliveryId = await ctx.db.$transaction(async (tx) => {
    const { id } = await requireRelay(tx, accountId, relayId);
    const [sent] = await enqueueDeliveries(tx, [
      { accountId, kind: 'relay', targetId: id, eventType: 'ping', payload: JSON.stringify(payload) },
    ]);
    return sent ?? '';
  });
  wakeBackground('deliveries');
  return { deliveryId };
}
