// The rows of the style panel: every setting in one row, found by its words, and found from a point on a page.
import { describe, expect, test } from "vitest";
import { rowsFound, rowsIn, settingRows, settingsAt } from "../../renderer/style/settingRows.ts";
import type { Page, TextRun } from "../../shared/layout/display.ts";
import type { styleGroups } from "../../shared/layout/styleGuide.ts";
import { styleSettings } from "../../shared/layout/styleSettings.ts";
import { paragraph } from "../../shared/model/block.ts";
import type { Notice } from "../../shared/model/notice.ts";

const show = (group: (typeof styleGroups)[number], text = "title") =>
  rowsIn(group, text).map(({ heading, label, settings }) => `${heading}|${label}|${settings.length}`);

describe("rows", () => {
  test("hold every setting once", () => {
    const paths = settingRows.flatMap((row) => row.settings.map((setting) => setting.path));
    expect(paths.toSorted()).toEqual(styleSettings.map((setting) => setting.path).toSorted());
  });
  test.each([
    ["纸张与版心", "成品尺寸|宽|1"],
    ["纸张与版心", "字与行|行距|1"],
    ["分栏", "|栏数|1"],
    ["正文与行文", "脚注|字体字号|2"],
    ["表格", "|字体|1"],
    ["封面", "|刊名|4"],
    ["目录", "|条目|4"],
    ["页码与书眉", "页码|字体字号|2"],
  ] as const)("%s has %s", (group, row) => expect(show(group)).toContain(row));
  test("of the texts of a notice only the chosen one is shown", () => {
    expect(show("各级标题与要素", "level1")[0]).toBe("一级标题|字体字号|2");
    expect(show("各级标题与要素", "opener")).toEqual(["栏目名|栏目首篇之前|1", "栏目名|字体字号|4"]);
    expect(new Set(rowsIn("各级标题与要素", "level1").map((row) => row.heading))).toEqual(new Set(["一级标题"]));
  });
});

describe("looking for settings", () => {
  test.each([
    ["每行字数", ["grid.characters"]],
    ["表格 行距", ["table.leading"]],
    ["骑马钉", ["filler.multiple"]],
    ["书眉线", ["runningHead.rule"]],
    ["一级标题 占行", ["text.level1.lines"]],
    ["没有这种设置", []],
  ])("“%s”", (query, keys) => expect(rowsFound(query).map((row) => row.key)).toEqual(keys));
});

describe("the settings of what stands on a page", () => {
  const notice: Notice = {
    id: "n",
    version: 1,
    title: "关于示例的通知",
    issuers: [],
    docNumber: "",
    uniformNumber: "",
    kind: "通知",
    dated: "",
    section: "",
    body: [paragraph("level1", "一、示例"), { type: "table", content: [] }],
  };
  const run = (y: number, rest: Partial<TextRun>): TextRun => ({
    kind: "text",
    face: "f",
    size: 10,
    ink: "black",
    x: 100,
    y,
    gids: [1, 1],
    xs: [0, 10],
    text: "示例",
    starts: [0, 1],
    ...rest,
  });
  const at = (rest: Partial<TextRun>, kind: Page["kind"] = "body") => {
    const page: Page = { width: 300, height: 400, kind, label: "1", items: [run(200, rest)] };
    const found = settingsAt(page, 105, 196, new Map([["n", notice]]));
    return found && [found.group, found.text];
  };
  const body = (block: number, note?: number) =>
    ({ source: { in: "body", notice: "n", block, from: 0, ...(note !== undefined && { note }) } }) as const;

  test.each([
    ["a title", { source: { in: "title", notice: "n", from: 0 } }, "body", ["各级标题与要素", "title"]],
    ["a number", { source: { in: "number", notice: "n", from: 0 } }, "body", ["各级标题与要素", "number"]],
    ["a head", body(0), "body", ["各级标题与要素", "level1"]],
    ["a table", body(1), "body", ["表格", null]],
    ["a footnote", body(0, 0), "body", ["正文与行文", null]],
    ["a folio", { artifact: "folio" }, "body", ["页码与书眉", null]],
    ["a running head", { artifact: "runningHead" }, "body", ["页码与书眉", null]],
    ["a slogan", { artifact: "filler" }, "blank", ["补白", null]],
    ["a leader", { artifact: "leader" }, "contents", ["目录", null]],
    ["the cover", { source: { in: "front", part: "cover" } }, "cover", ["封面", null]],
    ["the imprint on the contents page", { source: { in: "front", part: "imprint" } }, "contents", ["版权页", null]],
    ["the name of a section", { source: { in: "front", part: "section" } }, "body", ["各级标题与要素", "opener"]],
  ] as const)("%s", (_, rest, kind, found) => expect(at(rest, kind)).toEqual(found));

  test("of lines that run up a landscape page the one that was pointed at counts", () => {
    const lines = [run(350, { turn: 270, ...body(1) }), run(350, { turn: 270, x: 130, ...body(0) })];
    const page: Page = { width: 300, height: 400, kind: "body", label: "1", items: lines };
    const notices = new Map([["n", notice]]);
    expect(settingsAt(page, 96, 340, notices)?.group).toBe("表格");
    expect(settingsAt(page, 126, 340, notices)?.text).toBe("level1");
  });

  test("the nearest line counts, and a page without text has none", () => {
    const lines = [run(100, { artifact: "runningHead" }), run(200, body(0))];
    const page: Page = { width: 300, height: 400, kind: "body", label: "1", items: lines };
    const notices = new Map([["n", notice]]);
    expect(settingsAt(page, 290, 120, notices)?.group).toBe("页码与书眉");
    expect(settingsAt(page, 290, 180, notices)?.text).toBe("level1");
    expect(settingsAt({ ...page, items: [] }, 0, 0, notices)).toBeNull();
  });
});
