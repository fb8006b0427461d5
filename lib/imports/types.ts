import type { CodeFlag, CodeKind, SceneDto } from '../codes/types';
import type { InvalidRowDto, MatchedColumn } from '../tables/types';

/** What a column of a file may hold. */
export const importFields = [
  'scene',
  'sceneId',
  'sceneStr',
  'sceneKind',
  'kind',
  'ticket',
  'url',
  'label',
  'channel',
  'channelName',
  'city',
  'region',
  'expiresAt',
  'campaign',
] as const;
export type ImportField = (typeof importFields)[number];

export type ImportDryRunDto = {
  /** Rows that would become codes. */
  valid: number;
  invalid: number;
  /** Rows whose code is here already: they would be left out. */
  known: number;
  /** The invalid ones, in order, the first thousand of them. */
  rows: InvalidRowDto[];
  columns: MatchedColumn<ImportField>[];
  permanent: number;
  temporary: number;
  /** How many would bear each flag; what nobody bears is left out. */
  flags: Partial<Record<CodeFlag, number>>;
  /** Of how many the url is read out of the ticket. */
  urlsFromTickets: number;
  /** Codes without url and without a ticket that tells it: their symbol cannot be drawn. */
  missingUrls: number;
  /** Of those, how many WeChat can be asked for; the rest has expired. */
  askable: number;
  /** Channels that the file names and that do not exist yet: they would be made. */
  newChannels: number;
  /** Permanent slots: newly counted as used, taken over from those known as used elsewhere, and left before. */
  slots: { counted: number; adopted: number; remaining: number };
  /** What the first rows would become. */
  sample: {
    line: number;
    label: string;
    kind: CodeKind;
    scene: SceneDto;
    url: string | null;
    channel: string | null;
    expiresAt: string | null;
    flags: CodeFlag[];
  }[];
};

export type ImportDto = {
  id: string;
  accountId: string;
  fileName: string | null;
  /** Codes that came in; `adopted` of them on slots that were known as used elsewhere. */
  total: number;
  known: number;
  adopted: number;
  /** WeChat is being asked for their url. */
  waiting: number;
  /** WeChat refused to tell their url. */
  failed: number;
  /** Without a url, and nobody is asking. */
  missingUrls: number;
  createdAt: string;
  createdBy: string;
};
