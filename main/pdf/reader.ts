// A finished PDF through other eyes: PDFium, which had no part in writing it and knows no system fonts. What it gives
// is what a reader of the file gets: characters in the order of the content, where they stand and whether they leave
// ink, how they are marked and coloured, what is drawn over them, where links and bookmarks lead, which fonts are
// embedded. Places are pt from the top left of the trimmed page, y down, as in a display list.
import { inkedIn } from "./inkSight.ts";
import { type Pdfium, pdfium } from "./pdfium.ts";
import { seenIn } from "./pictureSight.ts";
import { readShapes } from "./readShapes.ts";
import { TextReader } from "./readText.ts";

/** text: approved text; contents: the contents page; artifact: folios, repeated table heads, leaders. */
export type Mark = "text" | "contents" | "artifact";

/** pt from the top left of the page. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Red, green and blue of 255. */
export type Colour = readonly [number, number, number];

/** One character as extracted, with its origin on the page and the box of its glyph's outline. White space is left
 *  out. */
export interface ReadCharacter extends Box {
  readonly character: string;
  readonly mark: Mark;
  readonly x: number;
  readonly y: number;
  /** Whether something dark stands in its box when the page is rastered. */
  readonly inked: boolean;
  readonly run: ReadRun;
}

/** A text object of the content: glyphs of one font, size and colour. */
export interface ReadRun {
  /** Name of the font without its subset tag. */
  readonly face: string;
  /** Length of an em, upwards in the glyph, pt. */
  readonly size: number;
  /** Clockwise, degrees; null when it is slanted or flipped. */
  readonly turn: 0 | 90 | 180 | 270 | null;
  readonly colour: Colour;
  /** Whether it is filled at all (text render mode 0 or 2), and not transparent. */
  readonly painted: boolean;
  /** Its place among the objects of the page. */
  readonly order: number;
}

/** A path or a picture on the page. */
export interface ReadShape extends Box {
  readonly kind: "path" | "picture" | "other";
  readonly order: number;
  /** The edges are those of its outline; a stroked path reaches half of `stroke` (pt) beyond them. */
  readonly stroke: number;
  readonly filled: boolean;
  /** A line from one point to another. */
  readonly straight: boolean;
  readonly colour: Colour;
}

export interface ReadPicture extends Box {
  /** Means of red, green and blue in cells of its box, as a reader sees it (pictureSight.ts). */
  readonly seen: Float32Array;
}

export interface ReadLink extends Box {
  /** Index of the page it leads to; -1 when it leads nowhere. */
  readonly page: number;
}

export interface ReadPage {
  /** The pictures of the page, where they stand. */
  readonly pictures: readonly ReadPicture[];
  /** Of the trimmed page, pt. */
  readonly width: number;
  readonly height: number;
  /** Clockwise turn with which it is shown, in quarters. */
  readonly rotation: number;
  /** Whether a reader shows less of it than the trimmed page. */
  readonly cropped: boolean;
  /** Comments, stamps and the like; links are none. */
  readonly annotations: number;
  readonly label: string;
  readonly characters: readonly ReadCharacter[];
  readonly shapes: readonly ReadShape[];
  /** Places of text objects of which no character is given, because the same stands there already. */
  readonly repeated: readonly Box[];
  readonly links: readonly ReadLink[];
}

export interface ReadPdf {
  readonly pages: readonly ReadPage[];
  /** All bookmarks, parents before children. */
  readonly bookmarks: readonly { readonly title: string; readonly page: number }[];
  readonly faces: readonly { readonly name: string; readonly embedded: boolean }[];
}

/** Why there is nothing to read. */
export type Unreadable = "password" | "broken";

/** FPDF_ERR_PASSWORD */
const passwordError = 4;
/** FPDF_ANNOT_LINK, FPDF_ANNOT_POPUP */
const linkAnnotation = 2;
const popupAnnotation = 16;

