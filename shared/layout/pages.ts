// Placed pieces into pages of items: the last step of layout, where type-area coordinates become page coordinates and
// folios, running heads and 补白 are added. An unchanged body page is the same Page object as in the layout before, so an
// edit repaints little.
import { captionOf } from "../model/block.ts";
import type { Notice, NoticeId } from "../model/notice.ts";
import type { FrontPage } from "./contents.ts";
import type { FaceId, Item, LayoutWarning, Link, Page, Picture, Rule, Source, TextRun } from "./display.ts";
import { leastResolution } from "./figure.ts";
import type { FlowPage, Origin, Piece, PiecePicture, PieceText, PieceWarning, Placing } from "./flow.ts";
import type { Role } from "./fonts.ts";
import { widthOf } from "./galley.ts";
import { mm } from "./millimetre.ts";
import { setParagraph } from "./paragraph.ts";
import { measureOf, type StyleSheet, typeAreaWidth } from "./style.ts";
import type { Workshop } from "./workshop.ts";

export interface Printed {
  readonly page: Page;
  readonly faces: ReadonlySet<FaceId>;
  readonly troubles: readonly { readonly piece: Piece; readonly warning: PieceWarning; readonly y: number }[];
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
const sizeOf = (style: StyleSheet) => ({ width: round(style.page.width * mm), height: round(style.page.height * mm) });

/** Top of the type area, pt from the head of the page. */
export const typeAreaTop = (style: StyleSheet): number => style.typeArea.top * mm;

/** Left edge of the type area: the binding is at the left of an odd (right-hand) page, at the right of an even one. */
function typeAreaLeft(style: StyleSheet, isOdd: boolean): number {
  return isOdd ? style.typeArea.inner * mm : (style.page.width - style.typeArea.inner) * mm - typeAreaWidth(style);
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
      width: round(typeAreaWidth(style)),
      height: round(height),
      notice: line.notice.id,
    }),
  );
  const page: Page = { ...sizeOf(style), kind: front.kind, label: front.label, items: [...items, ...links] };
  return { page, faces, troubles };
}

/** What a body page says beside its text. */
export interface Margins {
  /** Its folio; odd ones are right-hand pages. */
  readonly number: number;
  /** The running head 书眉; "" for none. */
  readonly head: string;
  /** The 补白 in the free room at its foot; "" for none. */
  readonly filler: string;
}

export function printBody(page: FlowPage, margins: Margins, shop: Workshop): Printed {
  const kept = shop.cache.get(page.placings, "page", (): { margins: Margins; printed: Printed } => ({
    margins,
    printed: makeBody(page, margins, shop),
  }));
  const { number, head, filler } = kept.margins;
  if (number !== margins.number || head !== margins.head || filler !== margins.filler) {
    kept.margins = margins;
    kept.printed = makeBody(page, margins, shop);
  }
  return kept.printed;
}

function makeBody(flowed: FlowPage, { number, head, filler }: Margins, shop: Workshop): Printed {
  const { style } = shop;
  const isOdd = number % 2 === 1;
  const x = typeAreaLeft(style, isOdd);
  const top = typeAreaTop(style);
  const { items, faces, troubles } = print(flowed.placings, flowed.isLandscape ? 0 : x, flowed.isLandscape ? 0 : top);
  const margin = [...folioRuns(String(number), x, isOdd, shop), ...headRuns(head, x, isOdd, shop)];
  if (filler) margin.push(...fillerRuns(filler, flowed, x, shop));
  for (const run of margin) faces.add(run.face);
  const printed = flowed.isLandscape ? items.map((item) => turned(item, x, top + typeAreaHeight(style))) : items;
  const page: Page = {
    ...sizeOf(style),
    ...(flowed.isLandscape ? { shown: 90 } : {}),
    kind: "body",
    label: String(number),
    items: [...printed, ...columnRules(flowed, x, style), ...headRules(head, x, style), ...margin],
  };
  return { page, faces, troubles };
}

