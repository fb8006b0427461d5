import 'server-only';
import type { PrismaClient } from './db/generated/client';
import type { UserRole } from './people/types';
import type { WeChatClient } from './wechat';

/** Who asks. A viewer's key reads, a marketer's key writes, an admin's key manages: scopes are roles. */
export type Actor =
  | { kind: 'stranger' }
  | { kind: 'system'; name: string }
  | {
      kind: 'user';
      id: string;
      name: string;
      role: UserRole;
      sessionId: string;
      allAccounts: boolean;
      accountIds: string[];
    }
  | { kind: 'apiKey'; id: string; name: string; role: UserRole; allAccounts: boolean; accountIds: string[] };

/** Gives the WeChat client of one official account, on the token that all processes share. */
export type WeChatGateway = {
  /** @throws AppError NOT_FOUND  no such account */
  clientFor: (accountId: string) => Promise<WeChatClient>;
  /** Drops what this process remembers of an account whose connection was changed. */
  forget: (accountId: string) => void;
};

export type Clock = { now: () => Date };

/** What every service takes first. */
export type Context = { db: PrismaClient; wechat: WeChatGateway; clock: Clock; actor: Actor };

export const systemClock: Clock = { now: () => new Date() };
