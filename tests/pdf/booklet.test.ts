// Where the pages of a booklet stand on its sheets: as they lie on the press, so that the folded pile reads 1, 2, 3. The
// order is computed, and read back from a written file.
import { PDFName } from "pdf-lib";
import { expect, test } from "vitest";
import { exportProfile } from "../../main/export/profiles.ts";
import { bookletSheets } from "../../main/pdf/booklet.ts";
import { type ReadPage, readPdf } from "../../main/pdf/reader.ts";
import { checkRules } from "../../main/pdf/rules.ts";
import { verifyPdf } from "../../main/pdf/verify.ts";
import { sheetsOf, writePdf } from "../../main/pdf/write.ts";
import { bookletOrder, sheetCount } from "../../shared/layout/booklet.ts";
import type { Layout, Page } from "../../shared/layout/display.ts";
import { GazetteError } from "../../shared/model/gazetteError.ts";
import type { Cover } from "../../shared/model/profile.ts";
import { assets, meta, reworked } from "./profiled.ts";
import { expectation, fonts, layout } from "./subject.ts";

function layoutOf(...kinds: Page["kind"][]): Layout {
  const pages = kinds.map((kind, i): Page => ({ width: 100, height: 150, kind, label: `${i + 1}`, items: [] }));
  const plan = { pages: pages.length, fillers: 0, lacking: 0 };
  return { plan, pages, contents: [], outline: [], warnings: [], faces: [] };
}

const bodies = (count: number): Page["kind"][] => new Array(count).fill("body");

/** Pages from the left of each side, from 1; a dot for a blank. */
const sides = (made: Layout, cover?: Cover) =>
  bookletSheets(made, 0, cover).map(({ placed }) =>
    (["left", "right"] as const)
      .map((side) => placed.find((one) => one.side === side)?.page)
      .map((page) => (page === undefined ? "." : page + 1))
      .join(" "),
  );

test.each<[string, Layout, string]>([
  ["one sheet", layoutOf(...bodies(4)), "4 1|2 3"],
  ["two sheets", layoutOf(...bodies(8)), "8 1|2 7|6 3|4 5"],
  ["a page too few ends blank", layoutOf(...bodies(3)), ". 1|2 3"],
  ["a page too many begins a sheet", layoutOf(...bodies(5)), ". 1|2 .|. 3|4 5"],
  ["blanks stand before the back cover", layoutOf("cover", ...bodies(4), "imprint"), "6 1|2 .|. 3|4 5"],
  ["a lone cover is no back cover", layoutOf("cover"), ". 1|. ."],
  ["nothing", layoutOf(), ""],
])("the sides of a booklet: %s", (_, made, expected) => {
  expect(sides(made).join("|")).toBe(expected);
});

test.each<[string, Layout, string]>([
  ["front and back, blank inside", layoutOf("cover", ...bodies(4), "imprint"), "6 1|. .|5 2|3 4"],
  ["no back cover", layoutOf("cover", ...bodies(4)), ". 1|. .|5 2|3 4"],
  ["blanks end the text", layoutOf("cover", ...bodies(5), "imprint"), "7 1|. .|. 2|3 .|. 4|5 6"],
  ["nothing but covers", layoutOf("cover", "imprint"), "2 1|. ."],
])("the cover apart: %s", (_, made, expected) => {
  expect(sides(made, "apart").join("|")).toBe(expected);
});

test("what begins with no cover is refused a cover apart", () => {
  expect(() => bookletSheets(layoutOf(...bodies(8)), 0, "apart")).toThrow(GazetteError);
  expect(sheetCount(layoutOf(...bodies(8)).pages, "apart")).toBeNull();
});

test.each([1, 2, 3, 4, 5, 57, 58, 59, 60])("a booklet of %i pages holds each page once, four to a sheet", (count) => {
  for (const cover of ["bound", "apart"] as const) {
    const { pages } = layoutOf("cover", ...bodies(count - 1));
    const order = bookletOrder(pages, cover) ?? [];
    expect(order.length).toBe((sheetCount(pages, cover) ?? 0) * 4);
    expect(order.length).toBeLessThan(count + (cover === "bound" ? 4 : 7));
    expect(order.filter((page) => page !== null)).toEqual(Array.from({ length: count }, (_, i) => i));
  }
});

test("inner sheets are moved towards the fold, by the same on both sides of each", () => {
  const places = bookletSheets(layoutOf(...bodies(12)), 0.5).map(({ placed }) => placed.map(({ left }) => left));
  expect(places).toEqual([
    [0, 100],
    [0, 100],
    [0.5, 99.5],
    [0.5, 99.5],
    [1, 99],
    [1, 99],
  ]);
});