export const typeAreaHeight = (style: StyleSheet): number => style.grid.pitch * style.grid.lines;

/** An item of a landscape page on the upright one: its head is at the left, on odd and even pages (GB/T 9704 7.6), its
 *  lines run upwards from `foot`. */
function turned(item: Item, left: number, foot: number): Item {
  switch (item.kind) {
    case "text":
      return { ...item, x: round(left + item.y), y: round(foot - item.x), turn: 270 };
    case "rule":
      return {
        ...item,
        x1: round(left + item.y1),
        y1: round(foot - item.x1),
        x2: round(left + item.y2),
        y2: round(foot - item.x2),
      };
    default:
      throw new RangeError(`a ${item.kind} cannot stand on a landscape page`);
  }
}

/** A text in the margin, on one line from the left edge of the type area, smaller when it would not fit. */
function marginRuns(
  text: string,
  at: {
    readonly role: Role;
    readonly size: number;
    readonly align: "left" | "center" | "right";
    readonly inset: number;
  },
  put: { readonly x: number; readonly y: number; readonly artifact: "folio" | "runningHead" | "filler" },
  ink: TextRun["ink"],
  shop: Workshop,
): TextRun[] {
  const measure = typeAreaWidth(shop.style);
  const copy = { text, roles: [{ to: text.length, role: at.role }], latinGap: 0 };
  const width = widthOf(copy, shop.typeCase) + at.inset;
  const size = width * at.size > measure ? Math.floor((measure / width) * 100) / 100 : at.size;
  const shape = {
    size,
    measure,
    align: at.align,
    indents: () => [at.align === "left" ? at.inset : 0, 0] as const,
    right: at.align === "right" ? at.inset : 0,
  };
  const [line] = setParagraph(copy, shape, shop.typeCase);
  return (line?.runs ?? []).map((run) => textRun({ run, x: 0, y: 0, ink, artifact: put.artifact }, put.x, put.y));
}

/** — 1 —: at the outer edge, a character in (GB/T 9704 7.5), or in the middle. */
function folioRuns(number: string, x: number, isOdd: boolean, shop: Workshop): TextRun[] {
  const { style } = shop;
  const { role, size, pattern, below, inset, place } = style.folio;
  const align = place === "centre" ? "center" : isOdd ? "right" : "left";
  const y = typeAreaTop(style) + typeAreaHeight(style) + below * mm;
  return marginRuns(
    pattern.replace("{n}", number),
    { role, size, align, inset },
    { x, y, artifact: "folio" },
    "black",
    shop,
  );
}

function headRuns(head: string, x: number, isOdd: boolean, shop: Workshop): TextRun[] {
  if (!head) return [];
  const { role, size, above } = shop.style.runningHead;
  const align = isOdd ? "right" : "left";
  const y = typeAreaTop(shop.style) - above * mm;
  return marginRuns(head, { role, size, align, inset: 0 }, { x, y, artifact: "runningHead" }, "black", shop);
}

function headRules(head: string, x: number, style: StyleSheet): Rule[] {
  const { rule, above, size } = style.runningHead;
  if (!head || rule === 0) return [];
  const y = typeAreaTop(style) - above * mm + size * 0.45;
  return [{ ...ruleOf(x, y, x + typeAreaWidth(style), y, rule), of: "page" }];
}

const ruleOf = (x1: number, y1: number, x2: number, y2: number, width: number): Rule => ({
  kind: "rule",
  x1: round(x1),
  y1: round(y1),
  x2: round(x2),
  y2: round(y2),
  width,
  ink: "black",
});

