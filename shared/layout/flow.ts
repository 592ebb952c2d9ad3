// Pages: pieces distributed over pages of one or more columns. Knows heights and what must stay together, nothing of
// text, so the rules of a page stand here and in column.ts alone. A page is a sequence of bands: columns side by side,
// or what stands across them. A page that begins with the pieces it began with before is taken as it was.
import type { NoticeId } from "../model/notice.ts";
import { type Column, type ColumnShape, type Cursor, fillColumn, onGrid } from "./column.ts";
import type { Artifact, FrontPart, Ink, Picture, Rule } from "./display.ts";
import type { LineWarning, SetRun } from "./paragraph.ts";

/** A run on its place in a piece: `x` and baseline `y` from the piece's top left, pt. */
export interface PieceText {
  readonly run: SetRun;
  readonly x: number;
  readonly y: number;
  readonly cell?: readonly [row: number, cell: number, paragraph: number];
  /** Which footnote of its paragraph it belongs to. */
  readonly note?: number;
  readonly ink?: Ink;
  readonly artifact?: Artifact;
}

/** A picture on its place in a piece, pt. */
export type PiecePicture = Omit<Picture, "kind" | "source">;

/** Where the texts of a piece come from; the runs add their offsets. */
export type Origin =
  | { readonly in: "body"; readonly notice: NoticeId; readonly block: number }
  | { readonly in: "title" | "number"; readonly notice: NoticeId }
  | { readonly in: "front"; readonly part: FrontPart };

/** A place that the contents or a bookmark points to. */
export interface Anchor {
  readonly level: "notice" | "document" | "chapter" | "section";
  readonly title: string;
}

export interface PieceWarning {
  readonly code: LineWarning["code"] | "shrunkTable" | "splitRow" | "coarsePicture";
  readonly text?: string;
  readonly said?: string;
  /** Of a picture, pixels to the inch as it is printed. */
  readonly resolution?: number;
  readonly from: number;
  readonly cell?: readonly [row: number, cell: number, paragraph: number];
  readonly note?: number;
}

/** Texts and rules that are set together. */
export interface Slab {
  readonly height: number;
  readonly texts: readonly PieceText[];
  readonly rules: readonly Rule[];
  /** Rules below the texts: a red band under white type. */
  readonly under?: readonly Rule[];
}

/** The least that a page break may separate: a line, a head, a row of a table. */
export interface Piece extends Slab {
  readonly origin: Origin;
  /** Begins on a line of the grid; rows of a table follow each other directly. */
  readonly onGrid: boolean;
  /** Room above, pt; dropped at the head of a page. */
  readonly before: number;
  readonly newPage: boolean;
  /** Begins a column, as its author wished. */
  readonly newColumn?: boolean;
  /** Stands across all columns. */
  readonly span?: boolean;
  /** Stands on a page of its own kind, turned. */
  readonly landscape?: boolean;
  /** Lines of its footnotes. */
  readonly notes?: readonly Piece[];
  readonly pictures?: readonly PiecePicture[];
  /** Stays on the page of the next piece. */
  readonly keep: boolean;
  readonly warnings: readonly PieceWarning[];
  readonly anchor?: Anchor;
  /** For a row that continues a table, when a page break stands before it: the head repeated above, rules that open
   *  the table again, and rules that close it below the piece before. A contents entry repeats the head of its section
   *  in the same way. */
  readonly cut?: {
    readonly head: Slab | null;
    readonly opening: readonly Rule[];
    readonly closing: readonly Rule[];
    /** Texts that span the cut, said again. */
    readonly spans?: readonly Span[];
  };
  /** Texts that begin here and span the pieces below. They are read before those of the piece. */
  readonly spans?: readonly Span[];
  /** Divides a tall row for a page that has only `room` (pt, below a repeated head) left: what stays and what goes on,
   *  which may divide again; null when nothing useful stays. Pure. */
  readonly divide?: (room: number) => readonly [Piece, Piece] | null;
}

/** Texts in the middle of their piece and of the `reach` ones that follow it, as far as they stand on its page. */
export interface Span {
  readonly reach: number;
  readonly height: number;
  readonly texts: readonly PieceText[];
}

