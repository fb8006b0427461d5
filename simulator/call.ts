import { Refusal } from './errors';
import type { Account, World } from './world';

/** One request to the platform's interface, read and attributed. */
export type Call = {
  world: World;
  path: string;
  method: string;
  query: URLSearchParams;
  body: Buffer;
  /** The caller's address as the platform sees it. */
  ip: string;
};

/** A call whose access_token was accepted. */
export type AuthorisedCall = Call & { account: Account };

export type Answer = Record<string, unknown>;

/** The JSON body as an object; 44002 when it is empty, 47001 when it is no JSON object. */
export function jsonBody(call: Call): Record<string, unknown> {
  if (call.method !== 'POST') throw new Refusal(43002);
  if (call.body.length === 0) throw new Refusal(44002);
  const value = parseJson(call.body);
  if (!isObject(value)) throw new Refusal(47001);
  return value;
}

/** The value of a JSON text in UTF-8, or undefined when it is not one. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
