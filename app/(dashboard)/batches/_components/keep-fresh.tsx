'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

const LOOKED_AT_MS = 3_000;

/** Draws the page anew now and then while something on it moves by itself and somebody looks. */
export function KeepFresh({ isMoving }: { isMoving: boolean }) {
  const router = useRouter();
  useEffect(() => {
    if (!isMoving) return;
    const timer = setInterval(() => {
      if (!document.hidden) router.refresh();
    }, LOOKED_AT_MS);
    return () => clearInterval(timer);
  }, [isMoving, router]);
  return null;
}
