// The contents by the patterns of a style: what each prints, where lines wrap, and that nothing ever leaves the page.
import { describe, expect, test } from "vitest";
import { approvedContents, approvedText, contentsTitle } from "../../shared/layout/approved.ts";
import type { Layout, Link, Page, TextRun } from "../../shared/layout/display.ts";
import { LayoutCache } from "../../shared/layout/layout.ts";
import { type StyleSheet, typeAreaWidth } from "../../shared/layout/style.ts";
import { type Notice, squash } from "../../shared/model/notice.ts";
import { writer } from "./randomText.ts";
import { fonts, issue, lay, notice, runsOf, shippedStyle, showPage, smallStyle } from "./workshop.ts";

const text = (count: number) => "示例工作有序开展".repeat(300).slice(0, count);
const contentsPagesOf = (layout: Layout): Page[] => layout.pages.filter((page) => page.kind === "contents");
const isContents = (run: TextRun) => run.source?.in === "front" && run.source.part === "contents";

/** The lines of the contents below their head, leaders as ….  */
function shown(notices: readonly Notice[], contents: object): string[] {
  const style = smallStyle({ contents: { ...small, ...contents } });
  const pages = contentsPagesOf(lay(notices, style, { imprint: [], slogans: [] }));
  return pages
    .flatMap((page) => showPage({ ...page, items: runsOf(page).filter(isContents) }))
    .map((line) => line.replace(/\{leader (…)+\}/gu, "…").replace(/\{repeat (.+)\}/u, "[$1]"))
    .slice(1);
}

/** 20 characters of 10 pt in a line, all of an entry's lines 20 pt apart. */
const small = {
  entry: { size: 10 },
  section: { size: 10 },
  headSetting: { size: 10 },
  pitch: 20,
  gap: 0,
  numbering: "none",
  number: "none",
};

const one = notice("甲", []);
const other = notice("乙", [], { docNumber: "示政发〔2026〕2号" });
const moved = notice("任免人员", [], { docNumber: "", section: "人事任免" });

