// The order in which approved text is printed. It is the order of the text but in two cases: a table row that was split
// over pages, and footnotes: they are written behind the lines of their paragraph that stand on their page, and what has
// no room there goes on where the next notice may have begun. Where the layout says so, its order is taken, after proving
// that it holds the approved text to the character.
import type { Layout, TextRun } from "../../shared/layout/display.ts";
import { squash } from "../../shared/model/notice.ts";

/** Text as PDFium gives it back: without white space, and the Latin ligatures (U+FB00–FB06) taken apart. */
export function comparable(text: string): string {
  return squash(text).replace(/[\ufb00-\ufb06]/gu, (ligature) => ligature.normalize("NFKC"));
}

export interface Part {
  readonly part: string;
  /** As {@link comparable}. */
  readonly lines: readonly string[];
}

/** Approved text that stands together in print. */
export interface PrintedPiece {
  readonly part: string;
  readonly text: string;
  /** Its beginning, by which it is found again. */
  readonly head: string;
  /** Whether its part begins with it. */
  readonly begins: boolean;
}

/** As much of a piece that does not begin its part as is looked for. */
const headLength = 24;

/** The approved text in the order in which it is printed. A part stands in one piece, in the order of the approved text,
 *  but where a footnote of a notice goes on where the next one has begun: then the layout says how long the pieces are, and
 *  nothing more. */
export function printedPieces(approved: readonly Part[], layout: Layout): PrintedPiece[] {
  const parts = numbered(approved);
  const segments = numbered(segmentsOf(layout));
  const runs = Map.groupBy(segments, ({ part }) => part);
  const pieces = parts.map(({ part, lines }) => {
    const printed = (runs.get(part) ?? []).flatMap((segment) => segment.runs);
    return { part, text: inPrintedOrder(part, lines.join(""), printed, layout), head: lines[0] ?? "", begins: true };
  });
  if (parts.every(({ part }) => (runs.get(part)?.length ?? 0) <= 1)) return pieces;
  const left = new Map(pieces.map((piece) => [piece.part, piece]));
  const cut: PrintedPiece[] = [];
  for (const segment of segments) {
    const piece = left.get(segment.part);
    if (!piece) continue;
    const isLast = runs.get(segment.part)?.at(-1) === segment;
    const length = isLast ? piece.text.length : comparable(textOfRuns(segment.runs)).length;
    cut.push({ ...piece, text: piece.text.slice(0, length) });
    const rest = piece.text.slice(length);
    left.set(segment.part, { part: piece.part, text: rest, head: rest.slice(0, headLength), begins: false });
  }
  return [...cut, ...pieces.filter(({ part }) => !runs.has(part))];
}

/** The text of each part as a right file holds it, and where its pieces stand in the text of the file (UTF-16 offsets). */
export function printedTexts(
  approved: readonly Part[],
  layout: Layout,
): ReadonlyMap<string, { readonly text: string; readonly pieces: readonly { at: number; length: number }[] }> {
  const parts = comparableParts(approved);
  const texts = new Map<string, { text: string; pieces: { at: number; length: number }[] }>();
  let at = 0;
  for (const { part, text } of printedPieces(parts, layout)) {
    const known = texts.get(part) ?? { text: "", pieces: [] };
    known.text += text;
    known.pieces.push({ at, length: text.length });
    texts.set(part, known);
    at += text.length;
  }
  return texts;
}

/** Parts with their lines as {@link comparable}; what holds nothing is left out. */
export function comparableParts(approved: readonly Part[]): Part[] {
  return approved
    .map(({ part, lines }) => ({ part, lines: lines.map(comparable).filter(Boolean) }))
    .filter(({ lines }) => lines.length > 0);
}

/** The openers of sections are told apart by their order: "section 1" and so on. No two follow each other. */
function numbered<T extends { readonly part: string }>(parts: readonly T[]): T[] {
  let count = 0;
  return parts.map((one) => (one.part === "section" ? { ...one, part: `section ${++count}` } : one));
}

