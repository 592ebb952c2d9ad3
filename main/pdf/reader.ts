// A finished PDF through other eyes: PDFium, which had no part in writing it and knows no system fonts. What it gives
// is what a reader of the file gets: characters in the order of the content, where they stand and whether they leave
// ink, how they are marked, where links and bookmarks lead, which fonts are embedded.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { init, type WrappedPdfiumModule } from "@embedpdf/pdfium";

/** text: approved text; contents: the contents page; artifact: folios, repeated table heads, leaders. */
export type Mark = "text" | "contents" | "artifact";

/** One character as extracted, with its origin on the page (pt from the top left). White space is left out. */
export interface ReadCharacter {
  readonly character: string;
  readonly mark: Mark;
  readonly x: number;
  readonly y: number;
  /** Whether something dark stands in its box when the page is rastered. */
  readonly inked: boolean;
}

export interface ReadLink extends Box {
  /** Index of the page it leads to; -1 when it leads nowhere. */
  readonly page: number;
}

export interface ReadPage {
  /** The pictures of the page, where they stand. */
  readonly pictures: readonly Box[];
  /** pt */
  readonly height: number;
  readonly label: string;
  readonly characters: readonly ReadCharacter[];
  readonly links: readonly ReadLink[];
}

export interface ReadPdf {
  readonly pages: readonly ReadPage[];
  /** All bookmarks, parents before children. */
  readonly bookmarks: readonly { readonly title: string; readonly page: number }[];
  readonly faces: readonly { readonly name: string; readonly embedded: boolean }[];
}

/** Pixels per pt of the raster that ink is looked for in, and of the finer one that is asked when a small mark has left
 *  too little in the first. */
const rasterScale = 1;
const fineScale = 4;
/** Darkness of 255 that counts as ink. */
const inkThreshold = 24;
const grayBitmap = 1;
/** FPDF_PAGEOBJ_IMAGE */
const imageObject = 3;
const renderGray = 0x08;

let engine: Promise<WrappedPdfiumModule> | null = null;

function pdfium(): Promise<WrappedPdfiumModule> {
  engine ??= (async () => {
    const file = readFileSync(createRequire(import.meta.url).resolve("@embedpdf/pdfium/pdfium.wasm"));
    const binary = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
    const module = await init({ wasmBinary: binary });
    module.PDFiumExt_Init();
    return module;
  })();
  return engine;
}

