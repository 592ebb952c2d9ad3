// The proof must fail for each thing that can be wrong in a PDF. Every case writes a real file with one defect, or
// damages a right one, and names the sentence that the report must hold. The expectation is always the right one.
import { PDFArray, PDFDict, PDFName } from "pdf-lib";
import { expect, test } from "vitest";
import { readPdfText } from "../../main/pdf/reader.ts";
import { type Expectation, verifyPdf } from "../../main/pdf/verify.ts";
import { approvedContents, approvedText } from "../../shared/layout/approved.ts";
import type { Layout, TextRun } from "../../shared/layout/display.ts";
import { LayoutCache, layoutIssue } from "../../shared/layout/layout.ts";
import { parseStyle } from "../../shared/layout/style.ts";
import { numberLine } from "../../shared/model/notice.ts";
import {
  blanked,
  byId,
  contentsPage,
  damaged,
  expectation,
  firstBody,
  fonts,
  isContents,
  isNote,
  issue,
  layout,
  notesPage,
  notices,
  once,
  replaced,
  secondStart,
  style,
  withoutGlyph,
  withRuns,
  withText,
  write,
} from "./subject.ts";

test("the row taller than a page is split, as the proof expects below", () => {
  expect(layout.warnings.map((warning) => warning.code)).toContain("splitRow");
});

test("a right file is proved right, entry by entry and notice by notice", async () => {
  const proof = await verifyPdf(await write(layout), expectation, fonts);
  expect(proof.mismatches).toEqual([]);
  expect(proof.contents.map(({ folio, onPage, right }) => ({ folio, onPage, right }))).toEqual(
    layout.contents.map(({ folio }) => ({ folio, onPage: folio, right: true })),
  );
  expect(proof.notices.map(({ id, right }) => ({ id, right }))).toEqual([
    { id: "a", right: true },
    { id: "b", right: true },
  ]);
  expect(proof.faces.every((face) => face.embedded)).toBe(true);
});

test("the text comes out as it was approved, squeezed marks and Latin ligatures included", async () => {
  const text = (await readPdfText(await write(layout))).join("");
  expect(text).toContain("为保障“南门桥”安全，根据《公路安全保护条例》等规定——结合本市实际，现通告如下：");
  expect(text).toContain("自2026年4月1日起，3路公交车改经建设路（全长5.2公里，代号fine），特此通告。");
});

