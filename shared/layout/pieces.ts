// A notice into pieces: title, number line, then block by block with the settings of the house style. Here stand the
// rules of GB/T 9704 about the elements of a document: run-in heads, 附件说明, 落款, and what stays with what.
import { type Block, type Paragraph, paragraphText } from "../model/block.ts";
import { type Notice, numberLine, splitTitle } from "../model/notice.ts";
import { headLength, numbering } from "../model/numbering.ts";
import type { LayoutCache } from "./cache.ts";
import { emAscent, emDescent } from "./face.ts";
import type { Anchor, Origin, Piece, PieceText } from "./flow.ts";
import type { Role } from "./fonts.ts";
import {
  type Copy,
  collect,
  placeLine,
  type RoleSpan,
  type SetLine,
  type Shape,
  setParagraph,
  warningsOf,
  widthOf,
} from "./paragraph.ts";
import { measureOf, type Setting, type StyleSheet, settingOf, type TextKind } from "./style.ts";
import { tablePieces } from "./table.ts";
import { breakTitle } from "./title.ts";
import type { TypeCase } from "./typecase.ts";

/** What every part of layout is set with. */
export interface Workshop {
  readonly style: StyleSheet;
  readonly typeCase: TypeCase;
  readonly cache: LayoutCache;
}

/** Centre of the em box above the baseline, em. */
const emCentre = (emAscent - emDescent) / 2;

/** The pieces of a notice, title first; the same objects as long as the notice is the same. */
export function noticePieces(notice: Notice, shop: Workshop): readonly Piece[] {
  return shop.cache.get(notice, "pieces", () => makePieces(notice, shop));
}

function makePieces(notice: Notice, shop: Workshop): Piece[] {
  const groups: Group[] = [titleGroup(notice, shop), ...numberGroup(notice, shop)];
  for (const [index, block] of notice.body.entries()) {
    const origin: Origin = { in: "body", notice: notice.id, block: index };
    const previous = notice.body[index - 1];
    if (block.type === "table") groups.push(tableGroup(block, origin, shop));
    else if (isSignature(block)) groups.push(signatureGroup(notice, index, shop));
    else groups.push(paragraphGroup(block, previous, notice.body[index + 1], origin, shop));
  }
  return join(groups, shop.style);
}

/** The pieces of one block, and how it stands among others. */
interface Group {
  readonly kind: TextKind | "table";
  readonly pieces: readonly Piece[];
  /** Grid lines of room; between two groups the larger one counts. */
  readonly before: number;
  readonly after: number;
  readonly isHead: boolean;
}

/** Puts room and keeps between the groups. */
function join(groups: readonly Group[], style: StyleSheet): Piece[] {
  const pieces: Piece[] = [];
  for (const [index, group] of groups.entries()) {
    const previous = groups[index - 1];
    const next = groups[index + 1];
    const together = previous?.kind === group.kind;
    const lines = together ? 0 : Math.max(group.before, previous?.after ?? 0);
    const count = group.pieces.length;
    const kept = keptForEnd(next, groups[index + 2]);
    for (const [i, piece] of group.pieces.entries()) {
      const keep =
        piece.keep ||
        group.isHead ||
        // A head stands with two lines of what follows; the end of a notice with two lines of what it ends.
        (previous?.isHead === true && group.kind !== "table" && i === 0 && count > 1) ||
        i >= count - kept ||
        (group.kind === "annexNote" && isEnd(next)) ||
        (group.kind === "table" && next?.kind === "note" && i === count - 1);
      const ofTable = previous?.kind === "table" && group.kind === "note";
      const room = lines === 0 && previous?.kind === "table" && !ofTable ? belowTable : lines;
      const before = i === 0 ? room * style.grid.pitch : piece.before;
      const onGrid = piece.onGrid && !ofTable;
      const newPage = i === 0 && !together && startsPage(group.kind, style);
      pieces.push({ ...piece, onGrid, keep: keep && !(i === count - 1 && next === undefined), before, newPage });
    }
  }
  return pieces;
}

