import { describe, expect, it } from 'vitest';
import { PushError } from './push-error';
import { parsePush } from './push-event';

function reasonOf(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof PushError) return error.reason;
    throw error;
  }
}

const wrap = (inside: string) =>
  `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oA]]></FromUserName><CreateTime>1714112445</CreateTime>${inside}</xml>`;
const eventXml = (event: string, rest = '') =>
  wrap(`<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${event}]]></Event>${rest}`);
const scanXml = eventXml('SCAN', '<EventKey><![CDATA[7]]></EventKey><Ticket><![CDATA[gQT]]></Ticket>');

describe('parsePush', () => {
  it('reads the documented events', () => {
    const follow = eventXml('subscribe', '<EventKey><![CDATA[qrscene_123123]]></EventKey><Ticket>T</Ticket>');
    expect(parsePush(follow)).toMatchObject({
      kind: 'subscribe',
      openid: 'oA',
      accountUserName: 'gh_1',
      createTime: 1714112445,
      createdAt: new Date(1714112445000),
      event: 'subscribe',
      eventKey: 'qrscene_123123',
      ticket: 'T',
      scene: { text: '123123', id: 123123 },
    });
    expect(parsePush(scanXml)).toMatchObject({ kind: 'scan', ticket: 'gQT', scene: { text: '7', id: 7 } });
    expect(parsePush(eventXml('Scan', '<EventKey>x</EventKey>'))).toMatchObject({
      kind: 'scan',
      ticket: null,
    });
    expect(parsePush(eventXml('subscribe', '<EventKey/>'))).toMatchObject({
      kind: 'subscribe',
      scene: null,
      eventKey: null,
    });
    expect(parsePush(eventXml('subscribe'))).toMatchObject({ kind: 'subscribe', scene: null });
    expect(parsePush(eventXml('unsubscribe', '<EventKey><![CDATA[]]></EventKey>'))).toMatchObject({
      kind: 'unsubscribe',
    });
    expect(parsePush(eventXml('TEMPLATESENDJOBFINISH'))).toMatchObject({
      kind: 'other',
      event: 'templatesendjobfinish',
    });
  });

  it('reads messages', () => {
    const xml = wrap('<MsgType>text</MsgType><Content><![CDATA[<b>&amp;]]></Content><MsgId>23</MsgId>');
    expect(parsePush(xml)).toMatchObject({
      kind: 'message',
      msgType: 'text',
      msgId: '23',
      content: '<b>&amp;',
    });
  });

  it('reads indented XML with a declaration, attributes, nested elements and references', () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>
      <xml>
        <ToUserName> <![CDATA[gh_1]]> </ToUserName>
        <FromUserName>oA</FromUserName><CreateTime> 1 </CreateTime>
        <MsgType a='>' >event</MsgType><Event>VIEW</Event>
        <EventKey>http://a/?x=1&amp;y=&#x5e97;&#49;</EventKey>
        <ScanInfo><EventKey>inner</EventKey></ScanInfo>
      </xml>`;
    expect(parsePush(xml)).toMatchObject({ kind: 'other', openid: 'oA', eventKey: 'http://a/?x=1&y=店1' });
  });

  it('drops NUL and other control characters', () => {
    expect(parsePush(eventXml('SCAN', '<EventKey><![CDATA[a\u0000\u0008b]]></EventKey>'))).toMatchObject({
      eventKey: 'ab',
    });
  });

  it.each([
    ['doctypeRefused', `<!DOCTYPE xml [<!ENTITY a "b">]>${scanXml}`],
    ['doctypeRefused', `<?xml version="1.0"?><!doctype x SYSTEM "file:///etc/passwd">${scanXml}`],
    ['malformedXml', scanXml.replace('<Event>', '<Event>&lol;')],
    ['malformedXml', scanXml.replace('<CreateTime>', '<CreateTime>&#xD800;')],
    ['malformedXml', scanXml.replace('<CreateTime>', '<CreateTime>&constructor;')],
    ['malformedXml', '<a>'.repeat(5000)],
    ['malformedXml', `<xml>${'<a/>'.repeat(3000)}</xml>`],
    ['malformedXml', scanXml.replace('</xml>', '')],
    ['malformedXml', `${scanXml}<xml></xml>`],
    ['malformedXml', `${scanXml}tail`],
    ['malformedXml', scanXml.replace('<xml>', '<?php ?><xml>')],
    ['malformedXml', '<xml><![CDATA[open</xml>'],
    ['malformedXml', '<xml a="></xml>'],
    ['malformedXml', '{"json":1}'],
    ['malformedXml', ''],
    ['malformedXml', scanXml.replaceAll('xml>', 'html>')],
    ['fieldMissing', scanXml.replaceAll('FromUserName', 'Other')],
    ['fieldMissing', scanXml.replace('1714112445', 'yesterday')],
    ['fieldMissing', scanXml.replace('oA', 'o'.repeat(200))],
    ['fieldMissing', scanXml.replaceAll('Event>', 'Evil>')],
  ])('refuses as %s: %s', (reason, xml) => {
    expect(reasonOf(() => parsePush(xml))).toBe(reason);
  });
});
