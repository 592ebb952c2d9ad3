// The warnings of the layout on their pages: the box of what each one is about, and the walk from one to the next.
import { create } from "zustand";
import type { LayoutWarning, Page, Source, TextRun } from "../../shared/layout/display.ts";
import { emAscent, emDescent } from "../../shared/layout/face.ts";
import type { LayoutSummary } from "../sight.ts";
import { printWarnings, useWorkspace } from "../workspace.ts";

/** pt on the page. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

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
      return source.in === "front" ? lineBelow(runs, y) : placeOf(inCell, source.from);
    case "overfullLine":
    case "tornLine":
      return lineBelow(inCell, y);
    case "splitRow": {
      const part = runs.filter((run) => run.y >= y);
      return union(part.length > 0 ? part : runs);
    }
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

function isOf(a: Source | undefined, b: Source): boolean {
  if (!a || a.in !== b.in) return false;
  if (a.in === "front" || b.in === "front") return a.in === b.in && "part" in a && "part" in b && a.part === b.part;
  return a.notice === b.notice && (a.in !== "body" || b.in !== "body" || a.block === b.block);
}

function sameCell(a: Source, b: Source): boolean {
  if (a.in !== "body" || b.in !== "body") return true;
  return String(a.cell) === String(b.cell) && a.note === b.note;
}

/** The box of the glyph for the text at an offset in a run, or of a gap behind the run. */
function glyphBox(run: TextRun, offset: number): Box {
  const end = (run.xs.at(-1) ?? 0) + run.size;
  if (offset >= run.text.length) return across(run, end, end + run.size);
  const glyph = run.starts.findLastIndex((start) => start <= offset);
  return across(run, run.xs[glyph] ?? 0, run.xs[glyph + 1] ?? end);
}

/** The box of part of a run, from and to along its line. */
function across(run: TextRun, from: number, to: number): Box {
  const [up, down] = [run.size * emAscent, run.size * emDescent];
  switch (run.turn) {
    case 90:
      return { left: run.x - down, right: run.x + up, top: run.y + from, bottom: run.y + to };
    case 270:
      return { left: run.x - up, right: run.x + down, top: run.y - to, bottom: run.y - from };
    case undefined:
      return { left: run.x + from, right: run.x + to, top: run.y - up, bottom: run.y + down };
  }
}

function union(runs: readonly TextRun[]): Box | null {
  const boxes = runs.map((run) => across(run, 0, (run.xs.at(-1) ?? 0) + run.size));
  if (boxes.length === 0) return null;
  return {
    left: Math.min(...boxes.map((box) => box.left)),
    right: Math.max(...boxes.map((box) => box.right)),
    top: Math.min(...boxes.map((box) => box.top)),
    bottom: Math.max(...boxes.map((box) => box.bottom)),
  };
}
