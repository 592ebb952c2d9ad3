import { expect, test } from "vitest";
import { readMarkup, readPlain } from "../../renderer/editor/markup.ts";
import { pasteNodes } from "../../renderer/editor/paste.ts";
import { type Block, type Paragraph, paragraph } from "../../shared/model/block.ts";
import { blockToNode } from "../../shared/model/schema.ts";
import { body, cell, print, printTable, stateOf, table, tableFaults } from "./bodies.ts";
import { parseMarkup } from "./markup.ts";

/** A paragraph to a string, with its alignment and its bold words in brackets; tables row by row. */
function show(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    if (block.type === "table") return printTable(block);
    return block.type === "paragraph" ? [showParagraph(block)] : [`<${block.type}>`];
  });
}

function showParagraph({ attrs, content = [] }: Paragraph): string {
  const text = content.map((each) => {
    if (each.type !== "text") return each.type === "hard_break" ? "\\n" : "<footnote>";
    return each.marks ? `[${each.text}]` : each.text;
  });
  return `${attrs.align ? `${attrs.align}: ` : ""}${attrs.kind === "body" ? "" : `${attrs.kind} `}${text.join("")}`;
}

const word = (inner: string) =>
  `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0}</style></head><body lang=ZH-CN><!--StartFragment-->${inner}<!--EndFragment--></body></html>`;

