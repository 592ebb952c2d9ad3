// Placed pieces into pages of items: the last step of layout, where type-area coordinates become page coordinates and
// folios are added. An unchanged body page is the same Page object as in the layout before, so an edit repaints little.
import type { Notice, NoticeId } from "../model/notice.ts";
import type { FaceId, Item, LayoutWarning, Link, Page, Rule, Source, TextRun } from "./display.ts";
import type { Origin, Piece, PieceText, PieceWarning, Placing } from "./flow.ts";
import type { FrontPage } from "./front.ts";
import { setParagraph } from "./paragraph.ts";
import type { Workshop } from "./pieces.ts";
import { measureOf, type StyleSheet } from "./style.ts";

export interface Printed {
  readonly page: Page;
  readonly faces: ReadonlySet<FaceId>;
  readonly troubles: readonly { readonly piece: Piece; readonly warning: PieceWarning; readonly y: number }[];
}

const mm = 72 / 25.4;
const round = (value: number): number => Math.round(value * 1000) / 1000;
const sizeOf = (style: StyleSheet) => ({ width: round(style.page.width * mm), height: round(style.page.height * mm) });

/** Top of the type area, pt from the head of the page. */
export const typeAreaTop = (style: StyleSheet): number => style.typeArea.top * mm;

/** Left edge of the type area: the binding is at the left of an odd (right-hand) page, at the right of an even one. */
function typeAreaLeft(style: StyleSheet, isOdd: boolean): number {
  return isOdd ? style.typeArea.inner * mm : (style.page.width - style.typeArea.inner) * mm - measureOf(style);
}

/** `index`: place of the page among all pages. */
export function printFront(front: FrontPage, index: number, style: StyleSheet): Printed {
  const x = typeAreaLeft(style, index % 2 === 0);
  const top = typeAreaTop(style);
  const { items, faces, troubles } = print(front.placings, x, top);
  const links = front.lines.map(
    ({ line, y, height }): Link => ({
      kind: "link",
      x: round(x),
      y: round(top + y),
      width: round(measureOf(style)),
      height: round(height),
      notice: line.notice.id,
    }),
  );
  const page: Page = { ...sizeOf(style), kind: front.kind, label: front.label, items: [...items, ...links] };
  return { page, faces, troubles };
}

/** The body page with folio `number`; odd ones are right-hand pages. */
export function printBody(placings: readonly Placing[], number: number, shop: Workshop): Printed {
  const first = placings[0];
  if (!first) throw new RangeError(`body page ${number} has no pieces`);
  const kept = shop.cache.get(first.piece, "page", (): { placings: readonly Placing[]; printed: Printed | null } => ({
    placings: [],
    printed: null,
  }));
  if (kept.printed?.page.label === String(number) && same(kept.placings, placings)) return kept.printed;
  const { style } = shop;
  const isOdd = number % 2 === 1;
  const x = typeAreaLeft(style, isOdd);
  const { items, faces, troubles } = print(placings, x, typeAreaTop(style));
  const folio = folioRuns(String(number), x, isOdd, shop);
  for (const run of folio) faces.add(run.face);
  const page: Page = { ...sizeOf(style), kind: "body", label: String(number), items: [...items, ...folio] };
  kept.placings = placings;
  kept.printed = { page, faces, troubles };
  return kept.printed;
}

function same(a: readonly Placing[], b: readonly Placing[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, i) => {
      const other = b[i];
      return one.piece === other?.piece && one.y === other.y && one.edges.length === other.edges.length;
    })
  );
}

/** — 1 —: at the outer edge, a character in (GB/T 9704 7.5). */
function folioRuns(number: string, x: number, isOdd: boolean, shop: Workshop): TextRun[] {
  const { role, size, pattern, below, inset } = shop.style.folio;
  const text = pattern.replace("{n}", number);
  const shape = {
    size,
    measure: measureOf(shop.style),
    align: isOdd ? ("right" as const) : ("left" as const),
    indents: () => [isOdd ? 0 : inset, 0] as const,
    right: isOdd ? inset : 0,
  };
  const copy = { text, roles: [{ to: text.length, role }], latinGap: 0 };
  const y = typeAreaTop(shop.style) + shop.style.grid.pitch * shop.style.grid.lines + below * mm;
  return setParagraph(copy, shape, shop.typeCase).flatMap((line) =>
    line.runs.map((run) => textRun({ run, x: 0, y: 0, artifact: "folio" }, x, y)),
  );
}

