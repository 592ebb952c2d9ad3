// What the layout worker knows and answers, apart from being a worker: the issue kept up to date by changes and laid out
// with one line cache, and the pages in view compared with what the window has of them already.
import type { FaceId, Item, Layout, Page } from "../../shared/layout/display.ts";
import type { Fonts } from "../../shared/layout/fonts.ts";
import { LayoutCache, layoutIssue } from "../../shared/layout/layout.ts";
import { type LineChanges, lineChanges } from "../../shared/layout/lineChanges.ts";
import { paintFace } from "../../shared/layout/paintFace.ts";
import type { StyleSheet } from "../../shared/layout/style.ts";
import { type Block, patchBody } from "../../shared/model/block.ts";
import type { Issue, Notice, NoticeId } from "../../shared/model/notice.ts";
import type { Caret } from "../sight.ts";
import type { Change, FromWorker, ShownPage, Spot } from "./messages.ts";
import { locate } from "./places.ts";

const emptyLayout: Layout = {
  plan: { pages: 0, fillers: 0, lacking: 0 },
  pages: [],
  contents: [],
  outline: [],
  warnings: [],
  faces: [],
};

export class LayoutDesk {
  private fonts: Fonts;
  private issue: Issue | null = null;
  private style: StyleSheet | null = null;
  private readonly notices = new Map<NoticeId, Notice>();
  private readonly cache = new LayoutCache();
  private layout = emptyLayout;
  private caret: Caret | null = null;
  private wanted: readonly number[] = [];
  /** The wanted pages as the window has them. */
  private shown = new Map<number, Page>();
  private frame = "";
  private readonly painted = new Set<FaceId>();

  constructor(fonts: Fonts) {
    this.fonts = fonts;
  }

  /** The next layout is set in these. */
  setFonts(fonts: Fonts): void {
    this.fonts = fonts;
  }

  /** What would become of the lines in other faces. Takes as long as a first layout. */
  tryFonts(fonts: Fonts): LineChanges {
    const { issue, style } = this;
    const other = issue && style ? layoutIssue(issue, this.notices, style, fonts, new LayoutCache()) : emptyLayout;
    return lineChanges(this.layout, other);
  }

  /** Throws RangeError when a patch does not fit the body it has. */
  change(change: Change): void {
    if (change.issue !== undefined) this.issue = change.issue;
    if (change.style !== undefined) this.style = change.style;
    for (const id of change.gone) this.notices.delete(id);
    for (const { fields, patch } of change.notices) {
      const before = this.notices.get(fields.id)?.body ?? [];
      const blocks = patch?.blocks.map((block, i) => withKnownRows(block, before[patch.from + i]));
      this.notices.set(fields.id, {
        ...fields,
        body: patch && blocks ? patchBody(before, { ...patch, blocks }) : before,
      });
    }
  }

  /** Lays out, and tells what is new of it. Whatever the layout throws passes through; the last layout stays. */
  layOut(): FromWorker {
    this.layout =
      this.issue && this.style
        ? layoutIssue(this.issue, this.notices, this.style, this.fonts, this.cache)
        : emptyLayout;
    const { plan, pages, contents, outline, warnings } = this.layout;
    const sheets = pages.map(({ width, height, kind, label }) => ({ width, height, kind, label }));
    const summary = { plan, pages: pages.length, labels: pages.map((page) => page.label), contents, outline, warnings };
    const frame = JSON.stringify([sheets, summary]);
    const changed = frame !== this.frame;
    this.frame = frame;
    return { type: "layout", frame: changed ? { sheets, summary } : null, pages: this.news(), spot: this.spot() };
  }

  show(pages: readonly number[]): FromWorker {
    this.wanted = pages;
    return { type: "pages", pages: this.news() };
  }

  moveCaret(caret: Caret | null): FromWorker {
    this.caret = caret;
    return { type: "spot", spot: this.spot() };
  }

  /** The next face of the layout that the window cannot paint yet, rebuilt; null when it has them all. */
  nextFace(): Extract<FromWorker, { type: "face" }> | null {
    const id = this.layout.faces.find((face) => !this.painted.has(face));
    if (id === undefined) return null;
    this.painted.add(id);
    // A copy of its own, to be given away to the window.
    return { type: "face", id, bytes: new Uint8Array(paintFace(this.fonts.face(id))) };
  }

  private spot(): Spot | null {
    return this.caret && locate(this.layout, this.caret);
  }

  /** The wanted pages that are not as the window has them. */
  private news(): ShownPage[] {
    const shown = new Map<number, Page>();
    const news: ShownPage[] = [];
    for (const index of this.wanted) {
      const page = this.layout.pages[index];
      if (!page) continue;
      const had = this.shown.get(index);
      if (!had || !samePage(had, page)) news.push({ index, page });
      shown.set(index, page);
    }
    this.shown = shown;
    return news;
  }
}

/** A table with the row objects it had before, counted from its head or from its foot, where they are equal: a patch brings
 *  tables whole, and the layout remembers what it made of a row by the row itself. */
export function withKnownRows(block: Block, before: Block | undefined): Block {
  if (block.type !== "table" || before?.type !== "table") return block;
  const longer = block.content.length - before.content.length;
  const content = block.content.map((row, i) => {
    const known = [before.content[i], before.content[i - longer]];
    return known.find((one) => one !== undefined && sameValue(one, row)) ?? row;
  });
  return { ...block, content };
}

/** Whether two pages are painted and clicked alike. Layout makes new objects each time, hence by value. */
export function samePage(a: Page, b: Page): boolean {
  if (a === b) return true;
  return a.width === b.width && a.height === b.height && a.label === b.label && sameItems(a.items, b.items);
}

function sameItems(a: readonly Item[], b: readonly Item[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i] || sameValue(item, b[i]));
}

function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((value, i) => sameValue(value, b[i]));
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => sameValue(Reflect.get(a, key), Reflect.get(b, key)))
  );
}
