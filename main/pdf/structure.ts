// The logical structure of an archived PDF (ISO 32000-1, 14.7 and 14.8; ISO 14289-1): what each run of the pages is, told
// from its source in the notices. The tree of a notice is made from its body, so that rows and cells stand in it however
// they were divided between pages; content is then hung on it page by page.
import { type PDFContext, type PDFObject, type PDFRef, PDFString } from "pdf-lib";
import type { ContentsEntry, FrontPart, Link, Page, Picture, TextRun } from "../../shared/layout/display.ts";
import { type Block, captionOf, footnotesOf, type Table } from "../../shared/model/block.ts";
import type { Notice, NoticeId } from "../../shared/model/notice.ts";
import type { Tag, Tagger } from "./content.ts";
import { typeOf } from "./headings.ts";
import { textString } from "./objects.ts";

/** Marked content of a page, or an annotation on it. */
interface Content {
  readonly page: number;
  readonly mcid?: number;
  readonly annotation?: PDFRef;
}

interface Element {
  readonly type: string;
  readonly entries: Record<string, PDFObject | string | number>;
  readonly kids: (Element | Content)[];
  /** Stays in the tree without content, as an empty cell does. */
  readonly kept: boolean;
}

/** A notice in the tree. */
interface NoticeElements {
  readonly title: Element;
  readonly number: Element;
  /** By block: the element of a place in it. */
  readonly blocks: readonly ((source: BodySource) => Element)[];
}

/** A place in the body of a notice, as far as the tree needs it. */
type BodySource = Pick<Extract<NonNullable<TextRun["source"]>, { in: "body" }>, "block" | "cell" | "note">;

/** Said of a picture about which nothing is told. */
const untold = "插图";

export class Structure implements Tagger {
  private readonly context: PDFContext;
  private readonly notices: ReadonlyMap<NoticeId, Notice>;
  private readonly pages: readonly PDFRef[];
  private readonly document = element("Document");
  private readonly told = new Map<NoticeId, NoticeElements>();
  /** By page: the element of each marked content. */
  private readonly marked: Element[][] = [];
  private readonly annotated: Element[] = [];
  private readonly notes: { readonly id: string; readonly element: Element }[] = [];
  private readonly entries = new Map<NoticeId, Element>();
  private readonly sectionOf: ReadonlyMap<NoticeId, string>;
  /** The section whose opener was printed last; its name is told by the first notice below it. */
  private section: { readonly element: Element; name: string | null } | null = null;
  private readonly parts = new Map<FrontPart, Element>();
  private readonly rows = new Map<number, Element>();
  private readonly tags = new Map<Element, Tag>();
  private contents: Element | null = null;
  /** The line of the front that was tagged last. */
  private line: {
    readonly part: FrontPart;
    readonly y: number;
    readonly size: number;
    readonly element: Element;
  } | null = null;
  private page: Page | null = null;

  /** `contents`: the section of each notice. `pages`: as many as will be begun. */
  constructor(
    context: PDFContext,
    notices: ReadonlyMap<NoticeId, Notice>,
    contents: readonly Pick<ContentsEntry, "notice" | "section">[],
    pages: readonly PDFRef[],
  ) {
    this.context = context;
    this.notices = notices;
    this.sectionOf = new Map(contents.map(({ notice, section }) => [notice, section]));
    this.pages = pages;
  }

  /** What follows is of this page, the next one. */
  beginPage(page: Page): void {
    this.page = page;
    this.marked.push([]);
  }

  /** Throws RangeError for text that comes from nowhere, or from a notice that is not given. */
  tagOf(item: TextRun | Picture): Tag {
    const { source } = item;
    if (source === undefined) throw new RangeError(`“${item.kind === "text" ? item.text : ""}” has no source`);
    if (source.in === "front" && source.row) return this.tag(this.listed(source.row));
    if (source.in === "front") return this.tag(this.front(item as TextRun, source.part));
    this.line = null;
    const notice = this.notice(source.notice);
    if (source.in !== "body") return this.tag(notice[source.in]);
    const found = notice.blocks[source.block]?.(source);
    if (!found) throw new RangeError(`notice ${source.notice} has no block ${source.block}`);
    if (item.kind === "picture") found.entries.A = this.place(item);
    return this.tag(found);
  }

  /** Hangs the annotation of a link on its contents entry; gives its /StructParent. */
  annotation(link: Link, annotation: PDFRef): number {
    const entry = this.entry(link.notice);
    entry.kids.push({ page: this.marked.length - 1, annotation });
    return this.pages.length + this.annotated.push(entry) - 1;
  }

