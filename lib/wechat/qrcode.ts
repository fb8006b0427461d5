import type { CallApi } from './call-api';
import { badReply, readNumber, readText } from './reply';
import { type CodeKind, maxExpireSeconds, type Scene, validateExpireSeconds, validateScene } from './scene';
import { readTicket } from './ticket';

const path = '/cgi-bin/qrcode/create';

export type NewCode = {
  kind: CodeKind;
  scene: Scene;
  /** Temporary only: 1…2,592,000 s; the longest life when left out. */
  expireSeconds?: number;
};

export type IssuedCode = {
  ticket: string;
  /** What the symbol holds. */
  url: string;
  /** Null: permanent. */
  expiresInSeconds: number | null;
};

/**
 * Has WeChat issue one code. A permanent one takes a slot of the account's 100,000 for ever.
 *
 * Asking again for the same permanent scene is safe: the scene is the key. Of a temporary code the expiry is always
 * sent, since WeChat's own default has moved from 30 s to 60 s to nothing documented.
 *
 * @throws RangeError  a scene or expiry that `validateScene` and `validateExpireSeconds` refuse; nothing was sent
 * @throws WeChatError  `maybeDone` tells whether the code may exist nevertheless
 *
 * Source: WeChat, "Generating a Parametric QR Code".
 */
export async function createCode(callApi: CallApi, code: NewCode): Promise<IssuedCode> {
  const { kind, scene } = code;
  const expireSeconds = kind === 'temporary' ? (code.expireSeconds ?? maxExpireSeconds) : null;
  const issue = validateScene(code) ?? (expireSeconds === null ? null : validateExpireSeconds(expireSeconds));
  if (issue) throw new RangeError(`${issue.field}: ${issue.code} ${JSON.stringify(issue.params)}`);

  const answer = await callApi({
    path,
    changes: true,
    body: {
      ...(expireSeconds === null ? {} : { expire_seconds: expireSeconds }),
      action_name: actionName(kind, scene),
      action_info: { scene: 'id' in scene ? { scene_id: scene.id } : { scene_str: scene.str } },
    },
  });
  const ticket = readText(answer, 'ticket');
  // Answers of 2014 had no url; the ticket holds it.
  const url = readText(answer, 'url') ?? (ticket && readTicket(ticket)?.url);
  if (!ticket || !url || !URL.canParse(url)) throw badReply(path, 'holds no ticket or no url', true);
  return {
    ticket,
    url,
    expiresInSeconds: expireSeconds === null ? null : (readNumber(answer, 'expire_seconds') ?? expireSeconds),
  };
}

function actionName(kind: CodeKind, scene: Scene): string {
  if (kind === 'permanent') return 'id' in scene ? 'QR_LIMIT_SCENE' : 'QR_LIMIT_STR_SCENE';
  return 'id' in scene ? 'QR_SCENE' : 'QR_STR_SCENE';
}
