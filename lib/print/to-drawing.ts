import type { CodeDto } from '../codes/types';
import { AppError } from '../errors';
import { localDate } from '../i18n/format';
import { captionFor } from './caption-for';
import { designBounds } from './design-schemas';
import type { DrawItem, PrintDesignSettings } from './design-types';

/**
 * What is drawn for one code: its symbol, and the caption filled in.
 *
 * @returns `expiresOn` is the account's local date on which it ends; null for a permanent code
 * @throws AppError CODE_NOT_ISSUED
 */
export function toDrawing(
  settings: PrintDesignSettings,
  code: CodeDto,
  timeZone: string,
): { design: PrintDesignSettings; item: DrawItem; expiresOn: string | null } {
  const { id, url, label, campaign, channel, scene, expiresAt } = code;
  if (url === null) throw new AppError('CODE_NOT_ISSUED', `code ${id} is not issued`);
  const expiresOn = expiresAt === null ? null : localDate(expiresAt, timeZone);
  const { caption } = settings;
  const facts = {
    label,
    campaign: campaign?.name ?? '',
    channel: channel?.name ?? '',
    scene: 'id' in scene ? String(scene.id) : scene.str,
    expires: expiresOn ?? '',
  };
  const item = { url, caption: caption && captionFor(caption.template, facts), title: label };
  if (caption === null) return { design: settings, item, expiresOn };
  const maxLines = roomFor(caption.maxLines, caption.template, expiresOn);
  return { design: { ...settings, caption: { ...caption, maxLines } }, item, expiresOn };
}

/** The line that says when the code ends may push out none of the template's own. */
function roomFor(maxLines: number, template: string, expiresOn: string | null): number {
  if (expiresOn === null || template.includes('{expires}')) return maxLines;
  return Math.min(designBounds.captionLines.max, maxLines + 1);
}
