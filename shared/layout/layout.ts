// The one entry of layout: an issue, its notices, a house style and fonts give a display list. Pure and deterministic:
// preview and PDF call it with the same arguments and get the same pages. Body first, then the front matter that
// points into it; the cache makes the second call after an edit cheap.
import { type Issue, type Notice, type NoticeId, numberLine } from "../model/notice.ts";
import { contentsTitle, type Entry, entriesOf, issueLine } from "./approved.ts";
import { LayoutCache } from "./cache.ts";
import type { ContentsLine, FrontPage } from "./contents.ts";
import type { ContentsEntry, Layout, LayoutWarning, OutlineEntry } from "./display.ts";
import { type Anchor, type FlowPage, flow, type Origin, type PageShape, type Piece, type Placing } from "./flow.ts";
import type { Fonts } from "./fonts.ts";
import { backPages, frontPages, mastheadPieces } from "./front.ts";
import { openerPieces } from "./opener.ts";
import {
  freeRoom,
  type Margins,
  noticeOf,
  printBody,
  printFiller,
  printFront,
  typeAreaHeight,
  typeAreaTop,
  warningsOfPage,
} from "./pages.ts";
import { noticePieces } from "./pieces.ts";
import { measureOf, type StyleSheet, typeAreaWidth } from "./style.ts";
import { substitutions } from "./usedRoles.ts";
import type { Workshop } from "./workshop.ts";

export { LayoutCache };

/** Lays out a whole issue. Throws RangeError when the issue names a notice that is not in `notices`. */
export function layoutIssue(
  issue: Issue,
  notices: ReadonlyMap<NoticeId, Notice>,
  style: StyleSheet,
  fonts: Fonts,
  cache: LayoutCache,
): Layout {
  const shop: Workshop = { style, typeCase: cache.begin(style, fonts), cache };
  const entries = entriesOf(issue, notices);
  const body = flow(bodyPieces(issue, entries, shop), pageShape(style), cache.pages);
  const anchors: Found[] = [];
  for (const [page, { placings }] of body.entries())
    for (const { anchor, origin, y } of cache.get(placings, "anchors", () => anchorsOf(placings)))
      anchors.push({ anchor, origin, page, y });
  const titles = titlesOf(anchors);
  const lines = entries.map(({ section, notice }): ContentsLine => {
    const folio = String((titles.get(notice.id)?.page ?? 0) + 1);
    return { notice, section, folio };
  });
  const front = cache.named(frontKey(issue, lines), () => frontPages(issue, lines, shop));
  const entryOf = new Map<NoticeId | undefined, Entry>(entries.map((entry) => [entry.notice.id, entry]));
  const printed = [
    ...front.map((page, i) => cache.get(page, `printed ${i}`, () => printFront(page, i, style))),
    ...body.map((page, i) => printBody(page, marginsOf(issue, entryOf, body, i, style), shop)),
  ];
  const back = cache.named(`back ${JSON.stringify([issue.slogans, issue.imprint])}`, () => backPages(issue, shop));
  // Pages that fill the sheet stand before those at the back.
  const fillers = fillerCount(printed.length + back.length, style);
  for (let i = 0; i < fillers; i++) printed.push(printFiller(slogan(issue, i, style), printed.length, shop));
  for (const page of back) printed.push(printFront(page, printed.length, style));
  // From pages of the body to places among all pages.
  const top = typeAreaTop(style);
  const places = anchors.map((found) => ({ ...found, page: found.page + front.length, y: round(found.y + top) }));
  return {
    plan: { pages: printed.length, fillers, lacking: (4 - (printed.length % 4)) % 4 },
    red: style.red,
    pictures: style.pictures,
    pages: printed.map(({ page }) => page),
    contents: contentsOf(lines, front, places, style),
    outline: outlineOf(lines, places),
    warnings: [
      ...substitutions(style, fonts),
      ...standInsOnce(
        printed.flatMap((one, i) => (one.troubles.length > 0 ? warningsOfPage(one, i, notices, style) : [])),
      ),
    ],
    faces: [...new Set(printed.flatMap(({ faces }) => [...faces]))].sort(),
  };
}

