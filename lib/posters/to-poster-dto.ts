import type { PosterRow } from './store';
import type { PosterDto, PosterPlacement } from './types';

export function toPosterDto({ createdByName, createdAt, placement, ...row }: PosterRow): PosterDto {
  return {
    ...row,
    placement: placement as PosterPlacement,
    createdAt: createdAt.toISOString(),
    createdBy: createdByName,
  };
}