describe("patterns", () => {
  const cases: readonly (readonly [rule: string, notices: readonly Notice[], contents: object, lines: string[]])[] = [
    ["a section without a frame", [moved], {}, ["人事任免", "示例市人民政府关于任免人员的通知…1"]],
    [
      "a section in a frame",
      [moved],
      { sectionPattern: "【{section}】", issuers: false },
      ["【人事任免】", "关于任免人员的通知…1"],
    ],
    ["no section, no head", [notice("甲", [], { section: "" })], { issuers: false }, ["关于甲的通知…1"]],
    [
      "numbered in each section",
      [one, other, moved],
      { numbering: "section", issuers: false },
      ["市政府文件", "1．关于甲的通知…1", "2．关于乙的通知…1", "人事任免", "1．关于任免人员的通知…1"],
    ],
    [
      "numbered throughout",
      [one, other, moved],
      { numbering: "whole", issuers: false },
      ["市政府文件", "1．关于甲的通知…1", "2．关于乙的通知…1", "人事任免", "3．关于任免人员的通知…1"],
    ],
    [
      "numbered as the style writes it",
      [one],
      { numbering: "whole", ordinal: "（{i}）", issuers: false },
      ["市政府文件", "（1）关于甲的通知…1"],
    ],
    [
      "the number behind the title",
      [notice("甲", [], { docNumber: "示政〔2026〕1号", title: "关于甲的通知" })],
      { number: "after" },
      ["市政府文件", "关于甲的通知（示政〔2026〕1号）…1"],
    ],
    [
      "the number is not torn: it goes below",
      [notice("甲", [], { title: "关于甲和乙的通知" })],
      { number: "after", hanging: 0 },
      ["市政府文件", "关于甲和乙的通知", "（示政发〔2026〕1号）…1"],
    ],
    [
      "the number goes below with the folio when they have no room beside the title together",
      [notice("甲", [], { docNumber: "示政〔2026〕1号", title: "关于甲和乙的通知" })],
      { number: "after", hanging: 0 },
      ["市政府文件", "关于甲和乙的通知", "（示政〔2026〕1号）…1"],
    ],
    [
      "the number below the title, in brackets of its own",
      [one],
      { number: "below", issuers: false, numberBrackets: ["[", "]"] },
      ["市政府文件", "关于甲的通知", "[示政发〔2026〕1号]…1"],
    ],
    ["no number", [one], { issuers: false }, ["市政府文件", "关于甲的通知…1"]],
    ["the folio in its pattern", [one], { issuers: false, folio: "({n})" }, ["市政府文件", "关于甲的通知…(1)"]],
    ["another leader", [one], { issuers: false, leader: "·" }, ["市政府文件", "关于甲的通知{leader ············}1"]],
    ["no leader", [one], { issuers: false, leader: "" }, ["市政府文件", "关于甲的通知1"]],
  ];
  test.each(cases)("%s", (_, notices, contents, lines) => {
    expect(shown(notices, contents)).toEqual(lines);
  });

  test("a head of its own words", () => {
    const style = smallStyle({ contents: { head: "本期要目" } });
    expect(showPage(contentsPagesOf(lay([one], style))[0] as Page)[0]).toBe("本期要目");
  });
  test("show: false prints no contents at all, and entries know their folios still", () => {
    const layout = lay([one, other], smallStyle({ contents: { show: false } }));
    expect(contentsPagesOf(layout)).toEqual([]);
    expect(layout.contents.map(({ folio, contentsPage }) => [folio, contentsPage])).toEqual([
      ["1", -1],
      ["1", -1],
    ]);
  });
  test("泸溪: framed sections, numbered entries from 关于 on, 文号 below, dotted leader, bare folio", () => {
    const lines = showPage(
      contentsPagesOf(lay([one, moved], shippedStyle("luxi"), { imprint: [], slogans: [] }))[0] as Page,
    );
    expect(lines.map((line) => line.replace(/\{leader …+\}/u, "…"))).toEqual([
      "目　录",
      "【市政府文件】",
      "1．关于甲的通知",
      "（示政发〔2026〕1号）…1",
      "【人事任免】",
      "1．关于任免人员的通知…1",
    ]);
  });
  test("临湘: title with its issuer, numbers below in half-width brackets, folio in brackets", () => {
    const numbered = notice("甲", [], { uniformNumber: "SLDR—2026—00001" });
    const lines = showPage(
      contentsPagesOf(lay([numbered], shippedStyle("linxiang"), { imprint: [], slogans: [] }))[0] as Page,
    );
    expect(lines.map((line) => line.replace(/\{leader …+\}/u, "…"))).toEqual([
      "目　录",
      "市政府文件",
      "示例市人民政府关于甲的通知",
      "(SLDR—2026—00001 示政发〔2026〕1号)…(1)",
    ]);
  });
});

test.each<[title: string, issuers: readonly string[], printed: string]>([
  ["示例市人民政府关于甲的通知", ["示例市人民政府"], "关于甲的通知"],
  ["示例市财政局 示例市教育局关于甲的通知", ["示例市财政局", "示例市教育局"], "关于甲的通知"],
  ["示例市委办公室印发《示例方案》的通知", ["示例市委办公室"], "印发《示例方案》的通知"],
  ["示例市人民政府令", ["示例市人民政府"], "示例市人民政府令"],
  ["示例市人民政府公告", ["示例市人民政府"], "示例市人民政府公告"],
  ["关于甲的通知", ["示例市人民政府"], "关于甲的通知"],
])("without issuers: %s of %s is printed as %s", (title, issuers, printed) => {
  const { contents } = smallStyle();
  expect(contentsTitle({ title, issuers }, { contents: { ...contents, issuers: false } })).toBe(printed);
  expect(contentsTitle({ title, issuers }, { contents: { ...contents, issuers: true } })).toBe(title);
});