function print(placings: readonly Placing[], x: number, top: number) {
  const items: Item[] = [];
  const faces = new Set<FaceId>();
  const troubles: { piece: Piece; warning: PieceWarning; y: number }[] = [];
  const put = (run: TextRun) => {
    faces.add(run.face);
    items.push(run);
  };
  for (const { piece, y, head, edges, spanning } of placings) {
    if (head) {
      const above = top + y - head.height;
      for (const text of head.texts) put(textRun({ artifact: "repeat", ...text }, x, above, piece.origin));
      for (const rule of head.rules) items.push(moved(rule, x, above));
    }
    for (const text of spanning) put(textRun(text, x, top + y, piece.origin));
    for (const text of piece.texts) put(textRun(text, x, top + y, piece.origin));
    for (const rule of piece.rules) items.push(moved(rule, x, top + y));
    for (const rule of edges) items.push(moved(rule, x, top + y));
    for (const warning of piece.warnings) troubles.push({ piece, warning, y: round(top + y) });
  }
  return { items, faces, troubles };
}

function textRun(text: PieceText, x: number, y: number, origin?: Origin): TextRun {
  const { run } = text;
  return {
    kind: "text",
    face: run.face,
    size: run.size,
    ink: text.ink ?? "black",
    x: round(x + text.x + run.x),
    y: round(y + text.y),
    gids: run.gids,
    xs: run.xs,
    text: run.text,
    starts: run.starts,
    ...(run.cuts ? { cuts: run.cuts } : {}),
    ...(origin ? { source: sourceOf(origin, run.from, text.cell) } : {}),
    ...(text.artifact ? { artifact: text.artifact } : {}),
  };
}

const moved = (rule: Rule, x: number, y: number): Rule => ({
  ...rule,
  x1: round(rule.x1 + x),
  y1: round(rule.y1 + y),
  x2: round(rule.x2 + x),
  y2: round(rule.y2 + y),
});

function sourceOf(origin: Origin, from: number, cell: PieceText["cell"]): Source {
  if (origin.in === "front") return origin;
  if (origin.in === "body") return cell ? { ...origin, cell, from } : { ...origin, from };
  return { ...origin, from };
}

// ---------------------------------------------------------------- warnings

/** The troubles of a page as warnings, each with a sentence that names its place. */
export function warningsOfPage(
  printed: Printed,
  page: number,
  notices: ReadonlyMap<NoticeId, Notice>,
  style: StyleSheet,
): LayoutWarning[] {
  return printed.troubles.map(({ piece: { origin }, warning, y }) => {
    const place = origin.in === "front" ? frontNames[origin.part] : `《${notices.get(origin.notice)?.title ?? ""}》`;
    return {
      code: warning.code,
      message: sentence(warning, place, style),
      page,
      y,
      source: sourceOf(origin, warning.from, warning.cell),
      ...(warning.text === undefined ? {} : { text: warning.text }),
    };
  });
}

const frontNames = { cover: "封面", contents: "目录", imprint: "版权页" } as const;

function sentence(warning: PieceWarning, place: string, style: StyleSheet): string {
  switch (warning.code) {
    case "missingGlyph": {
      const code = (warning.text?.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
      return `${place}中的“${warning.text}”（U+${code}）没有字体可印，请安装含有此字的字体，或改用他字。`;
    }
    case "overfullLine":
      return `${place}中有一个字比所在的栏还宽，请放宽这一栏。`;
    case "shrunkTable":
      return `${place}中有一个表栏目多，字号由${style.table.sizes[0]}磅缩小，请看是否合适。`;
    case "splitRow":
      return `${place}中有一个表的一行高过一页，已断成两页。`;
  }
}
