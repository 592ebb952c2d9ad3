// Bodies and editor states for the tests of the editor: authored text of the invented 示例市.
import type { Node } from "prosemirror-model";
import { type Command, EditorState, TextSelection } from "prosemirror-state";
import { CellSelection, TableMap } from "prosemirror-tables";
import { statePlugins } from "../../renderer/editor/session.ts";
import {
  type Block,
  type Cell,
  type Figure,
  footnotesOf,
  type Inline,
  noteMark,
  type Paragraph,
  type ParagraphKind,
  paragraph,
  paragraphText,
  type Table,
} from "../../shared/model/block.ts";
import { bodyToDoc, docToBody, type Place, positionOf } from "../../shared/model/schema.ts";

export function cell(text: string, attrs: Partial<Cell["attrs"]> = {}): Cell {
  return {
    type: "table_cell",
    attrs: { colspan: 1, rowspan: 1, colwidth: null, ...attrs },
    content: [paragraph("cell", text)],
  };
}

/** A table of one-letter cells, a row to a string: "ab", "cd". */
export function table(...rows: string[]): Table {
  return {
    type: "table",
    content: rows.map((row) => ({ type: "table_row", content: Array.from(row, (letter) => cell(letter)) })),
  };
}

export function stateOf(body: readonly Block[], anchor?: Place, head?: Place): EditorState {
  const state = EditorState.create({ doc: bodyToDoc(body), plugins: statePlugins() });
  if (!anchor) return state;
  return state.apply(
    state.tr.setSelection(TextSelection.create(state.doc, at(state.doc, anchor), at(state.doc, head ?? anchor))),
  );
}

function at(doc: Node, place: Place): number {
  const position = positionOf(doc, place);
  if (position === null) throw new RangeError(`no place ${JSON.stringify(place)}`);
  return position;
}

/** Selects the cells of a table block between two cells given as row and index in the row. */
export function selectCells(
  state: EditorState,
  block: number,
  from: [number, number],
  to: [number, number],
): EditorState {
  const cellAt = ([row, index]: [number, number]) => at(state.doc, { block, cell: [row, index, 0], from: 0 }) - 2;
  return state.apply(state.tr.setSelection(CellSelection.create(state.doc, cellAt(from), cellAt(to))));
}

/** The state after a command; throws when the command does not apply. */
export function after(state: EditorState, command: Command): EditorState {
  let result: EditorState | null = null;
  const applies = command(state, (tr) => {
    result = state.apply(tr);
  });
  if (!applies || !result) throw new RangeError("the command does not apply here");
  return result;
}

/** A body, a paragraph to a string: "level1 一、总体要求", a footnote as [its text]; tables as {@link printTable}; a picture
 *  as <its words, its share>, a forced break as <page>. */
export function print(state: EditorState): string[] {
  return docToBody(state.doc).flatMap((block) => {
    switch (block.type) {
      case "table":
        return printTable(block);
      case "figure":
        return [`<${block.attrs.alt} ${block.attrs.share}>`];
      case "forced_break":
        return [`<${block.attrs.to}>`];
      default: {
        const notes = footnotesOf(block);
        return [`${block.attrs.kind} ${paragraphText(block).replaceAll(noteMark, () => `[${notes.shift()}]`)}`.trim()];
      }
    }
  });
}

/** A row to a string; a cell as its text, with its spans where it has any: "ab×2x1" is 2 columns wide. */
export function printTable(block: Table): string[] {
  return block.content.map((row) =>
    row.content
      .map(({ type, attrs, content }) => {
        const span = attrs.colspan * attrs.rowspan > 1 ? `×${attrs.colspan}x${attrs.rowspan}` : "";
        return (type === "table_header" ? "#" : "") + content.map(paragraphText).join("/") + span;
      })
      .join(" "),
  );
}

/** What keeps a document's tables from being rectangles of filled rows and cell paragraphs. */
export function tableFaults(doc: Node): string[] {
  const faults: string[] = [];
  doc.descendants((node) => {
    if (node.type.name !== "table") return true;
    const { problems } = TableMap.get(node);
    if (problems) faults.push(...problems.map((problem) => problem.type));
    for (const row of node.children) if (row.childCount === 0) faults.push("empty row");
    node.descendants((child) => {
      if (child.type.name === "paragraph" && child.attrs.kind !== "cell") faults.push(`kind ${child.attrs.kind}`);
      return true;
    });
    return false;
  });
  return faults;
}

export function figure(alt: string, share = 1): Figure {
  return { type: "figure", attrs: { image: "0f".repeat(32), width: 1600, height: 900, share, alt } };
}

/** A paragraph in which [words] are the text of a footnote: "甲[见附件]乙". */
export function noted(kind: ParagraphKind, text: string): Paragraph {
  const content = text
    .split(/(\[.*?\])/)
    .filter((part) => part !== "")
    .map(
      (part): Inline =>
        part.startsWith("[") ? { type: "footnote", attrs: { text: part.slice(1, -1) } } : { type: "text", text: part },
    );
  return { type: "paragraph", attrs: { kind }, content };
}

export function body(...lines: (readonly [ParagraphKind, string])[]): Block[] {
  return lines.map(([kind, text]) => paragraph(kind, text));
}
