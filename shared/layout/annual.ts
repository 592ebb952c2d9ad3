// The annual contents 总目录: every notice that a gazette printed in one year, with its issue and folio, by section, by
// issuer or by 文号. Made from the issues as they were laid out; printed in the pattern of the style's own contents.
import { csvOf } from "../model/csv.ts";
import { parseDocNumber } from "../model/docNumber.ts";
import { GazetteError } from "../model/gazetteError.ts";
import { type Issue, type Notice, type NoticeId, numberLine } from "../model/notice.ts";
import { contentsNumber, contentsOrdinals, sectionHead } from "./approved.ts";
import type { LayoutCache } from "./cache.ts";
import { folioRoom, headLeading, headMade, type Listed, type ListPage, listPages } from "./contents.ts";
import type { ContentsEntry, Item, Layout, Page } from "./display.ts";
import type { Fonts } from "./fonts.ts";
import { copyOf } from "./frontText.ts";
import { widthOf } from "./galley.ts";
import { printBody, typeAreaTop, warningsOfPage } from "./pages.ts";
import type { StyleSheet } from "./style.ts";
import type { Workshop } from "./workshop.ts";

/** An issue that was laid out: `contents` are those of its Layout. */
export interface AnnualIssue {
  readonly issue: Issue;
  readonly notices: ReadonlyMap<NoticeId, Notice>;
  readonly contents: readonly ContentsEntry[];
}

/** The issues of a year that hold notices, in order. Throws GazetteError notFound when there are none. */
export function issuesOfYear<T extends Pick<AnnualIssue, "issue">>(year: number, issues: readonly T[]): T[] {
  const found = issues.filter(
    ({ issue }) => issue.year === year && issue.sections.some(({ entries }) => entries.length),
  );
  if (found.length === 0) throw new GazetteError("notFound", `${year}年没有编入公文的期，编不成总目录，请换一个年份。`);
  return found.sort((a, b) => a.issue.number - b.issue.number);
}

/** What the rows may be arranged by: 栏目, 发文机关, 文号. */
export const annualOrders = ["section", "issuer", "number"] as const;
export type AnnualOrder = (typeof annualOrders)[number];

export interface AnnualRow {
  /** What it stands under: its section, "" for none; its first issuer, else 其他; the code of its 文号 (示政发), else
   *  无文号. */
  readonly head: string;
  readonly section: string;
  /** As the contents of its issue print it. */
  readonly title: string;
  readonly issuers: readonly string[];
  /** As under its title, without brackets. */
  readonly number: string;
  /** 第N期 */
  readonly issue: number;
  readonly folio: string;
}

/** The rows under their heads, in the order of issues and of each issue; heads in order of first appearance. By 文号 the
 *  rows of a code follow their year and serial, and those without one stand last. Throws RangeError when the contents
 *  name a notice that is not given. */
export function annualRows(issues: readonly AnnualIssue[], order: AnnualOrder = "section"): AnnualRow[] {
  const rows = issues
    .toSorted((a, b) => a.issue.year - b.issue.year || a.issue.number - b.issue.number)
    .flatMap(({ issue, notices, contents }) =>
      contents.map(({ notice: id, section, title, folio }) => {
        const notice = notices.get(id);
        if (!notice) throw new RangeError(`contents name notice ${id}, which is not given`);
        const code = parseDocNumber(notice.docNumber);
        const heads = { section, issuer: notice.issuers[0] ?? "其他", number: code?.agencyCode ?? "无文号" };
        const number = numberLine(notice);
        const row = { head: heads[order], section, title, issuers: notice.issuers, number, issue: issue.number, folio };
        return { row, code };
      }),
    );
  const groups = [...Map.groupBy(rows, ({ row }) => row.head).values()];
  if (order !== "number") return groups.flat().map(({ row }) => row);
  const without = (group: typeof rows) => (group[0]?.code === null ? 1 : 0);
  return groups
    .toSorted((a, b) => without(a) - without(b))
    .flatMap((group) =>
      group.toSorted((a, b) => (a.code && b.code ? a.code.year - b.code.year || a.code.serial - b.code.serial : 0)),
    )
    .map(({ row }) => row);
}

/** Pages of the 总目录 with folios of their own: 刊名, 2026年总目录, heads, entries with issue and folio. Issues of other
 *  years are left out. The layout has bookmarks to its heads, and neither contents nor links, since what it names stands
 *  in other files. */
