// Where words stand on a page: the boxes of glyphs, of parts of a run and of whole runs, upright or turned. Pure; units pt.
import type { WordPlace } from "../model/wordPlace.ts";
import type { Page, Source, TextRun } from "./display.ts";
import { emAscent, emDescent } from "./face.ts";

/** pt on the page. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The boxes of the words of a place, one for each line of it on this page; those of a field that is printed as such, its
 *  title and number. Empty where the place is not on the page. */
export function boxesOf(page: Page, place: WordPlace): Box[] {
  if (place.in === "issue") return [];
  const boxes: Box[] = [];
  for (const run of page.items) {
    if (run.kind !== "text" || run.artifact || !run.source || !isAt(run.source, place)) continue;
    if (run.source.in === "front") continue;
    const from = place.from - run.source.from;
    const to = place.to - run.source.from;
    // A title is broken for sense and keeps no offsets of its field's text across its lines.
    if (place.in === "field") boxes.push(across(run, 0, runEnd(run)));
    else if (from < run.text.length && to > 0)
      boxes.push(
        across(run, from <= 0 ? 0 : glyphStart(run, from), to >= run.text.length ? runEnd(run) : glyphStart(run, to)),
      );
  }
  return boxes;
}

function isAt(source: Source, place: Exclude<WordPlace, { in: "issue" }>): boolean {
  if (source.in === "front" || source.notice !== place.notice) return false;
  if (place.in === "field")
    return (
      (source.in === "title" && place.field === "title") || (source.in === "number" && place.field === "docNumber")
    );
  return (
    source.in === "body" &&
    source.block === place.block &&
    String(source.cell) === String(place.cell) &&
    source.note === place.note
  );
}

function glyphStart(run: TextRun, offset: number): number {
  return run.xs[run.starts.findLastIndex((start) => start <= offset)] ?? 0;
}

function runEnd(run: TextRun): number {
  return (run.xs.at(-1) ?? 0) + run.size;
}

export function isOf(a: Source | undefined, b: Source): boolean {
  if (!a || a.in !== b.in) return false;
  if (a.in === "front" || b.in === "front") return a.in === b.in && "part" in a && "part" in b && a.part === b.part;
  return a.notice === b.notice && (a.in !== "body" || b.in !== "body" || a.block === b.block);
}

export function sameCell(a: Source, b: Source): boolean {
  if (a.in !== "body" || b.in !== "body") return true;
  return String(a.cell) === String(b.cell) && a.note === b.note;
}

/** The box of the glyph for the text at an offset in a run, or of a gap behind the run. */
export function glyphBox(run: TextRun, offset: number): Box {
  const end = runEnd(run);
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

/** The box of a whole run. */
export function boxOfRun(run: TextRun): Box {
  return across(run, 0, runEnd(run));
}

export function union(runs: readonly TextRun[]): Box | null {
  const boxes = runs.map(boxOfRun);
  if (boxes.length === 0) return null;
  return {
    left: Math.min(...boxes.map((box) => box.left)),
    right: Math.max(...boxes.map((box) => box.right)),
    top: Math.min(...boxes.map((box) => box.top)),
    bottom: Math.max(...boxes.map((box) => box.bottom)),
  };
}
