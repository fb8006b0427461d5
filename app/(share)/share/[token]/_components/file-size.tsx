'use client';

import { useBytes } from '@/components/ui/use-bytes';

export function FileSize({ bytes }: { bytes: number }) {
  return useBytes()(bytes);
}