/** All that the front matter depends on: most edits of a body leave it as it is. */
function frontKey({ sections: _, version: __, ...fields }: Issue, lines: readonly ContentsLine[]): string {
  const entries = lines.map(({ notice, section, folio }) => [
    notice.id,
    notice.title,
    notice.issuers,
    numberLine(notice),
    section,
    folio,
  ]);
  return `front ${JSON.stringify([fields, entries])}`;
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

// ---------------------------------------------------------------- the body and its pages

/** The notices, each section under its opener where the style has them. */
function bodyPieces(issue: Issue, entries: readonly Entry[], shop: Workshop): readonly Piece[] {
  const parts = entries.map(({ section, opens, notice }) => {
    const pieces = noticePieces(notice, shop);
    return opens ? opened(section, pieces, shop) : pieces;
  });
  const masthead = shop.cache.named(`masthead ${JSON.stringify({ ...issue, sections: 0, version: 0 })}`, () =>
    mastheadPieces(issue, shop),
  );
  if (masthead.length === 0) return shop.cache.sequence(parts);
  const [first, ...rest] = parts;
  return shop.cache.sequence(first ? [masthead, continued(first, shop), ...rest] : [masthead]);
}

/** The pieces without the new page that they would begin. */
function continued(pieces: readonly Piece[], shop: Workshop): readonly Piece[] {
  const [first] = pieces;
  if (!first) return pieces;
  return shop.cache.get(pieces, "continued", () => [{ ...first, newPage: false }, ...pieces.slice(1)]);
}

/** The first notice of a section stands below its opener. */
function opened(section: string, pieces: readonly Piece[], shop: Workshop): readonly Piece[] {
  const opener = openerPieces(section, shop);
  if (opener.length === 0) return pieces;
  return shop.cache.get(pieces, `below ${section}`, () => [...opener, ...continued(pieces, shop)]);
}

/** The shape of a page of the body. */
function pageShape(style: StyleSheet): PageShape {
  const { pitch } = style.grid;
  const rule = { kind: "rule", x1: 0, y1: -pitch / 4, x2: measureOf(style) / 4, y2: -pitch / 4, ink: "black" } as const;
  return {
    pitch,
    height: typeAreaHeight(style),
    columns: style.columns.count,
    step: measureOf(style) + style.columns.gap * style.grid.em,
    balance: style.columns.balance,
    landscape: typeAreaWidth(style),
    noteRule: { ...rule, width: 0.5 },
    noteGap: pitch / 2,
  };
}

function marginsOf(
  issue: Issue,
  entries: ReadonlyMap<NoticeId | undefined, Entry>,
  body: readonly FlowPage[],
  index: number,
  style: StyleSheet,
): Margins {
  const page = body[index];
  const number = index + 1;
  const pattern = number % 2 === 1 ? style.runningHead.odd : style.runningHead.even;
  const first = page?.placings[0]?.piece.origin;
  const entry = first && pattern ? entries.get(noticeOf(first)) : undefined;
  const head = pattern === "" ? "" : runningHead(pattern, issue, entry);
  const next = body[index + 1]?.placings[0]?.piece;
  const ends = style.filler.slogans && (next === undefined || next.newPage);
  const isHigh = page && ends && freeRoom(page, style) >= typeAreaHeight(style) * highEnd;
  return { number, head, filler: isHigh ? slogan(issue, index, style) : "" };
}

const runningHead = (pattern: string, issue: Issue, entry: Entry | undefined): string => {
  const values: Readonly<Record<string, string>> = {
    gazette: issue.gazetteTitle,
    issue: issueLine(issue),
    section: entry?.section ?? "",
    title: entry?.notice.title ?? "",
  };
  return pattern.replace(/\{(gazette|issue|section|title)\}/gu, (_, key: string) => values[key] ?? "");
};

/** Free at the foot of a page from here on, a slogan fills it; share of the type area. */
const highEnd = 0.4;

function slogan(issue: Issue, index: number, style: StyleSheet): string {
  const slogans = issue.slogans.filter((one) => one.trim() !== "");
  return style.filler.slogans ? (slogans[index % slogans.length] ?? "") : "";
}

function fillerCount(pages: number, { filler: { multiple } }: StyleSheet): number {
  return (multiple - (pages % multiple)) % multiple;
}

// ---------------------------------------------------------------- contents and bookmarks

interface Found {
  readonly anchor: Anchor;
  readonly origin: Origin;
  readonly page: number;
  readonly y: number;
}

function anchorsOf(placings: readonly Placing[]): Omit<Found, "page">[] {
  const found = [];
  for (const { piece, y } of placings) if (piece.anchor) found.push({ anchor: piece.anchor, origin: piece.origin, y });
  return found;
}

function contentsOf(
  lines: readonly ContentsLine[],
  front: readonly FrontPage[],
  anchors: readonly Found[],
  style: StyleSheet,
): ContentsEntry[] {
  const titles = titlesOf(anchors);
  const pageOf = new Map(front.flatMap((page, i) => page.lines.map(({ line }) => [line.notice.id, i] as const)));
  return lines.map((line) => {
    const at = titles.get(line.notice.id);
    return {
      notice: line.notice.id,
      section: line.section,
      title: contentsTitle(line.notice, style),
      number: numberLine(line.notice),
      folio: line.folio,
      contentsPage: pageOf.get(line.notice.id) ?? -1,
      page: at?.page ?? 0,
      y: at?.y ?? 0,
    };
  });
}

/** Where the title of each notice stands. */
function titlesOf(anchors: readonly Found[]): ReadonlyMap<NoticeId | undefined, Found> {
  const titles = anchors.filter((found) => found.anchor.level === "notice");
  return new Map(titles.map((found) => [noticeOf(found.origin), found]));
}

interface Branch {
  readonly title: string;
  readonly page: number;
  readonly y: number;
  readonly children: Branch[];
}

/** Sections, in them notices, in them embedded documents and annexes, in them chapters and their sections. */
function outlineOf(lines: readonly ContentsLine[], anchors: readonly Found[]): OutlineEntry[] {
  const roots: Branch[] = [];
  const sectionOf = new Map(lines.map((line) => [line.notice.id, line.section]));
  const open: { depth: number; branch: Branch }[] = [];
  const add = (depth: number, branch: Branch) => {
    while ((open.at(-1)?.depth ?? -1) >= depth) open.pop();
    (open.at(-1)?.branch.children ?? roots).push(branch);
    open.push({ depth, branch });
  };
  const depths = { notice: 1, document: 2, chapter: 3, section: 4 } as const;
  let current: string | undefined;
  for (const { anchor, origin, page, y } of anchors) {
    const section = sectionOf.get(noticeOf(origin) ?? "");
    if (anchor.level === "notice" && section !== current) {
      current = section;
      open.length = 0;
      if (section) add(0, { title: section, page, y, children: [] });
    }
    add(depths[anchor.level], { title: anchor.title, page, y, children: [] });
  }
  return roots;
}

// ---------------------------------------------------------------- warnings

/** A character that another face stands in for is told once for each text it is in, with how often it is there. */
function standInsOnce(warnings: readonly LayoutWarning[]): LayoutWarning[] {
  const counts = new Map<string, number>();
  for (const { code, message } of warnings)
    if (code === "standInFace") counts.set(message, (counts.get(message) ?? 0) + 1);
  return warnings.flatMap((warning) => {
    if (warning.code !== "standInFace") return [warning];
    const count = counts.get(warning.message) ?? 0;
    counts.set(warning.message, 0);
    if (count < 2) return count === 0 ? [] : [warning];
    return [{ ...warning, message: warning.message.replace(/，请看/u, `，共${count}处，请看`) }];
  });
}