function columnRules({ bands, placings }: FlowPage, x: number, style: StyleSheet): Rule[] {
  const { count, gap, rule } = style.columns;
  if (rule === 0) return [];
  const top = typeAreaTop(style);
  const step = measureOf(style) + gap * style.grid.em;
  const between = Array.from({ length: count - 1 }, (_, i) => x + (i + 1) * step - (gap * style.grid.em) / 2);
  return bands.flatMap(([from, to]) => {
    // Between columns of one notice it is that notice's.
    const within = placings.flatMap(({ piece: { origin }, y }) => (y >= from && y < to ? [noticeOf(origin)] : []));
    const [notice, ...others] = new Set(within);
    const of = notice !== undefined && others.length === 0 ? { notice } : "page";
    return between.map((at) => ({ ...ruleOf(at, top + from, at, top + to, rule), of }));
  });
}

export const noticeOf = (origin: Origin): NoticeId | undefined => (origin.in === "front" ? undefined : origin.notice);

/** Free room at the foot of a page, pt; 0 on a landscape page. */
export function freeRoom({ placings, isLandscape }: FlowPage, style: StyleSheet): number {
  if (isLandscape) return 0;
  const bottom = placings.reduce((most, { piece, y }) => Math.max(most, y + piece.height), 0);
  return typeAreaHeight(style) - bottom;
}

/** A slogan in the middle of the free room. */
function fillerRuns(filler: string, page: FlowPage, x: number, shop: Workshop): TextRun[] {
  const { style } = shop;
  const { role, size, ink } = style.filler.text;
  const y = typeAreaTop(style) + typeAreaHeight(style) - freeRoom(page, style) / 2 + size * 0.35;
  return marginRuns(filler, { role, size, align: "center", inset: 0 }, { x, y, artifact: "filler" }, ink, shop);
}

/** A page that only fills the sheet. */
export function printFiller(filler: string, index: number, shop: Workshop): Printed {
  const { style } = shop;
  const { role, size, ink } = style.filler.text;
  const x = typeAreaLeft(style, index % 2 === 0);
  const y = typeAreaTop(style) + typeAreaHeight(style) * 0.45;
  const put = { x, y, artifact: "filler" } as const;
  const items = filler ? marginRuns(filler, { role, size, align: "center", inset: 0 }, put, ink, shop) : [];
  const page: Page = { ...sizeOf(style), kind: "blank", label: "空白页", items };
  return { page, faces: new Set(items.map((run) => run.face)), troubles: [] };
}

function print(placings: readonly Placing[], left: number, top: number) {
  const items: Item[] = [];
  const faces = new Set<FaceId>();
  const troubles: { piece: Piece; warning: PieceWarning; y: number }[] = [];
  const put = (run: TextRun) => {
    faces.add(run.face);
    items.push(run);
  };
  for (const { piece, x: across, y, head, edges, spanning } of inReadingOrder(placings)) {
    const x = left + across;
    if (head) {
      const above = top + y - head.height;
      for (const text of head.texts) put(textRun({ artifact: "repeat", ...text }, x, above, piece.origin));
      for (const rule of head.rules) items.push(moved(rule, x, above, piece.origin));
    }
    for (const rule of piece.under ?? []) items.push(moved(rule, x, top + y, piece.origin));
    for (const text of spanning) put(textRun(text, x, top + y, piece.origin));
    for (const text of piece.texts) put(textRun(text, x, top + y, piece.origin));
    for (const picture of piece.pictures ?? []) items.push(pictureOf(picture, x, top + y, piece.origin));
    for (const rule of piece.rules) items.push(moved(rule, x, top + y, piece.origin));
    for (const rule of edges) items.push(moved(rule, x, top + y, piece.origin));
    for (const warning of piece.warnings) troubles.push({ piece, warning, y: round(top + y) });
  }
  return { items, faces, troubles };
}

/** A footnote is read behind its paragraph, wherever on the page it stands: behind the last line of it there, or, carried
 *  over from the page before, first. */
