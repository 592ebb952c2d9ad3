// A paragraph of a notice into pieces, as its kind asks: run-in heads (一、黑体 （一）楷体), 附件说明 with aligned names
// (GB/T 9704 7.3.4), spaced names of chapters, heads that are broken by sense, and footnotes below their marks.
import { type Block, footnoteMark, footnotesOf, noteMark, type Paragraph, paragraphText } from "../model/block.ts";
import { headLength, numbering } from "../model/numbering.ts";
import type { Anchor, Origin, Piece } from "./flow.ts";
import type { Role } from "./fonts.ts";
import { type Copy, type RoleSpan, widthOf } from "./galley.ts";
import { headLines } from "./heading.ts";
import { type SetLine, type Shape, setParagraph, warningsOf } from "./paragraph.ts";
import { type Setting, settingOf, type TextKind } from "./style.ts";
import {
  emCentre,
  type Group,
  group,
  headPieces,
  linePieces,
  measureIn,
  plainPiece,
  type Room,
  shapeOf,
  textsOf,
  type Workshop,
} from "./workshop.ts";

const heads = new Set<TextKind>(["documentTitle", "annexTitle"]);

/** What a paragraph takes from its neighbours. */
export interface Around {
  readonly room: Room;
  /** Goes on with the 附件说明 above it. */
  readonly follows: boolean;
  readonly anchor: Anchor | undefined;
  /** Number of footnotes of the notice that stand before it. */
  readonly notes: number;
}

export function paragraphGroup(block: Paragraph, around: Around, origin: Origin, shop: Workshop): Group {
  const { kind } = block.attrs;
  const { room, follows, anchor, notes } = around;
  const setting = settingOf(shop.style, kind);
  const lines = shop.cache.get(block, `lines ${follows} ${room} ${notes}`, () =>
    paragraphLines(block, { follows, room, notes }, setting, shop),
  );
  const pieces =
    setting.lines === 1
      ? linePieces(lines, origin, shop.style, anchor)
      : headPieces(lines, setting, origin, room, shop.style, anchor);
  const text = paragraphText(block);
  // A run-in head is no head: its paragraph goes on.
  const standsAlone = setting.lead?.until === "sentence" ? leadLength(text, setting) === text.length : true;
  const footnotes = footnotesOf(block);
  const noted = footnotes.length === 0 ? pieces : withNotes(pieces, text, footnotes, around, origin, shop);
  // Room is kept around a head, none around a paragraph that only begins like one.
  const spaced = standsAlone ? setting : { ...setting, before: 0, after: 0 };
  return group(kind, spaced, noted, room, setting.keepWithNext && standsAlone);
}

export function paragraphLines(
  block: Paragraph,
  { follows, room, notes }: Pick<Around, "follows" | "room" | "notes">,
  usual: Setting,
  shop: Workshop,
): SetLine[] {
  const text = printedText(paragraphText(block), notes);
  const { kind, align } = block.attrs;
  const setting = align ? { ...usual, align } : usual;
  if (heads.has(kind)) return headLines(text, setting, room, shop);
  const copy: Copy = {
    ...raisedMarks(block),
    text,
    roles: rolesOf(block, text, setting),
    latinGap: shop.style.latinGap,
    marks: shop.style.marks,
    spread: spreadOf(block, text),
  };
  const shape = shapeOf(setting, room, shop.style);
  return setParagraph(copy, kind === "annexNote" ? annexShape(shape, follows, copy, shop) : shape, shop.typeCase);
}

/** 附件说明 (GB/T 9704 7.3.4): names are aligned, and wrap to the first character of the name. */
function annexShape(shape: Shape, follows: boolean, copy: Copy, shop: Workshop): Shape {
  const width = (text: string) =>
    widthOf(
      { ...copy, text, roles: [{ to: text.length, role: copy.roles[0]?.role ?? shop.style.body }] },
      shop.typeCase,
    );
  const labelWidth = 3;
  return {
    ...shape,
    indents: (part, index) => {
      const match = /^(附件\s*[：:]\s*)?(\d{1,2}\s*[.．、]\s*)?/u.exec(part);
      const label = match?.[1] ?? "";
      const number = match?.[2] ?? "";
      const [indent] = shape.indents(part, 0);
      const first = label || (index === 0 && !follows) ? indent : indent + labelWidth;
      // A character stands behind the prefix, so that a mark at its end is not trimmed as at the end of a line.
      const prefix = label + number ? width(`${label}${number}名`) - 1 : 0;
      return [first, first + prefix];
    },
  };
}

/** Length of the beginning that a head is set in: its number, or its first sentence; all of it when it is a head
 *  alone; 0 when the paragraph is one long sentence, or an item of a list, and so no head. */
function leadLength(text: string, setting: Setting): number {
  if (!setting.lead) return 0;
  if (setting.lead.until === "number") return numbering(text)?.length ?? 0;
  return headLength(text);
}

