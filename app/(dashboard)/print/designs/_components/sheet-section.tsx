'use client';

import { useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { Notice } from '@/components/ui/notice';
import { drawFirstPage } from '@/lib/exports/draw-first-page';
import type { PrintDesignSettings } from '@/lib/print/design-types';
import { planSheet } from '@/lib/print/plan-sheet';
import { type SheetSettings, sheetKinds } from '@/lib/print/sheet-types';
import { SheetFields } from '../../_components/sheet-fields';
import { SheetPicture } from '../../_components/sheet-picture';
import type { Drawing } from '../../_components/use-drawing';
import type { SectionProps } from './section-props';

/** The sheet that the design is usually printed on, with the page as it comes out of the press. */
export function SheetSection({
  draft,
  onChange,
  errorOf,
  disabled,
  settings,
  sheet,
  drawing,
}: SectionProps & {
  /** As they are now; null while they do not hold together. */
  settings: PrintDesignSettings | null;
  sheet: SheetSettings | null;
  drawing: Drawing | null;
}) {
  const t = useTranslations('designs.form');
  const refusal = errorOf('sheet');
  return (
    <Card title={t('sheetTitle')} text={t('sheetText')}>
      <div className="grid gap-4">
        <Checkbox
          label={t('hasSheet')}
          hint={t('hasSheetHint')}
          checked={draft.hasSheet}
          disabled={disabled}
          onCheckedChange={(checked) => onChange({ hasSheet: checked === true })}
        />
        {draft.hasSheet ? (
          <>
            <SheetFields
              draft={draft.sheet}
              kinds={sheetKinds}
              numbers={['bleedMm', 'copies']}
              onChange={(change) => onChange({ sheet: { ...draft.sheet, ...change } })}
              errorOf={(name) => errorOf(`sheet.${name}`)}
              disabled={disabled}
            />
            {refusal ? <Notice tone="warning">{refusal}</Notice> : null}
            {settings && sheet ? <Page settings={settings} sheet={sheet} drawing={drawing} /> : null}
          </>
        ) : null}
      </div>
    </Card>
  );
}

function Page({
  settings,
  sheet,
  drawing,
}: {
  settings: PrintDesignSettings;
  sheet: SheetSettings;
  drawing: Drawing | null;
}) {
  const t = useTranslations('designs.form');
  const plan = planSheet(sheet, settings);
  if (!('layout' in plan)) return null;
  const picture = drawFirstPage(plan.layout, plan.labelsPerPage, settings.background);
  return (
    <figure>
      <div className="rounded-md border border-line bg-sunken p-3">
        <div className="mx-auto max-w-72">
          <SheetPicture
            sheet={picture}
            symbolOf={() => (drawing ? { href: drawing.address, ...drawing } : undefined)}
            label={t('sheetPicture')}
          />
        </div>
      </div>
      <figcaption className="mt-2 text-sm text-muted">
        {t('sheetLabels', { labels: plan.labelsPerPage })}
      </figcaption>
    </figure>
  );
}
