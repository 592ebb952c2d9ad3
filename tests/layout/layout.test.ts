// A whole issue: pages and their order, the elements of a notice on them, contents, bookmarks, warnings.
import { describe, expect, test } from "vitest";
import { approvedText } from "../../shared/layout/approved.ts";
import type { Layout, Link, OutlineEntry, Page } from "../../shared/layout/display.ts";
import { LayoutCache, layoutIssue } from "../../shared/layout/layout.ts";
import { type Block, type Paragraph, paragraph } from "../../shared/model/block.ts";
import { squash } from "../../shared/model/notice.ts";
import {
  bodyPages,
  fonts,
  issue,
  lay,
  notice,
  runsOf,
  shippedStyle,
  showPage,
  smallStyle,
  table,
  textBySource,
} from "./workshop.ts";

const text = (count: number) => "示例工作有序开展".repeat(20).slice(0, count);
const body = (count: number) => paragraph("body", text(count));
const lines = (count: number): Paragraph[] => Array.from({ length: count }, () => body(10));
/** Pages of a notice whose title and number fill the first two lines; the third is empty. */
const pagesOf = (blocks: readonly Block[], changes: object = {}) =>
  bodyPages(lay([notice("示例", blocks, { title: "示例通知", issuers: [] })], smallStyle(changes))).map((page) =>
    showPage(page).slice(0, -1),
  );

const mm = 72 / 25.4;
/** Left edge of the type area of an odd page. */
const left = 28 * mm;
const em = (x: number) => Number(((x - left) / 10).toFixed(2));

describe("pages", () => {
  const kinds = (layout: Layout) => layout.pages.map((page) => `${page.kind} ${page.label}`);
  const short = notice("甲", lines(2));

  test("the imprint stands at the foot of the contents, and the body begins on a right-hand page", () => {
    const layout = lay([short], shippedStyle("linxiang"));
    expect(kinds(layout)).toEqual(["cover 封面", "contents 目1", "body 1"]);
    expect(showPage(layout.pages[1] as Page).at(-1)).toBe("责任编辑：某某");
  });
  test("after two pages of contents the imprint has a page of its own, where a blank one would stand", () => {
    const many = Array.from({ length: 16 }, (_, i) => notice(`第${i + 1}`, lines(1)));
    expect(kinds(lay(many, shippedStyle("linxiang"))).slice(0, 5)).toEqual([
      "cover 封面",
      "contents 目1",
      "contents 目2",
      "imprint 版权页",
      "body 1",
    ]);
  });
  test("one entry too many for the contents page: the lines come closer, no second page", () => {
    const pages = (count: number) => {
      const many = Array.from({ length: count }, (_, i) => notice(`第${i + 1}`, lines(1)));
      return lay(many, shippedStyle("linxiang")).pages.filter((page) => page.kind === "contents");
    };
    const step = (page: Page | undefined) => {
      const [one, two] = page?.items.filter((item) => item.kind === "link") ?? [];
      return (two?.y ?? 0) - (one?.y ?? 0);
    };
    expect([pages(11).length, pages(12).length]).toEqual([1, 1]);
    expect(step(pages(11)[0])).toBeCloseTo(49, 1);
    expect(step(pages(12)[0])).toBeLessThan(49);
  });
  test("a blank page only where nothing can stand", () => {
    const many = Array.from({ length: 16 }, (_, i) => notice(`第${i + 1}`, lines(1)));
    const layout = lay(many, shippedStyle("linxiang"), { imprint: [], slogans: [] });
    expect(kinds(layout)[3]).toBe("blank 空白页");
  });
  test("an issue without notices still has its cover and contents", () => {
    expect(kinds(lay([], shippedStyle("linxiang")))).toEqual(["cover 封面", "contents 目1"]);
  });
  test("folios: odd ones right, even ones left, a character in", () => {
    const [one, two] = bodyPages(lay([notice("甲", lines(20))]));
    const folio = (page: Page | undefined) => runsOf(page as Page).find((run) => run.artifact === "folio");
    const evenLeft = (210 - 28) * mm - 200;
    const end = (folio(one)?.x ?? 0) + (folio(one)?.xs.at(-1) ?? 0) + 14;
    expect([folio(one)?.text, folio(two)?.text]).toEqual(["— 1 —", "— 2 —"]);
    expect(end).toBeCloseTo(left + 200 - 14, 1);
    expect(folio(two)?.x).toBeCloseTo(evenLeft + 14, 1);
  });
  test("notices run on, or begin a page where the style says so", () => {
    const two = [notice("甲", lines(1)), notice("乙", lines(1))];
    const firstLines = (newPage: readonly string[]) =>
      bodyPages(lay(two, smallStyle({ newPage }))).map((page) => showPage(page)[0]);
    expect(firstLines([])).toEqual(["示例市人民政府"]);
    expect(firstLines(["title"])).toEqual(["示例市人民政府", "示例市人民政府"]);
  });
  test("an embedded document and an annex begin a page", () => {
    const blocks = [body(5), paragraph("documentTitle", "示例办法"), body(5), paragraph("annexLabel", "附件"), body(5)];
    expect(pagesOf(blocks, { newPage: ["documentTitle", "annexLabel"] }).map((page) => page[0])).toEqual([
      "示例通知",
      "示例办法",
      "附件",
    ]);
  });
});

