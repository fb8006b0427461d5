export const userRoles = ['viewer', 'marketer', 'admin'] as const;
export type UserRole = (typeof userRoles)[number];

export type LinkPurpose = 'first_run' | 'sign_in' | 'invitation' | 'password_reset';

/** Where a request came from, as the list of sessions shows it. */
export type Device = { ipAddress: string; userAgent: string };

export type PersonDto = {
  id: string;
  email: string;
  name: string;
  role: UserRole;
  /** `invited`: has neither password nor single sign-on yet. */
  status: 'active' | 'invited' | 'disabled';
  allAccounts: boolean;
  accountIds: string[];
  /** Openids are shown whole; to everybody else they are masked, whatever their role. */
  seesOpenids: boolean;
  createdAt: string;
  /** Of the latest session that the database still knows. */
  lastSeenAt: string | null;
  isSelf: boolean;
};

export type SessionDto = {
  id: string;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
  /** "Chrome · Windows"; null for what says neither. */
  device: string | null;
  ipAddress: string;
  isCurrent: boolean;
};

/** The one moment at which a link's address is known: the database keeps its hash. */
export type LinkDto = { url: string; purpose: LinkPurpose; expiresAt: string };

export type LinkPreviewDto = {
  purpose: LinkPurpose;
  person: { name: string; email: string } | null;
  expiresAt: string;
};

export type ProfileDto = {
  id: string;
  email: string;
  name: string;
  role: UserRole;
  locale: string | null;
  hasPassword: boolean;
};

/** A session that was just opened, and the language that its person chose. */
export type OpenedSession = { sessionId: string; locale: string | null };

/** Whether somebody may make and change campaigns, channels and codes: what a page offers; services authorise. */
export function mayWrite(actor: { kind: string; role?: UserRole }): boolean {
  return actor.kind === 'system' || hasRole(actor, 'marketer');
}

/** Whether somebody may manage accounts, people, keys and the audit log: what a page offers; services authorise. */
export function mayManage(actor: { kind: string; role?: UserRole }): boolean {
  return actor.kind === 'system' || hasRole(actor, 'admin');
}

function hasRole({ role }: { role?: UserRole }, wanted: UserRole): boolean {
  return role !== undefined && userRoles.indexOf(role) >= userRoles.indexOf(wanted);
}
