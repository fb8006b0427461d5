import { chinaDay } from './calendar';
import { BadRequest } from './errors';
import type { ActionName, Fact, Scene, TokenFamily } from './facts';
import { Journal } from './journal';
import type { AccountSettings } from './settings';

export type Code = {
  appId: string;
  kind: ActionName;
  scene: Scene;
  url: string;
  /** The latest ticket. */
  ticket: string;
  /** Unix seconds. */
  createdAt: number;
  /** Seconds; 0 for ever. */
  validity: number;
};

export type Token = {
  token: string;
  appId: string;
  family: TokenFamily;
  issuedAt: number;
  expiresAt: number;
};

/** A token that was issued once: until when it works, and whether it was replaced or simply ran out. */
export type TokenFate = Token & { diesAt: number; replaced: boolean };

export type Person = {
  openid: string;
  following: boolean;
  /** Unix seconds of the last follow. */
  since: number;
  source: 'qr' | 'search' | 'pay';
  scene: Scene | null;
  tags: Set<number>;
  /** CreateTime of this person's last event, so that two scans by hand never fall into one second. */
  lastEventAt: number;
};

export class Account {
  readonly codes: Code[] = [];
  /** Distinct permanent scenes, by sceneKey. */
  readonly permanent = new Map<string, Code>();
  /** The latest temporary code of each scene, by sceneKey. */
  readonly temporary = new Map<string, Code>();
  readonly distinct = { int: 0, str: 0 };
  readonly spent = { int: 0, str: 0 };
  temporaryCount = 0;
  readonly tokens: Record<TokenFamily, Token | undefined> = { plain: undefined, stable: undefined };
  readonly forcedAt: number[] = [];
  readonly people = new Map<string, Person>();
  readonly tags = new Map<number, string>();
  /** Those below 100 are the platform's own; no id is given twice. */
  lastTagId = 99;
  /** `day source` → follows and unfollows, for the user summary. */
  readonly summary = new Map<string, { newUser: number; cancelUser: number }>();
  readonly calls = new Map<string, number>();
  refused = 0;
  pushesDelivered = 0;
  pushesFailed = 0;
  readonly today = { day: '', used: new Map<string, number>() };
  readonly minute = { start: 0, used: new Map<string, number>() };
  readonly clears = { month: '', all: 0, one: 0 };

  constructor(public settings: AccountSettings) {}
}

/** Integers and strings with the same digits are two scenes, though their events look alike. */
export function sceneKey(scene: Scene): string {
  return typeof scene === 'number' ? `#${scene}` : `"${scene}`;
}

export function isPermanent(kind: ActionName): boolean {
  return kind === 'QR_LIMIT_SCENE' || kind === 'QR_LIMIT_STR_SCENE';
}

/** The platform's whole state, changed by facts alone. */
export class World {
  readonly accounts = new Map<string, Account>();
  readonly byTicket = new Map<string, Code>();
  readonly byUrl = new Map<string, Code>();
  readonly tokens = new Map<string, TokenFate>();
  private journal: Journal | undefined;
  private offsetMs = 0;

  constructor(private readonly clock: () => number = Date.now) {}

  /** Unix milliseconds, as the stand-in sees them. */
  now(): number {
    return this.clock() + this.offsetMs;
  }

  advance(ms: number): void {
    this.offsetMs += ms;
  }

  /** Reads the state back from a file and writes to it from now on. */
  persist(path: string): void {
    this.journal = new Journal(path, (fact) => this.apply(fact));
  }

  close(): void {
    this.journal?.close();
  }

  record(fact: Fact): void {
    this.journal?.append(fact);
    this.apply(fact);
  }

  reset(): void {
    this.journal?.clear();
    for (const map of [this.accounts, this.byTicket, this.byUrl, this.tokens]) map.clear();
    this.offsetMs = 0;
  }

  account(appId: string): Account {
    const account = this.accounts.get(appId);
    if (!account) throw new BadRequest(404, `No account ${appId} is registered here.`);
    return account;
  }

