import { currentReceiver, type PushAnswer } from '@/lib/scans/receiver';
import { readPushBody } from '@/lib/web/read-push-body';

type Context = { params: Promise<{ accountId: string }> };

const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
const answer = ({ status, body }: PushAnswer) => new Response(body, { status, headers });

/** WeChat verifies the address when its settings are saved. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { accountId } = await params;
  const receiver = await currentReceiver();
  return answer(await receiver.verify(accountId, new URL(request.url).searchParams));
}

/** WeChat pushes an event or a message. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { accountId } = await params;
  const body = await readPushBody(request);
  if (body === null) return new Response('too large', { status: 413, headers });
  const { url } = request;
  const receiver = await currentReceiver();
  return answer(
    await receiver.receive(accountId, new URLSearchParams(url.slice(url.indexOf('?') + 1)), body),
  );
}