export interface Placing {
  readonly piece: Piece;
  /** Left edge and top of the piece in the type area, pt. */
  readonly x: number;
  readonly y: number;
  /** The repeated table head above it. */
  readonly head: Slab | null;
  /** Rules at a cut, relative to the piece. */
  readonly edges: readonly Rule[];
  /** Texts of its spans, relative to the piece. */
  readonly spanning: readonly PieceText[];
}

/** The columns of a page, pt. */
export interface PageShape extends ColumnShape {
  readonly height: number;
  readonly columns: number;
  /** From the left edge of a column to that of the next. */
  readonly step: number;
  /** The last columns of a text end at one height. */
  readonly balance: boolean;
  /** Height of a landscape page. */
  readonly landscape: number;
}

export interface FlowPage {
  readonly placings: readonly Placing[];
  readonly isLandscape: boolean;
  /** Where columns stand side by side: what a rule between them spans, pt. */
  readonly bands: readonly (readonly [top: number, bottom: number])[];
}

interface Filled extends FlowPage {
  readonly next: Cursor;
  readonly seen: number;
}

/** What is remembered of pages, by the piece they begin with. */
export type FlowMemory = WeakMap<Piece, { readonly pieces: readonly (Piece | undefined)[]; readonly filled: Filled }>;

/** Pages of pieces, in order. A piece taller than a page stands on a page of its own. */
export function flow(pieces: readonly Piece[], shape: PageShape, memory: FlowMemory): FlowPage[] {
  const pages: FlowPage[] = [];
  for (let at: Cursor = { index: 0, rest: null, carried: [] }; !isAtEnd(at, pieces); ) {
    const page = remembered(at, pieces, memory) ?? fillPage(pieces, at, shape);
    remember(at, page, pieces, memory);
    pages.push(page);
    at = page.next;
  }
  return pages;
}

/** Pages of one column: pieces one below the other. `height` of the type area and `pitch` of its grid in pt. */
export function paginate(pieces: readonly Piece[], height: number, pitch: number): (readonly Placing[])[] {
  const shape: PageShape = {
    height,
    pitch,
    columns: 1,
    step: 0,
    balance: false,
    landscape: height,
    noteGap: 0,
    noteRule: { kind: "rule", x1: 0, y1: 0, x2: 0, y2: 0, width: 0, ink: "black" },
  };
  return flow(pieces, shape, new WeakMap()).map(({ placings }) => placings);
}

const isAtEnd = ({ index, carried }: Cursor, pieces: readonly Piece[]): boolean =>
  index >= pieces.length && carried.length === 0;

function remembered(at: Cursor, pieces: readonly Piece[], memory: FlowMemory): Filled | undefined {
  const first = at.rest ?? pieces[at.index];
  const known = first && at.carried.length === 0 ? memory.get(first) : undefined;
  if (!known) return undefined;
  for (let i = 1; i < known.pieces.length; i++) if (known.pieces[i] !== pieces[at.index + i]) return undefined;
  const moved = at.index + known.pieces.length - known.filled.seen;
  if (moved === 0) return known.filled;
  const { next, seen } = known.filled;
  return { ...known.filled, next: { ...next, index: next.index + moved }, seen: seen + moved };
}

function remember(at: Cursor, filled: Filled, pieces: readonly Piece[], memory: FlowMemory): void {
  const first = at.rest ?? pieces[at.index];
  if (!first || at.carried.length > 0 || memory.get(first)?.filled === filled) return;
  const looked = Array.from({ length: filled.seen - at.index }, (_, i) => pieces[at.index + i]);
  memory.set(first, { pieces: looked, filled });
}