const cases: [string, string, string[]][] = [
  [
    "Word: a list number is literal text, its padding goes",
    word(
      `<p class=MsoListParagraph style='margin-left:21.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US><span style='mso-list:Ignore'>一、<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span>总体要求<span lang=EN-US><o:p></o:p></span></span></p>`,
    ),
    ["一、总体要求"],
  ],
  ["第X条 keeps one full-width space", word("<p>第三条&nbsp; 本办法所称</p>"), ["第三条　本办法所称"]],
  ["第X条 is given none", word("<p>第三条本办法</p>"), ["第三条本办法"]],
  ["empty paragraphs go", word("<p><o:p>&nbsp;</o:p></p><p>甲</p><p>&nbsp;</p>"), ["甲"]],
  ["indents by spaces go", "<p>　　各单位：</p><p>&nbsp;&nbsp;乙</p>", ["各单位：", "乙"]],
  ["source lines break inside Chinese", word("<p>为进一步加\r\n强管理，\r\n现通知</p>"), ["为进一步加强管理，现通知"]],
  ["but words stay apart", "<p>GB/T\n9704 标准</p>", ["GB/T 9704 标准"]],
  [
    "centred and right stay, justified goes",
    "<p style='text-align:center'>题</p><p align=right>署名</p><p style='text-align:justify'>文</p>",
    ["center: 题", "right: 署名", "文"],
  ],
  ["bold words stay", "<p>要<b>一是</b>抓<span style='font-weight:bold'>好</span></p>", ["要[一是]抓[好]"]],
  ["a bold heading is a heading", "<p><b>一、总则</b></p><h2>二、细则</h2>", ["一、总则", "二、细则"]],
  ["a light b is no bold", "<b style='font-weight:normal'><p>甲<b>乙</b></p></b>", ["甲[乙]"]],
  ["forced breaks stay, page breaks go", "<p>甲<br>乙<br style='page-break-before:always'></p>", ["甲\\n乙"]],
  [
    "scripts, pictures and hidden text go",
    "<p>甲<script>x()</script><img src='file:///a.png'><span style='display:none'>密</span></p>",
    ["甲"],
  ],
  ["divisions and lists of web pages", "<div>甲<div>乙</div>丙</div><ul><li>丁</li></ul>", ["甲", "乙", "丙", "丁"]],
  ["bare text", "甲方", ["甲方"]],
  ["nothing", word(""), []],
  [
    "table with spans, caption before it, heads as heads",
    "<table><caption>一览表</caption><thead><tr><td>序号</td><td colspan=2>内容</td></tr></thead><tr><td rowspan=2>1</td><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>",
    ["tableTitle 一览表", "#序号 #内容×2x1", "1×1x2 甲 乙", "丙 丁"],
  ],
  ["ragged rows are filled", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", ["a b", "c "]],
  ["spans past the end are cut", "<table><tr><td rowspan=5>a</td><td>b</td></tr></table>", ["a b"]],
  [
    "spans that collide are cut",
    "<table><tr><td>a</td><td rowspan=2>b</td></tr><tr><td colspan=2>c</td></tr></table>",
    ["a b×1x2", "c"],
  ],
  [
    "rows without cells go",
    "<table><tr><td rowspan=2>a</td><td rowspan=2>b</td></tr><tr></tr><tr><td>c</td><td>d</td></tr></table>",
    ["a b", "c d"],
  ],
  ["several paragraphs in a cell", word("<table><tr><td><p>刘辉</p><p>何明</p></td></tr></table>"), ["刘辉/何明"]],
  ["a table in a cell gives its text", "<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>", ["a/b"]],
  ["an empty table goes", "<table></table><p>甲</p>", ["甲"]],
];
test.each(cases)("%s", (_name, html, expected) => {
  const blocks = readMarkup(parseMarkup(html));
  expect(show(blocks)).toEqual(expected);
  if (blocks.length > 0) expect(tableFaults(stateOf(blocks).doc)).toEqual([]);
});

test.each([
  ["px", "<col width=80><col width=160>", "<td>a</td><td>b</td>", [80, 160]],
  ["pt of cells", "", "<td style='width:60.0pt'>a</td><td style='width:90pt'>b</td>", [80, 120]],
  ["one unknown: none", "", "<td width=80>a</td><td>b</td>", null],
  ["percents: none", "", "<td width='40%'>a</td><td width='60%'>b</td>", null],
])("column widths from %s", (_name, columns, cells, widths) => {
  const [block] = readMarkup(parseMarkup(`<table>${columns}<tr>${cells}</tr></table>`));
  const row = block?.type === "table" ? (block.content[0]?.content ?? []) : [];
  expect(row.map((each) => each.attrs.colwidth)).toEqual(widths ? widths.map((width) => [width]) : [null, null]);
});

test("cell alignment comes from the cell or its paragraph", () => {
  const [block] = readMarkup(
    parseMarkup("<table><tr><td align=center>a</td><td><p align=right>b</p></td></tr></table>"),
  );
  const row = block?.type === "table" ? (block.content[0]?.content ?? []) : [];
  expect(row.map((each) => [each.attrs.align, each.content[0]?.attrs])).toEqual([
    ["center", { kind: "cell" }],
    ["right", { kind: "cell" }],
  ]);
});

test("plain text: a line is a paragraph", () => {
  expect(readPlain("一、 总则\r\n\r\n　　第一条  甲\r乙\t丙")).toEqual(
    body(["body", "一、总则"], ["body", "第一条　甲"], ["body", "乙 丙"]),
  );
});

const pasted: [string, Block[], { block: number; from: number }, Block[], string[]][] = [
  [
    "words into a paragraph",
    body(["level1", "一、总求"]),
    { block: 0, from: 3 },
    body(["body", "体要"]),
    ["level1 一、总体要求"],
  ],
  [
    "into an empty paragraph",
    body(["body", ""]),
    { block: 0, from: 0 },
    body(["body", "一、甲"], ["body", "乙"]),
    ["level1 一、甲", "body 乙"],
  ],
  [
    "before a paragraph",
    body(["note", "注"]),
    { block: 0, from: 0 },
    body(["body", "甲"], ["body", "乙"]),
    ["body 甲", "body 乙", "note 注"],
  ],
  [
    "inside a paragraph",
    body(["body", "前后"]),
    { block: 0, from: 1 },
    body(["body", "甲"], ["body", "（一）乙"]),
    ["body 前甲", "level2 （一）乙后"],
  ],
  [
    "items under an article",
    body(["article", "第一条　甲"], ["body", ""]),
    { block: 1, from: 0 },
    body(["body", "（一）乙"], ["body", "（二）丙"]),
    ["article 第一条　甲", "item （一）乙", "item （二）丙"],
  ],
  [
    "a table at the end keeps a line after it",
    body(["body", ""]),
    { block: 0, from: 0 },
    [table("ab")],
    ["a b", "body"],
  ],
  [
    "a table inside a paragraph",
    body(["body", "前后"]),
    { block: 0, from: 1 },
    [table("ab")],
    ["body 前", "a b", "body 后"],
  ],
  ["nothing", body(["body", "甲"]), { block: 0, from: 1 }, [], ["body 甲"]],
];
test.each(pasted)("pasting %s", (_name, before, place, blocks, expected) => {
  const state = stateOf(before, place);
  const tr = pasteNodes(state, blocks.map(blockToNode), false);
  expect(tr).not.toBeNull();
  if (tr) expect(print(state.apply(tr))).toEqual(expected);
});

test("paragraphs and tables pasted into a cell become its paragraphs", () => {
  const state = stateOf([table("xy")], { block: 0, cell: [0, 0, 0], from: 1 });
  const tr = pasteNodes(state, [paragraph("body", "甲"), table("ab")].map(blockToNode), false);
  const after = tr && state.apply(tr);
  expect(after && print(after)).toEqual(["x甲/a/b y"]);
  expect(after && tableFaults(after.doc)).toEqual([]);
});

test("a table over cells is left to be laid cell over cell", () => {
  const state = stateOf([table("xy")], { block: 0, cell: [0, 0, 0], from: 0 });
  expect(
    pasteNodes(state, [blockToNode({ ...table("a"), content: [{ type: "table_row", content: [cell("b")] }] })], false),
  ).toBeNull();
});

test("what was copied here keeps the kinds it was given", () => {
  const state = stateOf(body(["body", ""]), { block: 0, from: 0 });
  const tr = pasteNodes(state, body(["body", "一、甲"], ["annexTitle", "乙"]).map(blockToNode), true);
  expect(tr && print(state.apply(tr))).toEqual(["body 一、甲", "annexTitle 乙"]);
});
