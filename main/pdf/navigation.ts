// How a reader finds the way: bookmarks, named destinations of the notices, links over the contents, page labels.
import { type PDFContext, type PDFDict, PDFName, type PDFRef } from "pdf-lib";
import type { Layout, Link, OutlineEntry, Page } from "../../shared/layout/display.ts";
import type { NoticeId } from "../../shared/model/notice.ts";
import { textString } from "./objects.ts";

/** A place of the document: a page and the height (pt from the page's top) that is shown at the top of the window. */
interface Place {
  readonly page: number;
  readonly y: number;
}

export class Navigation {
  private readonly context: PDFContext;
  private readonly layout: Layout;
  private readonly pages: readonly PDFRef[];

  constructor(context: PDFContext, layout: Layout, pages: readonly PDFRef[]) {
    this.context = context;
    this.layout = layout;
    this.pages = pages;
  }

  /** The annotations of a page, one per link. `structParent` gives each its place in the structure, if there is one. */
  links(page: Page, structParent?: (link: Link, annotation: PDFRef) => number): PDFRef[] {
    return page.items
      .filter((item) => item.kind === "link")
      .map((link) => {
        const ref = this.context.nextRef();
        const dictionary = this.link(link, page.height);
        if (structParent) dictionary.set(PDFName.of("StructParent"), this.context.obj(structParent(link, ref)));
        this.context.assign(ref, dictionary);
        return ref;
      });
  }

  /** The /Dests name tree: one destination per notice, sorted as the specification asks. */
  destinations(): PDFDict {
    const entries = this.layout.contents
      .map((entry) => ({ name: destinationName(entry.notice), entry }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    return this.context.obj({
      Names: entries.flatMap(({ name, entry }) => [textString(name), this.destination(entry)]),
    });
  }

  /** The bookmark tree, its first level open; null when there are no bookmarks. */
  outline(): PDFRef | null {
    if (this.layout.outline.length === 0) return null;
    const root = this.context.nextRef();
    const children = this.bookmarks(this.layout.outline, root);
    this.context.assign(root, this.context.obj({ Type: "Outlines", ...ends(children), Count: children.length }));
    return root;
  }

  /** Number tree of page labels: a range for each row of pages that count on from each other. */
  labels(): PDFDict {
    const ranges: (number | PDFDict)[] = [];
    let previous: { prefix: string; number: number | null } | null = null;
    for (const [i, page] of this.layout.pages.entries()) {
      const label = splitLabel(page.label);
      const counted =
        previous !== null &&
        label.number !== null &&
        previous.number === label.number - 1 &&
        previous.prefix === label.prefix;
      if (!counted) ranges.push(i, this.labelRange(label));
      previous = label;
    }
    return this.context.obj({ Nums: ranges });
  }

  private labelRange(label: { prefix: string; number: number | null }): PDFDict {
    return this.context.obj({
      ...(label.prefix ? { P: textString(label.prefix) } : {}),
      ...(label.number === null ? {} : { S: "D", St: label.number }),
    });
  }

  private link(link: Link, height: number): PDFDict {
    const entry = this.layout.contents.find((candidate) => candidate.notice === link.notice);
    if (!entry) throw new RangeError(`link to notice ${link.notice}, which has no contents entry`);
    return this.context.obj({
      Type: "Annot",
      Subtype: "Link",
      Rect: [link.x, height - link.y - link.height, link.x + link.width, height - link.y],
      Border: [0, 0, 0],
      F: 4,
      Contents: textString(entry.title),
      Dest: textString(destinationName(link.notice)),
    });
  }

  private bookmarks(entries: readonly OutlineEntry[], parent: PDFRef): PDFRef[] {
    const refs = entries.map(() => this.context.nextRef());
    for (const [i, entry] of entries.entries()) {
      const ref = refs[i] as PDFRef;
      const children = this.bookmarks(entry.children, ref);
      const previous = refs[i - 1];
      const next = refs[i + 1];
      this.context.assign(
        ref,
        this.context.obj({
          Title: textString(entry.title),
          Parent: parent,
          Dest: this.destination(entry),
          ...(previous ? { Prev: previous } : {}),
          ...(next ? { Next: next } : {}),
          // A negative count keeps the children folded.
          ...(children.length > 0 ? { ...ends(children), Count: -children.length } : {}),
        }),
      );
    }
    return refs;
  }

  /** XYZ with zoom 0, which keeps the reader's own; null there makes some readers stumble. */
  private destination({ page, y }: Place) {
    const ref = this.pages[page];
    const height = this.layout.pages[page]?.height;
    if (!ref || height === undefined) throw new RangeError(`a destination on page ${page} of ${this.pages.length}`);
    return this.context.obj([ref, "XYZ", 0, Math.round((height - y) * 1000) / 1000, 0]);
  }
}

function destinationName(notice: NoticeId): string {
  return `notice-${notice}`;
}

function ends(refs: readonly PDFRef[]): { First: PDFRef; Last: PDFRef } | Record<string, never> {
  const first = refs[0];
  const last = refs.at(-1);
  return first && last ? { First: first, Last: last } : {};
}

/** 目12 -> 目 and 12; 封面 -> 封面 and null. */
function splitLabel(label: string): { prefix: string; number: number | null } {
  const digits = /[1-9]\d*$/.exec(label)?.[0] ?? "";
  return {
    prefix: label.slice(0, label.length - digits.length),
    number: digits ? Number(digits) : null,
  };
}
