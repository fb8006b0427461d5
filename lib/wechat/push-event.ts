import { PushError } from './push-error';
import { type ReportedScene, sceneFromEventKey } from './scene';
import { parseXml, type XmlElement } from './xml';

type PushCommon = {
  /** The account's original id, `gh_…`. */
  accountUserName: string;
  openid: string;
  /** Unix seconds as WeChat sent them: the same on every delivery of one push, so a part of its identity. */
  createTime: number;
  createdAt: Date;
  /** All simple fields by WeChat's own names. */
  fields: Readonly<Record<string, string>>;
};

type PushWithCode = PushCommon & {
  /** Lower-case, whatever case WeChat used. */
  event: string;
  eventKey: string | null;
  /** Null also on some events that did come from a code; then the scene has to do. */
  ticket: string | null;
  scene: ReportedScene | null;
};

/**
 * What a push says. `subscribe`: followed, through a code when `scene` is there. `scan`: a follower scanned a code.
 * `other`: any further event; it holds a scene never.
 */
export type PushEvent =
  | (PushWithCode & { kind: 'subscribe' | 'scan' | 'unsubscribe' | 'other' })
  | (PushCommon & { kind: 'message'; msgType: string; msgId: string | null; content: string | null });

const maxNameLength = 128;

/**
 * Reads the clear XML of a push into an event. Unknown events and messages are taken too.
 *
 * @throws PushError doctypeRefused | malformedXml | fieldMissing (ToUserName, FromUserName, CreateTime, MsgType, Event)
 */
export function parsePush(xml: string): PushEvent {
  return readPushEvent(parseXml(xml));
}

export function readPushEvent(root: XmlElement): PushEvent {
  const fields = readFields(root);
  const common: PushCommon = {
    accountUserName: requireName(fields, 'ToUserName'),
    openid: requireName(fields, 'FromUserName'),
    ...readCreateTime(fields),
    fields,
  };
  const msgType = requireName(fields, 'MsgType').toLowerCase();
  if (msgType !== 'event') {
    const { MsgId, Content } = fields;
    return { kind: 'message', ...common, msgType, msgId: MsgId || null, content: Content ?? null };
  }
  const event = requireName(fields, 'Event').toLowerCase();
  const eventKey = fields.EventKey || null;
  return {
    kind: event === 'subscribe' || event === 'scan' || event === 'unsubscribe' ? event : 'other',
    ...common,
    event,
    eventKey,
    ticket: fields.Ticket || null,
    scene: sceneFromEventKey(event, eventKey),
  };
}

/** The simple children of `<xml>`; of two with one name the first counts. */
export function readFields(root: XmlElement): Record<string, string> {
  if (root.name !== 'xml') throw new PushError('malformedXml');
  const fields: Record<string, string> = Object.create(null);
  for (const { name, text, children } of root.children) {
    if (children.length === 0 && !(name in fields)) fields[name] = text;
  }
  return fields;
}

function requireName(fields: Record<string, string>, name: string): string {
  const value = fields[name]?.trim() ?? '';
  if (value === '' || value.length > maxNameLength)
    throw new PushError('fieldMissing', `${name} is missing or too long`);
  return value;
}

function readCreateTime(fields: Record<string, string>): { createTime: number; createdAt: Date } {
  const text = requireName(fields, 'CreateTime');
  if (!/^\d{1,10}$/.test(text))
    throw new PushError('fieldMissing', 'CreateTime is not a unix time in seconds');
  const createTime = Number(text);
  return { createTime, createdAt: new Date(createTime * 1000) };
}