/** 附件说明 and 落款 end a notice. */
const isEnd = (group: Group | undefined): boolean =>
  group?.kind === "annexNote" || group?.kind === "signature" || group?.kind === "date";

/** How many lines of a group go with the end of its notice: two, in two paragraphs if the last has one line only. */
function keptForEnd(next: Group | undefined, afterNext: Group | undefined): number {
  if (isEnd(next)) return 2;
  return next?.kind !== "table" && next?.pieces.length === 1 && isEnd(afterNext) ? 1 : 0;
}

/** Least room between a table and the text below it, grid lines; the text then goes to the next line of the grid. Its
 *  own note follows it directly. */
const belowTable = 0.3;

const startsPage = (kind: TextKind | "table", style: StyleSheet): boolean =>
  kind !== "table" && style.newPage.includes(kind);

// ---------------------------------------------------------------- title and number

function titleGroup(notice: Notice, shop: Workshop): Group {
  const setting = settingOf(shop.style, "title");
  const lines = titleLines(notice, setting, shop);
  const origin: Origin = { in: "title", notice: notice.id };
  const anchor: Anchor = { level: "notice", title: notice.title };
  return group("title", setting, [headPiece(lines, setting, origin, shop.style, anchor)]);
}

/** Issuers on lines of their own, then the rest broken by sense. A short beginning of the rest (关于印发) that would
 *  stand alone joins the issuer. */
function titleLines(notice: Notice, setting: Setting, shop: Workshop): SetLine[] {
  const { title } = notice;
  const bounds = titleBounds(notice);
  const last = bounds.at(-1) ?? 0;
  const rest = sensibleBreaks(title, last, title.length, setting, shop);
  const [first = title.length] = rest;
  const joined = title.slice(bounds.at(-2) ?? 0, first);
  const joins =
    bounds.length > 1 &&
    rest.length > 1 &&
    first - last <= shortBeginning &&
    widthOf(plain(joined, setting, shop.style), shop.typeCase) <= titleRoom(setting, shop.style);
  const ends = [...(joins ? bounds.slice(1, -1) : bounds.slice(1)), ...rest];
  return centred(title, 0, ends, setting, shop);
}

const shortBeginning = 6;

/** Where the issuers' lines begin, and the rest: 0 alone when the title does not begin with its issuers. */
function titleBounds(notice: Notice): number[] {
  const { issuers } = splitTitle(notice);
  const bounds = [0];
  for (const issuer of issuers) {
    const end = notice.title.indexOf(issuer, bounds.at(-1)) + issuer.length;
    bounds.push(end + (/^[\s、，]+/u.exec(notice.title.slice(end))?.[0].length ?? 0));
  }
  return bounds;
}

const titleRoom = (setting: Setting, style: StyleSheet): number => measureOf(style) / setting.size - 2;

/** UTF-16 offsets at which the lines of text [from, to) end. */
function sensibleBreaks(text: string, from: number, to: number, setting: Setting, shop: Workshop): number[] {
  const galley = collect(plain(text, setting, shop.style), from, to, shop.typeCase);
  return breakTitle(galley, titleRoom(setting, shop.style)).map((end) => galley.sorts[end]?.at ?? to);
}

/** Lines of text from `from` to each of the offsets, centred. */
function centred(text: string, from: number, ends: readonly number[], setting: Setting, shop: Workshop): SetLine[] {
  const copy = plain(text, setting, shop.style);
  const room = measureOf(shop.style) / setting.size;
  return ends.map((end, i) => {
    const galley = collect(copy, ends[i - 1] ?? from, end, shop.typeCase);
    return placeLine(galley, 0, galley.sorts.length, { indent: 0, room, align: setting.align, size: setting.size });
  });
}