function fillPage(pieces: readonly Piece[], from: Cursor, shape: PageShape): Filled {
  const first = from.rest ?? pieces[from.index];
  // Footnotes that are left over stand upright, on a page before it.
  if (first?.landscape && from.carried.length === 0) {
    const { placings, next, seen } = fillColumn(pieces, from, [0, shape.landscape], shape, (one) => !one.landscape);
    return { placings, isLandscape: true, bands: [], next, seen };
  }
  const placings: Placing[] = [];
  const bands: (readonly [number, number])[] = [];
  // By placing, so that what is kept with the next can be taken back.
  const begins: (number | null)[] = [];
  let at = from;
  let y = 0;
  let seen = from.index;
  for (;;) {
    const piece = at.rest ?? pieces[at.index];
    const isFirst = placings.length === 0;
    seen = Math.max(seen, at.index + 1);
    if ((!piece && at.carried.length === 0) || (piece && !isFirst && (piece.newPage || piece.landscape))) break;
    const across = shape.columns > 1 && piece?.span === true;
    const top = isFirst || !piece ? y : onGrid(y + piece.before, shape.pitch);
    const band = across ? fillAcross(pieces, at, top, shape) : fillBand(pieces, at, top, shape);
    seen = Math.max(seen, band.seen);
    if (band.placings.length === 0) {
      // Nothing fits any more: what is kept with it goes along.
      let kept = placings.length;
      while (kept > 0 && placings[kept - 1]?.piece.keep && begins[kept - 1] !== null) kept--;
      const index = begins[kept];
      if (kept > 0 && index !== undefined && index !== null) {
        at = { index, rest: null, carried: at.carried };
        placings.length = kept;
      }
      break;
    }
    placings.push(...band.placings);
    begins.push(...band.begins);
    if (!across && shape.columns > 1) bands.push([top, band.bottom]);
    y = band.bottom;
    at = band.next;
    if (band.isFull) break;
  }
  return { placings, isLandscape: false, bands, next: at, seen };
}

const isApart = (piece: Piece): boolean => piece.landscape === true;

/** What stands across the columns, its footnotes directly below it when something may follow on the page. */
function fillAcross(pieces: readonly Piece[], at: Cursor, top: number, shape: PageShape): Column {
  const fill = (foot: number) => fillColumn(pieces, at, [top, foot], shape, (piece) => isApart(piece) || !piece.span);
  const full = fill(shape.height);
  if (full.isFull || full.notes === 0) return full;
  const bottom = Math.min(full.bottom + full.notes, shape.height);
  return { ...fill(bottom), bottom, seen: full.seen };
}

/** Columns side by side from `top`, to the foot of the page or, above what stands across, to one height. */
function fillBand(pieces: readonly Piece[], at: Cursor, top: number, shape: PageShape): Column {
  const full = fillColumns(pieces, at, [top, shape.height], shape);
  if (shape.columns === 1 || full.isFull) return full;
  const after = pieces[full.next.index];
  const isAbove = after?.span === true && !after.newPage && !isApart(after);
  if (!isAbove && !shape.balance) return full;
  const used = full.heights.reduce((sum, height) => sum + height, 0);
  const least = Math.max(shape.pitch, onGrid(used / shape.columns, shape.pitch));
  for (let height = least; top + height < shape.height; height += shape.pitch) {
    const even = fillColumns(pieces, at, [top, top + height], shape);
    const reaches = even.next.index === full.next.index && !even.next.rest && even.next.carried.length === 0;
    if (reaches && !even.isFull) return { ...even, seen: full.seen };
  }
  return full;
}

function fillColumns(
  pieces: readonly Piece[],
  at: Cursor,
  room: readonly [number, number],
  shape: PageShape,
): Column & { readonly heights: readonly number[] } {
  const placings: Placing[] = [];
  const begins: (number | null)[] = [];
  const heights: number[] = [];
  let next = at;
  let bottom = room[0];
  let seen = at.index;
  let isFull = true;
  const stops = (piece: Piece) => isApart(piece) || (shape.columns > 1 && piece.span === true);
  for (let i = 0; i < shape.columns && isFull; i++) {
    const column = fillColumn(pieces, next, room, shape, (piece) => stops(piece) || (i > 0 && piece.newPage));
    const x = i * shape.step;
    placings.push(...(x === 0 ? column.placings : column.placings.map((placing) => ({ ...placing, x }))));
    begins.push(...column.begins);
    heights.push(column.bottom - room[0] + column.notes);
    bottom = Math.max(bottom, column.notes > 0 ? room[1] : column.bottom);
    seen = Math.max(seen, column.seen);
    ({ next, isFull } = column);
  }
  return { placings, begins, bottom, notes: 0, next, isFull, seen, heights };
}
