// Elements that a notice may have besides its prose, and what a page says beside its text: a few blocks in, the display
// list as text out. Places in em from the left edge of the type area of an odd page, and in lines of the grid.
import { describe, expect, test } from "vitest";
import type { Item, Page, Picture, TextRun } from "../../shared/layout/display.ts";
import { type Block, type Footnote, type Paragraph, paragraph, type Table } from "../../shared/model/block.ts";
import type { IssueFields } from "../../shared/model/notice.ts";
import { bodyPages, isRule, lay, notice, runsOf, showPage, smallStyle, table } from "./workshop.ts";

const mm = 72 / 25.4;
const left = 28 * mm;
const top = 37 * mm;
const em = (x: number) => Math.round(((x - left) / 10) * 10) / 10 + 0;
const line = (y: number) => Math.round(((y - top) / 20) * 10) / 10;
/** How far a baseline is from its place on the grid, lines. */
const offGrid = (y: number) => {
  const lines = (y - top - 10 - 3.8) / 20;
  return Math.abs(lines - Math.round(lines));
};
const text = (count: number) => "示例工作有序开展".repeat(40).slice(0, count);
const laid = (blocks: readonly Block[], changes: object = {}, fields: Partial<IssueFields> = {}) =>
  lay([notice("示例", blocks, { title: "示例", issuers: [], docNumber: "" })], smallStyle(changes), fields);
const pages = (blocks: readonly Block[], changes: object = {}) => bodyPages(laid(blocks, changes));
/** The runs of the blocks of a first page, without title and folio. */
const runs = (blocks: readonly Block[], changes: object = {}) =>
  runsOf(pages(blocks, changes)[0] as Page).filter((run) => run.source?.in === "body");
const places = (all: readonly TextRun[]) => all.map((run) => `${em(run.x)} ${run.text}`);
const noted = (before: string, note: string, after: string): Paragraph => ({
  type: "paragraph",
  attrs: { kind: "body" },
  content: [
    { type: "text", text: before },
    { type: "footnote", attrs: { text: note } } satisfies Footnote,
    { type: "text", text: after },
  ],
});

describe("名单: lines share their columns", () => {
  const names = (...lines: readonly string[]) => lines.map((one) => paragraph("names", one));
  test.each<[name: string, lines: readonly string[], want: readonly string[]]>([
    [
      "duty, name, post",
      ["组　长：\t张三四\t市长", "副组长：\t李四五\t副市长"],
      ["2 组　长：", "7 张三四", "11.5 市长", "2 副组长：", "7 李四五", "11.5 副市长"],
    ],
    [
      "wide spaces part columns as tabs do; a space inside a name does not",
      ["组　长：　　张　三　　市长", "副组长：　　李四五　　副市长"],
      ["2 组　长：", "7 张　三", "11.5 市长", "2 副组长：", "7 李四五", "11.5 副市长"],
    ],
    [
      "a name of two characters takes three",
      ["张三\t市长", "李四五\t副市长"],
      ["2 张三", "6.5 市长", "2 李四五", "6.5 副市长"],
    ],
    [
      "a long post wraps under its beginning",
      ["张三四\t市委常委、市政府党组副书记、副市长"],
      ["2 张三四", "6.5 市委常委、市政府党组副书记、", "6.5 副市长"],
    ],
    ["a line without columns is a plain line", ["张三四、李四五"], ["2 张三四、李四五"]],
    [
      "columns that leave no room are plain lines",
      ["示例市人民政府办公室主任\t张三四\t市长"],
      ["2 示例市人民政府办公室主任\t张三四\t市长"],
    ],
  ])("%s", (_, given, want) => {
    expect(places(runs(names(...given)))).toEqual(want);
  });
  test("the two characters of a name stand at either end of three", () => {
    const [run] = runs(names("张三\t市长", "李四五\t副市长"));
    expect(run?.xs).toEqual([0, 20]);
  });
});

test("引文 stands further in", () => {
  expect(places(runs([paragraph("quotation", text(20))])).map((one) => one.split(" ")[0])).toEqual(["4", "2"]);
});

