// Cover, masthead and imprint by template: an issue in, texts of the pages out; and whatever the fields hold, nothing
// leaves the page, and what is printed is what is approved.
import { describe, expect, test } from "vitest";
import { approvedText, coverText } from "../../shared/layout/approved.ts";
import type { Layout, Page, TextRun } from "../../shared/layout/display.ts";
import { paragraph } from "../../shared/model/block.ts";
import { type IssueFields, squash } from "../../shared/model/notice.ts";
import { issue, lay, notice, runsOf, showPage, smallStyle } from "./workshop.ts";

const one = notice("甲", [paragraph("body", "示例。")]);
const laid = (changes: object, fields: Partial<IssueFields> = {}): Layout => lay([one], smallStyle(changes), fields);
const kinds = (layout: Layout) => layout.pages.map((page) => `${page.kind} ${page.label}`);
/** Every text of the issue but contents, folios and the like, in the order of the pages. */
const printed = (layout: Layout) =>
  layout.pages
    .flatMap(runsOf)
    .filter((run: TextRun) => !run.artifact && !(run.source?.in === "front" && run.source.part === "contents"))
    .map((run) => run.text)
    .join("");
const long = "示例市人民政府办公室政务公开工作领导小组示例市大数据中心".repeat(3);
const manyLines = Array.from({ length: 70 }, (_, i) => ({
  label: `第${i + 1}项`,
  value: `示例单位${"示例".repeat(i % 40)}`,
}));

describe("templates", () => {
  test.each<[template: "classic" | "band" | "masthead" | "none", want: readonly string[]]>([
    ["classic", ["cover 封面", "contents 目1", "imprint 版权页", "blank 空白页", "body 1"]],
    ["band", ["cover 封面", "contents 目1", "imprint 版权页", "blank 空白页", "body 1"]],
    ["masthead", ["contents 目1", "contents 目2", "imprint 版权页", "blank 空白页", "body 1"]],
    ["none", ["contents 目1", "imprint 版权页", "body 1"]],
  ])("%s", (template, want) => {
    expect(kinds(laid({ cover: { template } }))).toEqual(want);
  });
  test("the texts of a cover, in one order", () => {
    const [cover] = laid({ cover: { template: "band" } }).pages;
    expect(showPage(cover as Page)).toEqual(coverText(issue([one]), "band"));
  });
  test("报头 above the first notice, where no contents stand before it", () => {
    const [first] = laid({
      cover: { template: "masthead" },
      contents: { show: false },
      imprint: { place: "back" },
    }).pages;
    expect(first?.label).toBe("1");
    expect(
      squash(showPage(first as Page).join("")).startsWith(squash(coverText(issue([one]), "masthead").join(""))),
    ).toBe(true);
    expect(showPage(first as Page)).toContain("关于甲的通知");
  });
  test("white type stands on the band, not below it", () => {
    const [cover] = laid({ cover: { template: "band" } }).pages;
    const items = cover?.items ?? [];
    const white = items.findIndex((item) => item.kind === "text" && item.ink === "white");
    const band = items.findIndex((item) => item.kind === "rule" && item.width > 100);
    expect([band >= 0, band < white]).toEqual([true, true]);
  });
});

describe("imprint", () => {
  test("at the back it is the last page, behind those that fill the sheet", () => {
    const many = { imprint: { place: "back" }, filler: { multiple: 4 }, newPage: ["title"] };
    const layout = lay([one, notice("乙", one.body)], smallStyle(many));
    expect(kinds(layout).at(-1)).toBe("imprint 版权页");
    expect(layout.plan).toEqual({ pages: 8, fillers: 1, lacking: 0 });
  });
  test("in a box", () => {
    const page = laid({ imprint: { box: true } }).pages.find(({ kind }) => kind === "imprint");
    expect(page?.items.filter((item) => item.kind === "rule" && item.x1 === item.x2).length).toBe(2);
  });
  test("seventy lines go on on a further page", () => {
    const layout = laid({}, { imprint: manyLines });
    expect(layout.pages.filter(({ kind }) => kind === "imprint").length).toBeGreaterThan(1);
  });
});

describe.each<[name: string, fields: Partial<IssueFields>]>([
  ["as usual", {}],
  [
    "nothing given",
    { officialTitle: "", englishTitle: "", organ: "", statement: [], slogans: [], imprint: [], published: "" },
  ],
  [
    "very long names",
    { officialTitle: long, gazetteTitle: long.slice(0, 60), organ: long, statement: [long], slogans: [long] },
  ],
  ["seventy lines of imprint", { imprint: manyLines }],
  ["sixty slogans and nothing else", { slogans: Array.from({ length: 60 }, (_, i) => `口号${i}`), imprint: [] }],
  ["a line of the imprint left empty", { imprint: [{ label: "", value: "" }] }],
  ["a very long label", { imprint: [{ label: long, value: long }] }],
])("%s", (_, fields) => {
  const styles = (["classic", "band", "masthead", "none"] as const).flatMap((template) =>
    (["front", "back"] as const).map((place) => ({
      cover: { template },
      imprint: { place },
      contents: { show: place === "front" },
    })),
  );
  test.each(styles)(
    "cover $cover.template, imprint $imprint.place: what is approved is printed, and nothing leaves the page",
    (changes) => {
      const style = smallStyle(changes);
      const layout = laid(changes, fields);
      const approved = approvedText(issue([one], fields), new Map([[one.id, one]]), style);
      // Two columns of an imprint are read one after the other.
      expect(squash(printed(layout))).toBe(squash(approved.flatMap(({ lines }) => lines).join("")));
      for (const page of layout.pages)
        for (const run of runsOf(page)) {
          expect(run.x).toBeGreaterThanOrEqual(0);
          expect(run.x + (run.xs.at(-1) ?? 0)).toBeLessThanOrEqual(page.width);
          expect(run.y).toBeGreaterThan(0);
          expect(run.y).toBeLessThan(page.height);
        }
    },
  );
});
