// What is kept of pasted text: from Word, WPS or a web page come paragraphs with their literal numbers, centred or right
// alignment, bold words, and tables with their spans; every other look is the house style's. The result is blocks in
// the shape of block.ts, tables made rectangles, so nothing further on has to doubt them.
import {
  type Align,
  type Block,
  type Cell,
  type Inline,
  type Paragraph,
  type ParagraphKind,
  paragraph,
  paragraphsOf,
  type Row,
  type Table,
} from "../../shared/model/block.ts";
import { numbering } from "../../shared/model/numbering.ts";

/** The part of a DOM node that is read. */
export interface Markup {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue: string | null;
  readonly childNodes: ArrayLike<Markup>;
  getAttribute?(name: string): string | null;
}

const elementType = 1;
const textType = 3;
/** O:P is Word's mark of an empty paragraph, with a no-break space in it. */
const dropped = new Set(
  "STYLE SCRIPT TITLE HEAD META LINK XML O:P IMG SVG OBJECT NOSCRIPT TEMPLATE COL COLGROUP V:SHAPE".split(" "),
);
const blockNames = new Set(
  "P DIV H1 H2 H3 H4 H5 H6 LI UL OL DL DT DD BLOCKQUOTE SECTION ARTICLE HEADER FOOTER PRE CENTER BODY".split(" "),
);
/** Browsers hold to the same bound (HTML, colspan). */
const maxSpan = 1000;

/** Look that a node inherits. */
interface Look {
  readonly strong: boolean;
  readonly align: Align | null;
}

function attribute(node: Markup, name: string): string {
  return node.getAttribute?.(name) ?? "";
}

