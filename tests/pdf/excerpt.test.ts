// The proof of a notice by itself: it passes the right file, and finds what is of another notice or lacks of its own.
import { expect, test } from "vitest";
import { checkRules } from "../../main/pdf/rules.ts";
import { type Expectation, verifyPdf } from "../../main/pdf/verify.ts";
import { writePdf } from "../../main/pdf/write.ts";
import type { Item, Layout, Page } from "../../shared/layout/display.ts";
import { excerptOf } from "../../shared/layout/excerpt.ts";
import { noticeText, numberLine } from "../../shared/model/notice.ts";
import { byId, fonts, layout, notices, style } from "./subject.ts";

const [first, second] = notices;
if (!first || !second) throw new RangeError("the subject is too small");
const right = excerptOf(layout, second.id);
const expectation: Expectation = {
  layout: right,
  approved: [{ part: second.id, lines: noticeText(second, style.numberBrackets) }],
  contents: null,
  notices: [{ id: second.id, title: second.title, number: numberLine(second) }],
};
const meta = { title: second.title, author: "", subject: "", published: "2026-03-20", key: "i b" };

async function proved(made: Layout): Promise<readonly string[]> {
  const bytes = await writePdf(made, fonts, meta, undefined, undefined, { name: "archive", notices: byId });
  const { mismatches } = await verifyPdf(bytes, expectation, fonts);
  return [...mismatches, ...(await checkRules(bytes, "PDF/A-2u"))];
}

const onPage = (index: number, change: (page: Page) => readonly Item[]): Layout => ({
  ...right,
  pages: right.pages.map((page, i) => (i === index ? { ...page, items: change(page) } : page)),
});
/** The page of the issue on which the second notice begins, with the end of the first. */
const shared = layout.pages.find((page) => page.label === right.pages[0]?.label)?.items ?? [];
const ofFirst = shared.filter(
  (item) => item.kind === "text" && item.source && item.source.in !== "front" && item.source.notice === first.id,
);
const without = (items: readonly Item[], is: (item: Item) => boolean) => items.filter((item) => !is(item));
const isArtifact = (name: string) => (item: Item) => item.kind === "text" && item.artifact === name;

test("the notices of the subject share a page, and the second is proved right by itself", async () => {
  expect(ofFirst.length).toBeGreaterThan(2);
  expect(await proved(right)).toEqual([]);
});

test.each<readonly [string, Layout, RegExp]>([
  ["a line of the other notice", onPage(0, ({ items }) => [...ofFirst.slice(-1), ...items]), /文字与定稿不符/u],
  ["all of the other notice on a shared page", onPage(0, () => shared), /文字与定稿不符/u],
  [
    "another notice at its end",
    onPage(right.pages.length - 1, ({ items }) => [...items, ...ofFirst]),
    /定稿以外的文字/u,
  ],
  ["a missing line", onPage(0, ({ items }) => without(items, (item) => item === items[5])), /文字与定稿不符/u],
  ["a missing folio", onPage(0, ({ items }) => without(items, isArtifact("folio"))), /页码是“（无）”/u],
  [
    "a table without its rules",
    onPage(right.pages.length - 1, ({ items }) => without(items, (item) => item.kind === "rule")),
    /少了版面上的\d+处线条/u,
  ],
  ["a missing page", { ...right, pages: right.pages.slice(0, -1) }, /与定稿不符|版面有/u],
  [
    "a page under another number",
    { ...right, pages: right.pages.map((page, i) => (i === 0 ? { ...page, label: "99" } : page)) },
    /页标签是“99”/u,
  ],
])("%s is found", async (_, made, sentence) => {
  expect((await proved(made)).join("\n")).toMatch(sentence);
});
