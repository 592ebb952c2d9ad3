// The ProseMirror schema of a notice body. The JSON of its documents is exactly block.ts, and the two forms are tied
// by identity: a top-level node that was not touched gives back the very Block object it was made from, so a keystroke
// becomes a patch of one block and every cache keyed on blocks stays warm. Offsets agree too: a hard break, a footnote and
// a UTF-16 unit of text each count one, in ProseMirror and in paragraphText.
import { type Node, Schema } from "prosemirror-model";
import {
  type Align,
  type Block,
  type Cell,
  type Figure,
  type Footnote,
  type ForcedBreak,
  type Inline,
  noteMark,
  type Paragraph,
  type ParagraphKind,
  paragraphKinds,
  type Row,
  type Table,
} from "./block.ts";
import { figureAttrs, footnoteAttrs, ShapeError } from "./check.ts";

/** The part of a DOM element that parsing reads; shared code knows no DOM. */
interface Element {
  getAttribute(name: string): string | null;
}

const aligns: readonly string[] = ["left", "center", "right", "justify"] satisfies Align[];

function isKind(value: string | null): value is ParagraphKind {
  return paragraphKinds.some((kind) => kind === value);
}

function readAlign(value: string | null): Align | null {
  return value !== null && aligns.includes(value) ? (value as Align) : null;
}

const cellAttrs = {
  colspan: { default: 1 },
  rowspan: { default: 1 },
  colwidth: { default: null },
  align: { default: null },
};

function readCell(element: Element): Cell["attrs"] {
  const span = (name: string) => Math.max(1, Number.parseInt(element.getAttribute(name) ?? "1", 10) || 1);
  const colspan = span("colspan");
  const widths = (element.getAttribute("data-colwidth") ?? "").split(",").map(Number);
  return {
    colspan,
    rowspan: span("rowspan"),
    colwidth: widths.length === colspan && widths.every((width) => width > 0) ? widths : null,
    align: readAlign(element.getAttribute("data-align")),
  };
}

function writeTableAttrs(node: Node): Record<string, string> {
  const { landscape, wholeRows } = node.attrs as NonNullable<Table["attrs"]>;
  return { ...(landscape && { "data-landscape": "true" }), ...(wholeRows && { "data-whole-rows": "true" }) };
}

function writeCell(node: Node): Record<string, string> {
  const { colspan, rowspan, colwidth, align } = node.attrs as Cell["attrs"];
  const attrs: Record<string, string> = {};
  if (colspan !== 1) attrs.colspan = String(colspan);
  if (rowspan !== 1) attrs.rowspan = String(rowspan);
  if (colwidth) attrs["data-colwidth"] = colwidth.join(",");
  if (align) attrs["data-align"] = align;
  return attrs;
}

/** What `check` makes of values found in HTML; false, which parses no node, when they are not what this schema writes. */
function readAttrs<T>(check: (value: unknown, path: string) => T, given: unknown): T | false {
  try {
    return check(given, "attrs");
  } catch (error) {
    if (error instanceof ShapeError) return false;
    throw error;
  }
}

function readFigure(element: Element): Figure["attrs"] | false {
  const [width, height, share] = ["data-width", "data-height", "data-share"].map((name) =>
    Number(element.getAttribute(name)),
  );
  const [image, alt] = [element.getAttribute("data-image"), element.getAttribute("data-alt") ?? ""];
  return readAttrs(figureAttrs, { image, width, height, share, alt });
}

function writeFigure(node: Node): Record<string, string> {
  const { image, width, height, share, alt } = node.attrs as Figure["attrs"];
  return {
    "data-image": image,
    "data-width": String(width),
    "data-height": String(height),
    "data-share": String(share),
    "data-alt": alt,
  };
}

