// From a point on a page to a place in the text, and back: a click in the print finds the word in the editor, and the
// caret of the editor finds its line in the print. Pure; units pt.
import type { Layout, Page, Picture, TextRun } from "../../shared/layout/display.ts";
import { emAscent, emDescent } from "../../shared/layout/face.ts";
import type { NoticeId } from "../../shared/model/notice.ts";
import type { Place } from "../../shared/model/schema.ts";
import type { Caret } from "../sight.ts";
import type { Spot } from "./messages.ts";

/** A point in the run's own directions: along the line, and below the baseline. */
function toRun(run: TextRun, x: number, y: number): { u: number; v: number } {
  switch (run.turn) {
    case 90:
      return { u: y - run.y, v: run.x - x };
    case 270:
      return { u: run.y - y, v: x - run.x };
    default:
      return { u: x - run.x, v: y - run.y };
  }
}

/** End of the run along its line; its last glyph counts as wide as its characters usually are. */
function runWidth(run: TextRun): number {
  const last = run.text.slice(run.starts.at(-1) ?? 0);
  return (run.xs.at(-1) ?? 0) + run.size * (/^[\u0020-\u007e]$/.test(last) ? 0.5 : Math.max(1, [...last].length));
}

function outside(value: number, from: number, to: number): number {
  return value < from ? from - value : Math.max(0, value - to);
}

/** UTF-16 offset in the run's text of the gap between glyphs nearest to `u`. */
function offsetAt(run: TextRun, u: number): number {
  for (const [i, x] of run.xs.entries()) {
    const end = run.xs[i + 1] ?? runWidth(run);
    if (u < (x + end) / 2) return run.starts[i] ?? 0;
  }
  return run.text.length;
}

function inside(box: Pick<Picture, "x" | "y" | "width" | "height">, x: number, y: number): boolean {
  return outside(x, box.x, box.x + box.width) + outside(y, box.y, box.y + box.height) === 0;
}

/** The text nearest to a point (pt) among the runs that `counts` takes, turned or not, and how far along its line the
 *  point is; null where there is none. */
export function nearestRun(
  page: Page,
  x: number,
  y: number,
  counts: (run: TextRun) => boolean,
): { run: TextRun; u: number } | null {
  let best: { run: TextRun; u: number; distance: number } | null = null;
  for (const run of page.items) {
    if (run.kind !== "text" || !counts(run)) continue;
    const { u, v } = toRun(run, x, y);
    // The right line counts before the right word in it.
    const distance = outside(v, -emAscent * run.size, emDescent * run.size) * 1000 + outside(u, 0, runWidth(run));
    if (!best || distance < best.distance) best = { run, u, distance };
  }
  return best;
}

/** What stands nearest to a point: a place in a body, or a notice as a whole (title, contents line); null on a page
 *  without any. The text of a footnote stands for the footnote. */
export function placeAt(page: Page, x: number, y: number): { notice: NoticeId; place: Place | null } | null {
  for (const item of page.items) {
    if (item.kind === "link" && inside(item, x, y)) return { notice: item.notice, place: null };
    if (item.kind === "picture" && inside(item, x, y))
      return { notice: item.source.notice, place: { block: item.source.block, from: 0 } };
  }
  const best = nearestRun(page, x, y, ({ source }) => source !== undefined && source.in !== "front");
  if (!best) return null;
  const { source } = best.run;
  if (!source || source.in === "front") return null;
  if (source.in !== "body") return { notice: source.notice, place: null };
  const { notice, block, cell, note } = source;
  if (note !== undefined) return { notice, place: { block, note, from: 0 } };
  const from = source.from + offsetAt(best.run, best.u);
  return { notice, place: cell ? { block, cell, from } : { block, from } };
}

function compareCells(a: readonly number[] = [], b: readonly number[] = []): number {
  for (const [i, value] of a.entries()) if (value !== b[i]) return value - (b[i] ?? 0);
  return 0;
}

/** Where a caret stands in print: in the last run that begins at or before it; in an empty paragraph that is the end of
 *  the text before; at a picture its left edge. Null when the notice is not in the layout. */
export function locate(layout: Layout, caret: Caret): Spot | null {
  let found: { page: number; run: TextRun; offset: number } | null = null;
  for (const [page, { items }] of layout.pages.entries())
    for (const run of items) {
      if (run.kind === "picture" && run.source.notice === caret.notice && run.source.block === caret.block)
        return { page, x: run.x, y: run.y, height: run.height };
      if (run.kind !== "text" || run.artifact || !run.source || run.source.in === "front") continue;
      if (run.source.notice !== caret.notice) continue;
      const { source } = run;
      if (source.in === "body" && source.note !== undefined) continue;
      const order =
        source.in === "body"
          ? source.block - caret.block || compareCells(source.cell, caret.cell) || source.from - caret.from
          : -1;
      if (order > 0) continue;
      const here = source.in === "body" && source.block === caret.block && !compareCells(source.cell, caret.cell);
      found = { page, run, offset: here ? caret.from - source.from : run.text.length };
    }
  if (!found) return null;
  const { page, run, offset } = found;
  const glyph = run.starts.findIndex((start) => start >= offset);
  const u = glyph < 0 ? runWidth(run) : (run.xs[glyph] ?? 0);
  const height = run.size * (emAscent + emDescent);
  switch (run.turn) {
    case 90:
      return { page, x: run.x, y: run.y + u, height };
    case 270:
      return { page, x: run.x, y: run.y - u, height };
    default:
      return { page, x: run.x + u, y: run.y - emAscent * run.size, height };
  }
}

/** The band of a page that a notice takes up, top and bottom in pt; null when it is not there. */
export function bandOf(page: Page, notice: NoticeId): { top: number; bottom: number } | null {
  let top = Number.POSITIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const item of page.items) {
    if ((item.kind !== "text" && item.kind !== "picture") || !item.source || item.source.in === "front") continue;
    if (item.source.notice !== notice) continue;
    const extent = extentOf(item);
    top = Math.min(top, extent.top);
    bottom = Math.max(bottom, extent.bottom);
  }
  return top < bottom ? { top, bottom } : null;
}

function extentOf(item: TextRun | Picture): { top: number; bottom: number } {
  if (item.kind === "picture") return { top: item.y, bottom: item.y + item.height };
  switch (item.turn) {
    case 90:
      return { top: item.y, bottom: item.y + runWidth(item) };
    case 270:
      return { top: item.y - runWidth(item), bottom: item.y };
    default:
      return { top: item.y - emAscent * item.size, bottom: item.y + emDescent * item.size };
  }
}