describe("elements of a notice", () => {
  const runs = (blocks: readonly Block[], changes: object = {}) =>
    bodyPages(lay([notice("示例", blocks)], smallStyle(changes)))
      .flatMap(runsOf)
      .filter((run) => run.source?.in === "body");

  test("title: issuer first, then the rest; the number in the style's brackets", () => {
    const page = bodyPages(lay([notice("加强示例工作", [body(5)], { uniformNumber: "SLDR—2026—00001" })]))[0] as Page;
    expect(showPage(page).slice(0, 3)).toEqual([
      "示例市人民政府",
      "关于加强示例工作的通知",
      "（SLDR—2026—00001 示政发〔2026〕1号）",
    ]);
  });
  test("two issuers stand on two lines", () => {
    const issuers = ["示例市财政局", "示例市教育局"];
    const joint = notice("示例", [body(5)], { title: "示例市财政局 示例市教育局关于示例的通知", issuers });
    expect(showPage(bodyPages(lay([joint]))[0] as Page).slice(0, 3)).toEqual([...issuers, "关于示例的通知"]);
  });
  test("a short beginning joins the issuer", () => {
    const long = notice("示例", [], {
      title: "示例局关于印发《示例市示例示例工作管理办法》《示例市示例示例实施细则》的通知",
      issuers: ["示例局"],
    });
    expect(showPage(bodyPages(lay([long]))[0] as Page)[0]).toBe("示例局关于印发");
  });

  const roles: readonly (readonly [name: string, block: Paragraph, heads: string])[] = [
    ["a head alone", paragraph("level1", "一、总体要求"), "一、总体要求"],
    ["a run-in head: its first sentence", paragraph("level1", "一、提高认识。各单位要提高认识。"), "一、提高认识。"],
    ["a sentence is no head", paragraph("level1", "一、本办法自发布之日起施行。"), ""],
    ["an item of a list is no head", paragraph("level1", "一、属于国家秘密的；"), ""],
    ["an article: its number", paragraph("article", "第一条　为了规范示例工作，制定本办法。"), "第一条"],
    [
      "emphasis",
      {
        type: "paragraph",
        attrs: { kind: "body" },
        content: [{ type: "text", text: "不得", marks: [{ type: "strong" }] }],
      },
      "不得",
    ],
  ];
  test.each(roles)("黑体: %s", (_, block, heads) => {
    expect(
      runs([block])
        .filter((run) => run.face === "sans")
        .map((run) => run.text)
        .join(""),
    ).toBe(heads);
  });

  test("落款: the date begins two characters to the right of the issuer", () => {
    const [issuer, date] = runs([paragraph("signature", "示例市人民政府办公室"), paragraph("date", "2026年3月1日")]);
    expect([em(issuer?.x ?? 0), em(date?.x ?? 0)]).toEqual([8, 10]);
  });
  test("落款: a date longer than the issuer ends two characters from the edge", () => {
    const [issuer, date] = runs([paragraph("signature", "示例局"), paragraph("date", "二〇二六年三月一日")]);
    expect([em(issuer?.x ?? 0), em(date?.x ?? 0)]).toEqual([7, 9]);
  });
  test("落款: issuers begin on one vertical", () => {
    const signed = ["示例市财政局", "示例市农业农村局"].map((name) => paragraph("signature", name));
    expect(runs([...signed, paragraph("date", "2026年3月1日")]).map((run) => em(run.x))).toEqual([10, 10, 12]);
  });
  test.each<[name: string, last: readonly Block[], taken: readonly string[]]>([
    ["two lines of its last paragraph", [paragraph("body", text(60))], [text(60).slice(38, 58), text(60).slice(58)]],
    [
      "a short last sentence and the line before it",
      [paragraph("body", text(38)), paragraph("body", "特此通知。")],
      [text(38).slice(18), "特此通知。"],
    ],
  ])("附件说明 and 落款 do not stand alone on a page: they take along %s", (_, last, taken) => {
    const end = ["附件：示例表", "示例局", "2026年3月1日"];
    const kinds = ["annexNote", "signature", "date"] as const;
    const closing = end.map((one, i) => paragraph(kinds[i] ?? "date", one));
    // As many lines before as fill the first page to its foot.
    const count = last.flatMap((block) => runs([block])).length;
    const filling = Array.from({ length: 10 - 3 - count }, () => paragraph("body", "示例。"));
    const [, second] = pagesOf([...filling, ...last, ...closing]);
    expect(second).toEqual([...taken, ...end]);
  });
  test("a note follows its table directly, and stays on the page of its last row", () => {
    const noted = [table("甲|乙"), paragraph("note", "注：示例。"), body(5)];
    const [cell, , note, after] = runs(noted);
    const [onGrid] = runs([body(5)]);
    expect((note?.y ?? 0) - (cell?.y ?? 0)).toBeCloseTo(20, 2);
    expect(((after?.y ?? 0) - (onGrid?.y ?? 0)) / 20).toBeCloseTo(2, 3);
    const rows = Array.from({ length: 7 }, (_, i) => `${i + 1}|示例`);
    const [first, second] = pagesOf([body(5), table(...rows), paragraph("note", "注：示例。")]);
    expect([first?.at(-1), second]).toEqual(["5示例", ["6示例", "7示例", "注：示例。"]]);
  });
  test("附件说明: names are aligned and wrap to their first character", () => {
    const notes = [paragraph("annexNote", `附件：1.${text(16)}`), paragraph("annexNote", "2.示例表")];
    const [first, wrapped, second] = runs(notes);
    const one = (first?.xs[5] ?? 0) / 10 + em(first?.x ?? 0);
    expect(em(first?.x ?? 0)).toBe(2);
    expect(em(wrapped?.x ?? 0)).toBeCloseTo(one, 1);
    expect(em(second?.x ?? 0)).toBe(5);
  });
  test("a chapter's name of two characters is spaced to four, in print only", () => {
    const [chapter] = runs([paragraph("chapter", "第一章　总则")]);
    expect(chapter?.text).toBe("第一章　总则");
    expect((chapter?.xs[5] ?? 0) - (chapter?.xs[4] ?? 0)).toBeCloseTo(30, 2);
  });
  test("a forced line break and an alignment by hand", () => {
    expect(runs([paragraph("body", "甲\n乙", "right")]).map((run) => em(run.x))).toEqual([19, 19]);
  });
  test("sources name block, offset and cell", () => {
    const found = runs([paragraph("body", `${text(30)}`), table("甲|乙")]).map((run) => run.source);
    expect(found).toEqual([
      { in: "body", notice: "示例", block: 0, from: 0 },
      { in: "body", notice: "示例", block: 0, from: 18 },
      { in: "body", notice: "示例", block: 1, cell: [0, 0, 0], from: 0 },
      { in: "body", notice: "示例", block: 1, cell: [0, 1, 0], from: 0 },
    ]);
  });
});