function numberGroup(notice: Notice, shop: Workshop): Group[] {
  const number = numberLine(notice);
  if (!number) return [];
  const [open, close] = shop.style.numberBrackets;
  const setting = settingOf(shop.style, "number");
  const text = open + number + close;
  const lines = setParagraph(plain(text, setting, shop.style), shapeOf(setting, shop.style), shop.typeCase);
  return [group("number", setting, linePieces(lines, { in: "number", notice: notice.id }, shop.style))];
}

// ---------------------------------------------------------------- paragraphs

const heads = new Set<TextKind>(["documentTitle", "annexTitle"]);

function paragraphGroup(
  block: Paragraph,
  previous: Block | undefined,
  next: Block | undefined,
  origin: Origin,
  shop: Workshop,
): Group {
  const { kind } = block.attrs;
  const setting = settingOf(shop.style, kind);
  const follows = kind === "annexNote" && previous?.type === "paragraph" && previous.attrs.kind === "annexNote";
  const lines = shop.cache.get(block, follows ? "follows" : "", () => paragraphLines(block, follows, setting, shop));
  const text = paragraphText(block);
  const anchor = anchorOf(block, next);
  if (setting.lines !== 1) {
    const piece = headPiece(lines, setting, origin, shop.style, anchor);
    return group(kind, setting, [piece], setting.keepWithNext);
  }
  const pieces = linePieces(lines, origin, shop.style, anchor);
  // A run-in head is no head: its paragraph goes on.
  const standsAlone = setting.lead?.until === "sentence" ? leadLength(text, setting) === text.length : true;
  return group(kind, setting, pieces, setting.keepWithNext && standsAlone);
}

