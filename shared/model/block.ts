// The body of a notice as plain data: the JSON of its ProseMirror document, block by block.
// Layout, import, proofing and the store read it without ProseMirror; the editor's schema (schema.ts)
// accepts exactly this shape. Blocks are never changed in place: a changed block is a new object,
// so caches may be keyed on it.

/** What a paragraph is in an official document. Numbers (一、 第三条) are literal text; the kind is derived
 *  from them once (numbering.ts) and kept, so that a secretary may overrule it. */
export const paragraphKinds = [
  "body", // 正文，款
  "addressee", // 主送机关
  "level1", // 一、
  "level2", // （一）
  "level3", // 1.
  "level4", // （1）
  "chapter", // 第一章
  "section", // 第一节
  "article", // 第一条
  "item", // （一） under an article 项
  "annexNote", // 附件说明
  "signature", // 署名
  "date", // 成文日期
  "documentTitle", // title of an embedded document
  "subtitle", // under a title: （草案） or adoption note
  "annexLabel", // 附件1
  "annexTitle", // title of an annex
  "tableTitle", // title above a table
  "unit", // 单位：人
  "note", // 备注： 注：
  "quotation", // 引文
  "names", // 名单: a line of columns parted by a tab, 姓名 and 职务
  "caption", // 图题, below a figure
  "cell", // the paragraphs of table cells
] as const;
export type ParagraphKind = (typeof paragraphKinds)[number];

/** Kinds without footnotes: what they are about is said elsewhere, and they are not set as running text. */
export const notelessKinds: readonly ParagraphKind[] = [
  "signature",
  "date",
  "documentTitle",
  "annexTitle",
  "names",
  "cell",
];

export interface TextNode {
  readonly type: "text";
  readonly text: string;
  readonly marks?: readonly Mark[];
}
export interface Mark {
  readonly type: "strong";
}
/** A forced line break inside a paragraph; counts as one position and as "\n" in text. */
export interface HardBreak {
  readonly type: "hard_break";
}
/** 脚注: its mark stands here, its text at the foot of the column. Counts as one position and as noteMark in text. */
export interface Footnote {
  readonly type: "footnote";
  readonly attrs: { readonly text: string };
}
/** What stands for a footnote in the text of its paragraph (OBJECT REPLACEMENT CHARACTER). */
export const noteMark = "\ufffc";
export type Inline = TextNode | HardBreak | Footnote;

export interface Paragraph {
  readonly type: "paragraph";
  readonly attrs: { readonly kind: ParagraphKind; readonly align?: Align | null };
  readonly content?: readonly Inline[];
}
/** null: as the house style sets this kind. */
export type Align = "left" | "center" | "right" | "justify";

export interface Cell {
  readonly type: "table_cell" | "table_header";
  readonly attrs: {
    readonly colspan: number;
    readonly rowspan: number;
    /** px of the editor, one per spanned column; only their proportions matter in print. */
    readonly colwidth: readonly number[] | null;
    readonly align?: Align | null;
  };
  readonly content: readonly Paragraph[];
}
export interface Row {
  readonly type: "table_row";
  readonly content: readonly Cell[];
}
export interface Table {
  readonly type: "table";
  /** Absent: neither. Landscape tables stand on pages of their own; whole rows are not divided between pages. */
  readonly attrs?: { readonly landscape: boolean; readonly wholeRows: boolean };
  readonly content: readonly Row[];
}
/** A picture; its caption is a paragraph of its own below it. The bytes are kept by the store under `image`. */
export interface Figure {
  readonly type: "figure";
  readonly attrs: {
    /** Lower-case SHA-256 of the file. */
    readonly image: string;
    /** Pixels. */
    readonly width: number;
    readonly height: number;
    /** Width in print as a share of the column, 0.1 … 1. */
    readonly share: number;
    /** What it shows, for those who cannot see it. */
    readonly alt: string;
  };
}
/** What follows begins a new page or column. */
export interface ForcedBreak {
  readonly type: "forced_break";
  readonly attrs: { readonly to: "page" | "column" };
}
export type Block = Paragraph | Table | Figure | ForcedBreak;

/** Replace `blocks[from, to)` by `blocks`: the unit of every edit, of its undo and of the journal. */
export interface BodyPatch {
  readonly from: number;
  readonly to: number;
  readonly blocks: readonly Block[];
}

