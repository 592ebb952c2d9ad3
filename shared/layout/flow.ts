// Pages: pieces distributed over pages of a grid. Knows heights and what must stay together, nothing of text, so the
// rules of a page stand here alone: lines on the grid, heads with what follows (背题), no signature alone, tables cut
// between rows under a repeated head.
import type { NoticeId } from "../model/notice.ts";
import type { Artifact, Ink, Rule } from "./display.ts";
import type { SetRun } from "./paragraph.ts";

/** A run on its place in a piece: `x` and baseline `y` from the piece's top left, pt. */
export interface PieceText {
  readonly run: SetRun;
  readonly x: number;
  readonly y: number;
  readonly cell?: readonly [row: number, cell: number, paragraph: number];
  readonly ink?: Ink;
  readonly artifact?: Artifact;
}

/** Where the texts of a piece come from; the runs add their offsets. */
export type Origin =
  | { readonly in: "body"; readonly notice: NoticeId; readonly block: number }
  | { readonly in: "title" | "number"; readonly notice: NoticeId }
  | { readonly in: "front"; readonly part: "cover" | "contents" | "imprint" };

/** A place that the contents or a bookmark points to. */
export interface Anchor {
  readonly level: "notice" | "document" | "chapter" | "section";
  readonly title: string;
}

export interface PieceWarning {
  readonly code: "missingGlyph" | "overfullLine" | "shrunkTable" | "splitRow";
  readonly text?: string;
  readonly from: number;
  readonly cell?: readonly [row: number, cell: number, paragraph: number];
}

/** Texts and rules that are set together. */
export interface Slab {
  readonly height: number;
  readonly texts: readonly PieceText[];
  readonly rules: readonly Rule[];
}

/** The least that a page break may separate: a line, a head, a row of a table. */
export interface Piece extends Slab {
  readonly origin: Origin;
  /** Begins on a line of the grid; rows of a table follow each other directly. */
  readonly onGrid: boolean;
  /** Room above, pt; dropped at the head of a page. */
  readonly before: number;
  readonly newPage: boolean;
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
}

/** Texts in the middle of their piece and of the `reach` ones that follow it, as far as they stand on its page. */
export interface Span {
  readonly reach: number;
  readonly height: number;
  readonly texts: readonly PieceText[];
}

export interface Placing {
  readonly piece: Piece;
  /** Top of the piece from the top of the type area, pt. */
  readonly y: number;
  /** The repeated table head above it. */
  readonly head: Slab | null;
  /** Rules at a cut, relative to the piece. */
  readonly edges: readonly Rule[];
  /** Texts of its spans, relative to the piece. */
  readonly spanning: readonly PieceText[];
}

const slack = 0.01;

/** Pages of pieces, in order. `height` of the type area and `pitch` of its grid in pt. A piece taller than a page
 *  stands on a page of its own. */
export function paginate(pieces: readonly Piece[], height: number, pitch: number): Placing[][] {
  const pages: Placing[][] = [];
  for (let start = 0; start < pieces.length; ) {
    const tops: number[] = [];
    let y = 0;
    let end = start;
    let broken = false;
    for (; end < pieces.length; end++) {
      const piece = pieces[end];
      if (!piece || (end > start && piece.newPage)) break;
      const isFirst = end === start;
      let top = isFirst ? (piece.cut?.head?.height ?? 0) : y + piece.before;
      if (piece.onGrid) top = Math.max(0, Math.ceil((top - slack) / pitch)) * pitch;
      if (!isFirst && top + piece.height > height + slack) {
        broken = true;
        break;
      }
      tops.push(top);
      y = top + piece.height;
    }
    if (broken) {
      let kept = end;
      while (kept > start && pieces[kept - 1]?.keep) kept--;
      if (kept > start) end = kept;
    }
    const spanning = (i: number): PieceText[] => {
      const piece = pieces[start + i];
      const room = (reach: number) => {
        const last = Math.min(i + reach, end - start - 1);
        return (tops[last] ?? 0) + (pieces[start + last]?.height ?? 0) - (tops[i] ?? 0);
      };
      // What is said again must not reach beyond what is left of its rows.
      const again = i === 0 ? (piece?.cut?.spans ?? []).filter(({ reach, height }) => height <= room(reach)) : [];
      return [...again, ...(piece?.spans ?? [])].flatMap(({ reach, height, texts }) =>
        texts.map((text) => ({ ...text, y: text.y + (room(reach) - height) / 2 })),
      );
    };
    pages.push(
      pieces.slice(start, end).map((piece, i) => {
        const opening = i === 0 ? (piece.cut?.opening ?? []) : [];
        const closing = start + i === end - 1 ? (pieces[end]?.cut?.closing ?? []) : [];
        return {
          piece,
          y: tops[i] ?? 0,
          head: i === 0 ? (piece.cut?.head ?? null) : null,
          edges: [...opening, ...closing.map((rule) => lowered(rule, piece.height))],
          spanning: spanning(i),
        };
      }),
    );
    start = end;
  }
  return pages;
}

const lowered = (rule: Rule, by: number): Rule => ({ ...rule, y1: rule.y1 + by, y2: rule.y2 + by });