describe("脚注", () => {
  test("the mark stands high and small, its text at the foot under a rule", () => {
    const [page] = pages([noted("示例", "说明。", "工作。")]);
    const shown = runsOf(page as Page).filter((run) => run.source?.in === "body");
    expect(shown.map((run) => `${run.text} ${run.size}`)).toEqual(["示例 10", "① 6", "工作。 10", "①说明。 10.5"]);
    const [before, mark, , note] = shown;
    expect((before?.y ?? 0) - (mark?.y ?? 0)).toBeCloseTo(3.5, 3);
    expect([line(note?.y ?? 0), note?.source]).toEqual([
      9.8,
      { in: "body", notice: "示例", block: 0, note: 0, from: 0 },
    ]);
    expect(page?.items.filter(isRule).length).toBe(1);
  });
  test.each([17, 18, 19, 36, 38])("after %i characters the mark does not begin a line", (count) => {
    const shown = runs([noted(text(count), "说明。", text(9))]).filter((run) => run.source?.in === "body");
    const mark = shown.find((run) => run.text === "①");
    expect(em(mark?.x ?? 0)).toBeGreaterThan(0);
  });
  test("marks go on through the notice", () => {
    const shown = runs([noted("甲", "一", "。"), paragraph("body", "乙"), noted("丙", "二", "。")]).map(
      (run) => run.text,
    );
    expect(shown).toEqual(["甲", "①", "。", "①一", "乙", "丙", "②", "。", "②二"]);
  });
  test("a footnote at the foot of a column parted its paragraph in the text read out of the print", () => {
    const two = { columns: { count: 2, gap: 2, rule: 0, balance: false } };
    const all = runs([noted(text(60), "说明。", text(80))], two).filter((run) => run.source?.in === "body");
    expect(all.map((run) => run.text).join("")).toBe(`${text(60)}①${text(80)}①说明。`);
  });
  test("a footnote behind an empty line is printed once", () => {
    const block: Paragraph = {
      type: "paragraph",
      attrs: { kind: "body" },
      content: [
        { type: "text", text: "甲" },
        { type: "hard_break" },
        { type: "hard_break" },
        { type: "text", text: "乙" },
        { type: "footnote", attrs: { text: "注文" } },
        { type: "text", text: "丙" },
      ],
    };
    expect(runs([block]).map((run) => run.text)).toEqual(["甲", "乙", "①", "丙", "①注文"]);
  });
  test("a character of a footnote that no face has is reported with its place", () => {
    const [warning] = laid([noted("甲", "注\u{10FFFD}", "。")]).warnings;
    expect(warning).toMatchObject({ code: "missingGlyph", text: "\u{10FFFD}", source: { block: 0, note: 0 } });
  });
  test("a footnote longer than its page goes on upright, before a landscape table", () => {
    const turned: Table = { ...table("甲|乙"), attrs: { landscape: true, wholeRows: false } };
    const made = pages([noted("甲", text(400), "。"), turned]);
    for (const run of made.flatMap(runsOf))
      if (run.source?.in === "body" && run.source.note !== undefined) expect(run.turn).toBeUndefined();
  });
  test("from the twenty-first on marks are one character, too", () => {
    const many = Array.from({ length: 22 }, () => noted("甲", "注", "。"));
    const shown = pages(many)
      .flatMap(runsOf)
      .filter((run) => run.size === 6 && run.source?.in === "body");
    expect(shown.map((run) => run.text).slice(-3)).toEqual(["⑳", "㉑", "㉒"]);
  });
  test("a note stands on the page of the line that has its mark", () => {
    const long: Block[] = Array.from({ length: 8 }, () => paragraph("body", text(10)));
    const [first, second] = pages([...long, noted("示例", "说明。", "工作。")]);
    expect([showPage(first as Page).includes("①说明。"), showPage(second as Page).includes("①说明。")]).toEqual([
      false,
      true,
    ]);
  });
});

