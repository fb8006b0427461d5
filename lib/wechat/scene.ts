export type CodeKind = 'temporary' | 'permanent';

/** The one value that a code carries: an unsigned 32-bit integer, or a string of 1 to 64 UTF-8 bytes. */
export type Scene = { id: number } | { str: string };

/**
 * A scene as an event reports it: bare text. `id` is that text as an integer where it can be one.
 *
 * "123" may come from the integer 123 or from the string "123"; the event's ticket tells which.
 */
export type ReportedScene = { text: string; id: number | null };

export const maxTemporarySceneId = 4_294_967_295;
export const maxPermanentSceneId = 100_000;
export const maxSceneStrBytes = 64;
export const maxExpireSeconds = 2_592_000;

export const sceneIssueCodes = [
  'notAnInteger',
  'sceneIdRange',
  'sceneStrEmpty',
  'sceneStrTooLong',
  'invalid',
  'controlCharacters',
  'expiryRange',
] as const;

export type SceneIssueCode = (typeof sceneIssueCodes)[number];

export type SceneIssue = {
  field: 'scene.id' | 'scene.str' | 'expireSeconds';
  code: SceneIssueCode;
  params: Record<string, number>;
};

/**
 * Tells what is wrong with a scene for a new code, or null.
 *
 * Integers: 1…4,294,967,295 temporary (larger ones saturate at WeChat), 1…100,000 permanent. Strings: 1…64 bytes of
 * UTF-8; WeChat writes "characters", but refuses a string of 59 characters and 65 bytes with 40053.
 *
 * Source: WeChat, "Generating a Parametric QR Code".
 */
export function validateScene(code: { kind: CodeKind; scene: Scene }): SceneIssue | null {
  const { kind, scene } = code;
  if ('id' in scene) {
    const max = kind === 'permanent' ? maxPermanentSceneId : maxTemporarySceneId;
    return checkRange(scene.id, max, 'scene.id', 'sceneIdRange');
  }
  const issue = (issueCode: SceneIssueCode, params: Record<string, number> = {}): SceneIssue => ({
    field: 'scene.str',
    code: issueCode,
    params,
  });
  if (scene.str === '') return issue('sceneStrEmpty');
  if (/\p{Cs}/u.test(scene.str)) return issue('invalid');
  if (/\p{Cc}/u.test(scene.str)) return issue('controlCharacters');
  const bytes = new TextEncoder().encode(scene.str).length;
  return bytes > maxSceneStrBytes ? issue('sceneStrTooLong', { max: maxSceneStrBytes, bytes }) : null;
}

/** Tells what is wrong with a temporary code's life in seconds (1…2,592,000, that is 30 days), or null. */
export function validateExpireSeconds(expireSeconds: number): SceneIssue | null {
  return checkRange(expireSeconds, maxExpireSeconds, 'expireSeconds', 'expiryRange');
}

function checkRange(
  value: number,
  max: number,
  field: SceneIssue['field'],
  code: 'sceneIdRange' | 'expiryRange',
): SceneIssue | null {
  if (!Number.isInteger(value)) return { field, code: 'notAnInteger', params: {} };
  return value < 1 || value > max ? { field, code, params: { min: 1, max } } : null;
}

/**
 * Reads a scene as people write it in a list: digits only are an integer, anything else a string.
 *
 * "007" and digits beyond 32 bits are strings, since no integer would come back from WeChat in that form.
 */
export function parseScene(text: string): Scene {
  const id = toSceneId(text);
  return id === null ? { str: text } : { id };
}

/**
 * Finds the scene in an event.
 *
 * `subscribe` carries `qrscene_` before it, taken off at the very start only: the scene itself may hold that text, or
 * underscores. `SCAN` carries it bare. A subscribe without that prefix (an ordinary follow, `last_trade_no_…` after a
 * payment) came from no code.
 *
 * @param event  in any letter case
 * @returns null where the event names no scene
 */
export function sceneFromEventKey(event: string, eventKey: string | null | undefined): ReportedScene | null {
  const text = bareScene(event.toLowerCase(), eventKey ?? '');
  return text === '' ? null : { text, id: toSceneId(text) };
}

function bareScene(event: string, eventKey: string): string {
  if (event === 'scan') return eventKey;
  const prefix = 'qrscene_';
  return event === 'subscribe' && eventKey.startsWith(prefix) ? eventKey.slice(prefix.length) : '';
}

function toSceneId(text: string): number | null {
  if (!/^[1-9]\d{0,9}$/.test(text)) return null;
  const id = Number(text);
  return id <= maxTemporarySceneId ? id : null;
}