describe("lines of an entry", () => {
  const long = (fields: Partial<Notice> = {}) =>
    notice("甲", [], { title: text(40), issuers: [], section: "", ...fields });
  /** Left edges of the lines of the entries, em; and where their last glyphs begin. */
  const edges = (notices: readonly Notice[], contents: object) => {
    const style = smallStyle({ contents: { ...small, ...contents } });
    const runs = contentsPagesOf(lay(notices, style, { imprint: [], slogans: [] }))
      .flatMap(runsOf)
      .filter(isContents);
    const lines = [...Map.groupBy(runs, (run) => run.y).values()].slice(1);
    return lines.map((line) => Number((((line.find((run) => !run.artifact)?.x ?? 0) - left) / 10).toFixed(1)));
  };
  /** Left edge of the type area of an even page. */
  const left = ((210 - 28) * 72) / 25.4 - 200;

  test("the first begins at the edge, the others hang by the style's indent", () => {
    expect(edges([long()], { hanging: 2 })).toEqual([0, 2, 2]);
    expect(edges([long()], { hanging: 0 })).toEqual([0, 0, 0]);
  });
  test("a numbered one hangs under the first character of its title, number included", () => {
    const style = { numbering: "whole", number: "below", ordinal: "第{i}、" };
    // The ordinal stands in the first column; 、 is trimmed to half at the end of its line.
    expect(edges([long()], style).slice(1)).toEqual([2, 2, 2]);
  });
  test("leader and folio end the last line, at the right edge", () => {
    const page = contentsPagesOf(lay([long()], smallStyle({ contents: small })))[0] as Page;
    const folio = runsOf(page).filter(isContents).at(-1);
    const width = fonts.face(folio?.face ?? "").advance(folio?.gids[0] ?? 0);
    expect(folio?.text).toBe("1");
    expect((folio?.x ?? 0) + width * (folio?.size ?? 0)).toBeCloseTo(left + 200, 1);
  });
});

test("an entry is remade only when its own texts change", () => {
  const cache = new LayoutCache();
  const style = smallStyle({ contents: small });
  const titles = (notices: readonly Notice[]) =>
    new Map(
      contentsPagesOf(lay(notices, style, {}, cache))
        .flatMap(runsOf)
        .filter((run) => isContents(run) && !run.artifact)
        .map((run) => [run.text, run.gids] as const),
    );
  const before = titles([one, other]);
  const after = titles([notice("丙", [], { id: one.id }), other]);
  expect(after.get("示例市人民政府关于乙的通知")).toBe(before.get("示例市人民政府关于乙的通知"));
});

describe("what no page can hold", () => {
  const style = (name: string): StyleSheet => (name === "small" ? smallStyle({ contents: small }) : shippedStyle(name));
  /** Right edge of what is inked. */
  const endOf = ({ x, xs, gids, size, face, cuts }: TextRun) => {
    const cut = cuts?.find(({ at }) => at === gids.length - 1);
    const advance = fonts.face(face).advance(gids.at(-1) ?? 0) - ((cut?.left ?? 0) + (cut?.right ?? 0)) / 1000;
    return x + (xs.at(-1) ?? 0) + advance * size;
  };
  /** Every glyph and every link in the type area, nothing upon each other. */
  function checkInside(layout: Layout, sheet: StyleSheet): void {
    const mm = 72 / 25.4;
    const width = typeAreaWidth(sheet);
    const bottom = sheet.typeArea.top * mm + sheet.grid.pitch * sheet.grid.lines + 0.02;
    for (const [i, page] of layout.pages.entries()) {
      if (page.kind !== "contents") continue;
      const { inner } = sheet.typeArea;
      const left = i % 2 === 0 ? inner * mm : (sheet.page.width - inner) * mm - width;
      for (const run of runsOf(page).filter(isContents)) {
        expect(run.y).toBeLessThan(bottom);
        expect(run.x).toBeGreaterThan(left - 0.02);
        expect(endOf(run)).toBeLessThan(left + width + 0.02);
      }
      for (const line of Map.groupBy(runsOf(page).filter(isContents), (run) => run.y).values())
        for (const [k, run] of line.toSorted((a, b) => a.x - b.x).entries())
          expect(endOf(run)).toBeLessThan((line.toSorted((a, b) => a.x - b.x)[k + 1]?.x ?? left + width) + 0.02);
      for (const item of page.items) if (item.kind === "link") expect(item.y + item.height).toBeLessThan(bottom);
    }
  }
  const printed = (layout: Layout) =>
    squash(
      contentsPagesOf(layout)
        .flatMap(runsOf)
        .filter((run) => isContents(run) && !run.artifact)
        .map((run) => run.text)
        .join(""),
    );
  /** All that the contents must say, folios from the layout. */
  function wanted(notices: readonly Notice[], sheet: StyleSheet, layout: Layout): string {
    const approved = approvedContents(issue(notices), new Map(notices.map((each) => [each.id, each])), sheet);
    const entries = (approved?.entries ?? []).map(
      (entry, i) =>
        entry.sectionHead +
        entry.ordinal +
        entry.title +
        entry.number +
        sheet.contents.folio.replace("{n}", layout.contents[i]?.folio ?? ""),
    );
    return squash((approved?.head ?? "") + entries.join(""));
  }

  test.each(["small", "gbt9704", "linxiang", "luxi"])(
    "a title of 1,900 characters is divided between lines: %s",
    (name) => {
      const sheet = style(name);
      const notices = [one, notice("长", [], { title: text(1900), issuers: [] }), other];
      const layout = lay(notices, sheet);
      checkInside(layout, sheet);
      expect(printed(layout)).toBe(wanted(notices, sheet, layout));
    },
  );
  test("each part of a divided entry is a link to its notice, under the head of its section", () => {
    const layout = lay([one, notice("长", [], { title: text(900), issuers: [] })], style("small"));
    const pages = contentsPagesOf(layout);
    const links = pages.map((page) => page.items.filter((item): item is Link => item.kind === "link"));
    expect(pages.length).toBeGreaterThan(3);
    expect(links.map((found) => found.at(-1)?.notice)).toEqual(pages.map(() => "长"));
    for (const page of pages.slice(1)) expect(showPage(page)[0]).toBe("{repeat 市政府文件}");
  });
  test("a section of a hundred characters takes several lines", () => {
    const layout = lay([notice("甲", [], { section: text(60) })], style("small"));
    checkInside(layout, style("small"));
    expect(showPage(contentsPagesOf(layout)[0] as Page).slice(1, 4)).toEqual([
      text(60).slice(0, 20),
      text(60).slice(20, 40),
      text(60).slice(40),
    ]);
  });
  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "300 random entries: nothing leaves the page, is lost or doubled (%i)",
    (seed) => {
      const { random, pick, words } = writer(seed);
      const sections = [words(8), words(3), ""];
      const notices = Array.from({ length: 300 }, (_, i) =>
        notice(`第${i}`, [], {
          title: `甲${words(pick([10, 10, 40, 40, 400]))}`,
          issuers: [],
          docNumber: random() < 0.8 ? `示政发〔2026〕${i}号` : "",
          section: sections[Math.floor(i / 100)] ?? "",
        }),
      );
      const base = shippedStyle(pick(["gbt9704", "linxiang", "luxi"]));
      const sheet: StyleSheet = {
        ...base,
        contents: {
          ...base.contents,
          numbering: pick(["none", "section", "whole"]),
          number: pick(["below", "after", "none"]),
          folio: pick(["{n}", "({n})", "第{n}页"]),
        },
      };
      const layout = lay(notices, sheet, { imprint: [], slogans: [] });
      checkInside(layout, sheet);
      expect(printed(layout)).toBe(wanted(notices, sheet, layout));
    },
  );
});

