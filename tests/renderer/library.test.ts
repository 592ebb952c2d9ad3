import { describe, expect, it } from "vitest";
import { findNotices, yearsOf } from "../../renderer/store/library.ts";
import type { IssueSummary, NoticeSummary } from "../../shared/api.ts";

const base = { uniformNumber: "", dated: "", characters: 100, updated: "", version: 1 };
const library: readonly NoticeSummary[] = [
  {
    ...base,
    id: "fire",
    title: "示例市人民政府关于春季防火的通告",
    issuers: ["示例市人民政府"],
    docNumber: "示政通〔2026〕1号",
    kind: "通告",
    section: "市政府文件",
    issue: { id: "i1", name: "示例政报2026年第1期" },
  },
  {
    ...base,
    id: "water",
    title: "示例市水利局关于供水价格的通知",
    issuers: ["示例市水利局"],
    docNumber: "示水发〔2026〕3号",
    kind: "通知",
    section: "部门文件",
    issue: null,
  },
];

describe("findNotices", () => {
  it.each([
    ["", "all", ["fire", "water"]],
    ["", "unused", ["water"]],
    ["", "used", ["fire"]],
    ["防火", "all", ["fire"]],
    ["防火", "unused", []],
    ["示水发", "all", ["water"]],
    ["水利局 价格", "all", ["water"]],
    ["gsjg", "all", ["water"]],
    ["  通告 ", "all", ["fire"]],
    ["部门文件", "all", ["water"]],
  ] as const)("“%s” among %s", (query, use, ids) => {
    expect(findNotices(library, query, use).map(({ id }) => id)).toEqual(ids);
  });
});

it("years: the latest first, issues by their numbers, and none that is empty", () => {
  const issue = (year: number, number: number, notices: number): IssueSummary => {
    const name = `示例政报${year}年第${number}期`;
    return { id: `${year}-${number}`, name, year, notices, updated: "" };
  };
  const years = yearsOf([
    issue(2025, 10, 3),
    issue(2026, 1, 1),
    issue(2025, 2, 5),
    issue(2025, 3, 0),
    issue(2024, 1, 0),
  ]);
  expect(years.map(({ year, issues }) => [year, ...issues.map(({ id }) => id)])).toEqual([
    [2026, "2026-1"],
    [2025, "2025-2", "2025-10"],
  ]);
});