function rolesOf(block: Paragraph, text: string, setting: Setting): RoleSpan[] {
  const lead = leadLength(text, setting);
  const spans: { to: number; role: Role }[] = [];
  const put = (to: number, role: Role) => {
    const last = spans.at(-1);
    if (last && last.to >= to) return;
    if (last?.role === role) last.to = to;
    else spans.push({ to, role });
  };
  if (lead > 0 && setting.lead) put(lead, setting.lead.role);
  let at = 0;
  for (const inline of block.content ?? []) {
    at += inline.type === "text" ? inline.text.length : 1;
    const strong = inline.type === "text" && inline.marks?.some((mark) => mark.type === "strong");
    // Emphasis in an official document is 黑体; a title is heavy already.
    put(at, strong && setting.role !== "biaosong" ? "hei" : setting.role);
  }
  put(Math.max(1, text.length), setting.role);
  return spans;
}

/** A chapter's name of two characters is spaced to four (第一章　总　　则), a name that signs to three. */
function spreadOf(block: Paragraph, text: string): ReadonlyMap<number, number> | undefined {
  const { kind } = block.attrs;
  if (kind === "chapter" || kind === "section") {
    const name = /[\s\u3000]\p{Script=Han}{2}$/u.exec(text);
    return name ? new Map([[name.index + 1, 2]]) : undefined;
  }
  return kind === "signature" && /^\p{Script=Han}{2}$/u.test(text) ? new Map([[0, 1]]) : undefined;
}

/** What the contents and the bookmarks point to. */
export function anchorOf(block: Paragraph, next: Block | undefined): Anchor | undefined {
  const title = () => nameOf(block);
  switch (block.attrs.kind) {
    case "documentTitle":
      return { level: "document", title: title() };
    case "annexLabel": {
      const names = next?.type === "paragraph" && next.attrs.kind === "annexTitle";
      return { level: "document", title: names ? `${title()} ${nameOf(next)}` : title() };
    }
    case "chapter":
      return { level: "chapter", title: title() };
    case "section":
      return { level: "section", title: title() };
    default:
      return undefined;
  }
}

const nameOf = (block: Paragraph): string => paragraphText(block).replaceAll(noteMark, "").replace(/\s+/gu, " ").trim();

// ---------------------------------------------------------------- footnotes

/** Where the marks of the footnotes stand, as the copy takes it. */
function raisedMarks(block: Paragraph): Pick<Copy, "raised"> {
  const text = paragraphText(block);
  if (!text.includes(noteMark)) return {};
  return { raised: new Set([...text.matchAll(new RegExp(noteMark, "gu"))].map((match) => match.index)) };
}

/** The text with the marks of its footnotes, of which `before` stand above in the notice. */
function printedText(text: string, before: number): string {
  if (!text.includes(noteMark)) return text;
  let count = before;
  return text.replaceAll(noteMark, () => footnoteMark(++count));
}

/** The pieces of a paragraph, each with the lines of the footnotes whose marks stand in it. */
function withNotes(
  pieces: readonly Piece[],
  text: string,
  footnotes: readonly string[],
  { room, notes }: Around,
  origin: Origin,
  shop: Workshop,
): Piece[] {
  const marks = [...text.matchAll(new RegExp(noteMark, "gu"))].map((match) => match.index);
  const begins = pieces.map((piece) => Math.min(...piece.texts.map(({ run }) => run.from)));
  // A line without text begins where the next one does.
  for (let k = begins.length - 1; k >= 0; k--)
    if (!Number.isFinite(begins[k])) begins[k] = begins[k + 1] ?? Number.POSITIVE_INFINITY;
  return pieces.map((piece, k) => {
    const from = k === 0 ? 0 : (begins[k] ?? 0);
    const to = begins[k + 1] ?? Number.POSITIVE_INFINITY;
    const own = marks.flatMap((mark, i) => (from <= mark && mark < to ? [i] : []));
    if (own.length === 0) return piece;
    const lines = own.flatMap((i) => footnotePieces(footnotes[i] ?? "", i, notes + i + 1, room, origin, shop));
    return { ...piece, notes: lines };
  });
}

/** Lines of a footnote, under its mark; `index` in its paragraph, `number` in the notice. */
function footnotePieces(
  text: string,
  index: number,
  number: number,
  room: Room,
  origin: Origin,
  shop: Workshop,
): Piece[] {
  const { style, typeCase } = shop;
  const { role, size, leading } = style.footnote;
  const printed = footnoteMark(number) + text;
  const shape: Shape = {
    size,
    measure: measureIn(room, style),
    align: "justify",
    indents: () => [0, 1],
    right: 0,
  };
  const copy: Copy = {
    text: printed,
    roles: [{ to: printed.length, role }],
    latinGap: style.latinGap,
    marks: style.marks,
  };
  const height = size * leading;
  return setParagraph(copy, shape, typeCase).map((line) => ({
    ...plainPiece,
    origin,
    onGrid: false,
    height,
    warnings: warningsOf(line).map((warning) => ({ ...warning, note: index })),
    texts: textsOf(line, height / 2 + emCentre * size).map((one) => ({ ...one, note: index })),
  }));
}
