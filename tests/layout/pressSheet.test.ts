// The 付印单 as a display list: what it says, that it stays on one page for an issue of usual length, that every glyph
// stands on the paper, and that a long issue goes on without losing a notice.
import { expect, test } from "vitest";
import { openFonts } from "../../main/fonts/faces.ts";
import type { Layout, TextRun } from "../../shared/layout/display.ts";
import { type PressSheet, pressSheetLayout } from "../../shared/layout/pressSheet.ts";

const fonts = openFonts();
const hash = (digit: string) => digit.repeat(64);

function sheetOf(notices: number, changes: Partial<PressSheet> = {}): PressSheet {
  return {
    issue: { name: "示例政报2026年第2期", published: "2026-03-20", revision: 7, style: "示例版式" },
    pages: 58,
    characters: 34829,
    tables: 4,
    pictures: 1,
    notices: Array.from({ length: notices }, (_, i) => ({
      title: `示例市人民政府办公室关于印发《示例市第${i + 1}号实施方案》的通知`,
      number: `示政办发〔2026〕${i + 1}号`,
      from: String(i + 1),
      to: String(i + 2),
      characters: 1234,
      sha256: hash("a"),
      pieces: [{ at: 0, length: 1234 }],
    })),
    pdf: { name: "示例政报.pdf", profile: "screen", bytes: 549975, sha256: hash("b") },
    faces: [{ id: "NotoSerifSC-400", family: "思源宋体", licence: "SIL Open Font License 1.1", sha256: hash("c") }],
    exported: { by: "王编辑", at: "2026-03-18T09:05:00+08:00", program: "政报工坊 0.1.0" },
    warnings: [],
    waiver: "",
    signOff: { words: "未经流程审签。", entries: 0, head: "" },
    ...changes,
  };
}

const runsOf = (layout: Layout): TextRun[] =>
  layout.pages.flatMap(({ items }) => items.filter((item) => item.kind === "text"));
const textOf = (layout: Layout): string =>
  runsOf(layout)
    .map(({ text }) => text)
    .join("")
    .replaceAll(/\s/gu, "");

test("an issue of usual length has a form of one page, with a place for those who sign", () => {
  const layout = pressSheetLayout(sheetOf(20), fonts);
  expect(layout.pages).toHaveLength(1);
  const text = textOf(layout);
  for (const words of [
    "付印单示例政报2026年第2期",
    "2026年3月20日",
    "34,829字",
    "4张，1幅",
    "王编辑",
    "2026年3月18日9时05分",
    "第7版",
    hash("b"),
    hash("c"),
    hash("a").slice(0, 16),
    "版面提示没有。",
    "编辑校对审核批准日期",
  ])
    expect(text).toContain(words);
  expect(text).not.toContain("放行理由");
});

test("warnings are named, and why they were waived", () => {
  const warnings = [1, 2, 3, 4, 5, 6].map((page) => ({ page: String(page), message: "表格字号缩小。" }));
  const text = textOf(pressSheetLayout(sheetOf(2, { warnings, waiver: "已请总编辑看过" }), fonts));
  expect(text).toContain("共6处。第1页：表格字号缩小；");
  expect(text).toContain("另有2处，见同名的JSON文件。");
  expect(text).toContain("放行理由已请总编辑看过");
});

test("a long issue goes on on further pages, every notice in its row, all of it on the paper", () => {
  const layout = pressSheetLayout(sheetOf(70), fonts);
  expect(layout.pages.length).toBeGreaterThan(1);
  const text = textOf(layout);
  for (let i = 1; i <= 70; i++) expect(text).toContain(`示例市第${i}号实施方案`);
  for (const { width, height, items } of layout.pages)
    for (const item of items)
      if (item.kind === "text") {
        expect(item.x).toBeGreaterThan(50);
        expect(item.x + (item.xs.at(-1) ?? 0) + item.size / 2).toBeLessThan(width - 50);
        expect(item.y).toBeLessThan(height - 40);
      }
});

test("the same sheet gives the same display list", () => {
  expect(pressSheetLayout(sheetOf(5), fonts)).toEqual(pressSheetLayout(sheetOf(5), openFonts()));
});
