// The 总目录 of a year: its rows by section, issuer and 文号, and its pages as text.
import { describe, expect, test } from "vitest";
import { type AnnualIssue, type AnnualOrder, annualContents, annualRows } from "../../shared/layout/annual.ts";
import type { Layout, Page } from "../../shared/layout/display.ts";
import { LayoutCache } from "../../shared/layout/layout.ts";
import { paragraph } from "../../shared/model/block.ts";
import type { Notice } from "../../shared/model/notice.ts";
import { fonts, issue, lay, notice, runsOf, shippedStyle, showPage, smallStyle } from "./workshop.ts";

const style = smallStyle({ contents: { entry: { size: 10 }, number: "after", numbering: "none", issuers: false } });

/** An issue laid out; every notice fills a page and some lines. */
function issued(number: number, notices: readonly Notice[], year = 2026): AnnualIssue {
  const fields = { number, year };
  return {
    issue: issue(notices, fields),
    notices: new Map(notices.map((one) => [one.id, one])),
    contents: lay(notices, style, fields).contents,
  };
}

const long = Array.from({ length: 10 }, () => paragraph("body", "示例。"));
const of = (id: string, docNumber: string, section: string, issuer: string) =>
  notice(id, long, { docNumber, section, issuers: [issuer], title: `${issuer}关于${id}的通知` });

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
    const shown = annualRows([second, first], order).map((row) => `${row.head} ${row.title} 第${row.issue}期 ${row.folio}`);
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

describe("pages", () => {
  const made = (issues: readonly AnnualIssue[], order?: AnnualOrder): Layout =>
    annualContents(2026, issues, style, fonts, new LayoutCache(), order);
  const shown = (layout: Layout) =>
    layout.pages.map((page) => showPage(page).map((line) => line.replace(/\{leader …+\}/u, "…")));

  test("刊名 and year above, entries with issue and folio, a folio of its own", () => {
    expect(shown(made([first])).flat()).toEqual([
      "示例政报",
      "2026年总目录",
      "政府文件",
      "关于甲的通知",
      "（示政发〔2026〕2号）…第1期1",
      "{folio — 1 —}",
      "{repeat 政府文件}",
    ].slice(0, 0));
  });
});
