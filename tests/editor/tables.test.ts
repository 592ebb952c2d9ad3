import { undo } from "prosemirror-history";
import { type Command, type EditorState, TextSelection } from "prosemirror-state";
import {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  CellSelection,
  deleteColumn,
  deleteRow,
  deleteTable,
  mergeCells,
  splitCell,
  toggleHeaderRow,
} from "prosemirror-tables";
import { expect, test } from "vitest";
import { insertTable } from "../../renderer/editor/tables.ts";
import { paragraph } from "../../shared/model/block.ts";
import { docToBody, positionOf } from "../../shared/model/schema.ts";
import { after, cell, print, selectCells, stateOf, table, tableFaults } from "./bodies.ts";

type Corner = [number, number];
const square = table("abc", "def", "ghi");
const tail = paragraph("body", "完");
/** a stands over two rows, b over two columns. */
const merged = {
  ...square,
  content: [
    { type: "table_row" as const, content: [cell("a", { rowspan: 2 }), cell("b", { colspan: 2 })] },
    { type: "table_row" as const, content: [cell("c"), cell("d")] },
    { type: "table_row" as const, content: [cell("e"), cell("f"), cell("g")] },
  ],
};

const cases: [string, Command, typeof square, Corner, Corner, string[]][] = [
  ["row above", addRowBefore, square, [1, 0], [1, 0], ["a b c", "  ", "d e f", "g h i"]],
  ["row below a spanning cell", addRowAfter, merged, [0, 1], [0, 1], ["a×1x3 b×2x1", " ", "c d", "e f g"]],
  ["column left", addColumnBefore, square, [0, 0], [0, 0], [" a b c", " d e f", " g h i"]],
  ["column through a spanning cell", addColumnAfter, merged, [1, 0], [1, 0], ["a×1x2 b×3x1", "c  d", "e f  g"]],
  ["delete a row", deleteRow, square, [1, 1], [1, 1], ["a b c", "g h i"]],
  ["delete a row under a spanning cell", deleteRow, merged, [0, 1], [0, 1], ["a c d", "e f g"]],
  ["delete a column", deleteColumn, square, [0, 0], [2, 1], ["c", "f", "i"]],
  ["delete a column of a spanning cell", deleteColumn, merged, [1, 1], [1, 1], ["a×1x2 b", "c", "e f"]],
  ["merge a block", mergeCells, square, [0, 0], [1, 1], ["a/b/d/e×2x2 c", "f", "g h i"]],
  ["merge whole rows: the emptied row goes", mergeCells, square, [0, 0], [1, 2], ["a/b/c/d/e/f×3x1", "g h i"]],
  ["merge the whole table: one row is left", mergeCells, square, [0, 0], [2, 2], ["a/b/c/d/e/f/g/h/i×3x1"]],
  ["split", splitCell, merged, [0, 0], [0, 0], ["a b×2x1", " c d", "e f g"]],
  ["header row", toggleHeaderRow, square, [0, 0], [0, 0], ["#a #b #c", "d e f", "g h i"]],
  ["delete the table", deleteTable, square, [0, 0], [0, 0], []],
];
test.each(cases)("%s", (_name, command, before, from, to, expected) => {
  const state = after(selectCells(stateOf([before, tail]), 0, from, to), command);
  expect(tableFaults(state.doc)).toEqual([]);
  expect(print(state)).toEqual([...expected, "body 完"]);
});

test("a merge is undone in one step, its emptied row with it", () => {
  const before = selectCells(stateOf([square, tail]), 0, [0, 0], [1, 2]);
  expect(after(after(before, mergeCells), undo).doc.eq(before.doc)).toBe(true);
});

test.each([
  ["in place of an empty paragraph, at the end with a line after it", "", ["#×", "body"]],
  ["after a paragraph with text", "甲", ["body 甲", "#×", "body"]],
])("a new table %s", (_name, text, expected) => {
  const state = after(stateOf([paragraph("body", text)], { block: 0, from: 0 }), insertTable(2, 2, true));
  const rows = ["# #", " "];
  expect(print(state)).toEqual(expected.flatMap((line) => (line === "#×" ? rows : [line])));
  expect(tableFaults(state.doc)).toEqual([]);
  expect(state.selection.$from.parent.attrs.kind).toBe("cell");
});

/** Widths of the columns, cell by cell. */
function widths(state: EditorState): (readonly number[] | null)[][] {
  const [block] = docToBody(state.doc);
  return block?.type === "table" ? block.content.map((row) => row.content.map((each) => each.attrs.colwidth)) : [];
}

test("a new column gets the mean width where columns have widths", () => {
  const wide = {
    ...square,
    content: [
      { type: "table_row" as const, content: [cell("a", { colspan: 2, colwidth: [60, 100] })] },
      { type: "table_row" as const, content: [cell("b", { colwidth: [60] }), cell("c", { colwidth: [100] })] },
    ],
  };
  const state = after(selectCells(stateOf([wide]), 0, [1, 0], [1, 0]), addColumnAfter);
  expect(widths(state)).toEqual([[[60, 80, 100]], [[60], [80], [100]]]);
});

test("columns without widths stay so", () => {
  const state = after(selectCells(stateOf([square]), 0, [0, 0], [0, 0]), addColumnAfter);
  expect(
    widths(state)
      .flat()
      .every((width) => width === null),
  ).toBe(true);
});

test("no table in a table", () => {
  expect(insertTable(1, 1, false)(stateOf([square], { block: 0, cell: [0, 0, 0], from: 0 }))).toBe(false);
});

test("a text selection over a cell border becomes a selection of cells", () => {
  const state = stateOf([square], { block: 0, cell: [0, 0, 0], from: 0 }, { block: 0, cell: [1, 1, 0], from: 1 });
  expect(state.selection).toBeInstanceOf(CellSelection);
});

test("a table's cell paragraph moved out of it becomes body text", () => {
  const state = stateOf([tail, paragraph("cell", "格")]);
  const moved = state.apply(state.tr.insertText("里", positionOf(state.doc, { block: 1, from: 1 }) ?? 0));
  expect(print(moved)).toEqual(["body 完", "body 格里"]);
});

test("text selections in one cell stay", () => {
  const state: EditorState = stateOf(
    [table("ab")],
    { block: 0, cell: [0, 0, 0], from: 0 },
    { block: 0, cell: [0, 0, 0], from: 1 },
  );
  expect(state.selection).toBeInstanceOf(TextSelection);
});
