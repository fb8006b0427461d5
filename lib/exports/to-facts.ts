import 'server-only';
import type { CodeDto } from '../codes/types';
import { captionFor } from '../print/caption-for';
import type { PrintDesignSettings } from '../print/design-types';
import type { PieceItem } from './drawing';
import { localMinute } from './recipe';
import type { ExportFacts } from './types';

/** @returns null when there is nothing to print any more */
export function toFacts(code: CodeDto, timeZone: string): ExportFacts | null {
  if (code.url === null) return null;
  return {
    codeId: code.id,
    label: code.label,
    campaign: code.campaign?.name ?? '',
    channel: code.channel?.name ?? '',
    scene: 'id' in code.scene ? String(code.scene.id) : code.scene.str,
    url: code.url,
    expires: code.expiresAt === null ? '' : localMinute(new Date(code.expiresAt), timeZone),
    number: code.channel?.number ?? '',
    city: code.channel?.city ?? '',
  };
}

export function toPieceItem(facts: ExportFacts, fileName: string, design: PrintDesignSettings): PieceItem {
  // On a poster the day says enough, as on the print of a single code.
  const told = { ...facts, expires: facts.expires.slice(0, 10) };
  const caption = design.caption === null ? null : captionFor(design.caption.template, told).trim();
  return { fileName, url: facts.url, caption, title: facts.label };
}
