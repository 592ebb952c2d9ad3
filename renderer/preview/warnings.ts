// The warnings of the layout on their pages: the box of what each one is about, and the walk from one to the next.
import { create } from "zustand";
import { type Box, glyphBox, isOf, sameCell, union } from "../../shared/layout/boxes.ts";
import type { LayoutWarning, Page, TextRun } from "../../shared/layout/display.ts";
import type { LayoutSummary } from "../sight.ts";
import { printWarnings, useWorkspace } from "../workspace.ts";

/** The warning that is walked to, by its place in the walk; null: none. */
export const useWalk = create<{ readonly at: LayoutWarning | null }>()(() => ({ at: null }));

/** The warnings of the issue in the order of its pages. */
export function walkOf(layout: LayoutSummary | null): LayoutWarning[] {
  const warnings = layout ? printWarnings(layout).filter((warning) => warning.page !== undefined) : [];
  return warnings.toSorted((a, b) => (a.page ?? 0) - (b.page ?? 0) || (a.y ?? 0) - (b.y ?? 0));
}

/** The same trouble in two layouts, one made after the other. */
export function sameWarning(a: LayoutWarning, b: LayoutWarning | null): boolean {
  return b !== null && a.code === b.code && a.message === b.message && a.page === b.page && a.y === b.y;
}

/** Brings the next warning (the first one after the last), or the one before, into view. */
export function stepWarning(by: 1 | -1): void {
  const walk = walkOf(useWorkspace.getState().layout);
  const { at } = useWalk.getState();
  const index = walk.findIndex((warning) => sameWarning(warning, at));
  const next = walk[index < 0 ? (by > 0 ? 0 : walk.length - 1) : (index + by + walk.length) % walk.length];
  if (next) showWarning(next);
}

/** Brings a warning's page into view and lights its place. */
export function showWarning(warning: LayoutWarning): void {
  const { go, lookAt } = useWorkspace.getState();
  go("issue");
  useWalk.setState({ at: warning });
  if (warning.page !== undefined) lookAt(warning.page, warning.y ?? 0);
}

/** The box of what a warning is about: its character, line, row or picture, or else all of its paragraph or table on this
 *  page; null when it has no place there. */
export function boxOf(page: Page, { code, source, y = 0 }: LayoutWarning): Box | null {
  if (!source) return null;
  const runs = page.items.filter((item) => item.kind === "text").filter((run) => isOf(run.source, source));
  const inCell = runs.filter((run) => run.source && sameCell(run.source, source));
  switch (code) {
    case "missingGlyph":
    case "standInFace":
      return source.in === "front" ? lineBelow(runs, y) : placeOf(inCell, source.from);
    case "overfullLine":
    case "tornLine":
      return lineBelow(inCell, y);
    case "splitRow": {
      const part = runs.filter((run) => run.y >= y);
      return union(part.length > 0 ? part : runs);
    }
    case "untoldPicture":
    case "coarsePicture": {
      const picture = page.items.find((item) => item.kind === "picture" && isOf({ ...item.source, from: 0 }, source));
      if (picture?.kind !== "picture") return null;
      const { x, width, height } = picture;
      return { left: x, right: x + width, top: picture.y, bottom: picture.y + height };
    }
    default:
      return union(runs);
  }
}

/** The first line at or below a height. */
function lineBelow(runs: readonly TextRun[], y: number): Box | null {
  const below = runs.filter((run) => run.y >= y);
  const baseline = Math.min(...below.map((run) => run.y));
  return union(below.length > 0 ? below.filter((run) => run.y - baseline < 1) : runs);
}

/** Where the text at an offset stands, or should: what has no glyph is in no run, and leaves a gap behind the one before. */
function placeOf(runs: readonly TextRun[], offset: number): Box | null {
  const run = runs.findLast(({ source }) => source && source.in !== "front" && source.from <= offset);
  if (!run?.source || run.source.in === "front") return union(runs.slice(0, 1));
  return glyphBox(run, offset - run.source.from);
}
