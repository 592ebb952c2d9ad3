// Texts of the front matter: a line in one of the style's front settings, spaced, centred, made to fit the type area;
// lines stacked on each other, and red rules. Cover, contents and imprint are made of these.
import type { FrontPart, Ink, Rule } from "./display.ts";
import { emAscent, emDescent } from "./face.ts";
import type { Origin, Piece, PieceText, Placing, Slab } from "./flow.ts";
import { type Copy, widthOf } from "./galley.ts";
import { type SetLine, type Shape, setParagraph, warningsOf } from "./paragraph.ts";
import { type FrontText, type StyleSheet, typeAreaWidth } from "./style.ts";
import type { Workshop } from "./workshop.ts";

/** What is made for one part of the front matter. */
export interface Made {
  readonly slab: Slab;
  readonly part: FrontPart;
  readonly lines: readonly SetLine[];
}

export function alone(made: Made, y: number): Placing {
  return { piece: pieceOf(made), x: 0, y, head: null, edges: [], spanning: [] };
}

export function pieceOf(made: Made): Piece {
  const origin: Origin = { in: "front", part: made.part };
  const warnings = made.lines.flatMap(warningsOf);
  return { ...made.slab, origin, warnings, onGrid: false, before: 0, newPage: false, keep: false };
}

export const copyOf = (text: string, font: FrontText, style: StyleSheet): Copy => ({
  text,
  roles: [{ to: Math.max(1, text.length), role: font.role }],
  latinGap: style.latinGap,
  ...(font.spacing > 0 ? { spread: spaced(text, font.spacing) } : {}),
});

function spaced(text: string, room: number): ReadonlyMap<number, number> {
  const spread = new Map<number, number>();
  let at = 0;
  for (const character of text) {
    spread.set(at, room);
    at += character.length;
  }
  return spread;
}

/** Centred on one line, smaller when it would not fit. */
export function oneLine(text: string, font: FrontText, shop: Workshop): SetLine[] {
  const measure = typeAreaWidth(shop.style);
  const copy = copyOf(text, font, shop.style);
  const width = widthOf(copy, shop.typeCase) * font.size;
  const size = width > measure ? Math.floor((font.size * measure * 10) / width) / 10 : font.size;
  return setParagraph(copy, shapeOf(size, measure, "center"), shop.typeCase);
}

export const shapeOf = (size: number, measure: number, align: Shape["align"], hanging = 0): Shape => ({
  size,
  measure,
  align,
  indents: () => [0, hanging],
  right: 0,
});

/** Texts of lines that follow each other at `pitch` from `top`. */
export function stack(lines: readonly SetLine[], top: number, pitch: number, ink: Ink, x = 0): PieceText[] {
  return lines.flatMap((line, i) =>
    line.runs.map((run) => ({
      run,
      x,
      y: top + (i + 0.5) * pitch + ((emAscent - emDescent) / 2) * run.size,
      ink,
    })),
  );
}

export const redRule = (y: number, width: number, thick: number): Rule => ({
  kind: "rule",
  x1: 0,
  y1: y,
  x2: width,
  y2: y,
  width: thick,
  ink: "red",
});
