// The 总目录 of a year: its rows by section, issuer and 文号, and its pages as text.
import { describe, expect, test } from "vitest";
import {
  type AnnualIssue,
  type AnnualOrder,
  type AnnualRow,
  annualContents,
  annualRows,
  annualTable,
  annualText,
  issuesOfYear,
} from "../../shared/layout/annual.ts";
import type { Layout, Page } from "../../shared/layout/display.ts";
import { LayoutCache } from "../../shared/layout/layout.ts";
import { type Notice, squash } from "../../shared/model/notice.ts";
import { fonts, issue, lay, notice, runsOf, shippedStyle, showPage, smallStyle } from "./workshop.ts";

const style = smallStyle({
  newPage: ["title"],
  contents: { entry: { size: 10 }, number: "after", numbering: "none", issuers: false },
});

/** An issue laid out, a page for each notice. */
function issued(number: number, notices: readonly Notice[], year = 2026): AnnualIssue {
  const fields = { number, year };
  return {
    issue: issue(notices, fields),
    notices: new Map(notices.map((one) => [one.id, one])),
    contents: lay(notices, style, fields).contents,
  };
}

const of = (id: string, docNumber: string, section: string, issuer: string) =>
  notice(id, [], { docNumber, section, issuers: [issuer], title: `${issuer}关于${id}的通知` });

const first = issued(1, [
  of("甲", "示政发〔2026〕2号", "政府文件", "示例市人民政府"),
  of("乙", "示政办发〔2026〕9号", "办公室文件", "示例市政府办"),
  of("丙", "", "人事任免", "示例市人民政府"),
]);
const second = issued(2, [
  of("丁", "示政发〔2025〕30号", "政府文件", "示例市人民政府"),
  of("戊", "示政办发〔2026〕1号", "人事任免", "示例市政府办"),
]);

describe("rows", () => {
  const cases: readonly (readonly [order: AnnualOrder, rows: string[]])[] = [
    [
      "section",
      [
        "政府文件 关于甲的通知 第1期 1",
        "政府文件 关于丁的通知 第2期 1",
        "办公室文件 关于乙的通知 第1期 2",
        "人事任免 关于丙的通知 第1期 3",
        "人事任免 关于戊的通知 第2期 2",
      ],
    ],
    [
      "issuer",
      [
        "示例市人民政府 关于甲的通知 第1期 1",
        "示例市人民政府 关于丙的通知 第1期 3",
        "示例市人民政府 关于丁的通知 第2期 1",
        "示例市政府办 关于乙的通知 第1期 2",
        "示例市政府办 关于戊的通知 第2期 2",
      ],
    ],
    [
      "number",
      [
        "示政发 关于丁的通知 第2期 1",
        "示政发 关于甲的通知 第1期 1",
        "示政办发 关于戊的通知 第2期 2",
        "示政办发 关于乙的通知 第1期 2",
        "无文号 关于丙的通知 第1期 3",
      ],
    ],
  ];
  test.each(cases)("by %s, issues in order however they are given", (order, rows) => {
    const shown = annualRows([second, first], order).map(
      (row) => `${row.head} ${row.title} 第${row.issue}期 ${row.folio}`,
    );
    expect(shown).toEqual(rows);
  });
  test("a row says all that stands under a title", () => {
    expect(annualRows([first])[0]).toEqual({
      head: "政府文件",
      section: "政府文件",
      title: "关于甲的通知",
      issuers: ["示例市人民政府"],
      number: "示政发〔2026〕2号",
      issue: 1,
      folio: "1",
    });
  });
  test("a notice that is not given", () => {
    expect(() => annualRows([{ ...first, notices: new Map() }])).toThrow(RangeError);
  });
});

test("the issues of a year are those that hold notices, in order", () => {
  const empty = { ...issued(3, []), issue: { ...issue([], { number: 3, year: 2026 }), sections: [] } };
  expect(issuesOfYear(2026, [second, empty, first, issued(1, [], 2025)])).toEqual([first, second]);
  expect(() => issuesOfYear(2026, [empty])).toThrow("2026年没有编入公文的期");
});

describe("table", () => {
  const row = {
    head: "",
    section: "政府文件",
    title: "关于甲的通知",
    issuers: ["示例市人民政府"],
    number: "",
    issue: 2,
    folio: "7",
  };
  test.each<[string, Partial<AnnualRow>, string]>([
    ["a row", { number: "示政发〔2026〕2号" }, "政府文件,关于甲的通知,示例市人民政府,示政发〔2026〕2号,2,7"],
    ["joint issuers", { issuers: ["甲局", "乙局"] }, "政府文件,关于甲的通知,甲局、乙局,,2,7"],
    ["a comma and quotes", { title: '关于"甲",乙' }, '政府文件,"关于""甲"",乙",示例市人民政府,,2,7'],
    ["a line break", { section: "政府\n文件" }, '"政府\n文件",关于甲的通知,示例市人民政府,,2,7'],
  ])("%s", (_, fields, line) => {
    expect(annualTable([{ ...row, ...fields }])).toBe(`\ufeff栏目,题名,发文机关,文号,期号,页码\r\n${line}\r\n`);
  });
});

