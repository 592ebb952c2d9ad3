// Tables in the editor: the commands of the table menu, and the shape every table is brought back to after any change.
// Contract with block.ts, import and print: a table is a rectangle, no row is empty, either every column has a width or
// none has, the paragraphs of cells are of kind "cell" and no other paragraph is. prosemirror-tables leaves a row without
// cells when whole rows are merged, widths of 0 in new columns, and plain paragraphs in new cells; that is mended here.
import type { Node } from "prosemirror-model";
import { type Command, type EditorState, Plugin, TextSelection, type Transaction } from "prosemirror-state";
import {
  CellSelection,
  cellAround,
  columnResizingPluginKey,
  deleteCellSelection,
  isInTable,
  TableMap,
  TableView,
} from "prosemirror-tables";
import type { EditorView } from "prosemirror-view";
import type { Cell, Table } from "../../shared/model/block.ts";
import { schema } from "../../shared/model/schema.ts";
import { blockRoom, putBlock } from "./atoms.ts";

const { table, table_row, table_cell, table_header, paragraph } = schema.nodes;

/** Throws RangeError for a table without cells. */
function newTable(rows: number, columns: number, header: boolean): Node {
  if (rows < 1 || columns < 1) throw new RangeError(`a table of ${rows} rows and ${columns} columns`);
  const cell = (row: number) =>
    (header && row === 0 ? table_header : table_cell).create(null, paragraph.create({ kind: "cell" }));
  const row = (index: number) =>
    table_row.create(
      null,
      Array.from({ length: columns }, () => cell(index)),
    );
  return table.create(
    null,
    Array.from({ length: rows }, (_, index) => row(index)),
  );
}

/** Puts a table after the current paragraph, or in its place when it is empty, and the caret in its first cell. */
export function insertTable(rows: number, columns: number, header: boolean): Command {
  return (state, dispatch) => {
    const room = blockRoom(state);
    if (!room) return false;
    if (dispatch) {
      const tr = state.tr;
      putBlock(tr, room, newTable(rows, columns, header));
      dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(room.from + 4))).scrollIntoView());
    }
    return true;
  };
}

/** How the table that has the caret is printed; null outside of tables. */
export function tableAttrs(state: EditorState): NonNullable<Table["attrs"]> | null {
  const { $head } = state.selection;
  return isInTable(state) ? ($head.node(1).attrs as NonNullable<Table["attrs"]>) : null;
}

export function toggleTable(name: keyof NonNullable<Table["attrs"]>): Command {
  return (state, dispatch) => {
    const attrs = tableAttrs(state);
    if (!attrs) return false;
    dispatch?.(state.tr.setNodeAttribute(state.selection.$head.before(1), name, !attrs[name]));
    return true;
  };
}

/** Removes the rows in which no cell begins, shortening the cells that reach over them. `at`: position of the table. */
function removeEmptyRows(tr: Transaction, at: number): void {
  for (;;) {
    const node = tr.doc.nodeAt(at);
    if (!node) return;
    const row = node.children.findIndex((child) => child.childCount === 0);
    if (row < 0 || node.childCount === 1) return;
    const map = TableMap.get(node);
    for (const cell of new Set(map.map.slice(row * map.width, (row + 1) * map.width))) {
      const attrs = node.nodeAt(cell)?.attrs;
      if (attrs) tr.setNodeMarkup(at + 1 + cell, null, { ...attrs, rowspan: Math.max(1, Number(attrs.rowspan) - 1) });
    }
    const start = node.children.slice(0, row).reduce((sum, child) => sum + child.nodeSize, at + 1);
    tr.delete(start, start + 2);
  }
}

/** Gives every paragraph from `at` on in `node` the kind its place asks for. */
function mendKinds(tr: Transaction, node: Node, at: number): void {
  if (node.type === paragraph) {
    if (node.attrs.kind === "cell") tr.setNodeMarkup(at, null, { ...node.attrs, kind: "body" });
    return;
  }
  node.descendants((child, offset) => {
    if (child.type === paragraph && child.attrs.kind !== "cell")
      tr.setNodeMarkup(at + 1 + offset, null, { ...child.attrs, kind: "cell" });
    return child.type !== paragraph;
  });
}

/** Gives every column a width as soon as one has one: the mean of those that have. `at`: position of the table. */
function mendWidths(tr: Transaction, at: number): void {
  const node = tr.doc.nodeAt(at);
  if (!node) return;
  const map = TableMap.get(node);
  const cells = [...new Set(map.map)].map((offset) => ({
    offset,
    left: map.findCell(offset).left,
    attrs: attrsAt(node, offset),
  }));
  const widths: number[] = new Array(map.width).fill(0);
  for (const { left, attrs } of cells)
    for (const [i, width] of (attrs.colwidth ?? []).entries()) widths[left + i] ||= width;
  const known = widths.filter((width) => width > 0);
  const mean = Math.round(known.reduce((sum, width) => sum + width, 0) / known.length);
  for (const { offset, left, attrs } of cells) {
    const wanted = known.length > 0 ? widths.slice(left, left + attrs.colspan).map((width) => width || mean) : null;
    if (wanted?.join() !== attrs.colwidth?.join())
      tr.setNodeMarkup(at + 1 + offset, null, { ...attrs, colwidth: wanted });
  }
}