/** `onProgress(done, total)` counts pages. */
export async function openPdf(
  bytes: Uint8Array,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<ReadPdf | Unreadable> {
  return new Session(await pdfium()).read(bytes, onProgress);
}

/** `onProgress(done, total)` counts pages. Null when PDFium cannot open the bytes at all. */
export async function readPdf(
  bytes: Uint8Array,
  onProgress?: (done: number, total: number) => void,
): Promise<ReadPdf | null> {
  const pdf = await openPdf(bytes, onProgress);
  return typeof pdf === "string" ? null : pdf;
}

/** The text of each page without white space and artifacts, in the order of the content. */
export async function readPdfText(bytes: Uint8Array): Promise<string[]> {
  const pdf = await readPdf(bytes);
  return (pdf?.pages ?? []).map((page) =>
    page.characters
      .filter((character) => character.mark !== "artifact")
      .map((character) => character.character)
      .join(""),
  );
}

/** One document open in PDFium, with the few bytes of its memory that results are returned in. */
class Session {
  private readonly engine: Pdfium;
  private readonly m: Pdfium["m"];
  private readonly scratch: number;
  private readonly texts: TextReader;
  private document = 0;

  constructor(engine: Pdfium) {
    this.engine = engine;
    this.m = engine.m;
    this.scratch = engine.m.pdfium.wasmExports.malloc(1024);
    this.texts = new TextReader(engine, this.scratch);
  }

  read(bytes: Uint8Array, onProgress: (done: number, total: number) => void): ReadPdf | Unreadable {
    const { malloc, free } = this.m.pdfium.wasmExports;
    const file = malloc(bytes.length);
    try {
      this.engine.heap().set(bytes, file);
      this.document = this.m.FPDF_LoadMemDocument(file, bytes.length, "");
      if (this.document === 0) return this.m.FPDF_GetLastError() === passwordError ? "password" : "broken";
      const count = this.m.FPDF_GetPageCount(this.document);
      const pages: ReadPage[] = [];
      for (let i = 0; i < count; i++) {
        pages.push(this.page(i));
        onProgress(i + 1, count);
      }
      const bookmarks = this.bookmarks(0);
      return { pages, bookmarks, faces: this.texts.faces() };
    } finally {
      if (this.document !== 0) this.m.FPDF_CloseDocument(this.document);
      free(file);
      free(this.scratch);
    }
  }

  private page(index: number): ReadPage {
    const page = this.m.FPDF_LoadPage(this.document, index);
    const text = this.m.FPDFText_LoadPage(page);
    try {
      const rotation = this.m.FPDFPage_GetRotation(page);
      const sides = [this.m.FPDF_GetPageWidthF(page), this.m.FPDF_GetPageHeightF(page)];
      const [width = 0, height = 0] = rotation % 2 === 1 ? sides.reverse() : sides;
      const shown = this.boxOf(page, "CropBox") ?? this.boxOf(page, "MediaBox") ?? { x: 0, y: height, width, height };
      const trim = this.boxOf(page, "TrimBox") ?? shown;
      const frame = { left: trim.x, top: trim.y };
      const { found, repeated } = this.texts.read(page, text, frame);
      const dx = trim.x - shown.x;
      const dy = shown.y - trim.y;
      const onPaper = dx === 0 && dy === 0 ? found : found.map((box) => moved(box, dx, dy));
      const inked = inkedIn(this.engine, { page, rotation, width, height }, onPaper);
      for (const [i, one] of found.entries()) one.inked = inked[i] === true;
      const shapes = readShapes(this.engine, page, this.scratch, frame);
      return {
        width: trim.width,
        height: trim.height,
        rotation,
        cropped: trim.width > width + 0.01 || trim.height > height + 0.01,
        annotations: this.annotations(page),
        label: this.label(index),
        characters: found,
        shapes,
        repeated,
        pictures: shapes
          .filter(({ kind }) => kind === "picture")
          .map((box) => ({
            ...box,
            seen: seenIn(this.engine, page, moved(box, dx, dy), this.scratch),
          })),
        links: this.links(page, frame),
      };
    } finally {
      this.m.FPDFText_ClosePage(text);
      this.m.FPDF_ClosePage(page);
    }
  }

  /** A box of the page's own dictionary in PDF's coordinates: its left edge, its top, its sides. */
  private boxOf(
    page: number,
    name: "CropBox" | "MediaBox" | "TrimBox",
  ): { x: number; y: number; width: number; height: number } | null {
    const at = this.scratch;
    if (!this.m[`FPDFPage_Get${name}`](page, at, at + 4, at + 8, at + 12)) return null;
    const [left = 0, bottom = 0, right = 0, top = 0] = this.engine.floats(at, 4);
    return { x: left, y: top, width: right - left, height: top - bottom };
  }

  private label(index: number): string {
    const length = this.m.FPDF_GetPageLabel(this.document, index, this.scratch, 1024);
    // A file without labels leaves what stood there before.
    return length === 0 ? "" : this.m.pdfium.UTF16ToString(this.scratch);
  }

  private annotations(page: number): number {
    let count = 0;
    for (let i = 0; i < this.m.FPDFPage_GetAnnotCount(page); i++) {
      const annotation = this.m.FPDFPage_GetAnnot(page, i);
      const kind = this.m.FPDFAnnot_GetSubtype(annotation);
      if (kind !== linkAnnotation && kind !== popupAnnotation) count++;
      this.m.FPDFPage_CloseAnnot(annotation);
    }
    return count;
  }

  private links(page: number, frame: Frame): ReadLink[] {
    const links: ReadLink[] = [];
    const [position, found, box] = [this.scratch, this.scratch + 4, this.scratch + 8];
    this.m.pdfium.setValue(position, 0, "i32");
    while (this.m.FPDFLink_Enumerate(page, position, found)) {
      const link = this.m.pdfium.getValue(found, "i32");
      if (!this.m.FPDFLink_GetAnnotRect(link, box)) continue;
      const [left = 0, top = 0, right = 0, bottom = 0] = this.engine.floats(box, 4);
      const target = this.target(this.m.FPDFLink_GetDest(this.document, link));
      links.push({
        left: left - frame.left,
        top: frame.top - top,
        right: right - frame.left,
        bottom: frame.top - bottom,
        page: target,
      });
    }
    return links;
  }

  private bookmarks(parent: number): { title: string; page: number }[] {
    const found: { title: string; page: number }[] = [];
    let bookmark = this.m.FPDFBookmark_GetFirstChild(this.document, parent);
    while (bookmark !== 0) {
      const length = this.m.FPDFBookmark_GetTitle(bookmark, 0, 0);
      const buffer = this.m.pdfium.wasmExports.malloc(length);
      this.m.FPDFBookmark_GetTitle(bookmark, buffer, length);
      const title = this.m.pdfium.UTF16ToString(buffer);
      this.m.pdfium.wasmExports.free(buffer);
      found.push({ title, page: this.target(this.m.FPDFBookmark_GetDest(this.document, bookmark)) });
      found.push(...this.bookmarks(bookmark));
      bookmark = this.m.FPDFBookmark_GetNextSibling(this.document, bookmark);
    }
    return found;
  }

  private target(destination: number): number {
    return destination === 0 ? -1 : this.m.FPDFDest_GetDestPageIndex(this.document, destination);
  }
}

function moved({ left, top, right, bottom }: Box, dx: number, dy: number): Box {
  return { left: left + dx, top: top + dy, right: right + dx, bottom: bottom + dy };
}

/** Left edge and top of the trimmed page in PDF's coordinates, y up. */
export interface Frame {
  readonly left: number;
  readonly top: number;
}
