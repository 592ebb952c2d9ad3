// One column filled from the top: which pieces stand in it, and where. Here stand the rules of its foot and head: a
// head with what follows (背题), nothing kept apart from what it belongs to, a table closed at its cut and opened again
// under its head, a tall row divided, footnotes below the line that has their mark.
import type { Rule } from "./display.ts";
import type { Piece, PieceText, Placing } from "./flow.ts";

/** Where a column begins in the sequence of pieces. */
export interface Cursor {
  readonly index: number;
  /** What is left of the piece at `index`, when its beginning stands in the column before. */
  readonly rest: Piece | null;
  /** Lines of footnotes that found no room below their marks. */
  readonly carried: readonly Piece[];
}

export interface ColumnShape {
  readonly pitch: number;
  /** Stands above the first footnote, relative to its top. */
  readonly noteRule: Rule;
  /** Room above the footnotes, pt. */
  readonly noteGap: number;
}

export interface Column {
  readonly placings: readonly Placing[];
  /** By placing: the index of the piece that begins with it; null for a footnote, and for what is left of a piece. */
  readonly begins: readonly (number | null)[];
  /** Height that the text takes, from the top of the page, and that of the footnotes; pt. */
  readonly bottom: number;
  readonly notes: number;
  readonly next: Cursor;
  /** More of the same would have followed; else a piece that `stops` was met, or the end. */
  readonly isFull: boolean;
  /** Pieces before this index were looked at. */
  readonly seen: number;
}

interface Placed {
  readonly piece: Piece;
  readonly top: number;
  readonly index: number | null;
}

export const slack = 0.01;

/** The first line of the grid at or below y. */
export const onGrid = (y: number, pitch: number): number => Math.max(0, Math.ceil((y - slack) / pitch)) * pitch;

/** Fills a column between `top` and `foot`, pt from the head of the page. At the head of a page (top 0) at least one
 *  piece is taken, even one that is too high. `stops` says which piece does not belong to the column. */
export function fillColumn(
  pieces: readonly Piece[],
  from: Cursor,
  [top, foot]: readonly [number, number],
  shape: ColumnShape,
  stops: (piece: Piece) => boolean,
): Column {
  const placed: Placed[] = [];
  let notes = notesFitting(from.carried, foot - top, shape, top === 0);
  const carried = from.carried.slice(notes.length);
  const base = notes;
  let index = from.index;
  let rest = from.rest;
  let seen = index;
  let y = top;
  let isFull = carried.length > 0;
  let broken = false;
  while (!isFull) {
    const piece = rest ?? pieces[index];
    seen = Math.max(seen, index + 1);
    if (!piece) break;
    const begun = rest ? null : index;
    const isFirst = placed.length === 0;
    if (!rest && (stops(piece) || (!isFirst && piece.newPage))) break;
    if (!isFirst && piece.newColumn) {
      isFull = true;
      break;
    }
    let place = isFirst ? top + (piece.cut?.head?.height ?? 0) : y + piece.before;
    if (piece.onGrid) place = onGrid(place, shape.pitch);
    const room = foot - place - noteRoom(notes, shape);
    const own = piece.notes ?? [];
    const wanted = own.length === 0 ? 0 : noteRoom([...notes, ...own], shape) - noteRoom(notes, shape);
    if (piece.height + wanted > room + slack) {
      const parts = own.length === 0 ? (piece.divide?.(room) ?? null) : null;
      if (parts && parts[0].height <= room + slack) {
        placed.push({ piece: parts[0], top: place, index: begun });
        y = place + parts[0].height;
        rest = parts[1];
        isFull = true;
        break;
      }
      if (!(isFirst && top === 0)) {
        isFull = broken = true;
        break;
      }
    }
    placed.push({ piece, top: place, index: begun });
    y = place + piece.height;
    // Only a piece that had to be taken has footnotes beyond its room.
    const fitting = wanted > room - piece.height + slack ? notesFitting(own, room - piece.height, shape, false) : own;
    if (own.length > 0) notes = [...notes, ...fitting];
    index++;
    rest = null;
    if (fitting.length < own.length) {
      carried.push(...own.slice(fitting.length));
      isFull = true;
    }
  }
  if (broken) {
    let kept = placed.length;
    while (kept > 0 && placed[kept - 1]?.piece.keep) kept--;
    // A chain that fills its column from the head of the page is cut at the foot.
    if (kept > 0 || (top > 0 && from.rest === null)) {
      index -= placed.length - kept;
      if (kept < placed.length) rest = null;
      placed.length = kept;
      notes = [...base, ...placed.flatMap(({ piece }) => piece.notes ?? [])];
      const last = placed.at(-1);
      y = last ? last.top + last.piece.height : top;
    }
  }
  const next: Cursor = { index, rest, carried };
  const after = rest ?? pieces[index];
  return {
    placings: [...placings(placed, isFull ? after : undefined), ...notePlacings(notes, foot, shape)],
    begins: [...placed.map((one) => one.index), ...notes.map(() => null)],
    bottom: y,
    notes: noteRoom(notes, shape),
    next,
    isFull,
    seen,
  };
}

function placings(placed: readonly Placed[], after: Piece | undefined): Placing[] {
  return placed.map(({ piece, top }, i) => {
    const opening = i === 0 ? (piece.cut?.opening ?? []) : [];
    const closing = i === placed.length - 1 ? (after?.cut?.closing ?? []) : [];
    return {
      piece,
      x: 0,
      y: top,
      head: i === 0 ? (piece.cut?.head ?? null) : null,
      edges: [...opening, ...closing.map((rule) => lowered(rule, piece.height))],
      spanning: spanning(placed, i),
    };
  });
}

/** The texts that span this piece and those below it, in the middle of what stands in the column. */
function spanning(placed: readonly Placed[], i: number): PieceText[] {
  const one = placed[i];
  if (!one) return [];
  const room = (reach: number) => {
    const last = placed[Math.min(i + reach, placed.length - 1)] ?? one;
    return last.top + last.piece.height - one.top;
  };
  // What is said again must not reach beyond what is left of its rows.
  const again =
    i === 0 ? (one.piece.cut?.spans ?? []).filter(({ reach, height }) => height <= room(reach) + slack) : [];
  return [...again, ...(one.piece.spans ?? [])].flatMap(({ reach, height, texts }) =>
    texts.map((text) => ({ ...text, y: text.y + (room(reach) - height) / 2 })),
  );
}

const noteRoom = (notes: readonly Piece[], shape: ColumnShape): number =>
  notes.length === 0 ? 0 : notes.reduce((sum, note) => sum + note.height, shape.noteGap);

/** As many lines of footnotes as fit; at least one when `force` says that there is no better place. */
function notesFitting(notes: readonly Piece[], room: number, shape: ColumnShape, force: boolean): readonly Piece[] {
  let count = notes.length;
  while (count > 0 && noteRoom(notes.slice(0, count), shape) > room + slack) count--;
  return notes.slice(0, count === 0 && force ? 1 : count);
}

function notePlacings(notes: readonly Piece[], foot: number, shape: ColumnShape): Placing[] {
  let y = foot - noteRoom(notes, shape) + shape.noteGap;
  return notes.map((piece, i) => {
    const placing = { piece, x: 0, y, head: null, edges: i === 0 ? [shape.noteRule] : [], spanning: [] };
    y += piece.height;
    return placing;
  });
}

const lowered = (rule: Rule, by: number): Rule => ({ ...rule, y1: rule.y1 + by, y2: rule.y2 + by });