export function paragraph(kind: ParagraphKind, text: string, align?: Align): Paragraph {
  const content: Inline[] = [];
  for (const [i, line] of text.split("\n").entries()) {
    if (i > 0) content.push({ type: "hard_break" });
    if (line) content.push({ type: "text", text: line });
  }
  const attrs = align ? { kind, align } : { kind };
  return content.length > 0 ? { type: "paragraph", attrs, content } : { type: "paragraph", attrs };
}

/** The text of a paragraph; a hard break is "\n", a footnote noteMark. Offsets into it are UTF-16 units. */
export function paragraphText(node: Paragraph): string {
  let text = "";
  for (const inline of node.content ?? []) text += inlineText(inline);
  return text;
}

export function inlineText(inline: Inline): string {
  if (inline.type === "text") return inline.text;
  return inline.type === "hard_break" ? "\n" : noteMark;
}

/** The caption of the picture at `index` of a body: the paragraph below it, "" when it has none. */
export function captionOf(body: readonly Block[], index: number): string {
  const next = body[index + 1];
  return next?.type === "paragraph" && next.attrs.kind === "caption" ? paragraphText(next).trim() : "";
}

/** The texts of a paragraph's footnotes, in the order of their marks. */
export function footnotesOf(node: Paragraph): string[] {
  return (node.content ?? []).flatMap((inline) => (inline.type === "footnote" ? [inline.attrs.text] : []));
}

/** The printed mark of the nth footnote of a notice, from 1: ① to ㊿, then anew; always one UTF-16 unit, as noteMark is.
 *  Throws RangeError below 1. */
export function footnoteMark(n: number): string {
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`there is no footnote ${n}`);
  const within = ((n - 1) % 50) + 1;
  // Unicode has them in three places.
  const first = within <= 20 ? 0x2460 : within <= 35 ? 0x3251 - 20 : 0x32b1 - 35;
  return String.fromCharCode(first + within - 1);
}

/** The paragraphs of a block in reading order, those of a table row by row. */
export function paragraphsOf(block: Block): readonly Paragraph[] {
  switch (block.type) {
    case "paragraph":
      return [block];
    case "table":
      return block.content.flatMap((row) => readingOrder(row).flatMap((cell) => cell.content));
    default:
      return [];
  }
}

/** The text of a block, one string per paragraph in reading order. Empty paragraphs give none. */
export function blockText(block: Block): string[] {
  return paragraphsOf(block)
    .map(paragraphText)
    .filter((text) => text.trim() !== "");
}

/** The cells of a row as they are read: a text that spans rows is the head of them all, so it comes first. */
export function readingOrder(row: Row): readonly Cell[] {
  const leads = row.content.filter(isGroupName);
  return leads.length === 0 ? row.content : [...leads, ...row.content.filter((cell) => !isGroupName(cell))];
}

/** A text that spans rows of the body of a table. A bare number stays beside the text it counts: on a line of its own
 *  it would be taken for a folio when the text is read out of the print. */
export function isGroupName(cell: Cell): boolean {
  return (
    cell.type === "table_cell" && cell.attrs.rowspan > 1 && !isBareNumber(cell.content.map(paragraphText).join(""))
  );
}

export const isBareNumber = (text: string): boolean => /^[\s—–\-·•－]*\d{1,4}[\s—–\-·•－]*$/u.test(text);

/** Apply a patch. Throws RangeError when it does not fit the body. */
export function patchBody(body: readonly Block[], patch: BodyPatch): Block[] {
  const { from, to, blocks } = patch;
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= body.length))
    throw new RangeError(`patch [${from}, ${to}) does not fit a body of ${body.length} blocks`);
  return [...body.slice(0, from), ...blocks, ...body.slice(to)];
}

/** The smallest patch that turns `before` into `after`, comparing blocks by identity; null when nothing changed. */
export function diffBody(before: readonly Block[], after: readonly Block[]): BodyPatch | null {
  let from = 0;
  while (from < before.length && from < after.length && before[from] === after[from]) from++;
  let end = 0;
  while (
    end < before.length - from &&
    end < after.length - from &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end++;
  if (from === before.length && from === after.length) return null;
  return { from, to: before.length - end, blocks: after.slice(from, after.length - end) };
}