  /** Writes the tree. */
  root(): PDFRef {
    const { context } = this;
    const root = context.nextRef();
    const refs = new Map<Element, PDFRef>();
    const top = this.write(this.document, root, refs);
    const refOf = (one: Element): PDFRef => {
      const ref = refs.get(one);
      if (!ref) throw new RangeError(`an element ${one.type} with content stands outside the tree`);
      return ref;
    };
    const parents = [
      ...this.marked.flatMap((page, i) => [i, context.register(context.obj(page.map(refOf)))]),
      ...this.annotated.flatMap((one, i) => [this.pages.length + i, refOf(one)]),
    ];
    const ids = this.notes
      .filter(({ element: note }) => refs.has(note))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .flatMap(({ id, element: note }) => [PDFString.of(id), refOf(note)]);
    context.assign(
      root,
      context.obj({
        Type: "StructTreeRoot",
        K: top,
        ParentTree: context.register(context.obj({ Nums: parents })),
        ParentTreeNextKey: this.pages.length + this.annotated.length,
        ...(ids.length > 0 ? { IDTree: context.register(context.obj({ Names: ids })) } : {}),
      }),
    );
    return root;
  }

  // ---------------------------------------------------------------- content

  /** One tag for an element, so that what follows of it stands in the same marked content. */
  private tag(of: Element): Tag {
    let tag = this.tags.get(of);
    if (!tag) {
      // The reader of the proof knows contents by this name; structure goes by the MCID alone.
      const name = of.type === "Link" || this.contents?.kids.includes(of) ? "TOC" : of.type;
      tag = { open: () => `/${name} << /MCID ${this.mark(of)} >> BDC` };
      this.tags.set(of, tag);
    }
    return tag;
  }

  private mark(of: Element): number {
    const page = this.marked.length - 1;
    const mcid = (this.marked[page]?.push(of) ?? 0) - 1;
    // The notes of a paragraph follow all of its text.
    const notes = of.kids.findIndex(isElement);
    of.kids.splice(notes < 0 ? of.kids.length : notes, 0, { page, mcid });
    return mcid;
  }

  private place({ x, y, width, height }: Picture): PDFObject {
    const foot = (this.page?.height ?? 0) - y - height;
    const box = [x, foot, x + width, foot + height].map((side) => Math.round(side * 1000) / 1000);
    return this.context.obj({ O: "Layout", Placement: "Block", BBox: box });
  }

  // ---------------------------------------------------------------- beside the notices

  private front(run: TextRun, part: FrontPart): Element {
    if (part === "contents") return this.contentsPlace(run);
    const line = this.line;
    const goesOn = line?.part === part && (part === "section" || Math.abs(line.y - run.y) < 0.5);
    if (goesOn && line) return line.element;
    const made = element(part === "section" ? "H1" : "P", languageOf(run.text));
    this.line = { part, y: run.y, size: run.size, element: made };
    if (part === "section") {
      this.section = { element: element("Sect", {}, [made]), name: null };
      this.document.kids.push(this.section.element);
    } else this.partOf(part).kids.push(made);
    return made;
  }

  /** A head or an entry of a 总目录, on whatever lines it stands. */
  private listed({ at, level }: { readonly at: number; readonly level: number }): Element {
    let found = this.rows.get(at);
    if (!found) {
      found = element(level === 0 ? "P" : `H${level}`);
      this.rows.set(at, found);
      this.partOf("annual").kids.push(found);
    }
    return found;
  }

  private partOf(part: FrontPart): Element {
    let found = this.parts.get(part);
    if (!found) {
      found = element("Sect");
      this.parts.set(part, found);
      this.document.kids.push(found);
    }
    return found;
  }

  /** The first line is the head, what stands in no link the head of a section, all else the entry of its link. */
  private contentsPlace(run: TextRun): Element {
    const part = this.partOf("contents");
    this.contents = part;
    const link = this.page?.items.find(
      (item): item is Link =>
        item.kind === "link" &&
        run.x > item.x - 1 &&
        run.x < item.x + item.width + 1 &&
        run.y > item.y - 1 &&
        run.y < item.y + item.height + 1,
    );
    if (link) return this.entry(link.notice);
    const line = this.line;
    if (line && part.kids.at(-1) === line.element && (line.y === run.y || line.size === run.size)) return line.element;
    const made = element(part.kids.length === 0 ? "H1" : "P");
    part.kids.push(made);
    this.line = { part: "contents", y: run.y, size: run.size, element: made };
    return made;
  }

  /** The Link in the Reference of an entry (ISO 32000-1, 14.8.4.4.2). */
  private entry(notice: NoticeId): Element {
    let link = this.entries.get(notice);
    if (!link) {
      const part = this.partOf("contents");
      let list = part.kids.at(-1);
      if (!list || !isElement(list) || list.type !== "TOC") {
        list = element("TOC");
        part.kids.push(list);
      }
      link = element("Link");
      list.kids.push(element("TOCI", {}, [element("Reference", {}, [link])]));
      this.entries.set(notice, link);
    }
    return link;
  }

  // ---------------------------------------------------------------- notices

  private notice(id: NoticeId): NoticeElements {
    let found = this.told.get(id);
    if (!found) {
      const notice = this.notices.get(id);
      if (!notice) throw new RangeError(`notice ${id} is printed, and not given`);
      found = this.tell(notice);
      this.told.set(id, found);
    }
    return found;
  }