describe("what stays together", () => {
  test("a head goes to the page of its next two lines", () => {
    const pages = pagesOf([...lines(5), paragraph("level1", "一、示例"), body(30)]);
    expect(pages.map((page) => page.length)).toEqual([7, 3]);
    expect(pages[1]?.[0]).toBe("一、示例");
  });
  test("a signature is not alone on a page", () => {
    const pages = pagesOf([...lines(6), body(30), paragraph("signature", "示例局"), paragraph("date", "2026年3月1日")]);
    expect(pages[1]).toEqual([text(18), text(30).slice(18), "示例局", "2026年3月1日"]);
  });
  test("widows and orphans, where the style forbids them", () => {
    const counts = (orphans: number, widows: number) =>
      pagesOf([...lines(6), body(56)], { orphans, widows }).map((page) => page.length);
    expect([counts(1, 1), counts(2, 2)]).toEqual([
      [9, 2],
      [8, 3],
    ]);
  });
  test("a table stays with its title", () => {
    const pages = pagesOf([...lines(6), paragraph("tableTitle", "示例表"), table("#甲|#乙", "1|2", "3|4", "5|6")]);
    expect(pages[1]?.[0]).toBe("示例表");
  });
});

describe("contents", () => {
  const notices = [
    notice("甲", lines(12)),
    notice("乙", lines(3), { section: "人事任免", docNumber: "" }),
    notice("丙", lines(9), { section: "人事任免" }),
  ];
  const layout = lay(notices);

  test("every entry names the page on which its title stands", () => {
    for (const entry of layout.contents) {
      const page = layout.pages[entry.page];
      expect([page?.label, squash(showPage(page as Page).join(""))]).toEqual([
        entry.folio,
        expect.stringContaining(squash(entry.title)),
      ]);
    }
    expect(layout.contents.map((entry) => entry.folio)).toEqual(["1", "2", "3"]);
  });
  test("as printed: sections, titles, numbers, leaders, folios", () => {
    const shown = layout.pages.filter((page) => page.kind === "contents").flatMap(showPage);
    expect(shown.join("").replace(/\{leader …+\}/gu, "·")).toContain(
      "示例市人民政府关于甲的通知（示政发〔2026〕1号）·1",
    );
    expect(shown).toContain("人事任免");
  });
  test("each entry is a link to its notice", () => {
    const links = layout.pages.flatMap((page) => page.items.filter((item): item is Link => item.kind === "link"));
    expect(links.map((link) => link.notice)).toEqual(["甲", "乙", "丙"]);
  });
  test("over two pages the section is said again, and nothing else is lost", () => {
    const many = Array.from({ length: 30 }, (_, i) => notice(`第${i + 1}`, []));
    const long = lay(many, shippedStyle("linxiang"));
    const pages = long.pages.filter((page) => page.kind === "contents");
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages.slice(1)) expect(showPage(page)[0]).toBe("{repeat 市政府文件}");
    expect(long.contents.every((entry) => long.pages[entry.contentsPage]?.kind === "contents")).toBe(true);
  });
  test("a title that fills its line puts leader and folio on one line more", () => {
    const fills = notice("甲", [], { title: text(37), issuers: [], docNumber: "" });
    const shown = showPage(lay([fills], shippedStyle("linxiang")).pages[1] as Page);
    const at = shown.indexOf(text(37));
    expect(shown[at + 1]).toMatch(/^\{leader …+\}\(1\)$/u);
  });
});

