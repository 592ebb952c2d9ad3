// The one entry of layout: an issue, its notices, a house style and fonts give a display list. Pure and deterministic:
// preview and PDF call it with the same arguments and get the same pages. Body first, then the front matter that
// points into it; the cache makes the second call after an edit cheap.
import { type Issue, type Notice, type NoticeId, numberLine } from "../model/notice.ts";
import { LayoutCache } from "./cache.ts";
import type { ContentsEntry, Layout, LayoutWarning, OutlineEntry } from "./display.ts";
import { type Anchor, type Origin, type Placing, paginate } from "./flow.ts";
import { type Fonts, type Role, roles } from "./fonts.ts";
import { type ContentsLine, type FrontPage, frontPages } from "./front.ts";
import { printBody, printFront, typeAreaTop, warningsOfPage } from "./pages.ts";
import { noticePieces, type Workshop } from "./pieces.ts";
import { type StyleSheet, settingOf, textKinds } from "./style.ts";

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
  const entries = issue.sections.flatMap((section) =>
    section.entries.map((id) => {
      const notice = notices.get(id);
      if (!notice) throw new RangeError(`issue names notice ${id}, which is not given`);
      return { section: section.title, notice };
    }),
  );
  const body = paginate(
    entries.flatMap(({ notice }) => noticePieces(notice, shop)),
    style.grid.pitch * style.grid.lines,
    style.grid.pitch,
  );
  const anchors = anchorsOf(body);
  const titles = titlesOf(anchors);
  const lines = entries.map(({ section, notice }): ContentsLine => {
    const folio = String((titles.get(notice.id)?.page ?? 0) + 1);
    return { notice, section, folio };
  });
  const front = frontPages(issue, lines, shop);
  const printed = [
    ...front.map((page, i) => printFront(page, i, style)),
    ...body.map((placings, i) => printBody(placings, i + 1, shop)),
  ];
  // From pages of the body to places among all pages.
  const top = typeAreaTop(style);
  const places = anchors.map((found) => ({ ...found, page: found.page + front.length, y: round(found.y + top) }));
  return {
    pages: printed.map(({ page }) => page),
    contents: contentsOf(lines, front, places),
    outline: outlineOf(lines, places),
    warnings: [
      ...substitutions(style, fonts),
      ...printed.flatMap((one, i) => (one.troubles.length > 0 ? warningsOfPage(one, i, notices, style) : [])),
    ],
    faces: [...new Set(printed.flatMap(({ faces }) => [...faces]))].sort(),
  };
}

const noticeOf = (origin: Origin): NoticeId | undefined => (origin.in === "front" ? undefined : origin.notice);
const round = (value: number): number => Math.round(value * 1000) / 1000;

// ---------------------------------------------------------------- contents and bookmarks

interface Found {
  readonly anchor: Anchor;
  readonly origin: Origin;
  readonly page: number;
  readonly y: number;
}

function anchorsOf(pages: readonly (readonly Placing[])[]): Found[] {
  return pages.flatMap((placings, page) =>
    placings.flatMap(({ piece, y }) => (piece.anchor ? [{ anchor: piece.anchor, origin: piece.origin, page, y }] : [])),
  );
}

function contentsOf(
  lines: readonly ContentsLine[],
  front: readonly FrontPage[],
  anchors: readonly Found[],
): ContentsEntry[] {
  const titles = titlesOf(anchors);
  return lines.map((line) => {
    const at = titles.get(line.notice.id);
    return {
      notice: line.notice.id,
      section: line.section,
      title: line.notice.title,
      number: numberLine(line.notice),
      folio: line.folio,
      contentsPage: front.findIndex((page) => page.lines.some((one) => one.line === line)),
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

// ---------------------------------------------------------------- substituted faces

/** One warning for each role the style uses whose own typeface is not installed. */
function substitutions(style: StyleSheet, fonts: Fonts): LayoutWarning[] {
  const { contents, cover, imprint } = style;
  const front = [
    contents.headSetting,
    contents.section,
    contents.entry,
    ...Object.values(cover),
    imprint.slogan,
    imprint.line,
  ];
  const used = new Set<Role>([
    style.table.role,
    style.table.headRole,
    style.folio.role,
    ...front.map((one) => one.role),
  ]);
  for (const kind of textKinds) {
    const setting = settingOf(style, kind);
    used.add(setting.role);
    if (setting.lead) used.add(setting.lead.role);
  }
  return roles.flatMap((role): LayoutWarning[] => {
    const message = fonts.plan[role].substitute;
    return used.has(role) && message ? [{ code: "substitutedFace", message: `${message.replace(/。$/u, "")}。` }] : [];
  });
}