export function annualContents(
  year: number,
  issues: readonly AnnualIssue[],
  style: StyleSheet,
  fonts: Fonts,
  cache: LayoutCache,
  order: AnnualOrder = "section",
): Layout {
  const shop: Workshop = { style, typeCase: cache.begin(style, fonts), cache };
  const { heads: words, listed } = listOf(year, issues, style, order);
  const { section, entry, headSetting } = style.contents;
  const heads = words.map((text, i) =>
    headMade(text, i === words.length - 1 ? headSetting : section, headLeading, shop),
  );
  const widest = Math.max(
    0,
    ...new Set(listed.map(({ issue }) => widthOf(copyOf(issue, entry, style), shop.typeCase))),
  );
  const pages = listPages(heads, listed, folioRoom + Math.ceil(widest) + 1, shop);
  const printed = pages.map(({ placings }, i) => {
    const margins = { number: i + 1, head: "", filler: "" };
    return printBody({ placings, isLandscape: false, bands: [] }, margins, shop);
  });
  const top = typeAreaTop(style);
  const rows = rowsOf(pages, heads.length, top);
  const starts = pages.flatMap(({ lines }, page) => lines.map(({ of, y }) => ({ head: of.head, page, y: top + y })));
  return {
    plan: { pages: printed.length, fillers: 0, lacking: (4 - (printed.length % 4)) % 4 },
    red: style.red,
    pages: printed.map(({ page }, i) => asText(page, rows.at(i) ?? [])),
    contents: [],
    outline: starts
      .filter(({ head }, i) => head !== "" && starts[i - 1]?.head !== head)
      .map(({ head, page, y }) => ({ title: head, page, y, children: [] })),
    warnings: printed.flatMap((one, i) => warningsOfPage(one, i, new Map(), style)),
    faces: [...new Set(printed.flatMap(({ faces }) => [...faces]))].sort(),
  };
}

/** A head or an entry, and how far down its page it reaches, pt. */
interface ListRow {
  readonly at: number;
  readonly level: 0 | 1 | 2;
  readonly foot: number;
}

/** The rows of each page from its top down; an entry that goes on on the next page is a row of both. */
function rowsOf<T>(pages: readonly ListPage<T>[], titles: number, top: number): ListRow[][] {
  const known = new Map<T, number>();
  let count = 0;
  return pages.map(({ placings, lines }, page) =>
    placings.map(({ piece, y }, i): ListRow => {
      const entry = lines.find((line) => Math.abs(line.y - y) < 0.001);
      const foot = top + y + piece.height;
      if (!entry) return { at: count++, level: page === 0 && i < titles ? 1 : 2, foot };
      const at = known.get(entry.of) ?? count++;
      known.set(entry.of, at);
      return { at, level: 0, foot };
    }),
  );
}

/** The list is what this file is about, so it is proved as its text: contents 目录 are proved by what they lead to. */
function asText(page: Page, rows: readonly ListRow[]): Page {
  const items = page.items.map((item): Item => {
    if (item.kind !== "text" || item.source === undefined) return item;
    const row = rows.find(({ foot }) => item.y < foot);
    const { at, level } = row ?? { at: 0, level: 0 };
    return { ...item, source: { in: "front", part: "annual", row: { at, level } } };
  });
  return { ...page, items };
}

/** What its pages must say, a line each, in reading order: for the proof of what was printed. */
export function annualText(
  year: number,
  issues: readonly AnnualIssue[],
  style: Pick<StyleSheet, "contents">,
  order: AnnualOrder = "section",
): string[] {
  const { heads, listed } = listOf(year, issues, style, order);
  const lines = listed.flatMap(({ head, ordinal, title, number, issue, folio }, i) => [
    ...(head && head !== listed[i - 1]?.head ? [head] : []),
    ordinal + title + number + issue + folio,
  ]);
  return [...heads, ...lines];
}

/** The rows as a table file. 期号 is the bare number, so that it sorts as one. */
export function annualTable(rows: readonly AnnualRow[]): string {
  const cells = rows.map(({ section, title, issuers, number, issue, folio }) => {
    return [section, title, issuers.join("、"), number, String(issue), folio];
  });
  return csvOf([columns, ...cells]);
}

const columns = ["栏目", "题名", "发文机关", "文号", "期号", "页码"];

/** 刊名, as the last of the year's issues has it, and 2026年总目录. */
export function annualHeads(year: number, issues: readonly Pick<AnnualIssue, "issue">[]): string[] {
  const last = issues.filter(({ issue }) => issue.year === year).at(-1);
  return [...(last ? [last.issue.gazetteTitle] : []), `${year}年总目录`];
}

/** The heads, and the entries below them. */
function listOf(
  year: number,
  issues: readonly AnnualIssue[],
  style: Pick<StyleSheet, "contents">,
  order: AnnualOrder,
): { readonly heads: readonly string[]; readonly listed: readonly Listed<AnnualRow>[] } {
  const ofYear = issues.filter(({ issue }) => issue.year === year);
  const rows = annualRows(ofYear, order);
  const ordinals = contentsOrdinals(
    rows.map(({ head }) => head),
    style,
  );
  const listed = rows.map((row, i): Listed<AnnualRow> => {
    const number = contentsNumber(row.number, style);
    const head = sectionHead(row.head, style);
    return { ...row, of: row, head, ordinal: ordinals[i] ?? "", number, issue: `第${row.issue}期` };
  });
  return { heads: annualHeads(year, issues), listed };
}
