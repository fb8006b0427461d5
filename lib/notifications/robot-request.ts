import { createHmac } from 'node:crypto';
import type { Message } from './compose-message';
import type { SenderKind } from './types';

export type RobotKind = Exclude<SenderKind, 'email'>;

/** WeCom refuses longer ones; the others take more. UTF-8 bytes. */
const longestMarkdown = 4_096;

/**
 * What the robot of a group is sent, as its maker documents it.
 *
 * - WeCom: markdown, at most 4,096 bytes. https://developer.work.weixin.qq.com/document/path/91770
 * - Feishu: rich text; signed by HMAC-SHA256 of nothing, keyed by seconds + "\n" + secret.
 *   https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
 * - DingTalk: markdown; signed in the query by HMAC-SHA256 of milliseconds + "\n" + secret, keyed by the secret.
 *   https://open.dingtalk.com/document/robots/customize-robot-security-settings
 */
export function robotRequest(
  kind: RobotKind,
  { address, secret }: { address: string; secret: string | null },
  message: Message,
  now: Date,
): { url: string; body: string } {
  switch (kind) {
    case 'wecom':
      return {
        url: address,
        body: JSON.stringify({ msgtype: 'markdown', markdown: { content: toMarkdown(message) } }),
      };
    case 'feishu': {
      const { title, account, text, link, locale } = message;
      const lines = [
        ...(account ? [[{ tag: 'text', text: account }]] : []),
        [{ tag: 'text', text }],
        [{ tag: 'a', text: link.text, href: link.url }],
      ];
      const language = locale === 'en' ? 'en_us' : 'zh_cn';
      return {
        url: address,
        body: JSON.stringify({
          ...(secret === null ? {} : signFeishu(secret, now)),
          msg_type: 'post',
          content: { post: { [language]: { title, content: lines } } },
        }),
      };
    }
    case 'dingtalk': {
      const url = new URL(address);
      if (secret !== null) {
        const timestamp = String(now.getTime());
        const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
        url.searchParams.set('timestamp', timestamp);
        url.searchParams.set('sign', sign);
      }
      const markdown = { title: message.title, text: toMarkdown(message) };
      return { url: url.href, body: JSON.stringify({ msgtype: 'markdown', markdown }) };
    }
  }
}

function signFeishu(secret: string, now: Date): { timestamp: string; sign: string } {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).digest('base64') };
}

function toMarkdown({ title, account, text, link }: Message): string {
  const tail = `\n\n[${plain(link.text)}](${link.url})`;
  const head = [`### ${plain(title)}`, account ? `> ${plain(account)}` : null, plain(text)].filter(Boolean);
  return cutBytes(head.join('\n\n'), longestMarkdown - Buffer.byteLength(tail)) + tail;
}

/** A campaign's name must not become a link, a mention or a tag. These dialects know no escape, so look-alikes stand in. */
function plain(text: string): string {
  const lookAlikes: Record<string, string> = {
    '[': '［',
    ']': '］',
    '<': '＜',
    '>': '＞',
    '`': '｀',
    '*': '＊',
  };
  return text.replace(/[[\]<>`*]/g, (sign) => lookAlikes[sign] ?? sign);
}

function cutBytes(text: string, most: number): string {
  let kept = text;
  while (Buffer.byteLength(kept) > most) kept = kept.slice(0, -1);
  return kept.length < text.length ? `${kept.slice(0, -1)}…` : text;
}

/** Refusals that pass by themselves: too many messages a minute, or a busy server. */
const passing: Record<RobotKind, readonly number[]> = {
  wecom: [-1, 45009],
  feishu: [11232, 11247],
  dingtalk: [-1, 130101, 130102],
};

/**
 * What a robot's answer means: each says no with HTTP 200 and a code of its own in the body.
 *
 * @returns what it said is in the body alone; `accepted` only for a code of 0
 */
export function readRobotAnswer(kind: RobotKind, body: string): { accepted: boolean; retry: boolean } {
  const answer = parseObject(body);
  const code = kind === 'feishu' ? (answer?.code ?? answer?.StatusCode) : answer?.errcode;
  return { accepted: code === 0, retry: typeof code === 'number' && passing[kind].includes(code) };
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
