import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Message } from './compose-message';
import { readRobotAnswer, robotRequest } from './robot-request';

const message: Message = {
  title: '额度已用 80%',
  text: '活动“[点我](https://evil.example) <@all>”',
  account: '某某服务号',
  link: { text: '查看额度', url: 'https://qudao.example/notifications/1' },
  footer: 'x',
  locale: 'zh-CN',
};
const now = new Date('2026-11-23T10:00:00.500Z');
const robot = { address: 'https://robot.example/send?access_token=abc', secret: 'SECret+/=' };

it('signs for Feishu in the body: keyed by seconds and secret, over nothing', () => {
  const { url, body } = robotRequest('feishu', robot, message, now);
  const sent = JSON.parse(body) as { timestamp: string; sign: string; msg_type: string; content: unknown };
  expect(url).toBe(robot.address);
  expect(sent.timestamp).toBe('1795428000');
  expect(sent.sign).toBe(createHmac('sha256', '1795428000\nSECret+/=').update('').digest('base64'));
  expect(sent.msg_type).toBe('post');
  expect(sent.content).toMatchObject({ post: { zh_cn: { title: message.title } } });
  expect(body).toContain(message.link.url);
});

it('signs for DingTalk in the query: keyed by the secret, over milliseconds and secret', () => {
  const { url, body } = robotRequest('dingtalk', robot, message, now);
  const query = new URL(url).searchParams;
  const sign = createHmac('sha256', 'SECret+/=').update('1795428000500\nSECret+/=').digest('base64');
  expect([query.get('access_token'), query.get('timestamp'), query.get('sign')]).toEqual([
    'abc',
    '1795428000500',
    sign,
  ]);
  expect(JSON.parse(body)).toMatchObject({ msgtype: 'markdown', markdown: { title: message.title } });
});

it('signs nothing without a secret', () => {
  const open = { ...robot, secret: null };
  expect(robotRequest('dingtalk', open, message, now).url).toBe(robot.address);
  expect(robotRequest('feishu', open, message, now).body).not.toContain('sign');
});

it('lets no name become a link or a mention, and stays within what WeCom takes', () => {
  const long = { ...message, text: `${message.text}${'字'.repeat(3_000)}` };
  const { markdown } = JSON.parse(robotRequest('wecom', robot, long, now).body) as {
    markdown: { content: string };
  };
  expect(markdown.content.match(/\]\(/g)).toHaveLength(1);
  expect(markdown.content).not.toContain('<@all>');
  expect(markdown.content.endsWith(`[查看额度](${message.link.url})`)).toBe(true);
  expect(Buffer.byteLength(markdown.content)).toBeLessThanOrEqual(4_096);
  expect(Buffer.byteLength(markdown.content)).toBeGreaterThan(4_000);
});

it.each([
  ['wecom', '{"errcode":0,"errmsg":"ok"}', true, false],
  ['wecom', '{"errcode":93000,"errmsg":"invalid webhook url"}', false, false],
  ['wecom', '{"errcode":45009,"errmsg":"api freq out of limit"}', false, true],
  ['dingtalk', '{"errcode":0,"errmsg":"ok"}', true, false],
  ['dingtalk', '{"errcode":310000,"errmsg":"sign not match"}', false, false],
  ['feishu', '{"StatusCode":0,"StatusMessage":"success"}', true, false],
  ['feishu', '{"code":0,"data":{},"msg":"success"}', true, false],
  ['feishu', '{"code":19021,"msg":"sign match fail","StatusCode":0}', false, false],
  ['feishu', '{"code":11232,"msg":"frequency limited"}', false, true],
  ['wecom', '{}', false, false],
  ['wecom', '<html>', false, false],
  ['dingtalk', 'null', false, false],
] as const)('%s answering %s: accepted %s, later %s', (kind, body, accepted, retry) => {
  expect(readRobotAnswer(kind, body)).toEqual({ accepted, retry });
});