test("bookmarks: sections, notices, documents and annexes, chapters", () => {
  const blocks = [
    paragraph("documentTitle", "示例办法"),
    paragraph("chapter", "第一章　总则"),
    paragraph("section", "第一节　示例"),
    paragraph("chapter", "第二章　附则"),
    paragraph("annexLabel", "附件1"),
    paragraph("annexTitle", "示例表"),
  ];
  const tree = (entries: readonly OutlineEntry[]): unknown[] =>
    entries.map((entry) => (entry.children.length > 0 ? [entry.title, ...tree(entry.children)] : entry.title));
  expect(tree(lay([notice("甲", blocks), notice("乙", [], { section: "人事任免" })]).outline)).toEqual([
    [
      "市政府文件",
      ["示例市人民政府关于甲的通知", ["示例办法", ["第一章 总则", "第一节 示例"], "第二章 附则"], "附件1 示例表"],
    ],
    ["人事任免", "示例市人民政府关于乙的通知"],
  ]);
});

describe("warnings", () => {
  test("a missing character names itself and its notice; nothing is drawn in its place", () => {
    const layout = lay([notice("示例", [paragraph("body", "甲\u{10FFFD}乙")])]);
    expect(layout.warnings).toMatchObject([
      {
        code: "missingGlyph",
        text: "\u{10FFFD}",
        message: expect.stringContaining("《示例市人民政府关于示例的通知》中的"),
        source: { in: "body", block: 0, from: 1 },
      },
    ]);
    expect(layout.pages.flatMap(runsOf).flatMap((run) => run.gids)).not.toContain(0);
  });
  test("a typeface that is not installed is told when the style uses it", () => {
    const codes = (style: ReturnType<typeof smallStyle>) =>
      lay([notice("甲", [])], style).warnings.map((one) => one.message);
    expect(codes(shippedStyle("gbt9704"))).toEqual(["未安装仿宋，以宋体代替。"]);
    expect(codes(shippedStyle("linxiang"))).toEqual([]);
  });
  test("an issue that names an unknown notice is a programmer's mistake", () => {
    expect(() => layoutIssue(issue([notice("甲", [])]), new Map(), smallStyle(), fonts, new LayoutCache())).toThrow(
      RangeError,
    );
  });
});

