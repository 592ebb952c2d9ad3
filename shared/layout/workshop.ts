// What every part of layout is set with, and the ways from set lines to pieces: a line each on its line of the grid, or
// a head that takes whole lines 占行. A group is the pieces of one block and what it asks of its neighbours.
import type { LayoutCache } from "./cache.ts";
import { emAscent, emDescent } from "./face.ts";
import type { Anchor, Origin, Piece, PieceText } from "./flow.ts";
import type { Copy } from "./galley.ts";
import { type SetLine, type Shape, warningsOf } from "./paragraph.ts";
import { measureOf, type Setting, type StyleSheet, type TextKind, typeAreaWidth } from "./style.ts";
import type { TypeCase } from "./typecase.ts";

export interface Workshop {
  readonly style: StyleSheet;
  readonly typeCase: TypeCase;
  readonly cache: LayoutCache;
}

/** Where a block stands: in a column, across all columns 通栏, or on a landscape page. */
export type Room = "column" | "across" | "landscape";

/** Width to fill, pt. */
export function measureIn(room: Room, style: StyleSheet): number {
  if (room === "landscape") return style.grid.pitch * style.grid.lines;
  return room === "across" ? typeAreaWidth(style) : measureOf(style);
}

/** Most height of what stands there, pt. */
export function heightIn(room: Room, style: StyleSheet): number {
  return room === "landscape" ? typeAreaWidth(style) : style.grid.pitch * style.grid.lines;
}

/** The pieces of one block, and how it stands among others. */
export interface Group {
  readonly kind: TextKind | "table" | "figure";
  readonly pieces: readonly Piece[];
  /** Grid lines of room; between two groups the larger one counts. */
  readonly before: number;
  readonly after: number;
  readonly isHead: boolean;
  readonly room: Room;
  /** A forced break stands before it. */
  readonly begins?: "page" | "column";
}

export function group(
  kind: TextKind,
  setting: Setting,
  pieces: readonly Piece[],
  room: Room,
  isHead = setting.keepWithNext,
): Group {
  return { kind, pieces, before: setting.before, after: setting.after, isHead, room };
}

/** Text of one role. */
export const plain = (text: string, setting: Setting, style: StyleSheet): Copy => ({
  text,
  roles: [{ to: text.length, role: setting.role }],
  latinGap: style.latinGap,
  marks: style.marks,
});

export function shapeOf(setting: Setting, room: Room, style: StyleSheet): Shape {
  return {
    size: setting.size,
    measure: measureIn(room, style),
    align: setting.align,
    composition: style.composition,
    composer: style.composer,
    indents: (_, index) => [index === 0 ? setting.indent : setting.hanging, setting.hanging],
    right: setting.right,
  };
}

/** Centre of the em box above the baseline, em. */
export const emCentre = (emAscent - emDescent) / 2;

/** A piece that asks for nothing. */
export const plainPiece = {
  texts: [],
  rules: [],
  onGrid: true,
  before: 0,
  newPage: false,
  keep: false,
  warnings: [],
} as const;

/** A piece a line, each on its line of the grid, with the style's orphans and widows. */
export function linePieces(lines: readonly SetLine[], origin: Origin, style: StyleSheet, anchor?: Anchor): Piece[] {
  const { pitch, em } = style.grid;
  const y = pitch / 2 + emCentre * em;
  return lines.map((line, i) => ({
    ...plainPiece,
    origin,
    height: pitch,
    texts: textsOf(line, y),
    warnings: warningsOf(line),
    keep: i < lines.length - 1 && (i < style.orphans - 1 || i >= lines.length - style.widows),
    ...(i === 0 && anchor ? { anchor } : {}),
  }));
}

/** A head in one piece; one that would fill half its page a line each. */
export function headPieces(
  lines: readonly SetLine[],
  setting: Setting,
  origin: Origin,
  room: Room,
  style: StyleSheet,
  anchor?: Anchor,
): Piece[] {
  const whole = headPiece(lines, setting, origin, style, anchor);
  if (lines.length < 2 || whole.height <= heightIn(room, style) / 2) return [whole];
  return lines.map((line, i) => headPiece([line], setting, origin, style, i === 0 ? anchor : undefined));
}

/** One piece of all lines, which take whole lines of the grid. */
function headPiece(
  lines: readonly SetLine[],
  setting: Setting,
  origin: Origin,
  style: StyleSheet,
  anchor?: Anchor,
): Piece {
  const { pitch } = style.grid;
  const step = setting.lines * pitch;
  const height = Math.ceil(lines.length * setting.lines) * pitch;
  // What is left of the last line stands above, so that all heads have the same room below.
  const top = height - lines.length * step;
  return {
    ...plainPiece,
    origin,
    height,
    texts: lines.flatMap((line, i) => textsOf(line, top + (i + 0.5) * step + emCentre * setting.size)),
    warnings: lines.flatMap(warningsOf),
    ...(anchor ? { anchor } : {}),
  };
}

export function textsOf(line: SetLine, y: number): PieceText[] {
  return line.runs.map((run) => ({ run, x: 0, y: y - (run.rise ?? 0) }));
}