export const schema = new Schema({
  nodes: {
    doc: { content: "(paragraph | table | figure | forced_break)+" },
    paragraph: {
      content: "(text | hard_break | footnote)*",
      marks: "strong",
      attrs: { kind: { default: "body" }, align: { default: null } },
      parseDOM: [
        {
          tag: "p",
          getAttrs(element: Element) {
            const kind = element.getAttribute("data-kind");
            return { kind: isKind(kind) ? kind : "body", align: readAlign(element.getAttribute("data-align")) };
          },
        },
      ],
      toDOM(node) {
        const { kind, align } = node.attrs as Paragraph["attrs"];
        return ["p", align ? { "data-kind": kind, "data-align": align } : { "data-kind": kind }, 0];
      },
    },
    // The roles, isolation and attributes are those that prosemirror-tables works on.
    table: {
      content: "table_row+",
      attrs: { landscape: { default: false }, wholeRows: { default: false } },
      tableRole: "table",
      isolating: true,
      parseDOM: [
        {
          tag: "table",
          getAttrs: (element: Element) => ({
            landscape: element.getAttribute("data-landscape") === "true",
            wholeRows: element.getAttribute("data-whole-rows") === "true",
          }),
        },
      ],
      toDOM: (node) => ["table", writeTableAttrs(node), ["tbody", 0]],
    },
    table_row: {
      content: "(table_cell | table_header)*",
      tableRole: "row",
      parseDOM: [{ tag: "tr" }],
      toDOM: () => ["tr", 0],
    },
    table_cell: {
      content: "paragraph+",
      attrs: cellAttrs,
      tableRole: "cell",
      isolating: true,
      parseDOM: [{ tag: "td", getAttrs: readCell }],
      toDOM: (node) => ["td", writeCell(node), 0],
    },
    table_header: {
      content: "paragraph+",
      attrs: cellAttrs,
      tableRole: "header_cell",
      isolating: true,
      parseDOM: [{ tag: "th", getAttrs: readCell }],
      toDOM: (node) => ["th", writeCell(node), 0],
    },
    figure: {
      attrs: { image: {}, width: {}, height: {}, share: {}, alt: {} },
      atom: true,
      draggable: true,
      parseDOM: [{ tag: "figure[data-image]", getAttrs: readFigure }],
      toDOM: (node) => ["figure", writeFigure(node)],
    },
    forced_break: {
      attrs: { to: { default: "page" } },
      atom: true,
      parseDOM: [
        {
          tag: "div[data-to]",
          getAttrs: (element: Element) => ({ to: element.getAttribute("data-to") === "column" ? "column" : "page" }),
        },
      ],
      toDOM: (node) => {
        const { to } = node.attrs as ForcedBreak["attrs"];
        return ["div", { class: "forced-break", "data-to": to }, to === "page" ? "分页符" : "分栏符"];
      },
    },
    text: {},
    footnote: {
      attrs: { text: {} },
      inline: true,
      atom: true,
      leafText: () => noteMark,
      parseDOM: [
        {
          tag: "sup[data-note]",
          getAttrs: (element: Element) => readAttrs(footnoteAttrs, { text: element.getAttribute("data-note") }),
        },
      ],
      toDOM: (node) => ["sup", { "data-note": String(node.attrs.text), title: String(node.attrs.text) }],
    },
    hard_break: {
      inline: true,
      selectable: false,
      linebreakReplacement: true,
      leafText: () => "\n",
      parseDOM: [{ tag: "br" }],
      toDOM: () => ["br"],
    },
  },
  marks: {
    strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
  },
});

const nodeOf = new WeakMap<Block, Node>();
const blockOf = new WeakMap<Node, Block>();

/** The document of a body. An empty body gets the one empty paragraph that an editor needs to put its caret in.
 *  Throws RangeError when a block does not fit the schema. */
export function bodyToDoc(body: readonly Block[]): Node {
  const nodes = body.map(blockToNode);
  return schema.node("doc", null, nodes.length > 0 ? nodes : [schema.node("paragraph")]);
}

export function blockToNode(block: Block): Node {
  let node = nodeOf.get(block);
  if (!node) {
    node = schema.nodeFromJSON(block);
    node.check();
    tie(node, block);
  }
  return node;
}

/** Lets a node stand for a block of equal content that is another object than it was made from, as when a body was read
 *  from the store again. */
export function tie(node: Node, block: Block): void {
  blockOf.set(node, block);
  nodeOf.set(block, node);
}

/** The body of a document; untouched top-level nodes give the Block objects they came from. */
export function docToBody(doc: Node): Block[] {
  return doc.children.map((node) => {
    let block = blockOf.get(node);
    if (!block) {
      block = writeBlock(node);
      tie(node, block);
    }
    return block;
  });
}