/** `onProgress(done, total)` counts pages. Null when PDFium cannot open the bytes at all. */
export async function readPdf(
  bytes: Uint8Array,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<ReadPdf | null> {
  const session = new Session(await pdfium());
  return session.read(bytes, onProgress);
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
  private readonly m: WrappedPdfiumModule;
  private readonly scratch: number;
  private document = 0;
  private readonly faces = new Map<number, { name: string; embedded: boolean }>();

  constructor(module: WrappedPdfiumModule) {
    this.m = module;
    this.scratch = module.pdfium.wasmExports.malloc(1024);
  }

  read(bytes: Uint8Array, onProgress: (done: number, total: number) => void): ReadPdf | null {
    const { malloc, free } = this.m.pdfium.wasmExports;
    const file = malloc(bytes.length);
    try {
      this.heap().set(bytes, file);
      this.document = this.m.FPDF_LoadMemDocument(file, bytes.length, "");
      if (this.document === 0) return null;
      const count = this.m.FPDF_GetPageCount(this.document);
      const pages: ReadPage[] = [];
      for (let i = 0; i < count; i++) {
        pages.push(this.page(i));
        onProgress(i + 1, count);
      }
      const bookmarks = this.bookmarks(0);
      const faces = [...this.faces.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
      return { pages, bookmarks, faces };
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
      const height = this.m.FPDF_GetPageHeightF(page);
      const found = this.characters(page, text, height);
      const inked = this.inked(page, found, rasterScale);
      const characters = found.map(({ character, mark, x, y }, i) => ({
        character,
        mark,
        x,
        y,
        inked: inked[i] === true,
      }));
      const pictures = this.pictures(page, height);
      return { height, label: this.label(index), characters, pictures, links: this.links(page, height) };
    } finally {
      this.m.FPDFText_ClosePage(text);
      this.m.FPDF_ClosePage(page);
    }
  }

  /** For each box (pt from the top left), whether something dark stands in it. */
  private inked(page: number, boxes: readonly Box[], scale: number): boolean[] {
    const width = Math.ceil(this.m.FPDF_GetPageWidthF(page) * scale);
    const height = Math.ceil(this.m.FPDF_GetPageHeightF(page) * scale);
    const bitmap = this.m.FPDFBitmap_CreateEx(width, height, grayBitmap, 0, 0);
    try {
      this.m.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
      this.m.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, renderGray);
      const stride = this.m.FPDFBitmap_GetStride(bitmap);
      const start = this.m.FPDFBitmap_GetBuffer(bitmap);
      const pixels = this.heap().subarray(start, start + stride * height);
      const found = boxes.map((box) => hasInk({ pixels, stride, width, height, scale }, box));
      if (scale === fineScale || found.every(Boolean)) return found;
      const pale = boxes.filter((_, i) => !found[i]);
      const fine = new Map(this.inked(page, pale, fineScale).map((ink, i) => [pale[i], ink]));
      return boxes.map((box, i) => found[i] === true || fine.get(box) === true);
    } finally {
      this.m.FPDFBitmap_Destroy(bitmap);
    }
  }

  /** PDFium orders the characters of a page by where they stand, which shuffles table heads; the order of the content
   *  is that of the page objects, so the characters are gathered by object first. */
  private characters(page: number, text: number, height: number): FoundCharacter[] {
    const byObject = new Map<number, FoundCharacter[]>();
    for (let i = 0; i < this.m.FPDFPage_CountObjects(page); i++) byObject.set(this.m.FPDFPage_GetObject(page, i), []);
    const marks = new Map<number, Mark>();
    for (let i = 0; i < this.m.FPDFText_CountChars(text); i++) {
      // PDFium adds spaces and line ends of its own.
      if (this.m.FPDFText_IsGenerated(text, i) === 1) continue;
      const hyphen = this.m.FPDFText_IsHyphen(text, i) === 1;
      const character = hyphen ? "-" : String.fromCodePoint(this.m.FPDFText_GetUnicode(text, i));
      if (/^\s$/u.test(character)) continue;
      const object = this.m.FPDFText_GetTextObject(text, i);
      let mark = marks.get(object);
      if (mark === undefined) {
        mark = this.mark(object);
        marks.set(object, mark);
        this.noteFace(object);
      }
      const at = this.scratch;
      this.m.FPDFText_GetCharBox(text, i, at, at + 8, at + 16, at + 24);
      const [left = 0, right = 0, bottom = 0, top = 0] = this.doubles(4);
      this.m.FPDFText_GetCharOrigin(text, i, at, at + 8);
      const [x = 0, y = 0] = this.doubles(2);
      const characters = byObject.get(object) ?? [];
      characters.push({ character, mark, x, y: height - y, left, top: height - top, right, bottom: height - bottom });
      byObject.set(object, characters);
    }
    return [...byObject.values()].flat();
  }

  private mark(object: number): Mark {
    for (let i = 0; i < this.m.FPDFPageObj_CountMarks(object); i++) {
      const mark = this.m.FPDFPageObj_GetMark(object, i);
      this.m.FPDFPageObjMark_GetName(mark, this.scratch + 8, 64, this.scratch);
      const name = this.m.pdfium.UTF16ToString(this.scratch + 8);
      if (name === "Artifact") return "artifact";
      if (name === "TOC") return "contents";
    }
    return "text";
  }

  private noteFace(object: number): void {
    const font = this.m.FPDFTextObj_GetFont(object);
    if (this.faces.has(font)) return;
    this.m.FPDFFont_GetBaseFontName(font, this.scratch, 512);
    const name = this.m.pdfium.UTF8ToString(this.scratch);
    this.faces.set(font, { name, embedded: this.m.FPDFFont_GetIsEmbedded(font) === 1 });
  }

  private label(index: number): string {
    this.m.FPDF_GetPageLabel(this.document, index, this.scratch, 1024);
    return this.m.pdfium.UTF16ToString(this.scratch);
  }

  private pictures(page: number, height: number): Box[] {
    const found: Box[] = [];
    const at = this.scratch;
    for (let i = 0; i < this.m.FPDFPage_CountObjects(page); i++) {
      const object = this.m.FPDFPage_GetObject(page, i);
      if (this.m.FPDFPageObj_GetType(object) !== imageObject) continue;
      this.m.FPDFPageObj_GetBounds(object, at, at + 4, at + 8, at + 12);
      const [left = 0, bottom = 0, right = 0, top = 0] = [0, 4, 8, 12].map((offset) =>
        this.m.pdfium.getValue(at + offset, "float"),
      );
      found.push({ left, top: height - top, right, bottom: height - bottom });
    }
    return found;
  }

  private links(page: number, height: number): ReadLink[] {
    const links: ReadLink[] = [];
    const [position, found, box] = [this.scratch, this.scratch + 4, this.scratch + 8];
    this.m.pdfium.setValue(position, 0, "i32");
    while (this.m.FPDFLink_Enumerate(page, position, found)) {
      const link = this.m.pdfium.getValue(found, "i32");
      if (!this.m.FPDFLink_GetAnnotRect(link, box)) continue;
      const [left = 0, top = 0, right = 0, bottom = 0] = [0, 4, 8, 12].map((at) =>
        this.m.pdfium.getValue(box + at, "float"),
      );
      const target = this.target(this.m.FPDFLink_GetDest(this.document, link));
      links.push({ left, top: height - top, right, bottom: height - bottom, page: target });
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

  /** PDFium's memory; taken anew each time, because growing replaces it. The package's types do not declare it. */
  private heap(): Uint8Array {
    const heap: unknown = Reflect.get(this.m.pdfium, "HEAPU8");
    if (!(heap instanceof Uint8Array)) throw new RangeError("PDFium gives no access to its memory");
    return heap;
  }

  private doubles(count: number): number[] {
    return Array.from({ length: count }, (_, i) => this.m.pdfium.getValue(this.scratch + i * 8, "double"));
  }
}

/** pt from the top left of the page. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

type FoundCharacter = Omit<ReadCharacter, "inked"> & Box;

interface Raster {
  /** A byte each, row by row. */
  readonly pixels: Uint8Array;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

/** Whether some pixel of the box is dark. A glyph without outline has a box without height, whose pixels would be its
 *  neighbours'; the thinnest dash is 0.3 pt high, and is looked at as one pixel. */
function hasInk({ pixels, stride, width, height, scale }: Raster, { left, top, right, bottom }: Box): boolean {
  if (bottom - top < 0.05 || right - left < 0.05) return false;
  const x1 = Math.max(0, Math.floor(left * scale));
  const y1 = Math.max(0, Math.floor(top * scale));
  const x2 = Math.min(width, Math.max(x1 + 1, Math.ceil(right * scale)));
  const y2 = Math.min(height, Math.max(y1 + 1, Math.ceil(bottom * scale)));
  for (let y = y1; y < y2; y++)
    for (let at = y * stride + x1; at < y * stride + x2; at++)
      if ((pixels[at] ?? 255) < 255 - inkThreshold) return true;
  return false;
}
