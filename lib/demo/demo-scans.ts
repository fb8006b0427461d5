import type { PushedEvent } from '../scans/group-steps';

export type ScannedCode = { scene: string; ticket: string };

const daySeconds = 86_400;
const days = 60;
/** How busy the hours of a day are, from midnight. */
const hours = [1, 0, 0, 0, 0, 0, 1, 3, 5, 6, 7, 9, 12, 10, 7, 7, 8, 10, 13, 15, 14, 10, 6, 3];
const weekend = 1.6;
const scansADay = 34;
/** By place in the list of codes. */
const fading = [2, 5];

/**
 * Sixty days of scans, follows and unfollows up to now, in their order: a later call of the same day only adds to them, so
 * that a start which was killed goes on without counting anything twice.
 *
 * @param midnight  unix seconds of today's beginning where the account is
 * @param now       unix seconds
 */
export function demoScans(codes: readonly ScannedCode[], midnight: number, now: number): PushedEvent[] {
  const random = createRandom(20_261_123);
  const pick = (weights: readonly number[]) => {
    let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
    return weights.findIndex((weight) => {
      left -= weight;
      return left < 0;
    });
  };
  // A few posters bring most people, two bring ever fewer, and the last one has never been hung.
  const weightsOn = (day: number) =>
    codes.map((_, i) =>
      i === codes.length - 1 ? 0 : (fading.includes(i) ? 1.6 - (1.5 * day) / days : 1) / (i + 1) ** 0.7,
    );
  const followers: string[] = [];
  const events: PushedEvent[] = [];
  let people = 0;
  for (let day = 0; day <= days; day++) {
    const begins = midnight - (days - day) * daySeconds;
    const isWeekend = [0, 6].includes(new Date((begins + daySeconds / 2) * 1000).getUTCDay());
    const scans = Math.round(
      scansADay * (isWeekend ? weekend : 1) * (0.6 + day / days) * (0.8 + 0.4 * random()),
    );
    const weights = weightsOn(day);
    for (let i = 0; i < scans; i++) {
      const code = codes[pick(weights)];
      if (!code) continue;
      const createTime = begins + Math.max(0, pick(hours)) * 3600 + Math.floor(random() * 3600);
      const isFollower = followers.length > 20 && random() < 0.42;
      const openid = isFollower
        ? (followers[Math.floor(random() * followers.length)] ?? '')
        : `oDemo${String(++people).padStart(6, '0')}`;
      if (!isFollower) followers.push(openid);
      const kind = isFollower ? 'scan' : 'subscribe';
      const eventKey = isFollower ? code.scene : `qrscene_${code.scene}`;
      events.push({
        ...{ openid, kind, createTime, event: kind, eventKey },
        ticket: code.ticket,
        scene: code.scene,
      });
      if (!isFollower && random() < 0.16) {
        const leaves = createTime + Math.floor(random() ** 2 * 20 * daySeconds) + 60;
        if (leaves >= midnight + daySeconds) continue;
        followers.pop();
        const unsubscribe = {
          kind: 'unsubscribe',
          event: 'unsubscribe',
          eventKey: '',
          ticket: null,
          scene: null,
        } as const;
        events.push({ openid, createTime: leaves, ...unsubscribe });
      }
    }
  }
  return events.filter(({ createTime }) => createTime < now).sort((a, b) => a.createTime - b.createTime);
}

/** Small and repeatable: mulberry32. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
