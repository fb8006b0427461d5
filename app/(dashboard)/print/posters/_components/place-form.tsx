'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, useRef, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { cn } from '@/components/ui/class-names';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Link } from '@/components/ui/link';
import { Select } from '@/components/ui/select';
import { notify, notifyError } from '@/components/ui/toast';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import { lineAlignments, type PosterDto, type PosterPlacement } from '@/lib/posters/types';
import { LeaveGuard } from '../../designs/_components/leave-guard';
import { placeOnPosterAction } from '../actions';

type Part = 'code' | 'line';

/** Where the code and the shop's name stand: dragged, moved by the arrow keys, or typed in mm. */
export function PlaceForm({ poster, mayWrite }: { poster: PosterDto; mayWrite: boolean }) {
  const t = useTranslations('posters.edit');
  const units = useTranslations('print');
  const { sentenceOf } = useErrorSentences();
  const [saved, setSaved] = useState(poster.placement);
  const [placement, setPlacement] = useState(poster.placement);
  const [pending, startTransition] = useTransition();
  const pageRef = useRef<HTMLDivElement>(null);
  const dragRef = useRef<{ part: Part; xMm: number; yMm: number } | null>(null);
  const { widthMm, heightMm } = poster;
  const { code, line } = placement;
  const isDirty = JSON.stringify(saved) !== JSON.stringify(placement);

  const sizeOf = (part: Part) =>
    part === 'code'
      ? { widthMm: code.sizeMm, heightMm: code.sizeMm }
      : { widthMm: line?.widthMm ?? 0, heightMm: (line?.textMm ?? 0) * 1.4 };

  /** Whole millimetres, within the page. */
  const move = (part: Part, leftMm: number, topMm: number) => {
    const size = sizeOf(part);
    const within = (mm: number, most: number) => Math.max(0, Math.min(Math.floor(most), Math.round(mm)));
    const place = {
      leftMm: within(leftMm, widthMm - size.widthMm),
      topMm: within(topMm, heightMm - size.heightMm),
    };
    setPlacement((now) =>
      part === 'code'
        ? { ...now, code: { ...now.code, ...place } }
        : { ...now, line: now.line && { ...now.line, ...place } },
    );
  };

  const toMm = (event: PointerEvent) => {
    const box = pageRef.current?.getBoundingClientRect();
    const scale = box ? widthMm / box.width : 0;
    return {
      xMm: (event.clientX - (box?.left ?? 0)) * scale,
      yMm: (event.clientY - (box?.top ?? 0)) * scale,
    };
  };
  const handle = (part: Part, at: { leftMm: number; topMm: number }) => ({
    tabIndex: mayWrite ? 0 : -1,
    type: 'button' as const,
    onPointerDown: (event: PointerEvent<HTMLButtonElement>) => {
      if (!mayWrite) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const { xMm, yMm } = toMm(event);
      dragRef.current = { part, xMm: xMm - at.leftMm, yMm: yMm - at.topMm };
    },
    onPointerMove: (event: PointerEvent) => {
      const drag = dragRef.current;
      if (drag?.part !== part) return;
      const { xMm, yMm } = toMm(event);
      move(part, xMm - drag.xMm, yMm - drag.yMm);
    },
    onPointerUp: () => {
      dragRef.current = null;
    },
    onKeyDown: (event: KeyboardEvent) => {
      const step = event.shiftKey ? 10 : 1;
      const [x, y] =
        { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [];
      if (!mayWrite || x === undefined || y === undefined) return;
      event.preventDefault();
      move(part, at.leftMm + x * step, at.topMm + y * step);
    },
  });
  const percent = (mm: number, of: number) => `${(mm / of) * 100}%`;

  const number = (value: number, change: (mm: number) => void, label: string) => (
    <Field label={`${label} ${units('mm')}`}>
      <Input
        type="number"
        inputMode="decimal"
        step="any"
        min={0}
        value={value}
        disabled={!mayWrite}
        onChange={(event) => {
          if (event.target.value !== '') change(Number(event.target.value));
        }}
      />
    </Field>
  );
  const setCode = (changed: Partial<PosterPlacement['code']>) =>
    setPlacement({ ...placement, code: { ...code, ...changed } });
  const setLine = (changed: Partial<NonNullable<PosterPlacement['line']>>) =>
    setPlacement({ ...placement, line: line && { ...line, ...changed } });

  const save = () =>
    startTransition(async () => {
      const result = await placeOnPosterAction({
        accountId: poster.accountId,
        posterId: poster.id,
        placement,
      });
      if (result.ok) {
        setSaved(result.value.placement);
        setPlacement(result.value.placement);
        notify(t('saved'));
      } else notifyError(sentenceOf(result.error));
    });

  const sizeText = `${code.sizeMm} ${units('mm')}`;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[1fr_22rem]">
      <LeaveGuard active={isDirty} />
      <div className="rounded-lg border border-line bg-sunken p-3 sm:p-6">
        <div
          ref={pageRef}
          className="relative mx-auto w-full touch-none select-none shadow-sm"
          style={{ aspectRatio: `${widthMm} / ${heightMm}`, maxWidth: `${(widthMm / heightMm) * 75}vh` }}
        >
          {/* biome-ignore lint/performance/noImgElement: a picture of the account's own */}
          <img
            src={`/api/posters/${poster.id}/preview`}
            alt={t('pageAlt', { name: poster.name })}
            className="pointer-events-none absolute inset-0 size-full"
          />
          <button
            {...handle('code', code)}
            aria-label={`${sizeText} · ${t('codeHandle', { left: code.leftMm, top: code.topMm, size: code.sizeMm })}`}
            className={cn(
              'absolute grid cursor-move place-items-center border-2 border-accent text-sm text-black',
              placement.hasPatch ? 'bg-white' : 'bg-white/40',
            )}
            style={{
              left: percent(code.leftMm, widthMm),
              top: percent(code.topMm, heightMm),
              width: percent(code.sizeMm, widthMm),
              height: percent(code.sizeMm, heightMm),
            }}
          >
            <span className="pointer-events-none whitespace-nowrap">{sizeText}</span>
          </button>
          {line ? (
            <button
              {...handle('line', line)}
              aria-label={`${line.template} · ${t('lineHandle', { left: line.leftMm, top: line.topMm })}`}
              className="absolute cursor-move overflow-hidden border border-dashed border-accent whitespace-nowrap"
              style={{
                left: percent(line.leftMm, widthMm),
                top: percent(line.topMm, heightMm),
                width: percent(line.widthMm, widthMm),
                height: percent(line.textMm * 1.4, heightMm),
                color: line.colour,
                textAlign: line.align === 'centre' ? 'center' : line.align,
                containerType: 'size',
              }}
            >
              <span className="pointer-events-none" style={{ fontSize: '71cqh', lineHeight: '100cqh' }}>
                {line.template}
              </span>
            </button>
          ) : null}
        </div>
      </div>
      <div className="grid gap-4 lg:sticky lg:top-4">
        <Card title={t('code')} text={t('codeText')}>
          <div className="grid grid-cols-3 gap-3">
            {number(code.leftMm, (leftMm) => setCode({ leftMm }), t('left'))}
            {number(code.topMm, (topMm) => setCode({ topMm }), t('top'))}
            {number(code.sizeMm, (sizeMm) => setCode({ sizeMm }), t('size'))}
          </div>
          <div className="mt-4">
            <Checkbox
              label={t('patch')}
              hint={t('patchHint')}
              checked={placement.hasPatch}
              disabled={!mayWrite}
              onCheckedChange={(checked) => setPlacement({ ...placement, hasPatch: checked === true })}
            />
          </div>
        </Card>
        <Card title={t('line')}>
          <Checkbox
            label={t('hasLine')}
            hint={t('hasLineHint')}
            checked={line !== null}
            disabled={!mayWrite}
            onCheckedChange={(checked) =>
              setPlacement({ ...placement, line: checked === true ? firstLine(poster) : null })
            }
          />
          {line ? (
            <div className="mt-4 grid grid-cols-2 gap-3">
              <Field label={t('template')} hint={t('templateHint')} className="col-span-2">
                <Input
                  value={line.template}
                  disabled={!mayWrite}
                  onChange={(event) => setLine({ template: event.target.value })}
                />
              </Field>
              {number(line.leftMm, (leftMm) => setLine({ leftMm }), t('left'))}
              {number(line.topMm, (topMm) => setLine({ topMm }), t('top'))}
              {number(line.widthMm, (lineMm) => setLine({ widthMm: lineMm }), t('width'))}
              {number(line.textMm, (textMm) => setLine({ textMm }), t('text_size'))}
              <Field label={t('align')}>
                <Select
                  value={line.align}
                  disabled={!mayWrite}
                  onChange={(event) =>
                    setLine({ align: lineAlignments.find((each) => each === event.target.value) ?? 'left' })
                  }
                  options={lineAlignments.map((value) => ({ value, label: t(`aligns.${value}`) }))}
                />
              </Field>
              <Field label={t('colour')}>
                <Input
                  type="color"
                  value={line.colour}
                  disabled={!mayWrite}
                  onChange={(event) => setLine({ colour: event.target.value })}
                />
              </Field>
            </div>
          ) : null}
        </Card>
        <div className="grid gap-2">
          {mayWrite && isDirty ? (
            <Button pending={pending} onClick={save}>
              {t('save')}
            </Button>
          ) : (
            <Button asChild>
              <Link href={`/print?poster=${poster.id}`}>{t('make')}</Link>
            </Button>
          )}
          <p className="text-sm text-muted">{t('makeHint')}</p>
        </div>
      </div>
    </div>
  );
}

function firstLine({ widthMm, heightMm }: PosterDto): NonNullable<PosterPlacement['line']> {
  const textMm = Math.max(4, Math.round(heightMm / 40));
  return {
    leftMm: Math.round(widthMm / 20),
    topMm: Math.floor(heightMm - heightMm / 20 - textMm * 1.4),
    widthMm: Math.max(5, Math.round(widthMm / 2)),
    textMm,
    align: 'left',
    colour: '#000000',
    template: '{channel}',
  };
}