describe("图", () => {
  const figure = (changes: object = {}): Block => ({
    type: "figure",
    attrs: { image: "a".repeat(64), width: 1000, height: 500, share: 1, alt: "示例图", ...changes },
  });
  const pictures = (blocks: readonly Block[]) =>
    pages(blocks).flatMap((page) => page.items.filter((item): item is Picture => item.kind === "picture"));
  test.each<[name: string, changes: object, want: readonly number[]]>([
    ["as wide as its column", {}, [0, 20, 10]],
    ["half as wide, in the middle", { share: 0.5 }, [5, 10, 5]],
    ["no higher than a page with its caption", { height: 4000 }, [8, 4, 16]],
  ])("%s", (_, changes, want) => {
    const [picture] = pictures([figure(changes)]);
    expect([em(picture?.x ?? 0), (picture?.width ?? 0) / 10, (picture?.height ?? 0) / 10]).toEqual(want);
  });
  test("its caption stays with it, and text goes on on the grid", () => {
    const filling: Block[] = Array.from({ length: 5 }, () => paragraph("body", text(10)));
    const [first, second] = pages([
      ...filling,
      figure(),
      paragraph("caption", "图1　示例"),
      paragraph("body", "示例。"),
    ]);
    expect(first?.items.some((item: Item) => item.kind === "picture")).toBe(false);
    expect(showPage(second as Page).slice(0, 2)).toEqual(["图1　示例", "示例。"]);
    const [, body] = runsOf(second as Page);
    expect(offGrid(body?.y ?? 0)).toBeLessThan(0.01);
  });
  test("a picture too coarse for print is reported", () => {
    const codes = (changes: object) => laid([figure(changes)]).warnings.map(({ code }) => code);
    expect(codes({ width: 300, height: 150 })).toContain("coarsePicture");
    expect(codes({})).not.toContain("coarsePicture");
    const told = (...blocks: Block[]) => laid(blocks).warnings.map(({ message }) => message);
    const coarse = figure({ width: 300, height: 150, alt: "" });
    expect(told(coarse, paragraph("caption", "图1　新桥"))).toEqual([
      expect.stringMatching(
        /^《.*》中的图“图1　新桥”每英寸只有\d+个像素，不到150，印出来会模糊，请换一幅更大的，或缩小它的宽度。$/u,
      ),
    ]);
    expect(told(figure({ width: 300, height: 150, alt: "新桥" }))[0]).toContain("中的图“新桥”每英寸");
    expect(told(figure({}), paragraph("body", "示例。"), coarse)[0]).toContain("中的第2幅图每英寸");
  });
});

describe("forced breaks", () => {
  test.each<[name: string, to: "page" | "column", columns: number, want: number]>([
    ["a page", "page", 1, 2],
    ["a column of one is a page", "column", 1, 2],
    ["a column of two", "column", 2, 1],
    ["a page of two columns", "page", 2, 2],
  ])("%s", (_, to, count, want) => {
    const blocks: Block[] = [
      paragraph("body", "甲。"),
      { type: "forced_break", attrs: { to } },
      paragraph("body", "乙。"),
    ];
    expect(pages(blocks, { columns: { count } }).length).toBe(want);
  });
  test("one at the end of a notice does nothing", () => {
    expect(pages([paragraph("body", "甲。"), { type: "forced_break", attrs: { to: "page" } }]).length).toBe(1);
  });
});

describe("分栏", () => {
  const columns = { columns: { count: 2, gap: 2 } };
  test("the second column begins where the first line of the page stands", () => {
    const [page] = pages(
      Array.from({ length: 12 }, (_, i) => paragraph("body", `第${i + 1}`)),
      columns,
    );
    const shown = runsOf(page as Page).filter((run) => run.source?.in === "body");
    const second = shown.find((run) => em(run.x) > 20);
    expect([em(second?.x ?? 0), line(second?.y ?? 0), second?.text]).toEqual([24, 0.7, "第10"]);
  });
  test("lines of both columns register", () => {
    const [page] = pages(
      Array.from({ length: 14 }, () => paragraph("body", text(30))),
      columns,
    );
    for (const run of runsOf(page as Page)) if (run.source?.in === "body") expect(offGrid(run.y)).toBeLessThan(0.01);
  });
  test("a wide table stands across, with its title and note", () => {
    const wide = table(
      Array.from({ length: 9 }, (_, i) => `#栏目${i}`).join("|"),
      Array.from({ length: 9 }, () => "示例").join("|"),
    );
    const [page] = pages([paragraph("tableTitle", "示例表"), wide, paragraph("note", "注：示例。")], columns);
    const rules = (page?.items ?? []).filter(isRule);
    expect(em(Math.max(...rules.map((rule) => rule.x2)))).toBe(42);
    const title = runsOf(page as Page).find((run) => run.text === "示例表");
    expect(em(title?.x ?? 0)).toBe(19.5);
  });
  test.each<[where: string, after: Block, middle: number]>([
    ["in the column of a title above text", paragraph("body", "甲。"), 10],
    ["across with a title above a wide table", table(Array.from({ length: 10 }, () => "#示例栏").join("|"), "甲"), 21],
  ])("the subtitle of an annex stands %s", (_, after, middle) => {
    const spanning = { ...columns, text: { subtitle: { span: true } } };
    const [page] = pages([paragraph("annexTitle", "附件题名"), paragraph("subtitle", "（共二个）"), after], spanning);
    for (const words of ["附件题名", "（共二个）"]) {
      const run = runsOf(page as Page).find(({ text }) => text === words);
      expect(em((run?.x ?? 0) + ((run?.xs.at(-1) ?? 0) + (run?.size ?? 0)) / 2)).toBeCloseTo(middle, 0);
    }
  });
  test("a narrow table stands in its column", () => {
    const [page] = pages([table("#序号|#单位", "1|示例局")], columns);
    const rules = (page?.items ?? []).filter(isRule);
    expect(em(Math.max(...rules.map((rule) => rule.x2)))).toBeLessThanOrEqual(20);
  });
  test("a rule between the columns, as high as they are", () => {
    const [page] = pages(
      Array.from({ length: 15 }, () => paragraph("body", "示例")),
      { columns: { count: 2, gap: 2, rule: 0.5 } },
    );
    const [rule] = (page?.items ?? []).filter(isRule);
    expect([em(rule?.x1 ?? 0), line(rule?.y1 ?? 0), line(rule?.y2 ?? 0)]).toEqual([21, 0, 10]);
  });
});

