import type { JsonObject } from './reply';

export type ApiRequest = {
  path: string;
  query?: Record<string, string>;
  /** With a body it is a POST, without a GET. */
  body?: unknown;
  /** Openids in it, which no error may repeat. */
  personal?: readonly string[];
  /** The call changes something at WeChat, so a lost answer leaves a doubt (`maybeDone`). */
  changes?: boolean;
};

/** One call with a token; what it answers is a JSON object without an errcode. */
export type CallApi = (request: ApiRequest) => Promise<JsonObject>;
