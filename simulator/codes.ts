import { type Answer, type AuthorisedCall, isObject, parseJson } from './call';
import { Refusal } from './errors';
import type { ActionName, Scene } from './facts';
import { newUrl, writeTicket } from './ticket';
import { type Account, type Code, isPermanent, sceneKey, type World } from './world';

export const MAX_EXPIRE_SECONDS = 2_592_000;
const MAX_PERMANENT_ID = 100_000;
const MAX_SCENE_BYTES = 64;
const MAX_UINT32 = 4_294_967_295;
const actionNames = new Set(['QR_SCENE', 'QR_STR_SCENE', 'QR_LIMIT_SCENE', 'QR_LIMIT_STR_SCENE']);

/** POST /cgi-bin/qrcode/create. */
export function createCode(call: AuthorisedCall): Answer {
  const { world, account } = call;
  if (call.method !== 'POST') throw new Refusal(43002);
  if (!account.settings.verified) throw new Refusal(48001);
  const body = readBody(call.body);
  const kind = body.action_name;
  if (!isActionName(kind)) throw new Refusal(40052);
  const actionInfo = isObject(body.action_info) ? body.action_info : {};
  const scene = isObject(actionInfo.scene) ? actionInfo.scene : undefined;
  if (isPermanent(kind)) return answer(permanentCode(world, account, kind, permanentScene(kind, scene)));
  const validity = validityOf(account, body.expire_seconds);
  return answer(makeCode(world, account, kind, temporaryScene(kind, scene), validity));
}

function isActionName(value: unknown): value is ActionName {
  return typeof value === 'string' && actionNames.has(value);
}

/** Text that only looks like an object is answered as a wrong action; what is no JSON at all as a wrong format. */
function readBody(bytes: Buffer): Record<string, unknown> {
  if (bytes.length === 0) throw new Refusal(44002);
  const value = parseJson(bytes);
  if (isObject(value)) return value;
  throw new Refusal(value === undefined && /^\s*\{/.test(bytes.toString('latin1')) ? 40052 : 47001);
}

function permanentScene(kind: ActionName, scene: Record<string, unknown> | undefined): Scene {
  if (kind === 'QR_LIMIT_SCENE') {
    const id = scene?.scene_id;
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 1 || id > MAX_PERMANENT_ID) {
      throw new Refusal(40053);
    }
    return id;
  }
  const value = scene?.scene_str;
  if (typeof value !== 'string') throw new Refusal(40053);
  const bytes = Buffer.byteLength(value);
  if (bytes < 1 || bytes > MAX_SCENE_BYTES) throw new Refusal(40053);
  return value;
}

/** Temporary codes are taken whatever their scene looks like; what cannot be read becomes 0 or the empty string. */
function temporaryScene(kind: ActionName, scene: Record<string, unknown> | undefined): Scene {
  if (kind === 'QR_STR_SCENE') return typeof scene?.scene_str === 'string' ? scene.scene_str : '';
  return unsigned32(scene?.scene_id);
}

/** Ids above 2^32-1 saturate; still larger ones, beyond 64 bits, come back as 0. Negative ones wrap (assumed). */
function unsigned32(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) >= 2 ** 63) return 0;
  const whole = Math.trunc(value);
  return whole < 0 ? whole >>> 0 : Math.min(whole, MAX_UINT32);
}

function validityOf(account: Account, seconds: unknown): number {
  const { defaultExpireSeconds, overlongExpiry } = account.settings;
  if (typeof seconds !== 'number' || !(seconds >= 1)) return defaultExpireSeconds;
  if (seconds <= MAX_EXPIRE_SECONDS) return Math.trunc(seconds);
  if (overlongExpiry === 'reject') throw new Refusal(40053);
  return MAX_EXPIRE_SECONDS;
}

function permanentCode(world: World, account: Account, kind: ActionName, scene: Scene): Code {
  const { recreate, permanentCap, sharedPool } = account.settings;
  const existing = account.permanent.get(sceneKey(scene));
  if (existing && recreate === 'sameTicket') return existing;
  if (existing && recreate === 'freshTicket') {
    const ticket = writeTicket({ url: existing.url, createdAt: seconds(world), validity: 0 });
    world.record({ type: 'ticket', url: existing.url, ticket });
    return existing;
  }
  const { int, str } = account.spent;
  const spent = sharedPool ? int + str : typeof scene === 'number' ? int : str;
  if (spent >= permanentCap) throw new Refusal(45029);
  return makeCode(world, account, kind, scene, 0);
}

function makeCode(world: World, account: Account, kind: ActionName, scene: Scene, validity: number): Code {
  const { appId, legacyTickets } = account.settings;
  const url = newUrl(legacyTickets ? 'legacy' : isPermanent(kind) ? 'permanent' : 'temporary');
  const createdAt = seconds(world);
  const ticket = writeTicket({ url, createdAt, validity });
  const code = { appId, kind, scene, url, ticket, createdAt, validity };
  world.record({ type: 'code', ...code });
  return code;
}

function seconds(world: World): number {
  return Math.floor(world.now() / 1000);
}

/** Permanent codes have no expire_seconds at all. */
function answer({ ticket, validity, url }: Code): Answer {
  return validity === 0 ? { ticket, url } : { ticket, expire_seconds: validity, url };
}

/** Whether a temporary code has run out. */
export function isExpired(world: World, code: Code): boolean {
  return code.validity > 0 && world.now() >= (code.createdAt + code.validity) * 1000;
}