describe("approved text", () => {
  const parts = (notices: readonly Notice[], changes: object) =>
    approvedText(issue(notices), new Map(notices.map((each) => [each.id, each])), smallStyle(changes)).map(
      ({ part, lines }) => (part === "section" ? lines.join("") : part),
    );
  const cases: readonly (readonly [rule: string, changes: object, parts: string[]])[] = [
    ["cover and imprint, then the notices", {}, ["cover", "imprint", "甲", "乙", "任免人员"]],
    ["no cover", { cover: { template: "none" } }, ["imprint", "甲", "乙", "任免人员"]],
    [
      "a section before its first notice, where openers are printed",
      { opener: { kind: "page" } },
      ["cover", "imprint", "市政府文件", "甲", "乙", "人事任免", "任免人员"],
    ],
    ["the imprint at the back", { imprint: { place: "back" } }, ["cover", "甲", "乙", "任免人员", "imprint"]],
  ];
  test.each(cases)("%s", (_, changes, expected) => {
    expect(parts([one, other, moved], changes)).toEqual(expected);
  });
  function checkPrinted(notices: readonly Notice[], style: StyleSheet): void {
    const printed = lay(notices, style)
      .pages.flatMap(runsOf)
      .filter((run) => run.source && !run.artifact && !isContents(run))
      .map((run) => run.text);
    const approved = approvedText(issue(notices), new Map(notices.map((each) => [each.id, each])), style);
    expect(squash(printed.join(""))).toBe(squash(approved.flatMap(({ lines }) => lines).join("")));
  }
  test.each(cases)("%s: as the layout prints it", (_, changes) =>
    checkPrinted([one, other, moved], smallStyle(changes)),
  );
  test.each(["gbt9704", "linxiang", "luxi", "huayuan"])(
    "an issue without notices is printed as approved: %s",
    (name) => {
      checkPrinted([], shippedStyle(name));
    },
  );
});
