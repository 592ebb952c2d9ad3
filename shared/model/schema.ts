// The ProseMirror schema of a notice body. The JSON of its documents is exactly block.ts, and the two forms are tied
// by identity: a top-level node that was not touched gives back the very Block object it was made from, so a keystroke
// becomes a patch of one block and every cache keyed on blocks stays warm. Offsets agree too: a hard break and a UTF-16
// unit of text both count one, in ProseMirror and in paragraphText.
import { type Node, Schema } from "prosemirror-model";
import {
  type Align,
  type Block,
  type Cell,
  type Inline,
  type Paragraph,
  type ParagraphKind,
  paragraphKinds,
  type Table,
} from "./block.ts";

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

function writeCell(node: Node): Record<string, string> {
  const { colspan, rowspan, colwidth, align } = node.attrs as Cell["attrs"];
  const attrs: Record<string, string> = {};
  if (colspan !== 1) attrs.colspan = String(colspan);
  if (rowspan !== 1) attrs.rowspan = String(rowspan);
  if (colwidth) attrs["data-colwidth"] = colwidth.join(",");
  if (align) attrs["data-align"] = align;
  return attrs;
}

export const schema = new Schema({
  nodes: {
    doc: { content: "(paragraph | table)+" },
    paragraph: {
      content: "(text | hard_break)*",
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
      tableRole: "table",
      isolating: true,
      parseDOM: [{ tag: "table" }],
      toDOM: () => ["table", ["tbody", 0]],
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
    text: {},
    hard_break: {
      inline: true,
      selectable: false,
      linebreakReplacement: true,
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
      block = node.type === schema.nodes.table ? writeTable(node) : writeParagraph(node);
      tie(node, block);
    }
    return block;
  });
}

function writeParagraph(node: Node): Paragraph {
  const { kind, align } = node.attrs as Paragraph["attrs"];
  const attrs = align ? { kind, align } : { kind };
  if (node.childCount === 0) return { type: "paragraph", attrs };
  const content = node.children.map((child): Inline => {
    if (!child.isText) return { type: "hard_break" };
    const text = child.text ?? "";
    return child.marks.length > 0 ? { type: "text", text, marks: [{ type: "strong" }] } : { type: "text", text };
  });
  return { type: "paragraph", attrs, content };
}

function writeTable(table: Node): Table {
  return {
    type: "table",
    content: table.children.map((row) => ({
      type: "table_row",
      content: row.children.map((cell): Cell => {
        const { colspan, rowspan, colwidth, align } = cell.attrs as Cell["attrs"];
        const attrs = { colspan, rowspan, colwidth };
        return {
          type: cell.type === schema.nodes.table_header ? "table_header" : "table_cell",
          attrs: align ? { ...attrs, align } : attrs,
          content: cell.children.map(writeParagraph),
        };
      }),
    })),
  };
}

/** A place in a body: the paragraph, and the UTF-16 offset in its text. */
export interface Place {
  readonly block: number;
  /** Set when the block is a table: row, cell of that row, paragraph of that cell. */
  readonly cell?: readonly [row: number, cell: number, paragraph: number];
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

/** The document position of a place, with its offset held inside the paragraph; null when the paragraph is not there. */
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
  if (node.type !== schema.nodes.paragraph) return null;
  return position + 1 + Math.max(0, Math.min(place.from, node.content.size));
}
