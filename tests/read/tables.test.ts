// Tables of dumps: three ways of writing rows, page breaks inside, and what the result must look like.
import { describe, expect, test } from "vitest";
import { paragraphText } from "../../shared/model/block.ts";
import { splitLines } from "../../shared/read/lines.ts";
import { gatherTables, type TableItem } from "../../shared/read/tables.ts";

const items = (text: string) => gatherTables(splitLines(text));
const tables = (text: string) => items(text).filter((item) => item.type === "table");
/** Cells as text; spans other than 1×1 in front. */
function shape(table: TableItem | undefined): string[][] {
  if (table?.block.type !== "table") throw new RangeError("no table");
  return table.block.content.map((row) =>
    row.content.map(({ type, attrs, content }) => {
      const span = attrs.colspan + attrs.rowspan > 2 ? `${attrs.colspan}x${attrs.rowspan} ` : "";
      return (type === "table_header" ? "#" : "") + span + content.map(paragraphText).join("¶");
    }),
  );
}
/** Every row fills the same width, spans counted. */
function widths(table: TableItem | undefined): number[] {
  if (table?.block.type !== "table") throw new RangeError("no table");
  const covered: number[] = [];
  return table.block.content.map((row, r) => {
    let width = covered[r] ?? 0;
    for (const { attrs } of row.content) {
      width += attrs.colspan;
      for (let down = 1; down < attrs.rowspan; down++) covered[r + down] = (covered[r + down] ?? 0) + attrs.colspan;
    }
    return width;
  });
}

describe("rows", () => {
  test("tab-separated, with a blank 序号 as part of the number above, and a total", () => {
    const [table] = tables("任务表\n\n序号\t单 位\t人数\n1\t东山镇\t20\n\t东山村\t8\n2\t西河镇\t5\n\t合 计\t33");
    expect(shape(table)).toEqual([
      ["#序号", "#单位", "#人数"],
      ["1x2 1", "东山镇", "20"],
      ["东山村", "8"],
      ["2", "西河镇", "5"],
      ["", "合计", "33"],
    ]);
    expect(widths(table)).toEqual([3, 3, 3, 3, 3]);
    expect(table).toMatchObject({ title: "任务表", columns: ["序号", "单位", "人数"], dataRows: 3 });
  });
  test("blank cells of a row without 序号 belong to the cells above", () => {
    const rows = "1\t甲事\t省厅\t张三\n\t乙事\t\t\n\t丙事\t\t李四\n2\t丁事\t\t王五";
    const [table] = tables(`序号\t事项\t单位\t责任人\n${rows}`);
    expect(shape(table).slice(1)).toEqual([
      ["1x3 1", "甲事", "1x3 省厅", "1x2 张三"],
      ["乙事"],
      ["丙事", "李四"],
      ["2", "丁事", "", "王五"],
    ]);
    expect(widths(table)).toEqual([4, 4, 4, 4, 4]);
    expect(table?.findings.map((finding) => finding.rule)).toEqual(["table.merged-cells"]);
  });
  test("markdown, and markdown without a head", () => {
    expect(shape(tables("| 序号 | 项目 |\n|---|---|\n| 1 | 修路 |")[0])).toEqual([
      ["#序号", "#项目"],
      ["1", "修路"],
    ]);
    const [bare] = tables("- | | |\n|---|---|\n| 主任:李明 | 副市长 |\n\n| 王强 | 局长 |");
    expect(shape(bare)).toEqual([
      ["主任：李明", "副市长"],
      ["王强", "局长"],
    ]);
    expect(bare).toMatchObject({ columns: [], dataRows: 2 });
  });
  test("one cell per line behind a tab", () => {
    const [table, ...more] = tables(
      "附件1\n汇总表\n\n\t单  位\n\t项数\n\t事项\n\n\t市发改局\n\t2\n\t1.营商环境\n\n2.社会信用\n\n\t市财政局\n\t\n\t财源建设\n\n附件2",
    );
    expect(shape(table)).toEqual([
      ["#单位", "#项数", "#事项"],
      ["市发改局", "2", "1.营商环境¶2.社会信用"],
      ["市财政局", "", "财源建设"],
    ]);
    expect(more).toEqual([]);
  });
  test("a head of two rows, bands across, cells missing at the end", () => {
    const [table] = tables(
      "序号\t事项\t方式\t\n\t\t直接\t委托\n一、土地类（2项）\t\t\t\n1\t用地预审\t√\t\n2\t供地审查\t\n\n",
    );
    expect(shape(table)).toEqual([
      ["#1x2 序号", "#1x2 事项", "#2x1 方式"],
      ["#直接", "#委托"],
      ["4x1 一、土地类（2项）"],
      ["1", "用地预审", "√", ""],
      ["2", "供地审查", "", ""],
    ]);
    expect(widths(table)).toEqual([4, 4, 4, 4, 4]);
    expect(table).toMatchObject({ columns: ["序号", "事项", "直接", "委托"], dataRows: 2 });
    expect(table?.findings.map((finding) => finding.rule)).toEqual(["table.columns-differ"]);
  });
});