/** What the layout prints of the approved text, in its order: runs of one part that stand together. */
function segmentsOf(layout: Layout): { readonly part: string; readonly runs: TextRun[] }[] {
  const segments: { part: string; runs: TextRun[] }[] = [];
  for (const run of layout.pages.flatMap((page) => page.items)) {
    if (run.kind !== "text" || run.artifact !== undefined || run.source === undefined) continue;
    const part = run.source.in === "front" ? run.source.part : run.source.notice;
    if (part === "contents") continue;
    const last = segments.at(-1);
    if (last?.part === part) last.runs.push(run);
    else segments.push({ part, runs: [run] });
  }
  return segments;
}

const textOfRuns = (runs: readonly TextRun[]): string => runs.map((run) => run.text).join("");

/** The approved text of a notice in the order in which it is printed. They differ only where a table row taller than a
 *  page was split, since each page then holds a piece of every cell, and where a paragraph goes on behind its footnote, on
 *  the next page.
 *  The layout's runs are taken as that order only when, put back in the order of the text, they are the approved text to
 *  the character. */
function inPrintedOrder(part: string, approved: string, runs: readonly TextRun[], layout: Layout): string {
  const split = layout.warnings.some(
    ({ code, source }) => code === "splitRow" && source?.in === "body" && source.notice === part,
  );
  const notes = runs.filter((run) => noteOf(run) !== undefined);
  if (!split && notes.length === 0) return approved;
  const text = runs.filter((run) => noteOf(run) === undefined);
  const read = withNotes(split ? inTextOrder(text) : text, notes);
  return comparable(textOfRuns(read)) === approved ? comparable(textOfRuns(runs)) : approved;
}

const noteOf = ({ source }: TextRun): number | undefined => (source?.in === "body" ? source.note : undefined);
const blockOf = ({ source }: TextRun): number => (source?.in === "body" ? source.block : -1);

/** The footnotes of each paragraph behind its last line, in the order of their marks. */
function withNotes(text: readonly TextRun[], notes: readonly TextRun[]): TextRun[] {
  const byBlock = Map.groupBy(notes, blockOf);
  const lasts = new Map(text.map((run, i) => [blockOf(run), i]));
  return text.flatMap((run, i) => {
    const own = lasts.get(blockOf(run)) === i ? byBlock.get(blockOf(run)) : undefined;
    return own ? [run, ...own.toSorted((a, b) => (noteOf(a) ?? 0) - (noteOf(b) ?? 0))] : [run];
  });
}

/** Title, number, then block by block, row by row, cell by cell. */
function inTextOrder(runs: readonly TextRun[]): TextRun[] {
  // The first piece of a row has all its cells, in the order in which they are read.
  const ranks = new Map<string, number>();
  for (const { source } of runs) if (!ranks.has(cellKey(source))) ranks.set(cellKey(source), ranks.size);
  const rank = ({ source }: TextRun) => ranks.get(cellKey(source)) ?? 0;
  return runs.toSorted((a, b) => byPlace(placeOf(a, rank(a)), placeOf(b, rank(b))));
}

const cellKey = (source: TextRun["source"]): string =>
  source?.in === "body" && source.cell ? [source.block, source.cell[0], source.cell[1]].join() : "";

function byPlace(x: readonly number[], y: readonly number[]): number {
  for (const [i, value] of x.entries()) {
    const difference = value - (y[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function placeOf({ source }: TextRun, rank: number): number[] {
  if (source?.in === "body") {
    const [row, , paragraph] = source.cell ?? [0, 0, 0];
    return [2, source.block, row, rank, paragraph, source.from];
  }
  return [source?.in === "number" ? 1 : 0, 0, 0, 0, 0, source?.in === "front" ? 0 : (source?.from ?? 0)];
}