function inReadingOrder(placings: readonly Placing[]): readonly Placing[] {
  const isNote = ({ piece }: Placing) => piece.texts[0]?.note !== undefined;
  const notes = placings.filter(isNote);
  if (notes.length === 0) return placings;
  const ordered = placings.filter((placing) => !isNote(placing));
  for (const note of notes.toReversed()) {
    const { origin } = note.piece;
    const after = ordered.findLastIndex(
      ({ piece }) => isSameOrigin(piece.origin, origin) && piece.texts[0]?.note === undefined,
    );
    ordered.splice(after + 1, 0, note);
  }
  return ordered;
}

const isSameOrigin = (a: Origin, b: Origin): boolean =>
  a.in === "body" && b.in === "body" && a.notice === b.notice && a.block === b.block;

function pictureOf(picture: PiecePicture, x: number, y: number, origin: Origin): Picture {
  if (origin.in !== "body") throw new RangeError(`a picture cannot stand in ${origin.in}`);
  return { kind: "picture", ...picture, x: round(x + picture.x), y: round(y + picture.y), source: origin };
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
    ...(origin ? { source: sourceOf(origin, run.from, text) } : {}),
    ...(text.artifact ? { artifact: text.artifact } : {}),
  };
}

const moved = (rule: Rule, x: number, y: number, origin: Origin): Rule => ({
  ...rule,
  x1: round(rule.x1 + x),
  y1: round(rule.y1 + y),
  x2: round(rule.x2 + x),
  y2: round(rule.y2 + y),
  ...(origin.in === "front" ? {} : { of: { notice: origin.notice } }),
});

function sourceOf(origin: Origin, from: number, at: Pick<PieceText, "cell" | "note">): Source {
  if (origin.in === "front") return origin;
  if (origin.in !== "body") return { ...origin, from };
  return {
    ...origin,
    ...(at.cell ? { cell: at.cell } : {}),
    ...(at.note === undefined ? {} : { note: at.note }),
    from,
  };
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
      message: sentence(warning, place + figureName(origin, warning, notices), style),
      page,
      y,
      source: sourceOf(origin, warning.from, warning),
      ...(warning.text === undefined ? {} : { text: warning.text }),
    };
  });
}

const frontNames = { cover: "封面", contents: "目录", imprint: "版权页", section: "栏目页", annual: "总目录" } as const;

/** 中的图“图1 新桥”: a picture in its notice, by its caption or by what is said of it. */
function figureName(origin: Origin, { code }: PieceWarning, notices: ReadonlyMap<NoticeId, Notice>): string {
  if (code !== "coarsePicture" || origin.in !== "body") return "";
  const body = notices.get(origin.notice)?.body ?? [];
  const figure = body[origin.block];
  const words = captionOf(body, origin.block) || (figure?.type === "figure" ? figure.attrs.alt : "");
  const number = body.slice(0, origin.block + 1).filter(({ type }) => type === "figure").length;
  return words ? `中的图“${words}”` : `中的第${number}幅图`;
}

/** The character that a warning is about, with its code. */
function named({ text = "" }: PieceWarning): string {
  return `“${text}”（U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}）`;
}

function sentence(warning: PieceWarning, place: string, style: StyleSheet): string {
  switch (warning.code) {
    case "missingGlyph":
      return `${place}中的${named(warning)}没有字体可印，请安装含有此字的字体，或改用他字。`;
    case "standInFace":
      return `${place}中的${named(warning)}${warning.said}，请看字形是否合适。`;
    case "overfullLine":
      return `${place}中有一个字比所在的栏还宽，请放宽这一栏。`;
    case "tornLine":
      return `${place}中有一行断在字母、数字中间或不该断的标点处，请看是否合适。`;
    case "shrunkTable":
      return `${place}中有一个表栏目多，字号由${style.table.sizes[0]}磅缩小，请看是否合适。`;
    case "coarsePicture": {
      const resolution = Math.floor(warning.resolution ?? 0);
      return `${place}每英寸只有${resolution}个像素，不到${leastResolution}，印出来会模糊，请换一幅更大的，或缩小它的宽度。`;
    }
    case "splitRow":
      return `${place}中有一个表的一行高过一页，已断成两页。`;
  }
}
