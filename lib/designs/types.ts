import type { PrintDesignSettings } from '../print/design-types';
import type { SheetSettings } from '../print/sheet-types';

export type LogoDto = { id: string; widthPx: number; heightPx: number };

/** How a symbol is printed, saved by name. */
export type PrintDesignDto = {
  id: string;
  accountId: string;
  name: string;
  settings: PrintDesignSettings;
  /** The sheet that it is usually printed on; null: one file a code. */
  sheet: SheetSettings | null;
  logo: LogoDto | null;
  /** Grows by one with each change of what is printed. An edit names the version that it began with. */
  version: number;
  /** Proposed wherever somebody of the account chooses a design; one at most. */
  isDefault: boolean;
  /** ISO 8601 UTC, as all moments. */
  archivedAt: string | null;
  createdAt: string;
  updatedAt: string;
};

export type PrintDesignPageDto = { items: PrintDesignDto[]; nextCursor: string | null };