test("pages of two sizes make no booklet", () => {
  const [first, ...others] = layoutOf(...bodies(4)).pages;
  const odd = { ...layoutOf(), pages: first ? [{ ...first, width: 90 }, ...others] : [] };
  expect(() => bookletSheets(odd, 0)).toThrow(RangeError);
});

test("each side says which it is and what stands on it", () => {
  const slugs = (cover: Cover) =>
    bookletSheets(layoutOf("cover", ...bodies(4), "imprint"), 0, cover).map(({ slug }) => slug);
  expect(slugs("bound")).toEqual([
    "第1张（共2张）正面，左第6页，右第1页",
    "第1张（共2张）反面，左第2页，右空白",
    "第2张（共2张）正面，左空白，右第3页",
    "第2张（共2张）反面，左第4页，右第5页",
  ]);
  expect(slugs("apart").map((slug) => slug.split("，")[0])).toEqual([
    "封面正面",
    "封面反面",
    "内文第1张（共1张）正面",
    "内文第1张（共1张）反面",
  ]);
});

// ---------------------------------------------------------------- read back

async function written(cover: Cover, creep = 0.1) {
  const profile = exportProfile(assets, "booklet", { cover, creep });
  if (profile.name !== "booklet") throw new RangeError("a booklet is another profile");
  const bytes = await writePdf(layout, fonts, meta, undefined, undefined, profile);
  const pdf = await readPdf(bytes);
  if (!pdf) throw new RangeError("the booklet cannot be read");
  return { bytes, pdf, sheets: sheetsOf(layout, profile, meta.title) };
}

/** The text on one half of a side, as it is printed. */
function textOn({ characters, width }: ReadPage | { characters: []; width: number }, side: "left" | "right"): string {
  return characters
    .filter(({ left, right }) => (left + right) / 2 < width / 2 === (side === "left"))
    .map(({ character }) => character)
    .join("");
}

/** The halves in the order of the folded pile: from outside the right half of a front, then the left of its back. */
function folded(pages: readonly ReadPage[]): string[] {
  const texts: string[] = [];
  const none = { characters: [] as [], width: 0 };
  for (let i = 0; i < pages.length; i += 2) {
    const [front = none, back = none] = [pages[i], pages[i + 1]];
    texts[i] = textOn(front, "right");
    texts[i + 1] = textOn(back, "left");
    texts[2 * pages.length - 2 - i] = textOn(back, "right");
    texts[2 * pages.length - 1 - i] = textOn(front, "left");
  }
  return texts;
}

const textOf = ({ items }: Page) =>
  items
    .map((item) => (item.kind === "text" ? item.text : ""))
    .join("")
    .replace(/\s+/gu, "")
    .replaceAll("ﬁ", "fi");

test.each(["bound", "apart"] as const)("%s: the sheets of a file, folded, read as the issue", async (cover) => {
  const { bytes, pdf, sheets } = await written(cover);
  const read = folded(pdf.pages);
  const order = bookletOrder(layout.pages, cover) ?? [];
  expect(read.length).toBe(order.length);
  const sorted = (text: string) => Array.from(text).sort().join("");
  for (const [place, page] of order.entries()) {
    const wanted = page === null ? undefined : layout.pages[page];
    expect(sorted(read[place] ?? "")).toBe(sorted(wanted ? textOf(wanted) : ""));
  }
  expect((await verifyPdf(bytes, { ...expectation, sheets }, fonts)).mismatches).toEqual([]);
  expect(await checkRules(bytes, "PDF/X-4")).toEqual([]);
});

test("a page without a label has none", async () => {
  const { pdf } = await written("bound");
  expect(new Set(pdf.pages.map(({ label }) => label))).toEqual(new Set([""]));
});

test("the proof expects the creep and the cover that were asked for", async () => {
  const { bytes } = await written("bound", 0.1);
  for (const other of [await written("bound", 0.5), await written("apart", 0.1)]) {
    const { mismatches } = await verifyPdf(bytes, { ...expectation, sheets: other.sheets }, fonts);
    expect(mismatches.length).toBeGreaterThan(0);
  }
});

test("what stands on a side that should be blank is found", async () => {
  const { bytes, sheets } = await written("apart");
  const stained = await reworked(bytes, (document) => {
    const text = document.getPage(2).node.get(PDFName.of("Contents"));
    if (text) document.getPage(1).node.set(PDFName.of("Contents"), text);
  });
  const { mismatches } = await verifyPdf(stained, { ...expectation, sheets }, fonts);
  expect(mismatches.join()).toMatch(/多出定稿以外的文字/u);
});