  private apply(fact: Fact): void {
    switch (fact.type) {
      case 'account': {
        const known = this.accounts.get(fact.settings.appId);
        if (known) known.settings = fact.settings;
        else this.accounts.set(fact.settings.appId, new Account(fact.settings));
        return;
      }
      case 'code': {
        const { type: _, ...code } = fact;
        this.addCode(code);
        return;
      }
      case 'ticket': {
        const code = this.byUrl.get(fact.url);
        if (!code) return;
        code.ticket = fact.ticket;
        this.byTicket.set(fact.ticket, code);
        return;
      }
      case 'token':
        this.addToken(fact);
        return;
      case 'tokenExpired': {
        const fate = this.tokens.get(fact.token);
        if (fate) fate.diesAt = Math.min(fate.diesAt, fact.at);
        return;
      }
      default:
        applyToPeople(this.account(fact.appId), fact);
    }
  }

  private addCode(code: Code): void {
    const account = this.account(code.appId);
    const key = sceneKey(code.scene);
    account.codes.push(code);
    this.byTicket.set(code.ticket, code);
    this.byUrl.set(code.url, code);
    if (!isPermanent(code.kind)) {
      account.temporary.set(key, code);
      account.temporaryCount += 1;
      return;
    }
    const pool = typeof code.scene === 'number' ? 'int' : 'str';
    account.spent[pool] += 1;
    if (!account.permanent.has(key)) account.distinct[pool] += 1;
    account.permanent.set(key, code);
  }

  private addToken(fact: Extract<Fact, { type: 'token' }>): void {
    const account = this.account(fact.appId);
    const { type: _, previousUntil, forced, ...token } = fact;
    const previous = account.tokens[fact.family];
    const fate = previous && this.tokens.get(previous.token);
    if (fate && previousUntil < fate.diesAt) Object.assign(fate, { diesAt: previousUntil, replaced: true });
    account.tokens[fact.family] = token;
    this.tokens.set(token.token, { ...token, diesAt: token.expiresAt, replaced: false });
    if (forced) account.forcedAt.push(token.issuedAt);
  }
}

type PeopleFact = Extract<Fact, { type: 'follow' | 'unfollow' | 'tag' | 'tagDelete' | 'tagging' }>;

function applyToPeople(account: Account, fact: PeopleFact): void {
  switch (fact.type) {
    case 'tag':
      account.tags.set(fact.id, fact.name);
      account.lastTagId = fact.id;
      return;
    case 'tagDelete':
      account.tags.delete(fact.id);
      for (const person of account.people.values()) person.tags.delete(fact.id);
      return;
    case 'tagging':
      for (const openid of fact.openids) {
        const tags = account.people.get(openid)?.tags;
        if (fact.on) tags?.add(fact.tagId);
        else tags?.delete(fact.tagId);
      }
      return;
    case 'follow': {
      const { openid, at, source, scene } = fact;
      const lastEventAt = Math.max(at, account.people.get(openid)?.lastEventAt ?? 0);
      // Leaving and coming back puts a person at the end of the list, as user/get shows it.
      account.people.delete(openid);
      account.people.set(openid, {
        openid,
        following: true,
        since: at,
        source,
        scene,
        tags: new Set(),
        lastEventAt,
      });
      countFollow(account, at, source, 'newUser');
      return;
    }
    case 'unfollow': {
      const person = account.people.get(fact.openid);
      if (!person?.following) return;
      person.following = false;
      person.tags.clear();
      person.lastEventAt = Math.max(person.lastEventAt, fact.at);
      countFollow(account, fact.at, person.source, 'cancelUser');
    }
  }
}

function countFollow(
  account: Account,
  at: number,
  source: Person['source'],
  what: 'newUser' | 'cancelUser',
): void {
  const key = `${chinaDay(at * 1000)} ${source}`;
  const counts = account.summary.get(key) ?? { newUser: 0, cancelUser: 0 };
  counts[what] += 1;
  account.summary.set(key, counts);
}