const defects: readonly { name: string; file: () => Promise<Uint8Array>; says: RegExp }[] = [
  {
    name: "a contents entry names another page",
    file: () =>
      write(
        withRuns(contentsPage, (run) =>
          isContents(run) && /^\(?1\)?$/.test(run.text) ? withText(run, run.text.replace("1", "9")) : run,
        ),
      ),
    says: /目录第1条.*写第9页，正文在第1页/,
  },
  {
    name: "the folio of a page is wrong",
    file: () =>
      write(withRuns(firstBody, (run) => (run.artifact === "folio" ? withText(run, run.text.replace("1", "7")) : run))),
    says: /印出的页码是“7”，应为“1”/,
  },
  {
    name: "a contents entry has another title",
    file: () => write(withRuns(contentsPage, (run) => replaced(run, "桥梁", "道路"))),
    says: /目录第1条.*没有照此印在目录页上/,
  },
  {
    name: "a contents entry has another number, as the printed 临湘政报 had",
    file: () => write(withRuns(contentsPage, (run) => replaced(run, "〔2026〕2", "〔2025〕2"))),
    says: /目录第2条.*印出的文号不是“示政通〔2026〕2号”/,
  },
  {
    name: "a contents entry is missing",
    file: () =>
      write({ ...withRuns(contentsPage, (run) => (isContents(run) && run.text.includes("公交") ? null : run)) }),
    says: /目录第2条.*没有照此印在目录页上/,
  },
  {
    name: "the contents page holds words that belong to no entry",
    file: () =>
      write(
        withRuns(contentsPage, (run) =>
          run.text.includes("通告") && isContents(run) && !run.text.includes("关于")
            ? withText(run, run.text.replace("通告", "公告"))
            : run,
        ),
      ),
    says: /不属于任何条目的文字/,
  },
  {
    name: "a link of the contents leads to another notice",
    file: () =>
      write({
        ...layout,
        pages: layout.pages.map((page) => ({
          ...page,
          items: page.items.map((item) => (item.kind === "link" ? { ...item, notice: "b" } : item)),
        })),
      }),
    says: /目录第1条.*链接通到第\d+页，正文在第1页/,
  },
  {
    name: "the links are missing",
    file: () =>
      write({
        ...layout,
        pages: layout.pages.map((page) => ({ ...page, items: page.items.filter((item) => item.kind !== "link") })),
      }),
    says: /在PDF中没有链接/,
  },
  {
    name: "a bookmark leads to another page",
    file: () =>
      write({
        ...layout,
        outline: layout.outline.map((entry) => ({
          ...entry,
          children: entry.children.map((child) => ({ ...child, page: firstBody + 1 })),
        })),
      }),
    says: /书签.*通到第1页/,
  },
  {
    name: "one character of the text is another",
    file: () =>
      write(
        withRuns(
          firstBody,
          once((run) => replaced(run, "南门", "北门")),
        ),
      ),
    says: /加强桥梁养护.*第1页的文字与定稿不符：定稿为“.*南门桥.*”，PDF中为“.*北门桥/,
  },
  {
    name: "one character of the text is missing",
    file: () =>
      write(
        withRuns(
          firstBody,
          once((run) => withoutGlyph(run, "桥")),
        ),
      ),
    says: /第1页的文字与定稿不符/,
  },
  {
    name: "one character of a row that is split over pages is another",
    file: () =>
      write(
        withRuns(
          layout.pages.length - 1,
          once((run) => (run.source?.in === "body" && run.source.cell ? replaced(run, "沿线", "沿途") : run)),
        ),
      ),
    says: /调整公交线路.*的文字与定稿不符/,
  },
  {
    name: "one character of a footnote is another",
    file: () => write(withRuns(notesPage, (run) => (isNote(run) ? replaced(run, "式样", "样式") : run))),
    says: /加强桥梁养护.*的文字与定稿不符：定稿为“.*档案式样.*”，PDF中为“.*档案样式/,
  },
  {
    name: "a footnote is missing",
    file: () => write(withRuns(notesPage, (run) => (isNote(run) && run.text.includes("公路中心") ? null : run))),
    says: /加强桥梁养护.*的文字与定稿不符/,
  },
  {
    name: "a mark of a footnote is another",
    file: () =>
      write(
        withRuns(
          notesPage,
          once((run) => (isNote(run) ? run : replaced(run, "②", "③"))),
        ),
      ),
    says: /加强桥梁养护.*的文字与定稿不符/,
  },
  {
    name: "a line of the text is missing",
    file: () =>
      write(
        withRuns(
          secondStart,
          once((run) => (run.text.includes("公交车") ? { ...run, artifact: "filler" as const } : run)),
        ),
      ),
    says: /调整公交线路.*的文字与定稿不符/,
  },
  {
    name: "a line stands twice",
    file: () => {
      const page = layout.pages[firstBody];
      const target = layout.pages.at(-1);
      const extra = page?.items.find((item): item is TextRun => item.kind === "text");
      if (!target || !extra) throw new RangeError("no run to repeat");
      return write({
        ...layout,
        pages: [...layout.pages.slice(0, -1), { ...target, items: [...target.items, { ...extra, y: 700 }] }],
      });
    },
    says: /多出定稿以外的文字/,
  },
  {
    name: "a title is another in the body",
    file: () =>
      write(withRuns(secondStart, (run) => (run.source?.in === "title" ? replaced(run, "公交", "电车") : run))),
    says: /目录第2条.*所指的公文在正文中没有找到题名/,
  },
  {
    name: "the cover has another date",
    file: () => write(withRuns(0, (run) => replaced(run, "2026年3月20日", "2026年3月21日"))),
    says: /封面.*的文字与定稿不符/,
  },
  {
    name: "the imprint has another name",
    file: () =>
      write({
        ...layout,
        pages: layout.pages.map((page, i) =>
          i < firstBody
            ? {
                ...page,
                items: page.items.map((item) =>
                  item.kind === "text" && item.source?.in === "front" && item.source.part === "imprint"
                    ? replaced(item, "示例市人民政府", "示范市人民政府")
                    : item,
                ),
              }
            : page,
        ),
      }),
    says: /版权页.*的文字与定稿不符/,
  },
  {
    name: "a page is missing",
    file: () => write({ ...layout, pages: layout.pages.slice(0, -1), outline: layout.outline }),
    says: /PDF有\d+面，版面有\d+面/,
  },
  {
    name: "a character leaves no ink",
    file: () =>
      write(
        withRuns(
          firstBody,
          once((run) => blanked(run, "障")),
        ),
      ),
    says: /第1页的“障”没有印迹/,
  },
  {
    name: "a font has lost its Unicode table",
    file: async () => damaged(await write(layout), (font) => font.delete(PDFName.of("ToUnicode"))),
    says: /文字与定稿不符/,
  },
  {
    name: "a font is not embedded",
    file: async () =>
      damaged(await write(layout), (font) => {
        const descendant = font.lookup(PDFName.of("DescendantFonts"), PDFArray).lookup(0, PDFDict);
        descendant.lookup(PDFName.of("FontDescriptor"), PDFDict).delete(PDFName.of("FontFile2"));
      }),
    says: /没有嵌入/,
  },
  { name: "the file is cut off", file: async () => (await write(layout)).slice(0, 400), says: /不能作为PDF重新打开/ },
];

