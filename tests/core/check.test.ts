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

const figure = (change: object = {}) => ({
  type: "figure",
  attrs: { image: "0f".repeat(32), width: 1600, height: 900, share: 0.5, alt: "新桥", ...change },
});
const note = (text: unknown) => p({ type: "footnote", attrs: { text } });
const printed = (attrs: unknown) => ({ ...table(["a"]), attrs });
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

const breakTo = (to: string) => ({ type: "forced_break", attrs: { to } });
const noted = {
  type: "table",
  content: [
    {
      type: "table_row",
      content: [{ type: "table_cell", attrs: { colspan: 1, rowspan: 1, colwidth: null }, content: [note("注")] }],
    },
  ],
};

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
  ["a landscape table", [printed({ landscape: true, wholeRows: false })]],
  ["a table of whole rows", [printed({ landscape: false, wholeRows: true })]],
  ["a picture", [figure()]],
  ["a picture without words, as small as can be", [figure({ alt: "", width: 1, height: 1, share: 0.1 })]],
  ["a picture as large as can be", [figure({ width: 20_000, height: 20_000, share: 1 })]],
  ["a page break and a column break", [breakTo("page"), breakTo("column")]],
  ["a footnote", [note("见附件1。")]],
  ["a long footnote", [note("注".repeat(2000))]],
  ["names in columns", [paragraph("names", "张三\t局长")]],
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
  ["a footnote without text", [note("")]],
  ["a footnote that is no string", [note(5)]],
  ["a footnote too long", [note("注".repeat(2001))]],
  ["a footnote of two lines", [note("一\n二")]],
  ["a footnote in a footnote", [note("见\ufffc")]],
  ["a footnote with more than its text", [p({ type: "footnote", attrs: { text: "注", mark: "*" } })]],
  ["a footnote with a mark", [p({ type: "footnote", attrs: { text: "注" }, marks: [{ type: "strong" }] })]],
  ["a footnote in a table", [noted]],
  ["a footnote in a title", [{ ...note("注"), attrs: { kind: "annexTitle" } }]],
  ["a footnote under a signature", [{ ...note("注"), attrs: { kind: "date" } }]],
  ["text in which a footnote seems to stand", [p({ type: "text", text: "甲\ufffc" })]],
  ["a picture that is not in the store's names", [figure({ image: "https://example.com/a.png" })]],
  ["a picture under an upper-case name", [figure({ image: "0F".repeat(32) })]],
  ["a picture without width", [figure({ width: 0 })]],
  ["a picture of parts of pixels", [figure({ height: 1.5 })]],
  ["a picture too wide", [figure({ width: 20_001 })]],
  ["a picture too small in print", [figure({ share: 0.09 })]],
  ["a picture wider than the column", [figure({ share: 1.01 })]],
  ["a picture of no share", [figure({ share: Number.NaN })]],
  ["a picture without its words' field", [figure({ alt: undefined })]],
  ["a picture with an address", [figure({ src: "x" })]],
  ["a picture in a paragraph", [p(figure())]],
  ["a break to nowhere", [{ type: "forced_break", attrs: { to: "chapter" } }]],
  ["a break without aim", [{ type: "forced_break" }]],
  ["a table of another print", [printed({ landscape: 1, wholeRows: false })]],
  ["a table of half its print", [printed({ landscape: true })]],
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

test("a table that is printed as any other has no attributes", () => {
  expect(parseBlocks([printed({ landscape: false, wholeRows: false })])).toEqual([table(["a"])]);
});

test("a footnote in a table is refused in words", () => {
  expect(() => parseBlocks([noted])).toThrow("body[0].content[0].content[0].content[0]在表格中，不能有脚注");
});

test("the place of the fault is named", () => {
  const body = [paragraph("body", "甲"), p({ type: "text", text: 5 })];
  expect(() => parseBlocks(body)).toThrow("body[1].content[0].text应是文字");
});