describe("over page breaks", () => {
  const head = "序号\t措施\t单位";
  test("the title and head printed again go, and are reported with their lines", () => {
    const text = `任务表\n\n${head}\n1\t对甲予以奖励。\t市发改局\n\n任务表\n\n${head}\n2\t对乙予以奖励。\t市财政局`;
    const [table, ...more] = tables(text);
    expect(more).toEqual([]);
    expect(shape(table)).toHaveLength(3);
    expect(items(text).map((item) => (item.type === "text" ? item.repeat : "table"))).toEqual([false, "table", true]);
    expect(table?.findings).toMatchObject([{ rule: "table.repeated-header", line: 6 }]);
    expect(table?.findings[0]?.message).toContain("第6、8行");
  });
  test("a row cut by the break becomes one again", () => {
    const rows = "1\t对甲予以奖励。\t市发改局\n2\t对乙予以奖励，并在项目安排上予\t市财政局";
    const [table] = tables(`${head}\n${rows}\n\n${head}\n\t以倾斜。\t\n3\t对丙予以奖励。\t市教育局`);
    expect(shape(table)[2]).toEqual(["2", "对乙予以奖励，并在项目安排上予以倾斜。", "市财政局"]);
    expect(table?.dataRows).toBe(3);
    expect(table?.findings.map((finding) => finding.rule)).toContain("table.spilled-row");
  });
  test("a column too many in one piece", () => {
    const wide = "序号\t措施\t\t单位";
    const rows = "2\t对乙的市县\t给予奖励，在安排上予\t市财政局";
    const [table] = tables(
      `${head}\n1\t对甲予以奖励。\t市发改局\n\n${wide}\n${rows}\n\n${wide}\n\t对丙的市县\t以倾斜。\t`,
    );
    expect(shape(table)).toEqual([
      ["#序号", "#措施", "#单位"],
      ["1", "对甲予以奖励。", "市发改局"],
      ["1x2 2", "对乙的市县¶给予奖励，在安排上予以倾斜。", "1x2 市财政局"],
      ["对丙的市县"],
    ]);
    expect(table?.findings.filter((finding) => finding.rule === "table.column-shift")).toHaveLength(2);
  });
  test("two tables with different titles stay two", () => {
    expect(tables(`甲表\n\n${head}\n1\t对甲\t市发改局\n\n乙表\n\n${head}\n1\t对乙\t市财政局`)).toHaveLength(2);
  });
  test("rows that go on after a blank line without a head", () => {
    expect(tables(`${head}\n1\t对甲\t市发改局\n\n2\t对乙\t市财政局`)).toMatchObject([{ dataRows: 2 }]);
  });
});

test("a single line with one tab is text", () => {
  expect(items("联系人：李明\t\n请遵照执行。").map((item) => item.type)).toEqual(["text", "text"]);
});
