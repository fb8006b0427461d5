export const periods = ['hour', 'day', 'week', 'month'] as const;
export type Period = (typeof periods)[number];

export const dimensions = ['campaign', 'channel', 'code', 'tag', 'city', 'region'] as const;
export type Dimension = (typeof dimensions)[number];

/** What can be set beside one another by name. */
export const comparables = ['campaign', 'channel', 'code'] as const;
export type Comparable = (typeof comparables)[number];

export const figureNames = [
  'scans',
  'people',
  'newFollowers',
  'refollows',
  'followerScans',
  'unfollows',
  'netFollowers',
] as const;
export type FigureName = (typeof figureNames)[number];

/**
 * What is counted. `newFollowers`: first ever follow, through the code; `refollows`: a follow again; `followerScans`: a
 * scan by one who follows already; `netFollowers` = newFollowers + refollows − unfollows.
 */
export type FiguresDto = Record<FigureName, number>;

/** `about`: by sketches, within `peopleError`; `atMost`: some may be counted more than once, nobody is left out. */
export type PeopleIs = 'exact' | 'about' | 'atMost';

export type CountedDto = FiguresDto & {
  peopleIs: PeopleIs;
  /** Standard error as a share of one: 0.016; 0 when exact. */
  peopleError: number;
};

/** Local dates of the account, "2026-11-23", both included. */
export type DateRange = { from: string; to: string };

/** `key`: hour "2026-11-23T14", day "2026-11-23", week its Monday, month "2026-11". */
export type SeriesItemDto = CountedDto & { key: string };
export type SeriesDto = { by: Period; items: SeriesItemDto[] };

export type BreakdownItemDto = CountedDto & {
  /** An id; of a city or region its name; '' for what has none. */
  key: string;
  name: string;
};
export type BreakdownDto = {
  by: Dimension;
  items: BreakdownItemDto[];
  /** More than were asked for have figures. */
  hasMore: boolean;
};

export type HeatMapDto = {
  columns: { key: string; name: string }[];
  rows: { key: string; name: string; scans: number[] }[];
};

/** Scans by weekday (Monday first) and local hour: 7 rows of 24. */
export type WeekHoursDto = { scans: number[][] };

export type ComparedDto = { key: string; name: string; total: CountedDto; items: SeriesItemDto[] };

export const keptAfterDays = [1, 7, 30] as const;
export type KeptDto = {
  days: (typeof keptAfterDays)[number];
  /** Follows of the days that lie so far back. */
  follows: number;
  kept: number;
  /** The last day that counts here; null: none lies so far back yet. */
  until: string | null;
};

export type FunnelDto = CountedDto & { follows: number; kept: KeptDto[] };

export type CampaignCostDto = {
  id: string;
  name: string;
  cost: number;
  newFollowers: number;
  refollows: number;
  /** Null while nobody has followed. */
  costPerFollower: number | null;
};

export type MoverDto = { key: string; name: string; before: number; after: number };
export type MoversDto = { before: DateRange; after: DateRange; up: MoverDto[]; down: MoverDto[] };

export type NeverScannedPlaceDto = { city: string; region: string; codes: number; channels: number };
export type NeverScannedCodeDto = {
  id: string;
  label: string;
  url: string | null;
  channel: { id: string; number: string; name: string; city: string; region: string } | null;
  issuedAt: string;
  /** Null: no print file was made of it here. */
  printedAt: string | null;
};

export type LifeUsedDto = {
  /** Temporary codes that were issued in the range. */
  codes: number;
  neverScanned: number;
  /** Codes whose last scan came in this quarter of their life: first, second, third, fourth. */
  lastScanInQuarter: [number, number, number, number];
};

export type TouchDto = { key: string; name: string; first: number; last: number };
/** Who follows now, by the campaign that brought them first and the one that they scanned last. */
export type TouchesDto = { items: TouchDto[]; countedAt: string | null };

export type WeChatDayDto = {
  day: string;
  /** Ours: new and again. */
  follows: number;
  /** WeChat's: null when not fetched yet. */
  wechatNewUsers: number | null;
  difference: number | null;
};

export type CountingDto = { timeZone: string; today: string; countedSince: string | null };

export type FeedItemDto = {
  id: string;
  at: string;
  event: 'subscribe' | 'scan' | 'unsubscribe';
  /** Masked; null once forgotten. */
  openid: string | null;
  code: { id: string; label: string } | null;
  scene: string | null;
  place: string | null;
};