describe("横排: landscape tables", () => {
  const turned: Table = { ...table("#序号|#单位", "1|示例局"), attrs: { landscape: true, wholeRows: false } };
  const blocks = [paragraph("body", "甲。"), paragraph("tableTitle", "示例表"), turned, paragraph("body", "乙。")];
  test("a page of its own, with the title of the table", () => {
    expect(
      pages(blocks).map((page) =>
        showPage(page)
          .slice(0, -1)
          .filter((one) => one !== "示例"),
      ),
    ).toEqual([["甲。"], expect.arrayContaining(["示例表", "示例局"]), ["乙。"]]);
  });
  test.each([0, 1])("its head is at the left, on odd and even pages", (before) => {
    const filling: Block[] = Array.from({ length: before * 10 }, () => paragraph("body", text(10)));
    const all = pages([...filling, ...blocks]);
    const page = all.find((one) => runsOf(one).some((run) => run.turn === 270));
    const head = runsOf(page as Page).find((run) => run.text === "序号");
    const row = runsOf(page as Page).find((run) => run.text === "1");
    expect([head?.turn, page?.shown]).toEqual([270, 90]);
    expect((head?.x ?? 0) < (row?.x ?? 0)).toBe(true);
    expect(runsOf(page as Page).find((run) => run.artifact === "folio")?.turn).toBeUndefined();
  });
  test("a table that no type fits upright is turned, unless the style forbids it", () => {
    const wide = table(Array.from({ length: 7 }, () => "ABCDEFGH").join("|"));
    const isTurned = (turn: string, grid = { em: 10, characters: 20, pitch: 20, lines: 22 }) =>
      pages([wide], { table: { sizes: [10], turn }, grid }).some((page) =>
        runsOf(page).some((run) => run.turn === 270),
      );
    expect([isTurned("auto"), isTurned("never")]).toEqual([true, false]);
    expect(isTurned("auto", { em: 10, characters: 45, pitch: 20, lines: 22 })).toBe(false);
  });
  test.each(["landscape", "across"])("what is left of a divided row stands where its beginning stood: %s", (room) => {
    const tall = Array.from({ length: 30 }, (_, i) => `第${i + 1}行`).join("\n");
    const made = table("甲|乙", `1|${tall}`);
    const all = pages([room === "landscape" ? { ...made, attrs: { landscape: true, wholeRows: false } } : made], {
      columns: { count: 2, gap: 2 },
      table: { span: "always" },
    });
    const last = all.flatMap(runsOf).find((run) => run.text === "第30行");
    expect(last?.turn).toBe(room === "landscape" ? 270 : undefined);
    const widths = all.map((page) => {
      const xs = page.items.filter(isRule).flatMap((rule) => [rule.x1, rule.x2]);
      return Math.round((Math.max(...xs) - Math.min(...xs)) / 10);
    });
    if (room === "across") expect(new Set(widths)).toEqual(new Set([42]));
  });
  test("nothing leaves the type area", () => {
    const wide = table(...Array.from({ length: 40 }, () => Array.from({ length: 12 }, () => "示例事项").join("|")));
    const made = pages([{ ...wide, attrs: { landscape: true, wholeRows: false } }]).filter((page) =>
      runsOf(page).some((run) => run.turn),
    );
    expect(made.length).toBeGreaterThan(1);
    for (const page of made)
      for (const item of page.items)
        if (item.kind === "rule")
          for (const [x, y] of [
            [item.x1, item.y1],
            [item.x2, item.y2],
          ] as const) {
            expect(x).toBeGreaterThan(0);
            expect(x).toBeLessThan(page.width);
            expect(y).toBeGreaterThanOrEqual(top - 0.01);
            expect(y).toBeLessThanOrEqual(top + 200.01);
          }
  });
});

