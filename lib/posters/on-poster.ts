import type { PrintDesignSettings } from '../print/design-types';
import type { PosterPlacement } from './types';

/** A design as it is drawn on a poster: as large as the box, with the poster's own line for a caption. */
export function onPoster(design: PrintDesignSettings, { code, line }: PosterPlacement): PrintDesignSettings {
  return {
    ...design,
    sizeMm: code.sizeMm,
    // The type size is the line's own; a caption's is bound by its symbol's width.
    caption: line ? { template: line.template, textMm: Math.min(1.2, line.textMm), maxLines: 4 } : null,
  };
}