function attrsAt(table: Node, offset: number): Cell["attrs"] {
  const cell = table.nodeAt(offset);
  if (!cell) throw new RangeError(`no cell at ${offset} of the table`);
  return cell.attrs as Cell["attrs"];
}

/** The transaction that brings changed blocks back into shape; null when they are. */
export function mendShape(before: Node, state: EditorState): Transaction | null {
  const tr = state.tr;
  const old = new Set(before.children);
  state.doc.forEach((node, offset) => {
    if (old.has(node)) return;
    const at = tr.mapping.map(offset);
    mendKinds(tr, node, at);
    if (node.type !== table) return;
    removeEmptyRows(tr, at);
    mendWidths(tr, at);
  });
  return tr.docChanged ? tr : null;
}

/** A text selection from one cell into another would be deleted across the cell border: select the cells instead. */
function selectWholeCells(state: EditorState): Transaction | null {
  const { selection } = state;
  if (!(selection instanceof TextSelection) || selection.empty) return null;
  const anchor = cellAround(selection.$anchor);
  const head = cellAround(selection.$head);
  if (!anchor || !head || anchor.pos === head.pos || anchor.node(-1) !== head.node(-1)) return null;
  return state.tr.setSelection(CellSelection.create(state.doc, anchor.pos, head.pos));
}

/** Empties the selected cells and puts the caret into the first, so that what is typed next replaces them all. */
function typeOverCells(state: EditorState): Transaction | null {
  const { selection } = state;
  if (!(selection instanceof CellSelection)) return null;
  let tr = state.tr;
  deleteCellSelection(state, (cleared) => {
    tr = cleared;
  });
  const first = Math.min(...selection.ranges.map((range) => range.$from.pos));
  return tr.setSelection(TextSelection.near(tr.doc.resolve(first + 1)));
}

/** Stands before tableEditing, which would cut such a selection down to one cell. */
export function tableShape(): Plugin {
  return new Plugin({
    appendTransaction(transactions, before, state) {
      if (transactions.some((tr) => tr.docChanged)) return mendShape(before.doc, state) ?? selectWholeCells(state);
      return selectWholeCells(state);
    },
    props: {
      handleTextInput(view, _from, _to, text) {
        const tr = typeOverCells(view.state);
        if (tr) view.dispatch(tr.insertText(text));
        return tr !== null;
      },
      handleDOMEvents: {
        mousedown(view) {
          const handle = columnResizingPluginKey.getState(view.state)?.activeHandle ?? -1;
          if (handle >= 0) keepShownWidths(view, handle);
          return false;
        },
        // An input method announces itself with key code 229, before the composition has begun.
        keydown(view, event) {
          const tr = event.keyCode === 229 ? typeOverCells(view.state) : null;
          if (tr) view.dispatch(tr);
          return false;
        },
      },
    },
  });
}

/** A table as wide as the text, its columns in the proportions of their widths: those alone count in print. */
export class ProportionalTable extends TableView {
  constructor(node: Node, cellMinWidth: number) {
    super(node, cellMinWidth);
    this.share();
  }

  override update(node: Node): boolean {
    const taken = super.update(node);
    if (taken) this.share();
    return taken;
  }

  private share(): void {
    this.dom.classList.toggle("landscape", this.node.attrs.landscape === true);
    this.table.style.width = "100%";
    this.table.style.minWidth = "";
    const columns = [...this.colgroup.children].filter((column) => column instanceof HTMLElement);
    const widths = columns.map((column) => Number.parseFloat(column.style.width) || 0);
    const sum = widths.reduce((total, width) => total + width, 0);
    for (const [i, column] of columns.entries())
      column.style.width = sum > 0 ? `${(((widths[i] ?? 0) / sum) * 100).toFixed(3)}%` : "";
  }
}

/** Before a border is dragged the columns take the widths they are shown with, so that the border follows the pointer
 *  and the other columns stay. `handle`: position of a cell of the table. */
function keepShownWidths(view: EditorView, handle: number): void {
  const $cell = view.state.doc.resolve(handle);
  const node = $cell.node(-1);
  const start = $cell.start(-1);
  const map = TableMap.get(node);
  const cells = [...new Set(map.map)].map((offset) => ({ offset, rect: map.findCell(offset) }));
  const widths: number[] = new Array(map.width).fill(0);
  for (const { offset, rect } of cells) {
    const shown = view.nodeDOM(start + offset);
    if (rect.right - rect.left === 1 && shown instanceof HTMLElement) widths[rect.left] ||= shown.offsetWidth;
  }
  const tr = view.state.tr;
  for (const { offset, rect } of cells) {
    const colwidth = widths.slice(rect.left, rect.right);
    tr.setNodeMarkup(start + offset, null, { ...attrsAt(node, offset), colwidth });
  }
  view.dispatch(tr);
}