test.each(defects)("$name: the proof says so", async ({ file, says }) => {
  const proof = await verifyPdf(await file(), expectation, fonts);
  expect(proof.mismatches.join("\n")).toMatch(says);
});

test("two notices of one title are both proved, each by its own entry, link and bookmark", async () => {
  const twins = notices.map((one, i) => ({
    ...one,
    title: "示例市人民政府关于人事任免的通知",
    docNumber: `示政人〔2026〕${i + 1}号`,
  }));
  const twinsById = new Map(twins.map((one) => [one.id, one]));
  const twinLayout = layoutIssue(issue, twinsById, style, fonts, new LayoutCache());
  const proof = await verifyPdf(
    await write(twinLayout),
    {
      layout: twinLayout,
      approved: approvedText(issue, twinsById, style),
      contents: approvedContents(issue, twinsById, style),
      notices: twins.map((one) => ({ id: one.id, title: one.title, number: numberLine(one) })),
    },
    fonts,
  );
  expect(proof.mismatches).toEqual([]);
  expect(new Set(proof.contents.map((entry) => entry.onPage)).size).toBe(2);
});

/** What styles print differently: each must be proved right, and a defect in it be found. */
const patterns = {
  numbered: { numbering: "section", sectionPattern: "【{section}】", folio: "第{n}页", issuers: false, head: "要目" },
  bare: { number: "none" },
  none: { show: false },
} as const;

function styled(changes: object): { readonly made: Layout; readonly wanted: Expectation } {
  const sheet = parseStyle({ extends: "linxiang", name: "changed", ...changes }, style);
  const made = layoutIssue(issue, byId, sheet, fonts, new LayoutCache());
  const approved = approvedText(issue, byId, sheet);
  return { made, wanted: { ...expectation, layout: made, approved, contents: approvedContents(issue, byId, sheet) } };
}

test.each<[name: string, changes: object, entries: number]>([
  ["numbered entries in framed sections", { contents: patterns.numbered }, 2],
  ["contents without numbers", { contents: patterns.bare }, 2],
  ["no contents", { contents: patterns.none }, 0],
  ["no cover", { cover: { template: "none" } }, 2],
  ["a section on a page of its own", { opener: { kind: "page" } }, 2],
  ["a section on a line, the imprint at the back", { opener: { kind: "line" }, imprint: { place: "back" } }, 2],
])("a right file is proved right: %s", async (_, changes, entries) => {
  const { made, wanted } = styled(changes);
  const proof = await verifyPdf(await write(made), wanted, fonts);
  expect(proof.mismatches).toEqual([]);
  expect(proof.contents.map(({ right, onPage, folio }) => right && folio === onPage)).toEqual(
    Array(entries).fill(true),
  );
});

/** A layout with each text run passed through `change`; null takes the run away. */
const changed = (made: Layout, change: (run: TextRun) => TextRun | null): Layout => ({
  ...made,
  pages: made.pages.map((page) => ({
    ...page,
    items: page.items.map((item) => (item.kind === "text" ? change(item) : item)).filter((item) => item !== null),
  })),
});
const isOpener = (run: TextRun) => run.source?.in === "front" && run.source.part === "section";

test.each<[name: string, changes: object, change: (run: TextRun) => TextRun | null, says: RegExp]>([
  [
    "an ordinal is another",
    { contents: patterns.numbered },
    (run) => (isContents(run) && run.text.startsWith("2．") ? withText(run, run.text.replace("2", "3")) : run),
    /目录第2条.*没有照此印在目录页上/,
  ],
  [
    "the head of a section is missing",
    { contents: patterns.numbered },
    (run) => (isContents(run) && run.text.includes("【") ? null : run),
    /（目录）没有照此印出“【市政府通告】”/,
  ],
  ["contents that should not be there", {}, (run) => run, /（目录）有不属于任何条目的文字/],
  ["an opener is missing", { opener: { kind: "page" } }, (run) => (isOpener(run) ? null : run), /栏目页.*与定稿不符/],
])("%s: the proof says so", async (_, changes, change, says) => {
  const { made, wanted } = styled(changes);
  const contents = Object.keys(changes).length === 0 ? null : wanted.contents;
  const proof = await verifyPdf(await write(changed(made, change)), { ...wanted, contents }, fonts);
  expect(proof.mismatches.join("\n")).toMatch(says);
});
