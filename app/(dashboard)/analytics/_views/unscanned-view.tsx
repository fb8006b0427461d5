import { getLocale, getTranslations } from 'next-intl/server';
import { BarRows } from '@/components/charts/bar-rows';
import { ChartFrame } from '@/components/charts/chart-frame';
import { Card } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import { getLifeUsed } from '@/lib/analytics/get-life-used';
import { listNeverScannedCodes, listNeverScannedPlaces } from '@/lib/analytics/list-never-scanned';
import { formatDate, formatNumber, formatPercent } from '@/lib/i18n/format';
import { analyticsHref } from '../_components/query-parsers';
import { csvHref, type Report } from '../load-report';

const SHOWN_PLACES = 15;
const SHOWN_CODES = 50;

/** Posters that were never hung, by city and region; and how much of their life temporary codes were of use. */
export async function UnscannedView({ report }: { report: Report }) {
  const { ctx, accountId, range, query, counting } = report;
  const t = await getTranslations('analytics.unscanned');
  const locale = await getLocale();
  const number = (value: number) => formatNumber(value, locale);
  const [city, region] = query.place?.split('|') ?? [];
  const chosen = query.place === null ? {} : { city: city ?? '', region: region ?? '' };
  const [places, codes, life] = await Promise.all([
    listNeverScannedPlaces(ctx, accountId),
    listNeverScannedCodes(ctx, accountId, { ...chosen, limit: SHOWN_CODES }),
    getLifeUsed(ctx, accountId, range),
  ]);
  const total = places.reduce((sum, place) => sum + place.codes, 0);
  const nameOf = (place: { city: string; region: string }) =>
    [place.region, place.city].filter(Boolean).join(' · ') || t('noPlace');
  const quarters = [t('life.first'), t('life.second'), t('life.third'), t('life.fourth')];
  const lifeRows = [
    ...life.lastScanInQuarter.map((value, i) => ({ name: quarters[i] ?? '', value })),
    { name: t('life.never'), value: life.neverScanned },
  ];

  return (
    <div className="grid gap-4">
      <ChartFrame
        title={t('places.title', { count: total })}
        text={t('places.text')}
        table={{
          head: [t('places.region'), t('places.city'), t('places.codes'), t('places.channels')],
          rows: places.map((place) => [
            place.region || '–',
            place.city || '–',
            number(place.codes),
            number(place.channels),
          ]),
        }}
        csvHref={csvHref(report, 'unscanned')}
      >
        {places.length === 0 ? (
          <p className="text-muted">{t('places.none')}</p>
        ) : (
          <BarRows
            label={t('places.label')}
            rows={places.slice(0, SHOWN_PLACES).map((place) => ({
              key: `${place.city}|${place.region}`,
              name: nameOf(place),
              value: place.codes,
              shown: number(place.codes),
              note: t('places.note', { channels: place.channels }),
              href: analyticsHref(query, { place: `${place.city}|${place.region}` }),
            }))}
          />
        )}
      </ChartFrame>
      {codes.length > 0 ? (
        <Card
          title={
            query.place === null
              ? t('codes.title')
              : t('codes.titleOf', { place: nameOf({ city: city ?? '', region: region ?? '' }) })
          }
          text={t('codes.text')}
          action={
            query.place === null ? undefined : (
              <Link
                href={analyticsHref(query, { place: null })}
                scroll={false}
                className="text-sm text-accent underline underline-offset-3"
              >
                {t('codes.all')}
              </Link>
            )
          }
        >
          <ul className="divide-y divide-line">
            {codes.map((code) => (
              <li
                key={code.id}
                data-row=""
                className="flex flex-wrap items-baseline justify-between gap-x-4 py-2"
              >
                <Link
                  href={`/codes/${code.id}`}
                  data-row-link=""
                  className="hover:text-accent hover:underline"
                >
                  {code.label}
                </Link>
                <span className="text-sm text-muted">
                  {[code.channel?.number, code.channel?.name, code.channel?.city].filter(Boolean).join(' · ')}
                  {' · '}
                  {t(code.printedAt ? 'codes.printed' : 'codes.issued', {
                    date: formatDate(code.printedAt ?? code.issuedAt, locale, counting.timeZone),
                  })}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
      <ChartFrame
        title={t('life.title')}
        text={t('life.text', { count: life.codes })}
        table={{
          head: [t('life.lastScan'), t('places.codes')],
          rows: lifeRows.map(({ name, value }) => [name, number(value)]),
        }}
        csvHref={csvHref(report, 'life')}
      >
        {life.codes === 0 ? (
          <p className="text-muted">{t('life.none')}</p>
        ) : (
          <BarRows
            label={t('life.title')}
            rows={lifeRows.map(({ name, value }) => ({
              key: name,
              name,
              value,
              shown: number(value),
              note: formatPercent(value / life.codes, locale),
            }))}
          />
        )}
      </ChartFrame>
    </div>
  );
}
