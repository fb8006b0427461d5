'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';

const STORAGE_KEY = 'px-per-mm';

/** What CSS calls a millimetre: 96 pixels an inch. Hardly any screen keeps to it. */
const CSS_PX_PER_MM = 96 / 25.4;

/** ISO/IEC 7810 ID-1: the width of a bank card. */
const CARD_WIDTH_MM = 85.6;
const CARD_HEIGHT_MM = 53.98;

/** How many CSS pixels a millimetre takes on this very screen, and whether somebody has measured it. */
export function useScreenScale() {
  const [pxPerMm, setPxPerMm] = useState(CSS_PX_PER_MM);
  const [isCalibrated, setCalibrated] = useState(false);
  useEffect(() => {
    const stored = Number(localStorage.getItem(STORAGE_KEY));
    if (stored >= 1 && stored <= 20) {
      setPxPerMm(stored);
      setCalibrated(true);
    }
  }, []);
  const calibrate = (measured: number) => {
    localStorage.setItem(STORAGE_KEY, String(measured));
    setPxPerMm(measured);
    setCalibrated(true);
  };
  return { pxPerMm, isCalibrated, calibrate };
}

/** A frame to hold a bank card against. */
export function CalibrateButton({
  pxPerMm,
  onCalibrate,
}: {
  pxPerMm: number;
  onCalibrate: (pxPerMm: number) => void;
}) {
  const t = useTranslations('print.preview');
  const common = useTranslations('common.actions');
  const [open, setOpen] = useState(false);
  const [scale, setScale] = useState(pxPerMm);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (next) setScale(pxPerMm);
        setOpen(next);
      }}
      className="sm:w-[min(44rem,calc(100vw-3rem))]"
      trigger={
        <Button variant="link" size="sm">
          {t('calibrate')}
        </Button>
      }
      title={t('calibrate')}
      text={t('calibrateText')}
      footer={
        <Button
          onClick={() => {
            onCalibrate(scale);
            setOpen(false);
          }}
        >
          {common('done')}
        </Button>
      }
    >
      <input
        type="range"
        aria-label={t('calibrateLabel')}
        min={2.5}
        max={8}
        step={0.01}
        value={scale}
        onChange={(event) => setScale(Number(event.target.value))}
        className="mb-4 w-full accent-accent"
      />
      <div className="overflow-x-auto">
        <div
          aria-hidden
          className="rounded-lg border-2 border-dashed border-accent bg-accent-soft"
          style={{ width: CARD_WIDTH_MM * scale, height: CARD_HEIGHT_MM * scale }}
        />
      </div>
    </Dialog>
  );
}
