// Bodies from outside: what the editor, the importer and layout may rely on is checked block by block.
import { expect, test } from "vitest";
import { type Block, type Cell, paragraph } from "../../shared/model/block.ts";
import { parseBlocks, ShapeError } from "../../shared/model/check.ts";

/** A table drawn as rows of cells, each "text", "text|colspan" or "text|colspan|rowspan". */
function table(...rows: readonly string[][]): Block {
  const cell = (drawn: string): Cell => {
    const [text = "", colspan = "1", rowspan = "1"] = drawn.split("|");
    const attrs = { colspan: Number(colspan), rowspan: Number(rowspan), colwidth: null };
    return { type: "table_cell", attrs, content: [paragraph("cell", text)] };
  };
  return { type: "table", content: rows.map((row) => ({ type: "table_row", content: row.map(cell) })) };
}

const p = (inline: unknown) => ({ type: "paragraph", attrs: { kind: "body" }, content: [inline] });
const sized = (colwidth: unknown) => ({
  type: "table",
  content: [
    {
      type: "table_row",
      content: [
        { type: "table_cell", attrs: { colspan: 2, rowspan: 1, colwidth }, content: [paragraph("cell", "甲")] },
      ],
    },
  ],
});

test.each<[string, unknown]>([
  ["no block", []],
  ["an empty paragraph", [paragraph("body", "")]],
  ["a forced break", [paragraph("signature", "甲\n乙", "right")]],
  ["strong text", [p({ type: "text", text: "甲", marks: [{ type: "strong" }] })]],
  ["a plain table", [table(["a", "b"], ["c", "d"])]],
  ["a wide cell", [table(["a|2"], ["c", "d"])]],
  ["a tall cell", [table(["a|1|2", "b"], ["d"])]],
  ["a cell both wide and tall", [table(["a|2|2", "b"], ["c"], ["d", "e", "f"])]],
  ["a row covered by cells from above", [table(["a|1|2", "b|1|2"], [])]],
  ["column widths", [sized([30, 40.5])]],
])("%s is taken as it is", (_, body) => {
  expect(parseBlocks(body)).toEqual(body);
});

test.each<[string, unknown]>([
  ["no list", {}],
  ["an unknown block", [{ type: "image" }]],
  ["an unknown kind", [{ type: "paragraph", attrs: { kind: "poem" } }]],
  ["a paragraph without kind", [{ type: "paragraph" }]],
  ["an unknown attribute", [{ type: "paragraph", attrs: { kind: "body", style: "x" } }]],
  ["an unknown alignment", [{ type: "paragraph", attrs: { kind: "body", align: "top" } }]],
  ["empty text", [p({ type: "text", text: "" })]],
  ["text that is no string", [p({ type: "text", text: 5 })]],
  ["a line break inside text", [p({ type: "text", text: "甲\n乙" })]],
  ["a control character", [p({ type: "text", text: "甲\u0007" })]],
  ["half a surrogate pair", [p({ type: "text", text: "\udc00甲" })]],
  ["an unknown mark", [p({ type: "text", text: "甲", marks: [{ type: "link", attrs: { href: "javascript:1" } }] })]],
  ["a table without rows", [{ type: "table", content: [] }]],
  ["a row too short", [table(["a", "b"], ["c"])]],
  ["a row too long", [table(["a"], ["c", "d"])]],
  ["cells that overlap", [table(["a", "b|1|2"], ["c|2"])]],
  ["a cell that hangs out below", [table(["a|1|2", "b"])]],
  ["a table without columns", [table([])]],
  ["a span of nothing", [table(["a|0"])]],
  ["a span that is no number", [table(["a|x"])]],
  ["too few column widths", [sized([30])]],
  ["a column width below nothing", [sized([30, -1])]],
  ["a table in a cell", [{ type: "table", content: [{ type: "table_row", content: [table(["a"])] }] }]],
])("%s is refused", (_, body) => {
  expect(() => parseBlocks(body)).toThrow(ShapeError);
});

test("equal bodies have equal JSON, whatever the order of their keys", () => {
  const shuffled = [
    { content: [{ text: "甲", type: "text" }], attrs: { align: null, kind: "body" }, type: "paragraph" },
  ];
  const plain = [{ type: "paragraph", attrs: { kind: "body", align: null }, content: [{ type: "text", text: "甲" }] }];
  expect(JSON.stringify(parseBlocks(shuffled))).toBe(JSON.stringify(parseBlocks(plain)));
});

test("the place of the fault is named", () => {
  const body = [paragraph("body", "甲"), p({ type: "text", text: 5 })];
  expect(() => parseBlocks(body)).toThrow("body[1].content[0].text应是文字");
});
