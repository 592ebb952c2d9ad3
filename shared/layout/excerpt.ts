// One notice out of the layout of its issue 单行: the pages that hold it, each as it is printed but without what stands
// there of other notices. Nothing moves, and folios and running heads stay, so that it can be cited like the gazette.
import type { NoticeId } from "../model/notice.ts";
import type { Item, Layout, LayoutWarning, OutlineEntry, Page } from "./display.ts";

/** A layout of its own, with one entry of the contents and the bookmarks of that notice; places count its own pages.
 *  Throws RangeError for a notice that is not in the layout. */
export function excerptOf(layout: Layout, notice: NoticeId): Layout {
  const entry = layout.contents.find((one) => one.notice === notice);
  const held = layout.pages.flatMap(({ items }, i) => (items.some((item) => isOf(item, notice)) ? [i] : []));
  if (!entry || held.length === 0) throw new RangeError(`the layout has no notice ${notice}`);
  const placeOf = new Map(held.map((page, i) => [page, i]));
  const others = layout.contents.filter((one) => one.notice !== notice).map(({ title }) => title);
  const pages = layout.pages.flatMap((page, i) => {
    if (!placeOf.has(i)) return [];
    const isKept = furnitureOf(page, entry.title, others);
    return [{ ...page, items: page.items.filter((item) => isOf(item, notice) || isKept(item)) }];
  });
  const rebased = (one: OutlineEntry): OutlineEntry => ({
    ...one,
    page: placeOf.get(one.page) ?? 0,
    children: one.children.map(rebased),
  });
  const outline = findBookmark(layout.outline, entry);
  const warnings = layout.warnings.flatMap((warning): LayoutWarning[] => {
    const { source, page } = warning;
    if (!source || source.in === "front" || source.notice !== notice) return [];
    return [page === undefined ? warning : { ...warning, page: placeOf.get(page) ?? 0 }];
  });
  const faces = pages.flatMap(({ items }) => items.flatMap((item) => (item.kind === "text" ? [item.face] : [])));
  return {
    ...layout,
    plan: { pages: pages.length, fillers: 0, lacking: (4 - (pages.length % 4)) % 4 },
    pages,
    contents: [{ ...entry, contentsPage: -1, page: placeOf.get(entry.page) ?? 0 }],
    outline: outline ? [rebased(outline)] : [],
    warnings,
    faces: [...new Set(faces)].sort(),
  };
}

/** Text, pictures and rules of the notice, a table head that is repeated among them. */
function isOf(item: Item, notice: NoticeId): boolean {
  switch (item.kind) {
    case "text":
    case "picture":
      return item.source !== undefined && item.source.in !== "front" && item.source.notice === notice;
    case "rule":
      return item.of !== undefined && item.of !== "page" && item.of.notice === notice;
    default:
      return false;
  }
}

/** What a page says of itself, whatever stands on it; not a running head that has the title of another notice, nor a
 *  slogan, which fills the room below another text. */
function furnitureOf({ items }: Page, title: string, others: readonly string[]): (item: Item) => boolean {
  const heads = items.flatMap((item) => (item.kind === "text" && item.artifact === "runningHead" ? [item.text] : []));
  const head = heads.join("");
  const isForeign = !head.includes(title) && others.some((other) => head.includes(other));
  return (item) => {
    if (item.kind === "rule") return item.of === "page";
    if (item.kind !== "text") return false;
    return item.artifact === "folio" || (item.artifact === "runningHead" && !isForeign);
  };
}

/** The bookmark of the notice at that place. */
function findBookmark(
  entries: readonly OutlineEntry[],
  at: { readonly page: number; readonly y: number },
): OutlineEntry | undefined {
  for (const entry of entries) {
    const isSection = entry.children.some(({ page, y }) => page === entry.page && y === entry.y);
    if (!isSection && entry.page === at.page && entry.y === at.y) return entry;
    const within = findBookmark(entry.children, at);
    if (within) return within;
  }
  return undefined;
}