  private tell({ id, body }: Notice): NoticeElements {
    const section = this.sectionAbove(id);
    const level = section ? 2 : 1;
    const title = element(`H${level}`);
    const number = element("P");
    const part = element("Sect", {}, [title, number]);
    (section ?? this.document).kids.push(part);
    const above: number[] = [];
    let caption: Element | null = null;
    const blocks = body.map((block, index): ((source: BodySource) => Element) => {
      if (block.type === "table") {
        const head = caption;
        caption = null;
        return this.table(block, part, head);
      }
      if (block.type === "figure") {
        const figure = element("Figure", { Alt: textString(block.attrs.alt || captionOf(body, index) || untold) });
        part.kids.push(figure);
        return () => figure;
      }
      if (block.type === "forced_break") return () => part;
      if (block.attrs.kind === "tableTitle" && body[index + 1]?.type === "table") {
        caption = element("Caption");
        const made = caption;
        return () => made;
      }
      const made = element(typeOf(body, index, level, above));
      if (made.type !== "LBody") part.kids.push(made);
      else listOf(part, body[index - 1]).kids.push(element("LI", {}, [made]));
      const notes = footnotesOf(block).map((_, i) => {
        const name = `note-${id}-${index}-${i}`;
        const note = element("Note", { ID: PDFString.of(name) });
        made.kids.push(note);
        this.notes.push({ id: name, element: note });
        return note;
      });
      return ({ note }) => (note === undefined ? made : (notes[note] ?? made));
    });
    return { title, number, blocks };
  }

  /** The part of a section whose opener stands above the notice. */
  private sectionAbove(notice: NoticeId): Element | null {
    const name = this.sectionOf.get(notice) ?? "";
    if (this.section && this.section.name === null) this.section.name = name;
    return this.section?.name === name ? this.section.element : null;
  }

  private table({ content }: Table, part: Element, caption: Element | null): (source: BodySource) => Element {
    const cells = content.map((row) =>
      row.content.map(({ type, attrs: { colspan, rowspan } }) => {
        const attributes = {
          ...(colspan > 1 ? { ColSpan: colspan } : {}),
          ...(rowspan > 1 ? { RowSpan: rowspan } : {}),
          ...(type === "table_header" ? { Scope: "Column" } : {}),
        };
        const hasAny = Object.keys(attributes).length > 0;
        const entries: Element["entries"] = hasAny ? { A: this.context.obj({ O: "Table", ...attributes }) } : {};
        return element(type === "table_header" ? "TH" : "TD", entries, [], true);
      }),
    );
    const rows = cells.map((row) => element("TR", {}, row));
    const table = element("Table", {}, caption ? [caption, ...rows] : rows);
    part.kids.push(table);
    return ({ cell }) => cells[cell?.[0] ?? 0]?.[cell?.[1] ?? 0] ?? table;
  }

  // ---------------------------------------------------------------- writing

  private write(one: Element, parent: PDFRef, refs: Map<Element, PDFRef>): PDFRef {
    const { context } = this;
    const ref = context.nextRef();
    refs.set(one, ref);
    const first = one.kids.find((kid) => !isElement(kid));
    const page = first && !isElement(first) ? first.page : undefined;
    const kids = one.kids.flatMap((kid): (PDFObject | number)[] => {
      if (isElement(kid)) return isEmpty(kid) ? [] : [this.write(kid, ref, refs)];
      const own = kid.page === page ? {} : { Pg: this.pages[kid.page] };
      if (kid.annotation) return [context.obj({ Type: "OBJR", ...own, Obj: kid.annotation })];
      return [kid.page === page ? (kid.mcid ?? 0) : context.obj({ Type: "MCR", ...own, MCID: kid.mcid })];
    });
    context.assign(
      ref,
      context.obj({
        Type: "StructElem",
        S: one.type,
        P: parent,
        ...(page === undefined ? {} : { Pg: this.pages[page] }),
        ...(kids.length === 0 ? {} : { K: kids.length === 1 ? kids[0] : kids }),
        ...one.entries,
      }),
    );
    return ref;
  }
}

function element(type: string, entries: Element["entries"] = {}, kids: Element["kids"] = [], kept = false): Element {
  return { type, entries: { ...entries }, kids, kept };
}

const isElement = (kid: Element | Content): kid is Element => "kids" in kid;

function isEmpty(one: Element): boolean {
  return !one.kept && one.kids.every((kid) => isElement(kid) && isEmpty(kid));
}

/** Lines of a list of names that follow each other are one list. */
function listOf(part: Element, before: Block | undefined): Element {
  const last = part.kids.at(-1);
  const goesOn = before?.type === "paragraph" && before.attrs.kind === "names";
  if (goesOn && last && isElement(last) && last.type === "L") return last;
  const list = element("L");
  part.kids.push(list);
  return list;
}

/** The English name on the cover; all else is in the language of the document. */
function languageOf(text: string): Element["entries"] {
  return /[A-Za-z]/u.test(text) && /^[\x20-\x7e]+$/u.test(text) ? { Lang: textString("en") } : {};
}
