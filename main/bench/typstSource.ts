// An issue as a source for Typst: the same text on the same paper, in the same faces, sizes, columns and pitch of lines,
// with a contents page that leads to the notices. Marks are not squeezed and lines not put on squares; it is a peer in
// speed, not in composition.
import { mm } from "../../shared/layout/millimetre.ts";
import { type StyleSheet, typeAreaWidth } from "../../shared/layout/style.ts";
import { type Block, type Paragraph, type ParagraphKind, paragraphText, type Table } from "../../shared/model/block.ts";
import { issueName, numberLine } from "../../shared/model/notice.ts";
import type { Composed } from "../compose.ts";
import { inOrder } from "../export/export.ts";

/** Families of the shipped faces as Typst knows them. */
const families = { song: "Noto Serif SC", hei: "Noto Sans SC", kai: "LXGW WenKai" } as const;

export function typstSource({ issue, notices }: Composed, style: StyleSheet): string {
  const { page, typeArea, grid, columns, text } = style;
  const width = typeAreaWidth(style) / mm;
  const height = (grid.lines * grid.pitch) / mm;
  const margins = [
    `inside: ${typeArea.inner}mm, outside: ${page.width - typeArea.inner - width}mm`,
    `top: ${typeArea.top}mm, bottom: ${page.height - typeArea.top - height}mm`,
  ];
  const leading = grid.pitch - grid.em;
  return [
    `#set page(width: ${page.width}mm, height: ${page.height}mm, margin: (${margins.join(", ")}), columns: ${columns.count}, numbering: "1")`,
    `#set columns(gutter: ${columns.gap}em)`,
    `#set text(font: ("${families.song}", "${families.hei}", "${families.kai}"), size: ${grid.em}pt, lang: "zh", region: "cn", top-edge: 0.88em, bottom-edge: -0.12em)`,
    `#set par(justify: true, leading: ${leading}pt, spacing: ${leading}pt, first-line-indent: (amount: 2em, all: true))`,
    `#set table(stroke: 0.5pt, inset: 3pt)`,
    `#show heading: it => block(above: ${grid.pitch}pt, below: ${grid.pitch}pt, width: 100%, align(center, par(first-line-indent: 0pt, text(size: ${text.title.size ?? grid.em}pt, weight: 700, it.body))))`,
    `#let hei(t) = par(text(font: "${families.hei}", t))`,
    `#let kai(t) = par(text(font: "${families.kai}", t))`,
    `#let centre(t) = align(center, par(first-line-indent: 0pt, t))`,
    `#let end(t) = align(right, par(first-line-indent: 0pt, t))`,
    `#let cell(t) = par(first-line-indent: 0pt, justify: false, leading: 2pt, spacing: 2pt, text(size: 9pt, t))`,
    `#heading(outlined: false, ${quoted(issueName(issue))})`,
    `#outline(title: none)`,
    `#pagebreak()`,
    ...inOrder(issue, notices).flatMap((notice) => [
      `#heading(${quoted(notice.title)})`,
      ...(numberLine(notice) ? [`#centre(${quoted(numberLine(notice))})`] : []),
      ...notice.body.map(blockSource),
    ]),
  ].join("\n");
}

/** How kinds that are no plain prose are set. */
const setters: Partial<Record<ParagraphKind, string>> = {
  level1: "hei",
  article: "par",
  level2: "kai",
  chapter: "centre",
  section: "centre",
  documentTitle: "centre",
  annexTitle: "centre",
  tableTitle: "centre",
  signature: "end",
  date: "end",
};

function blockSource(block: Block): string {
  if (block.type === "paragraph") return paragraphSource(block, setters[block.attrs.kind] ?? "par");
  return block.type === "table" ? tableSource(block) : "";
}

function paragraphSource(node: Paragraph, setter: string): string {
  const text = paragraphText(node);
  return text ? `#${setter}(${quoted(text)})` : "";
}

function tableSource({ content }: Table): string {
  const columns = Math.max(...content.map((row) => row.content.reduce((sum, { attrs }) => sum + attrs.colspan, 0)));
  const cells = content.flatMap((row) =>
    row.content.map(({ attrs, content: paragraphs }) => {
      const text = paragraphs.map((one) => paragraphSource(one, "cell")).join(" ");
      return `table.cell(colspan: ${attrs.colspan}, rowspan: ${attrs.rowspan})[${text}]`;
    }),
  );
  return `#table(columns: ${columns}, ${cells.join(", ")})`;
}

/** A string of Typst's code, in which nothing is markup. */
function quoted(text: string): string {
  return `"${text.replace(/[\\"]/gu, "\\$&").replaceAll("\n", "\\n")}"`;
}
