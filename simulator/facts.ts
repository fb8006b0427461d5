import type { AccountSettings } from './settings';

export type ActionName = 'QR_SCENE' | 'QR_STR_SCENE' | 'QR_LIMIT_SCENE' | 'QR_LIMIT_STR_SCENE';
export type Scene = number | string;
export type TokenFamily = 'plain' | 'stable';

/**
 * Everything that ever changes the state, as one line of the journal each. The state is what one gets by applying them
 * in order, so nothing that was answered can be lost by a restart.
 */
export type Fact =
  | { type: 'account'; settings: AccountSettings }
  | {
      type: 'code';
      appId: string;
      kind: ActionName;
      scene: Scene;
      url: string;
      ticket: string;
      /** Unix seconds. */
      createdAt: number;
      /** Seconds; 0 for ever. */
      validity: number;
    }
  /** Another ticket for a code that exists. */
  | { type: 'ticket'; url: string; ticket: string }
  | {
      type: 'token';
      appId: string;
      family: TokenFamily;
      token: string;
      issuedAt: number;
      expiresAt: number;
      /** Unix ms until which the one before it still works. */
      previousUntil: number;
      forced: boolean;
    }
  | { type: 'tokenExpired'; token: string; at: number }
  | {
      type: 'follow';
      appId: string;
      openid: string;
      /** Unix seconds. */
      at: number;
      source: 'qr' | 'search' | 'pay';
      scene: Scene | null;
    }
  | { type: 'unfollow'; appId: string; openid: string; at: number }
  | { type: 'tag'; appId: string; id: number; name: string }
  | { type: 'tagDelete'; appId: string; id: number }
  | { type: 'tagging'; appId: string; openids: string[]; tagId: number; on: boolean };