describe("pages", () => {
  const made = (issues: readonly AnnualIssue[], order?: AnnualOrder): Layout =>
    annualContents(2026, issues, style, fonts, new LayoutCache(), order);
  const shown = (layout: Layout) =>
    layout.pages.map((page) => showPage(page).map((line) => line.replace(/\{leader …+\}/u, "…")));

  test("刊名 and year above, entries with issue and folio, folios of its own", () => {
    expect(shown(made([first]))).toEqual([
      ["示例政报", "2026年总目录", "政府文件", "关于甲的通知", "（示政发〔2026〕2号）…第1期1", "{folio — 1 —}"],
      [
        "办公室文件",
        "关于乙的通知",
        "（示政办发〔2026〕9号）",
        "…第1期2",
        "人事任免",
        "关于丙的通知…第1期3",
        "{folio — 2 —}",
      ],
    ]);
  });
  test("by 文号, numbered as the style's contents are", () => {
    const numbered = smallStyle({ contents: { entry: { size: 10 }, number: "none", numbering: "section" } });
    const layout = annualContents(2026, [first, second], numbered, fonts, new LayoutCache(), "number");
    const lines = shown(layout).flat();
    expect(lines.filter((line) => /^\d|^.{3,4}$/u.test(line))).toEqual([
      "示例政报",
      "2026年总目录",
      "示政发",
      "1．关于丁的通知…第2期1",
      "2．关于甲的通知…第1期1",
      "示政办发",
      "1．关于戊的通知…第2期2",
      "2．关于乙的通知…第1期2",
      "无文号",
      "1．关于丙的通知…第1期3",
    ]);
  });
  test.each<AnnualOrder>(["section", "issuer", "number"])(
    "by %s they say what they must, and nothing else",
    (order) => {
      const printed = made([second, first], order)
        .pages.flatMap(runsOf)
        .filter((run) => !run.artifact)
        .map((run) => run.text);
      expect(squash(printed.join(""))).toBe(squash(annualText(2026, [second, first], style, order).join("")));
    },
  );
  test("issues of other years are left out", () => {
    const earlier = issued(12, [of("旧", "示政发〔2025〕1号", "政府文件", "示例市人民政府")], 2025);
    expect(shown(made([earlier, first]))).toEqual(shown(made([first])));
  });
  test("bookmarks lead to the first entry of each head", () => {
    const layout = made([first]);
    const y = (page: number, line: string) =>
      runsOf(layout.pages[page] as Page).find((run) => run.text === line)?.y ?? 0;
    expect(layout.outline.map(({ title, page }) => [title, page])).toEqual([
      ["政府文件", 0],
      ["办公室文件", 1],
      ["人事任免", 1],
    ]);
    expect(layout.outline[1]?.y).toBeLessThan(y(1, "关于乙的通知"));
    expect(layout.outline[1]?.y).toBeGreaterThan(y(1, "办公室文件"));
  });
  test("issues stand in a column, however many digits their folios have", () => {
    const entry = (folio: string) => ({
      ...first,
      contents: first.contents.slice(0, 1).map((one) => ({ ...one, folio })),
    });
    const at = (folio: string) =>
      annualContents(2026, [entry(folio)], shippedStyle("luxi"), fonts, new LayoutCache())
        .pages.flatMap(runsOf)
        .find((run) => run.text === "第1期")?.x;
    expect(at("128")).toBe(at("1"));
  });
  test("a year without issues is a page with its head", () => {
    expect(shown(made([]))).toEqual([["2026年总目录", "{folio — 1 —}"]]);
  });
  test("300 entries of long titles stay in the type area", () => {
    const rows = Array.from({ length: 300 }, (_, i) => ({
      ...notice(`第${i}`, [], {
        title: `示例市人民政府关于${"加强示例工作".repeat(1 + (i % 40))}的通知`,
        section: `栏目${i % 7}`,
      }),
    }));
    const luxi = shippedStyle("luxi");
    const contents = lay(rows, luxi).contents;
    const whole = { issue: issue(rows), notices: new Map(rows.map((one) => [one.id, one])), contents };
    const layout = annualContents(2026, [whole], luxi, fonts, new LayoutCache());
    const bottom = (luxi.typeArea.top * 72) / 25.4 + luxi.grid.pitch * luxi.grid.lines;
    const runs = layout.pages.flatMap(runsOf).filter((run) => run.artifact !== "folio");
    expect(Math.max(...runs.map((run) => run.y))).toBeLessThan(bottom);
    expect(runs.filter((run) => run.text === "第2期").length).toBe(300);
  });
});