function paragraphLines(block: Paragraph, follows: boolean, usual: Setting, shop: Workshop): SetLine[] {
  const text = paragraphText(block);
  const { kind, align } = block.attrs;
  const setting = align ? { ...usual, align } : usual;
  if (heads.has(kind)) {
    let at = 0;
    return text.split("\n").flatMap((part) => {
      const from = at;
      at += part.length + 1;
      const to = from + part.length;
      return part ? centred(text, from, sensibleBreaks(text, from, to, setting, shop), setting, shop) : [];
    });
  }
  const copy: Copy = {
    text,
    roles: rolesOf(block, text, setting),
    latinGap: shop.style.latinGap,
    spread: spreadOf(block, text),
  };
  const shape = shapeOf(setting, shop.style);
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

function anchorOf(block: Paragraph, next: Block | undefined): Anchor | undefined {
  const title = paragraphText(block).replace(/\s+/gu, " ").trim();
  switch (block.attrs.kind) {
    case "documentTitle":
      return { level: "document", title };
    case "annexLabel": {
      const names = next?.type === "paragraph" && next.attrs.kind === "annexTitle";
      return {
        level: "document",
        title: names ? `${title} ${paragraphText(next).replace(/\s+/gu, " ").trim()}` : title,
      };
    }
    case "chapter":
      return { level: "chapter", title };
    case "section":
      return { level: "section", title };
    default:
      return undefined;
  }
}

// ---------------------------------------------------------------- signature and date

const isSignature = (block: Block | undefined): block is Paragraph =>
  block?.type === "paragraph" &&
  (block.attrs.kind === "signature" || block.attrs.kind === "date") &&
  !block.attrs.align;

/** 落款 without a seal (GB/T 9704 7.3.5.2): issuers begin on one vertical, the widest two characters from the right
 *  edge; the date begins two characters further right. A date longer than the issuers ends two from the edge itself. */
function signatureGroup(notice: Notice, index: number, shop: Workshop): Group {
  const block = notice.body[index];
  if (!isSignature(block)) throw new RangeError(`block ${index} of notice ${notice.id} signs nothing`);
  const { kind } = block.attrs;
  const setting = settingOf(shop.style, kind);
  let first = index;
  while (isSignature(notice.body[first - 1])) first--;
  const signers: number[] = [];
  const dates: number[] = [];
  for (let i = first; ; i++) {
    const part = notice.body[i];
    if (!isSignature(part)) break;
    const width = Math.max(...signatureLines(part, shop).map((line) => line.width));
    (part.attrs.kind === "date" ? dates : signers).push(width);
  }
  const measure = measureOf(shop.style);
  const right = measure - setting.right * setting.size;
  const inset = 2 * setting.size;
  const signer = Math.max(0, ...signers);
  const date = Math.max(0, ...dates);
  const alone = signers.length === 0;
  // Where the issuers begin; a date on its own has none to follow.
  const signerLeft = date > signer ? right - date - inset : right - signer;
  const dateLeft = alone ? right - date : signerLeft + inset;
  const left = kind === "date" ? dateLeft : signerLeft;
  const origin: Origin = { in: "body", notice: notice.id, block: index };
  const pieces = linePieces(signatureLines(block, shop), origin, shop.style).map((piece) => ({
    ...piece,
    texts: piece.texts.map((text) => ({ ...text, x: Math.max(0, left) })),
  }));
  // Issuers and date follow each other without room, whatever their kinds ask for.
  const together = isSignature(notice.body[index - 1]);
  const made = group(kind, setting, pieces, isSignature(notice.body[index + 1]));
  return together ? { ...made, before: 0 } : made;
}

/** Lines of a signature or date, flush left. */
function signatureLines(block: Paragraph, shop: Workshop): SetLine[] {
  const setting = settingOf(shop.style, block.attrs.kind);
  return shop.cache.get(block, "signature", () =>
    paragraphLines({ ...block, attrs: { ...block.attrs, align: "left" } }, false, { ...setting, indent: 0 }, shop),
  );
}

// ---------------------------------------------------------------- tables

function tableGroup(block: Extract<Block, { type: "table" }>, origin: Origin, shop: Workshop): Group {
  const pieces = shop.cache.get(block, "table", () => tablePieces(block, shop.style, shop.typeCase));
  return { kind: "table", pieces: pieces.map((piece) => ({ ...piece, origin })), before: 0, after: 0, isHead: false };
}

// ---------------------------------------------------------------- pieces of lines

function group(kind: TextKind, setting: Setting, pieces: readonly Piece[], isHead = setting.keepWithNext): Group {
  return { kind, pieces, before: setting.before, after: setting.after, isHead };
}

const plain = (text: string, setting: Setting, style: StyleSheet): Copy => ({
  text,
  roles: [{ to: text.length, role: setting.role }],
  latinGap: style.latinGap,
});

function shapeOf(setting: Setting, style: StyleSheet): Shape {
  return {
    size: setting.size,
    measure: measureOf(style),
    align: setting.align,
    indents: (_, index) => [index === 0 ? setting.indent : setting.hanging, setting.hanging],
    right: setting.right,
  };
}

const empty = { rules: [], onGrid: true, before: 0, newPage: false } as const;

/** A piece a line, each on its line of the grid, with the style's orphans and widows. */
function linePieces(lines: readonly SetLine[], origin: Origin, style: StyleSheet, anchor?: Anchor): Piece[] {
  const { pitch, em } = style.grid;
  const y = pitch / 2 + emCentre * em;
  return lines.map((line, i) => ({
    ...empty,
    origin,
    height: pitch,
    texts: textsOf(line, y),
    warnings: warningsOf(line),
    keep: i < lines.length - 1 && (i < style.orphans - 1 || i >= lines.length - style.widows),
    ...(i === 0 && anchor ? { anchor } : {}),
  }));
}

/** One piece of all lines: a head that takes whole lines of the grid. */
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
    ...empty,
    origin,
    height,
    texts: lines.flatMap((line, i) => textsOf(line, top + (i + 0.5) * step + emCentre * setting.size)),
    warnings: lines.flatMap(warningsOf),
    keep: false,
    ...(anchor ? { anchor } : {}),
  };
}

function textsOf(line: SetLine, y: number): PieceText[] {
  return line.runs.map((run) => ({ run, x: 0, y }));
}
