// How the pages are laid on the desk: one to a row, or as spreads with odd leaves on the right, and which rows a scrolled
// window shows. Pure; lengths in px of the screen unless a name says pt.
import type { Sheet } from "./messages.ts";

export type Arrangement = "spread" | "single";
/** Fit to the width of the pane, or px per pt. */
export type Zoom = "fit" | number;

/** Px per pt at 100 %: CSS has 96 px to the inch. */
export const fullScale = 96 / 72;
export const minScale = 0.5 * fullScale;
export const maxScale = 4 * fullScale;

export const rowGap = 20;
export const labelHeight = 24;
export const paneMargin = 16;

export interface SheetRow {
  /** Page indices; null: no page on the left of the first spread. */
  readonly pages: readonly (number | null)[];
  readonly top: number;
  readonly height: number;
  readonly width: number;
}

/** The first page is a right-hand one, as the cover is. */
export function spreads(count: number, arrangement: Arrangement): (number | null)[][] {
  if (arrangement === "single") return Array.from({ length: count }, (_, index) => [index]);
  const rows: (number | null)[][] = count > 0 ? [[null, 0]] : [];
  for (let left = 1; left < count; left += 2) rows.push(left + 1 < count ? [left, left + 1] : [left]);
  return rows;
}

export function sheetRows(sheets: readonly Sheet[], arrangement: Arrangement, scale: number): SheetRow[] {
  let top = paneMargin;
  return spreads(sheets.length, arrangement).map((pages) => {
    const sizes = pages.map((index) => sheets[index ?? pages[1] ?? 0] ?? { width: 0, height: 0 });
    const height = Math.max(...sizes.map((size) => size.height)) * scale + labelHeight;
    const row = { pages, top, height, width: sizes.reduce((sum, size) => sum + size.width, 0) * scale };
    top += height + rowGap;
    return row;
  });
}

/** Scale at which the widest row fills `width` px of pane; 100 % while there is none. */
export function fitScale(sheets: readonly Sheet[], arrangement: Arrangement, width: number): number {
  if (sheets.length === 0) return fullScale;
  const widest = Math.max(...sheets.map((sheet) => sheet.width)) * (arrangement === "spread" ? 2 : 1);
  return Math.min(maxScale, Math.max(0.1, (width - 2 * paneMargin) / widest));
}

/** Rows that touch the window [top, top + height). */
export function rowsInView(rows: readonly SheetRow[], top: number, height: number): SheetRow[] {
  return rows.filter((row) => row.top < top + height && row.top + row.height > top);
}

/** What stands at the top of the window: a page, and how far down its row, as a share of the row's height. */
export interface DeskPlace {
  readonly page: number;
  readonly into: number;
}

/** Null while there is no row. */
export function placeAt(rows: readonly SheetRow[], top: number): DeskPlace | null {
  const row = rows.findLast((one) => one.top <= top) ?? rows[0];
  const page = row?.pages.find((index) => index !== null);
  return row === undefined || page === undefined || page === null ? null : { page, into: (top - row.top) / row.height };
}

/** Scroll offset at which the place stands at the top of the window, however the pages are arranged now. */
export function offsetOf(rows: readonly SheetRow[], place: DeskPlace): number {
  const row = rows.find(({ pages }) => pages.includes(place.page));
  return row ? Math.max(0, row.top + place.into * row.height) : 0;
}

/** Scroll offset that brings [y, y + height) of a row into the window; null when it is there already. */
export function scrollFor(y: number, height: number, top: number, window: number): number | null {
  if (y >= top && y + height <= top + window) return null;
  return Math.max(0, y - window / 3);
}

/** Scroll offset that shows the title of a notice, px below the top of its row: with the head of its page where both
 *  fit the window; null when the title is in view. */
export function scrollForTitle(row: SheetRow, below: number, top: number, window: number): number | null {
  const to = scrollFor(row.top + below, titleHeight, top, window);
  return to !== null && below + titleHeight < window ? row.top - rowGap / 2 : to;
}

const titleHeight = 64;

const steps = [0.5, 0.67, 0.75, 0.9, 1, 1.25, 1.5, 2, 3, 4].map((percent) => percent * fullScale);

/** The next scale up or down from `scale`. */
export function zoomStep(scale: number, direction: 1 | -1): number {
  const near = 0.005;
  const next = direction === 1 ? steps.find((s) => s > scale + near) : steps.findLast((s) => s < scale - near);
  return next ?? (direction === 1 ? maxScale : minScale);
}
