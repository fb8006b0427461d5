/**
 * What every count ought to be, worked out the slow and obvious way from a list of events: nothing here is shared with
 * lib/scans. The fault test feeds it with the stand-in's own log of what it has told.
 */
export type ToldEvent = {
  openid: string;
  /** Unix seconds. */
  at: number;
  kind: 'subscribe' | 'scan' | 'unsubscribe';
  /** What was scanned; null: an ordinary follow, or an unfollow. */
  scene: string | null;
};

/** A code, by the scene that it holds, and the campaigns that it served, in order of time. */
export type KnownCode = {
  id: string;
  scene: string;
  channelId: string | null;
  campaigns: { fromAt: number; campaignId: string | null }[];
};

/** By `scope|id|campaign|date` for a day, with `|hour` behind it for an hour; by `code|id` for a code's whole life. */
export type NaiveCounts = { rows: Map<string, Record<string, number>>; unknown: Map<string, number> };

export const noCampaign = '00000000-0000-0000-0000-000000000000';
const order = { subscribe: 0, scan: 1, unsubscribe: 2 };

type Seen = ToldEvent & { code: KnownCode | null; campaignId: string | null; date: string; hour: number };

export function countNaively(
  accountId: string,
  told: ToldEvent[],
  codes: KnownCode[],
  zone: string,
): NaiveCounts {
  const rows: NaiveCounts['rows'] = new Map();
  const unknown: NaiveCounts['unknown'] = new Map();
  const byScene = new Map(codes.map((code) => [code.scene, code]));
  const wall = wallClock(zone);

  const add = (key: string, name: string) => {
    const row = rows.get(key) ?? {};
    row[name] = (row[name] ?? 0) + 1;
    rows.set(key, row);
  };

  const people = new Map<string, Seen[]>();
  for (const event of told) {
    const code = event.scene === null ? null : (byScene.get(event.scene) ?? null);
    if (event.scene !== null && code === null) unknown.set(event.scene, (unknown.get(event.scene) ?? 0) + 1);
    const seen = { ...event, code, campaignId: code ? campaignAt(code, event.at) : null, ...wall(event.at) };
    people.set(event.openid, [...(people.get(event.openid) ?? []), seen]);
  }

  for (const events of people.values()) {
    events.sort(
      (a, b) => a.at - b.at || order[a.kind] - order[b.kind] || placeOf(a).localeCompare(placeOf(b), 'en'),
    );
    for (const [i, event] of events.entries()) {
      const earlier = events.slice(0, i);
      if (event.kind === 'unsubscribe') {
        const start = earlier.findLastIndex(({ kind }) => kind !== 'scan');
        const follow = earlier[start];
        const through = follow?.kind === 'subscribe' && follow.code ? follow : null;
        for (const { scope } of scopesOf(accountId, through)) {
          add(`${scope}|${event.date}`, 'unfollows');
          add(`${scope}|${event.date}|${event.hour}`, 'unfollows');
        }
        if (through?.code) add(`code|${through.code.id}`, 'unfollows');
        continue;
      }
      if (!event.code) continue;
      const scans = earlier.filter(({ code }) => code !== null);
      const isFollow = event.kind === 'subscribe';
      const follow = isFollow ? (earlier.length === 0 ? 'new_followers' : 'refollows') : null;
      for (const { scope, isSame, isSamePair } of scopesOf(accountId, event)) {
        const keys = [`${scope}|${event.date}`, `${scope}|${event.date}|${event.hour}`];
        for (const key of keys) {
          add(key, 'scans');
          add(key, isFollow ? (follow ?? '') : 'follower_scans');
        }
        const [day = '', hour = ''] = keys;
        const mark = (name: string, before: Seen[]) => {
          const none = (same: (other: Seen) => boolean) => !before.some(same);
          if (none((other) => other.date === event.date && other.hour === event.hour)) add(hour, name);
          if (none((other) => other.date === event.date)) add(day, name);
          if (none((other) => mondayOf(other.date) === mondayOf(event.date))) add(day, `${name}_week`);
          if (none((other) => other.date.slice(0, 7) === event.date.slice(0, 7))) add(day, `${name}_month`);
          if (before.length === 0) add(day, `${name}_ever`);
        };
        mark('people', scans.filter(isSame));
        mark('people_of_pair', scans.filter(isSamePair));
        if (isFollow) {
          const next = events.slice(i + 1).find(({ kind }) => kind !== 'scan');
          const days =
            next?.kind === 'unsubscribe' ? (next.at - event.at) / 86_400 : Number.POSITIVE_INFINITY;
          for (const within of [1, 7, 30]) if (days <= within) add(day, `lost_${within}`);
        }
      }
      add(`code|${event.code.id}`, 'scans');
      if (follow) add(`code|${event.code.id}`, follow);
      if (!scans.some(({ code }) => code?.id === event.code?.id)) add(`code|${event.code.id}`, 'people');
    }
  }
  return { rows, unknown };
}

function placeOf({ code, campaignId, scene }: Seen): string {
  return [code?.id ?? '', campaignId ?? '', code?.channelId ?? '', code ? '' : (scene ?? '')].join(' ');
}

function campaignAt({ campaigns }: KnownCode, at: number): string | null {
  const held = campaigns.filter(({ fromAt }) => fromAt <= at).at(-1) ?? campaigns[0];
  return held?.campaignId ?? null;
}

type ScopeOfEvent = { scope: string; isSame: (other: Seen) => boolean; isSamePair: (other: Seen) => boolean };

function scopesOf(accountId: string, event: Seen | null): ScopeOfEvent[] {
  const scopes: ScopeOfEvent[] = [
    { scope: `account|${accountId}|${noCampaign}`, isSame: () => true, isSamePair: () => true },
  ];
  if (!event?.code) return scopes;
  const { code, campaignId } = event;
  const pair = campaignId ?? noCampaign;
  const isSameCampaign = (other: Seen) => other.campaignId === campaignId;
  if (campaignId)
    scopes.push({
      scope: `campaign|${campaignId}|${noCampaign}`,
      isSame: isSameCampaign,
      isSamePair: isSameCampaign,
    });
  if (code.channelId) {
    const isSame = (other: Seen) => other.code?.channelId === code.channelId;
    scopes.push({
      scope: `channel|${code.channelId}|${pair}`,
      isSame,
      isSamePair: (other) => isSame(other) && isSameCampaign(other),
    });
  }
  const isSame = (other: Seen) => other.code?.id === code.id;
  scopes.push({
    scope: `code|${code.id}|${pair}`,
    isSame,
    isSamePair: (other) => isSame(other) && isSameCampaign(other),
  });
  return scopes;
}

function mondayOf(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}

function wallClock(zone: string): (at: number) => { date: string; hour: number } {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return (at) => {
    const text = format.format(at * 1000);
    return { date: text.slice(0, 10), hour: Number(text.slice(11, 13)) };
  };
}