describe("beside the text", () => {
  const runningHead = { odd: "{gazette} {issue}", even: "{section}", above: 5, rule: 0.5 };
  test("书眉: patterns of odd and even pages, with a rule", () => {
    const blocks = [
      paragraph("body", "甲。"),
      { type: "forced_break", attrs: { to: "page" } } as const,
      paragraph("body", "乙。"),
    ];
    const made = pages(blocks, { runningHead });
    const heads = made.map((page) =>
      runsOf(page)
        .filter((run) => run.artifact === "runningHead")
        .map((run) => run.text)
        .join(""),
    );
    expect(heads).toEqual(["示例政报 2026年第2期（总第18期）", "市政府文件"]);
    expect(made.map((page) => page.items.filter(isRule).length)).toEqual([1, 1]);
  });
  test("a long title in the running head is made smaller, not cut, and its signs are taken as they are", () => {
    const title = `示例$&${"示例".repeat(18)}`;
    const style = smallStyle({ runningHead: { odd: "{title}", even: "" } });
    const one = notice("示例", [paragraph("body", "甲。")], { title, issuers: [] });
    const [page] = bodyPages(lay([one], style));
    const head = runsOf(page as Page).filter((run) => run.artifact === "runningHead");
    expect(head.map((run) => run.text).join("")).toBe(title);
    for (const run of head) expect(em(run.x + (run.xs.at(-1) ?? 0) + run.size)).toBeLessThanOrEqual(20.1);
  });
  test.each<[place: string, want: readonly number[]]>([
    ["outer", [16.4, 1]],
    ["centre", [8.7, 8.7]],
  ])("页码 %s", (place, want) => {
    const blocks = [
      paragraph("body", "甲。"),
      { type: "forced_break", attrs: { to: "page" } } as const,
      paragraph("body", "乙。"),
    ];
    const made = pages(blocks, { folio: { place, size: 10 } });
    const even = (210 - 28) * mm - 200;
    const stands = made.map((page, i) => {
      const x = runsOf(page).find((run) => run.artifact === "folio")?.x ?? 0;
      return Math.abs((x - (i === 0 ? left : even)) / 10 - (want[i] ?? 0)) < 0.6;
    });
    expect(stands).toEqual([true, true]);
  });
  test.each<[kind: "none" | "line" | "page", want: number]>([
    ["none", 1],
    ["line", 1],
    ["page", 2],
  ])("栏目 %s", (kind, want) => {
    const made = pages([paragraph("body", "甲。")], { opener: { kind } });
    expect(made.length).toBe(want);
    expect(showPage(made[0] as Page).includes("市政府文件")).toBe(kind !== "none");
  });
  test("补白: a slogan where a notice ends high on its last page", () => {
    const filler = { multiple: 1, slogans: true };
    const fillers = (count: number) =>
      pages(
        Array.from({ length: count }, () => paragraph("body", "示例。")),
        { filler },
      ).map((page) =>
        runsOf(page)
          .filter((run) => run.artifact === "filler")
          .map((run) => run.text)
          .join(""),
      );
    expect([fillers(3), fillers(8)]).toEqual([["公开政令"], [""]]);
  });
  test.each<[multiple: number, want: object]>([
    [1, { pages: 5, fillers: 0, lacking: 3 }],
    [2, { pages: 6, fillers: 1, lacking: 2 }],
    [4, { pages: 8, fillers: 3, lacking: 0 }],
  ])("the pages are brought to a multiple of %i", (multiple, want) => {
    const layout = laid([paragraph("body", "甲。")], { filler: { multiple } });
    expect(layout.plan).toEqual(want);
    expect(layout.pages.length).toBe(layout.plan.pages);
  });
});

describe("标点", () => {
  const xs = (marks: string, words: string) => {
    const [run] = runs([paragraph("body", words)], { marks, composer: "line" });
    return run?.xs.map((x) => x / 10);
  };
  test("开明式: half-width but at the end of a sentence", () => {
    expect(xs("kaiming", "甲，乙、丙。丁")).toEqual([0, 1, 1.5, 2.5, 3, 4, 5]);
  });
  test("引号占半字", () => {
    expect(xs("narrowQuotes", "甲“乙”，丙")).toEqual([0, 1, 1.5, 2.5, 3, 4]);
  });
  test("全角", () => {
    expect(xs("squeezed", "甲“乙”丙")).toEqual([0, 1, 2, 3, 4]);
  });
});
