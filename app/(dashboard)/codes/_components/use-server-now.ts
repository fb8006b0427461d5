'use client';

import { useEffect, useState } from 'react';

/**
 * The server's clock, running on: a browser whose clock is wrong says the right time all the same.
 *
 * @param now  at rendering, ISO 8601
 * @param stepMs  how often it moves
 */
export function useServerNow(now: string, stepMs = 15_000): number {
  const [elapsed, setElapsed] = useState(0);
  useEffect(() => {
    const start = performance.now();
    setElapsed(0);
    const timer = setInterval(() => setElapsed(performance.now() - start), stepMs);
    return () => clearInterval(timer);
  }, [stepMs]);
  return Date.parse(now) + elapsed;
}
