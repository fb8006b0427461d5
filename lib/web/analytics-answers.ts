import 'server-only';
import { toCsv } from '../analytics/to-csv';
import { type CountedDto, type FiguresDto, figureNames, type PeopleIs } from '../analytics/types';
import { csvResponse } from './csv-response';

type Row = CountedDto & { key: string; name?: string };

/** The bare figures, as the contract names them. */
function toFiguresOnly(counted: CountedDto): FiguresDto {
  const { peopleIs: _, peopleError: __, ...rest } = counted;
  const { scans, people, newFollowers, refollows, followerScans, unfollows, netFollowers } = rest;
  return { scans, people, newFollowers, refollows, followerScans, unfollows, netFollowers };
}

/** `Qudao-People`: how sure the people of the least sure row are. */
function peopleHeader(rows: readonly CountedDto[]): string {
  const has = (is: PeopleIs) => rows.some(({ peopleIs }) => peopleIs === is);
  if (has('atMost')) return 'at-most';
  if (!has('about')) return 'exact';
  return `about; error=${Math.max(...rows.map(({ peopleError }) => peopleError)).toFixed(3)}`;
}

/** The contract: "also as text/csv". */
function wantsCsv(request: Request): boolean {
  return /\btext\/csv\b/i.test(request.headers.get('accept') ?? '');
}

/** A summary as JSON, or as a table of one row. */
export function summaryAnswer(request: Request, summary: CountedDto): Response {
  const figures = toFiguresOnly(summary);
  const response = wantsCsv(request)
    ? csvResponse({
        fileName: 'summary.csv',
        text: toCsv(figureNames, [figureNames.map((name) => figures[name])]),
      })
    : Response.json(figures);
  return withPeople(response, [summary]);
}

/** A series or a breakdown as JSON, or as a table. */
export function itemsAnswer(request: Request, fileName: string, items: readonly Row[]): Response {
  const hasNames = items.some(({ name }) => name !== undefined);
  const head = ['key', ...(hasNames ? ['name'] : []), ...figureNames];
  const response = wantsCsv(request)
    ? csvResponse({
        fileName,
        text: toCsv(
          head,
          items.map((item) => [
            item.key,
            ...(hasNames ? [item.name ?? ''] : []),
            ...figureNames.map((name) => item[name]),
          ]),
        ),
      })
    : Response.json({
        items: items.map((item) => ({
          key: item.key,
          ...(item.name === undefined ? {} : { name: item.name }),
          ...toFiguresOnly(item),
        })),
      });
  return withPeople(response, items);
}

function withPeople(response: Response, rows: readonly CountedDto[]): Response {
  response.headers.set('qudao-people', peopleHeader(rows));
  response.headers.set('vary', 'accept');
  return response;
}
