export type ChannelDto = {
  id: string;
  accountId: string;
  /** 编号: the company's own, unique in the account. Text, since "007" and "A-12" are numbers too. */
  number: string;
  name: string;
  city: string;
  region: string;
  /** The company's own columns: name → text. */
  columns: Record<string, string>;
  /** ISO 8601 UTC, as all moments. */
  archivedAt: string | null;
  createdAt: string;
  /** Codes that hang here, archived ones left out. */
  codeCount: number;
};

export type ChannelPageDto = { items: ChannelDto[]; nextCursor: string | null };

/** Where channels are: names and how many channels each has. */
export type ChannelPlacesDto = {
  cities: { name: string; channels: number }[];
  regions: { name: string; channels: number }[];
  /** Of all that are not archived. */
  channels: number;
};