function writeBlock(node: Node): Block {
  switch (node.type) {
    case schema.nodes.table:
      return writeTable(node);
    case schema.nodes.figure:
      return { type: "figure", attrs: { ...(node.attrs as Figure["attrs"]) } };
    case schema.nodes.forced_break:
      return { type: "forced_break", attrs: { ...(node.attrs as ForcedBreak["attrs"]) } };
    default:
      return writeParagraph(node);
  }
}

function writeParagraph(node: Node): Paragraph {
  const { kind, align } = node.attrs as Paragraph["attrs"];
  const attrs = align ? { kind, align } : { kind };
  if (node.childCount === 0) return { type: "paragraph", attrs };
  const content = node.children.map((child): Inline => {
    if (child.type === schema.nodes.footnote)
      return { type: "footnote", attrs: { ...(child.attrs as Footnote["attrs"]) } };
    if (!child.isText) return { type: "hard_break" };
    const text = child.text ?? "";
    return child.marks.length > 0 ? { type: "text", text, marks: [{ type: "strong" }] } : { type: "text", text };
  });
  return { type: "paragraph", attrs, content };
}

function writeTable(table: Node): Table {
  const { landscape, wholeRows } = table.attrs as NonNullable<Table["attrs"]>;
  const content = table.children.map((row): Row => ({ type: "table_row", content: row.children.map(writeCellNode) }));
  return landscape || wholeRows
    ? { type: "table", attrs: { landscape, wholeRows }, content }
    : { type: "table", content };
}

function writeCellNode(cell: Node): Cell {
  const { colspan, rowspan, colwidth, align } = cell.attrs as Cell["attrs"];
  const attrs = { colspan, rowspan, colwidth };
  return {
    type: cell.type === schema.nodes.table_header ? "table_header" : "table_cell",
    attrs: align ? { ...attrs, align } : attrs,
    content: cell.children.map(writeParagraph),
  };
}

/** A place in a body: the paragraph, and the UTF-16 offset in its text. */
export interface Place {
  readonly block: number;
  /** Set when the block is a table: row, cell of that row, paragraph of that cell. */
  readonly cell?: readonly [row: number, cell: number, paragraph: number];
  /** Set for a footnote: which one of the paragraph, from 0; `from` does not count then. */
  readonly note?: number;
  readonly from: number;
}

/** The place of a document position; one between blocks counts as the start of the block after it. */
export function placeOf(doc: Node, position: number): Place {
  const $position = doc.resolve(position);
  const block = Math.min($position.index(0), doc.childCount - 1);
  if ($position.parent.type === schema.nodes.paragraph && $position.depth === 1)
    return { block, from: $position.parentOffset };
  if (doc.child(block).type !== schema.nodes.table) return { block, from: 0 };
  const index = (depth: number) => ($position.depth >= depth ? $position.index(depth) : 0);
  return { block, cell: [index(1), index(2), index(3)], from: $position.depth === 4 ? $position.parentOffset : 0 };
}

/** The document position of a place, with its offset held inside the paragraph, or before a picture or forced break;
 *  null when there is no such place. */
export function positionOf(doc: Node, place: Place): number | null {
  const path = place.cell ? [place.block, ...place.cell] : [place.block];
  let position = 0;
  let node = doc;
  for (const [depth, index] of path.entries()) {
    const child = node.maybeChild(index);
    if (!child) return null;
    if (depth > 0) position += 1;
    for (let i = 0; i < index; i++) position += node.child(i).nodeSize;
    node = child;
  }
  if (node.isBlock && node.isLeaf) return position;
  if (node.type !== schema.nodes.paragraph) return null;
  const from = place.note === undefined ? place.from : noteOffset(node, place.note);
  return from === null ? null : position + 1 + Math.max(0, Math.min(from, node.content.size));
}

function noteOffset(paragraph: Node, note: number): number | null {
  const offsets: number[] = [];
  paragraph.forEach((child, offset) => {
    if (child.type === schema.nodes.footnote) offsets.push(offset);
  });
  return offsets[note] ?? null;
}
