// One notice out of its issue: its own text where it stands, and nothing of the notices that share its pages.
import { describe, expect, test } from "vitest";
import type { Item } from "../../shared/layout/display.ts";
import { excerptOf } from "../../shared/layout/excerpt.ts";
import { paragraph } from "../../shared/model/block.ts";
import { noted } from "../editor/bodies.ts";
import { bodyPages, isRule, lay, notice, showPage, smallStyle, table } from "./workshop.ts";

const lines = (word: string, count: number) =>
  Array.from({ length: count }, (_, i) => paragraph("body", `${word}${i + 1}段。`));

describe("a page that notices share", () => {
  const laid = lay([notice("甲", lines("甲", 3)), notice("乙", lines("乙", 11)), notice("丙", lines("丙", 2))]);

  test.each([
    ["甲", ["1"], [["示例市人民政府", "关于甲的通知", "（示政发〔2026〕1号）"]]],
    ["乙", ["2", "3"], [["示例市人民政府", "关于乙的通知"], ["乙7段。"]]],
    ["丙", ["3", "4"], [["示例市人民政府", "关于丙的通知"], ["丙2段。"]]],
  ])("holds only %s", (id, labels, begins) => {
    const { pages } = excerptOf(laid, id);
    expect(pages.map(({ label }) => label)).toEqual(labels);
    for (const [i, page] of pages.entries()) {
      const shown = showPage(page);
      expect(shown.slice(0, begins[i]?.length)).toEqual(begins[i]);
      expect(shown.at(-1)).toBe(`{folio — ${labels[i]} —}`);
      expect(shown.join("")).not.toMatch(new RegExp(`[${"甲乙丙".replace(id, "")}]`, "u"));
    }
  });

  test("keeps everything in its place", () => {
    const items = new Set(laid.pages.flatMap((page) => page.items));
    expect(excerptOf(laid, "乙").pages.every((page) => page.items.every((item) => items.has(item)))).toBe(true);
  });

  test("the title and the bookmarks of a notice are found on its own pages", () => {
    const { contents, outline, plan } = excerptOf(laid, "丙");
    const whole = laid.contents[2];
    expect(contents).toEqual([{ ...whole, page: 0, contentsPage: -1 }]);
    expect(outline).toEqual([{ title: "示例市人民政府关于丙的通知", page: 0, y: whole?.y, children: [] }]);
    expect(plan).toEqual({ pages: 2, fillers: 0, lacking: 2 });
  });

  test("a notice that is not in the issue is a mistake of the program", () => {
    expect(() => excerptOf(laid, "丁")).toThrow(RangeError);
  });
});

test("a page of the issue that has nothing of the notice is left out, and bookmarks count without it", () => {
  const document = [paragraph("documentTitle", "某办法"), paragraph("chapter", "第一章　总则"), ...lines("乙", 4)];
  const laid = lay([notice("甲", lines("甲", 25)), notice("乙", document)]);
  const { pages, outline } = excerptOf(laid, "乙");
  const at = (title: string) => pages.findIndex((page) => showPage(page).some((line) => line.includes(title)));
  expect(pages.length).toBeLessThan(bodyPages(laid).length);
  expect(outline).toMatchObject([
    { page: 0, children: [{ title: "某办法", page: at("某办法"), children: [{ page: at("总则") }] }] },
  ]);
});

describe("rules", () => {
  const rulesOf = (items: readonly Item[]) => items.filter(isRule);

  test("go with the table or footnote of their notice", () => {
    const laid = lay([
      notice("甲", [table("#甲项|#数", "甲一|1")]),
      notice("乙", [noted("body", "乙文[乙注。]。")]),
      notice("丙", [table("#丙项|#数|#量", "丙一|1|2")]),
    ]);
    const found = ["甲", "乙", "丙"].map((id) => excerptOf(laid, id).pages.flatMap(({ items }) => rulesOf(items)));
    const all = bodyPages(laid).flatMap(({ items }) => rulesOf(items));
    expect(found.map((rules) => rules.length)).toEqual([expect.any(Number), 1, expect.any(Number)]);
    expect(new Set(found.flat())).toEqual(new Set(all));
    expect(found.flat().length).toBe(all.length);
  });

  test("the opener of a section, and what is under it, belongs to no notice", () => {
    const style = smallStyle({ opener: { kind: "line", size: 10 } });
    const laid = lay([notice("甲", lines("甲", 2))], style);
    expect(bodyPages(laid).flatMap(({ items }) => rulesOf(items)).length).toBeGreaterThan(0);
    const { pages } = excerptOf(laid, "甲");
    expect(pages.flatMap(({ items }) => rulesOf(items))).toEqual([]);
    expect(pages.flatMap(showPage).join("")).not.toContain("市政府文件");
  });

  test("between columns they go with the notice in the columns, and with all that share them", () => {
    const columns = { columns: { count: 2, gap: 2, rule: 0.5 } };
    const laid = lay([notice("甲", lines("甲", 6)), notice("乙", lines("乙", 3))], smallStyle(columns));
    for (const id of ["甲", "乙"])
      expect(excerptOf(laid, id).pages.flatMap(({ items }) => rulesOf(items)).length).toBeGreaterThan(0);
  });
});

test("a running head that has the title of another notice is left out, that of its own stays", () => {
  const style = smallStyle({ runningHead: { odd: "{title}", even: "{gazette}{issue}", above: 5, size: 8 } });
  const laid = lay([notice("甲", lines("甲", 3)), notice("乙", lines("乙", 11)), notice("丙", lines("丙", 2))], style);
  const heads = (id: string) =>
    excerptOf(laid, id).pages.map((page) => showPage(page).filter((line) => line.startsWith("{runningHead")).length);
  expect(heads("甲")).toEqual([1]);
  expect(heads("乙")).toEqual([1, 1]);
  expect(heads("丙")).toEqual([0, 1]);
});
