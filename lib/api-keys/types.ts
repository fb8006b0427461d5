import type { UserRole } from '../people/types';

export const keyScopes = ['read', 'write', 'admin'] as const;
export type KeyScope = (typeof keyScopes)[number];

/** A scope is a role: a read key sees what a viewer sees. */
export const roleOfScope: Record<KeyScope, UserRole> = { read: 'viewer', write: 'marketer', admin: 'admin' };

export type ApiKeyDto = {
  id: string;
  name: string;
  /** The first characters, by which a person tells keys apart. */
  prefix: string;
  scope: KeyScope;
  allAccounts: boolean;
  accountIds: string[];
  /** Openids are in its answers whole, and otherwise masked. */
  seesOpenids: boolean;
  createdAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
};

/** The one moment at which the key itself is known: the database keeps its hash. */
export type CreatedApiKeyDto = { apiKey: ApiKeyDto; key: string };