test("what is approved is what stands on the pages", () => {
  const notices = [
    notice("甲", [...lines(12), table("#甲|#乙", "1|2\n3")]),
    notice("乙", [paragraph("chapter", "第一章　总则")], { docNumber: "" }),
  ];
  const style = smallStyle();
  const printed = textBySource(lay(notices, style));
  for (const { part, lines } of approvedText(issue(notices), new Map(notices.map((one) => [one.id, one])), style))
    expect([part, printed.get(part)]).toEqual([part, squash(lines.join(""))]);
});

test("the approved text of cover and imprint, without what the issue does not have", () => {
  const front = (fields: object) =>
    approvedText(issue([], fields), new Map(), smallStyle()).map(({ part, lines }) => [part, lines]);
  expect(front({})).toEqual([
    [
      "cover",
      [
        "示例市人民政府公报",
        "GAZETTE OF SHILI",
        "示例政报",
        "2026年第2期（总第18期）",
        "2026年6月30日出版",
        "示例市人民政府机关刊物",
        "本刊所登公文为标准文本",
      ],
    ],
    ["imprint", ["公开政令", "主管：示例市人民政府", "责任编辑：某某"]],
  ]);
  const bare = {
    officialTitle: "",
    englishTitle: "",
    serial: null,
    published: "",
    organ: "",
    statement: [""],
    slogans: [],
    imprint: [],
  };
  expect(front(bare)).toEqual([
    ["cover", ["示例政报", "2026年第2期"]],
    ["imprint", []],
  ]);
});

describe("the cache", () => {
  test("an edit gives the same pages as a layout from nothing, and leaves other pages the same objects", () => {
    const style = smallStyle();
    const cache = new LayoutCache();
    const first = notice("甲", lines(20));
    const before = lay([first, notice("乙", lines(3))], style, {}, cache);
    const last = notice("乙", [...lines(3), body(7)]);
    const after = lay([first, last], style, {}, cache);
    expect(after).toEqual(lay([first, last], style));
    expect(bodyPages(after)[0]).toBe(bodyPages(before)[0]);
    expect(bodyPages(after).at(-1)).not.toBe(bodyPages(before).at(-1));
  });
  test("another style is not served from it", () => {
    const cache = new LayoutCache();
    const one = notice("甲", lines(5));
    lay([one], smallStyle(), {}, cache);
    const wide = smallStyle({ grid: { em: 10, characters: 24, pitch: 20, lines: 10 } });
    expect(lay([one], wide, {}, cache)).toEqual(lay([one], wide));
  });
});
