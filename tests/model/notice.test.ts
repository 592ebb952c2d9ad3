// The text that is approved: what of a body stands in it, and how footnotes are numbered and printed.
import { expect, test } from "vitest";
import { type Block, footnoteMark, footnotesOf, paragraph } from "../../shared/model/block.ts";
import { characterCount, citedTitle, type Notice, noticeText } from "../../shared/model/notice.ts";
import { body, figure, noted, table } from "../editor/bodies.ts";

const fields = {
  id: "n",
  title: "示例市人民政府通告",
  issuers: [],
  docNumber: "示政通〔2026〕1号",
  uniformNumber: "",
  kind: "通告",
  dated: "",
  section: "",
  version: 1,
} as const;
const notice = (blocks: readonly Block[]): Notice => ({ ...fields, body: blocks });

const many = Array.from({ length: 21 }, (_, i) => `甲[注${i + 1}]`).join("");
test.each<[string, Block[], string[]]>([
  ["paragraphs", body(["body", "甲"], ["body", ""], ["date", "2026年3月5日"]), ["甲", "2026年3月5日"]],
  ["a table by its cells", [table("ab", "cd")], ["a", "b", "c", "d"]],
  ["no picture and no break", [figure("新桥"), { type: "forced_break", attrs: { to: "page" } }], []],
  ["a caption below its picture", [figure("新桥"), paragraph("caption", "图1　新桥")], ["图1　新桥"]],
  [
    "footnotes behind their paragraph",
    [noted("body", "甲[一]乙[二]"), ...body(["body", "丙"])],
    ["甲①乙②", "①一", "②二", "丙"],
  ],
  [
    "footnotes counted through the notice, whatever stands between",
    [noted("body", "甲[一]"), table("a"), figure(""), noted("item", "（一）[二]乙")],
    ["甲①", "①一", "a", "（一）②乙", "②二"],
  ],
  ["a paragraph of nothing but a footnote", [noted("body", "[一]")], ["①", "①一"]],
])("%s", (_name, blocks, expected) => {
  expect(noticeText(notice(blocks), ["（", "）"])).toEqual([fields.title, "（示政通〔2026〕1号）", ...expected]);
});

test("more footnotes than twenty", () => {
  const lines = noticeText(notice([noted("body", many)]), ["", ""]);
  expect(lines[2]?.endsWith("甲⑲甲⑳甲㉑")).toBe(true);
  expect(lines.slice(-2)).toEqual(["⑳注20", "㉑注21"]);
});

test.each([
  [1, "①"],
  [20, "⑳"],
  [21, "㉑"],
  [35, "㉟"],
  [36, "㊱"],
  [50, "㊿"],
  [51, "①"],
])("mark of footnote %i", (n, mark) => {
  expect(footnoteMark(n)).toBe(mark);
});

test.each([0, -1, 1.5, Number.NaN])("there is no footnote %d", (n) => {
  expect(() => footnoteMark(n)).toThrow(RangeError);
});

test("the footnotes of a paragraph in their order", () => {
  expect(footnotesOf(noted("body", "甲[一]乙[二]"))).toEqual(["一", "二"]);
  expect(footnotesOf(paragraph("body", "甲"))).toEqual([]);
});

test.each<[string, Block, number]>([
  ["a paragraph, without its white space", paragraph("article", "第一条　甲 乙"), 5],
  ["characters beyond the BMP are one each", paragraph("body", "𠮷阳"), 2],
  ["footnotes with their text, without their marks", noted("body", "甲[注文]乙[二]"), 5],
  ["a table", table("ab", "cd"), 4],
  ["a picture", figure("新桥"), 0],
])("字数: %s", (_name, block, count) => {
  expect(characterCount(block)).toBe(count);
});

test.each([
  ["示例市人民政府关于春季防火的通告", ["示例市人民政府"], "《关于春季防火的通告》"],
  [
    "示例市财政局 示例市教育局关于印发《示例办法》的通知",
    ["示例市财政局", "示例市教育局"],
    "《关于印发〈示例办法〉的通知》",
  ],
  ["", [], "《无题名》"],
])("cites %s", (title, issuers, cited) => {
  expect(citedTitle({ title, issuers })).toBe(cited);
});