/** Value of a property in a style attribute, lower case; "" when it is not set. */
function styleOf(node: Markup, property: string): string {
  const match = new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([^;]+)`, "i").exec(attribute(node, "style"));
  return match?.[1]?.trim().toLowerCase() ?? "";
}

function lookOf(node: Markup, look: Look): Look {
  const align = (styleOf(node, "text-align") || attribute(node, "align")).toLowerCase();
  const weight = styleOf(node, "font-weight");
  const bold = weight ? weight === "bold" || Number(weight) >= 600 : look.strong || /^(B|STRONG)$/.test(node.nodeName);
  const centred = align === "center" || (align === "" && node.nodeName === "CENTER");
  return {
    strong: bold,
    align: centred ? "center" : align === "right" ? "right" : align === "" ? look.align : null,
  };
}

/** Collects paragraphs in reading order. A "\n" in the text is a forced break; source line ends are spaces. */
class Collector {
  readonly blocks: Block[] = [];
  private readonly kind: ParagraphKind;
  private text = "";
  private bold: boolean[] = [];
  private align: Align | null = null;

  constructor(kind: ParagraphKind) {
    this.kind = kind;
  }

  walk(node: Markup, look: Look): void {
    if (node.nodeType === textType) this.add((node.nodeValue ?? "").replace(/[\t\n\f\r ]+/g, spaceFor), look);
    if (node.nodeType !== elementType && node.nodeName !== "#document-fragment") return;
    const name = node.nodeName.toUpperCase();
    if (dropped.has(name) || styleOf(node, "display") === "none") return;
    if (name === "BR") {
      if (!/page-break/i.test(attribute(node, "style"))) this.add("\n", look);
    } else if (name === "TABLE") {
      this.flush();
      this.blocks.push(...readTable(node));
    } else {
      const inner = lookOf(node, look);
      const block = blockNames.has(name);
      if (block) this.flush();
      for (const child of Array.from(node.childNodes)) this.walk(child, inner);
      if (block) this.flush();
    }
  }

  private add(text: string, look: Look): void {
    if (this.text.trim() === "") this.align = look.align;
    this.text += text;
    for (let i = 0; i < text.length; i++) this.bold.push(look.strong);
  }

  flush(): void {
    const { text, bold } = tidy(this.text, this.bold);
    // A paragraph that is bold throughout is a heading, and headings look as the house style has them.
    const plain = bold.every(Boolean);
    if (text !== "") {
      const content: Inline[] = [];
      let start = 0;
      for (let i = 1; i <= text.length; i++) {
        const cut = i === text.length || text[i] === "\n" || text[i - 1] === "\n" || bold[i] !== bold[i - 1];
        if (!cut) continue;
        const part = text.slice(start, i);
        if (part === "\n") content.push({ type: "hard_break" });
        else if (bold[start] && !plain) content.push({ type: "text", text: part, marks: [{ type: "strong" }] });
        else content.push({ type: "text", text: part });
        start = i;
      }
      const attrs = this.align ? { kind: this.kind, align: this.align } : { kind: this.kind };
      this.blocks.push({ type: "paragraph", attrs, content });
    }
    this.text = "";
    this.bold = [];
    this.align = null;
  }
}

/** Word breaks the lines of its source inside Chinese text, where the break means nothing: such a run of white space
 *  is marked, and dropped between two Chinese characters. */
const sourceBreak = "\u2028";
function spaceFor(run: string): string {
  return /[\n\r]/.test(run) ? sourceBreak : " ";
}

const chinese = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef“”‘’…—]/u;

/** White space as it is stored: none at the ends, none after a number but the one full-width space of 第X条, no runs. */
function tidy(text: string, bold: readonly boolean[]): { text: string; bold: boolean[] } {
  const kept: number[] = [];
  const space = (i: number) => /[\s\u2028]/.test(text[i] ?? "") && text[i] !== "\n";
  for (let i = 0; i < text.length; ) {
    if (!space(i)) {
      kept.push(i++);
      continue;
    }
    const start = i;
    while (i < text.length && space(i)) i++;
    const before = text[start - 1] ?? "\n";
    const after = text[i] ?? "\n";
    const silent = text.slice(start, i) === sourceBreak && chinese.test(before) && chinese.test(after);
    if (before !== "\n" && after !== "\n" && !silent) kept.push(start);
  }
  while (kept.length > 0 && text[kept[0] ?? 0] === "\n") kept.shift();
  while (kept.length > 0 && text[kept.at(-1) ?? 0] === "\n") kept.pop();
  let result = "";
  for (const at of kept) result += space(at) ? (text[at] === "\u3000" ? "\u3000" : " ") : text[at];
  const flags = kept.map((at) => bold[at] ?? false);
  const prefix = numbering(result);
  if (prefix && /\s/.test(result[prefix.length] ?? "")) {
    const gap = /^第/.test(result) ? "\u3000" : "";
    result = result.slice(0, prefix.length) + gap + result.slice(prefix.length + 1);
    flags.splice(prefix.length, 1, ...(gap ? [false] : []));
  }
  return { text: result, bold: flags };
}

/** The blocks of pasted HTML. Paragraphs are body text, for the caller to give kinds to; a caption is a table title. */
export function readMarkup(root: Markup): Block[] {
  return collect(root, "body");
}

function collect(root: Markup, kind: ParagraphKind): Block[] {
  const collector = new Collector(kind);
  for (const child of Array.from(root.childNodes)) collector.walk(child, { strong: false, align: null });
  collector.flush();
  return collector.blocks;
}

/** The paragraphs of pasted plain text: one to a line, blank lines and indents dropped. */
export function readPlain(text: string): Paragraph[] {
  return text
    .split(/\r\n?|\n/)
    .map((line) => tidy(line, []).text)
    .filter((line) => line !== "")
    .map((line) => paragraph("body", line));
}

/** A cell where the source's grid puts it. */
interface Placed {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  readonly header: boolean;
  readonly align: Align | null;
  readonly content: readonly Paragraph[];
}

function readTable(node: Markup): Block[] {
  const caption: Block[] = [];
  const rows: { node: Markup; header: boolean }[] = [];
  const widths: number[] = [];
  const visit = (parent: Markup, header: boolean) => {
    for (const child of Array.from(parent.childNodes)) {
      const name = child.nodeName.toUpperCase();
      if (name === "CAPTION") caption.push(...collect(child, "tableTitle"));
      else if (name === "TR") rows.push({ node: child, header });
      else if (name === "COL")
        for (let i = 0; i < span(child, "span"); i++)
          widths.push(pixels(attribute(child, "width") || styleOf(child, "width")));
      else if (/^(THEAD|TBODY|TFOOT|COLGROUP)$/.test(name)) visit(child, name === "THEAD");
    }
  };
  visit(node, false);
  const placed: Placed[] = [];
  const taken = rows.map(() => new Set<number>());
  for (const [row, source] of rows.entries()) {
    let column = 0;
    for (const child of Array.from(source.node.childNodes)) {
      const name = child.nodeName.toUpperCase();
      if (name !== "TD" && name !== "TH") continue;
      while (taken[row]?.has(column)) column++;
      let columns = 1;
      while (columns < span(child, "colspan") && !taken[row]?.has(column + columns)) columns++;
      const height = Math.min(span(child, "rowspan"), rows.length - row);
      for (let r = row; r < row + height; r++) for (let c = column; c < column + columns; c++) taken[r]?.add(c);
      if (columns === 1) widths[column] ||= pixels(attribute(child, "width") || styleOf(child, "width"));
      // A table inside a cell gives its cells' paragraphs.
      const paragraphs = collect(child, "cell").flatMap(paragraphsOf);
      const align = paragraphs.find((each) => each.attrs.align)?.attrs.align ?? lookOf(child, noLook).align;
      const header = name === "TH" || source.header;
      const content = paragraphs.map((each): Paragraph => ({ ...each, attrs: { kind: "cell" } }));
      placed.push({ row, column, rows: height, columns, header, align, content });
      column += columns;
    }
  }
  const table = rectangle(placed, taken, widths);
  return table ? [...caption, table] : caption;
}

const noLook: Look = { strong: false, align: null };

/** The placed cells as a table: gaps filled with empty cells, rows in which no cell begins taken out. */
function rectangle(
  placed: readonly Placed[],
  taken: readonly ReadonlySet<number>[],
  widths: readonly number[],
): Table | null {
  const width = Math.max(0, ...taken.map((columns) => Math.max(-1, ...columns) + 1));
  const gaps = taken.flatMap((cells, row) =>
    Array.from({ length: width }, (_, column) => column)
      .filter((column) => !cells.has(column))
      .map((column): Placed => ({ row, column, rows: 1, columns: 1, header: false, align: null, content: [] })),
  );
  const begins = new Set(placed.map((cell) => cell.row));
  const kept = taken.map((_, row) => row).filter((row) => begins.has(row));
  const known = width > 0 && Array.from({ length: width }, (_, column) => widths[column] ?? 0).every((w) => w > 0);
  const content = kept.map(
    (row): Row => ({
      type: "table_row",
      content: [...placed, ...gaps]
        .filter((cell) => cell.row === row)
        .sort((a, b) => a.column - b.column)
        .map((cell): Cell => {
          const attrs = {
            colspan: cell.columns,
            rowspan: kept.filter((other) => other >= row && other < row + cell.rows).length,
            colwidth: known ? widths.slice(cell.column, cell.column + cell.columns) : null,
          };
          return {
            type: cell.header ? "table_header" : "table_cell",
            attrs: cell.align ? { ...attrs, align: cell.align } : attrs,
            content: cell.content.length > 0 ? cell.content : [paragraph("cell", "")],
          };
        }),
    }),
  );
  return content.length > 0 ? { type: "table", content } : null;
}

function span(node: Markup, name: string): number {
  const value = Number.parseInt(attribute(node, name), 10);
  return value >= 1 ? Math.min(value, maxSpan) : 1;
}

/** Px of a width in px or pt; 0 when it is relative or not given. */
function pixels(width: string): number {
  const match = /^([\d.]+)(px|pt)?$/.exec(width.trim());
  return match ? Math.round(Number(match[1]) * (match[2] === "pt" ? 4 / 3 : 1)) : 0;
}
