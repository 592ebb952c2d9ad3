// A finished PDF through other eyes: PDFium, which had no part in writing it and knows no system fonts. What it gives
// is what a reader of the file gets: characters in the order of the content, where they stand and whether they leave
// ink, how they are marked and coloured, what is drawn over them, where links and bookmarks lead, which fonts are
// embedded. Places are pt from the top left of the trimmed page, y down, as in a display list.
import { type Pdfium, pdfium } from "./pdfium.ts";
import { seenIn } from "./pictureSight.ts";
import { readShapes } from "./readShapes.ts";

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

/** Pixels per pt of the raster that ink is looked for in, and of the finer one that is asked when a small mark has left
 *  too little in the first. */
const rasterScale = 1;
const fineScale = 4;
/** Where more marks than these are pale on a page, the whole of it is rastered finely, else a tile around each. */
const mostTiles = 40;
/** Darkness of 255 that counts as ink. */
const inkThreshold = 24;
const grayBitmap = 1;
const renderGray = 0x08;
/** FPDF_PAGEOBJ_TEXT */
const textObject = 1;
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
  private readonly call: Calls;
  private document = 0;
  private readonly faces = new Map<number, { name: string; embedded: boolean }>();

  constructor(engine: Pdfium) {
    this.engine = engine;
    this.m = engine.m;
    this.scratch = engine.m.pdfium.wasmExports.malloc(1024);
    this.call = callsOf(engine);
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
      const rotation = this.m.FPDFPage_GetRotation(page);
      const sides = [this.m.FPDF_GetPageWidthF(page), this.m.FPDF_GetPageHeightF(page)];
      const [width = 0, height = 0] = rotation % 2 === 1 ? sides.reverse() : sides;
      const shown = this.boxOf(page, "CropBox") ?? this.boxOf(page, "MediaBox") ?? { x: 0, y: height, width, height };
      const trim = this.boxOf(page, "TrimBox") ?? shown;
      const frame = { left: trim.x, top: trim.y };
      const { found, repeated } = this.characters(page, text, frame);
      const dx = trim.x - shown.x;
      const dy = shown.y - trim.y;
      const onPaper = dx === 0 && dy === 0 ? found : found.map((box) => moved(box, dx, dy));
      const inked = this.inked({ page, rotation, width, height }, onPaper);
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

  /** For each box (pt from the top left of what is shown), whether something dark stands in it. */
  private inked(shown: Shown, boxes: readonly Box[]): boolean[] {
    const whole = { left: 0, top: 0, right: shown.width, bottom: shown.height };
    const look = (wanted: readonly Box[], part: Box, scale: number): boolean[] =>
      this.rastered(shown, part, scale, (raster) => wanted.map((box) => hasInk(raster, box)));
    const found = look(boxes, whole, rasterScale);
    const pale = boxes.filter((box, i) => !found[i] && isOutlined(box));
    if (pale.length === 0) return found;
    const fine =
      pale.length > mostTiles
        ? look(pale, whole, fineScale)
        : pale.flatMap((box) => look([box], tileOf(box, shown), fineScale));
    const inked = new Set(pale.filter((_, i) => fine[i]));
    return boxes.map((box, i) => found[i] === true || inked.has(box));
  }

  /** What `look` sees in the raster of a part of the page, `scale` pixels a pt. */
  private rastered<T>(shown: Shown, part: Box, scale: number, look: (raster: Raster) => T): T {
    const pixels = (length: number) => Math.max(1, Math.ceil(length * scale));
    const [width, height] = [pixels(part.right - part.left), pixels(part.bottom - part.top)];
    const bitmap = this.m.FPDFBitmap_CreateEx(width, height, grayBitmap, 0, 0);
    try {
      this.m.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
      // Turned back, so that boxes stand where they do on the page.
      const back = (4 - shown.rotation) % 4;
      const [x, y] = [part.left * scale, part.top * scale];
      const sides = [pixels(shown.width), pixels(shown.height)] as const;
      this.m.FPDF_RenderPageBitmap(bitmap, shown.page, -x, -y, ...sides, back, renderGray);
      const stride = this.m.FPDFBitmap_GetStride(bitmap);
      const start = this.m.FPDFBitmap_GetBuffer(bitmap);
      return look({
        pixels: this.engine.heap().subarray(start, start + stride * height),
        stride,
        width,
        height,
        scale,
        x,
        y,
      });
    } finally {
      this.m.FPDFBitmap_Destroy(bitmap);
    }
  }

  /** PDFium orders the characters of a page by where they stand, which shuffles table heads; the order of the content
   *  is that of the page objects, so the characters are gathered by object first. */
  private characters(page: number, text: number, frame: Frame): { found: FoundCharacter[]; repeated: Box[] } {
    const { call, engine, scratch: at } = this;
    const byObject = new Map<number, FoundCharacter[]>();
    const count = call.countObjects(page);
    for (let i = 0; i < count; i++) byObject.set(call.object(page, i), []);
    const orders = new Map(Array.from(byObject.keys(), (object, order) => [object, order]));
    const runs = new Map<number, { run: ReadRun; mark: Mark }>();
    const characters = call.countChars(text);
    for (let i = 0; i < characters; i++) {
      // PDFium adds spaces and line ends of its own.
      if (call.isGenerated(text, i) === 1) continue;
      const object = call.textObject(text, i);
      let known = runs.get(object);
      if (known === undefined) {
        const order = orders.get(object) ?? orders.size;
        known = { run: this.run(object, order), mark: this.mark(object) };
        runs.set(object, known);
      }
      const character = call.isHyphen(text, i) === 1 ? "-" : spelled(call.unicode(text, i));
      if (character === "") continue;
      call.charBox(text, i, at, at + 8, at + 16, at + 24);
      call.charOrigin(text, i, at + 32, at + 40);
      const found: FoundCharacter = {
        character,
        mark: known.mark,
        run: known.run,
        x: engine.double(at + 32) - frame.left,
        y: frame.top - engine.double(at + 40),
        left: engine.double(at) - frame.left,
        top: frame.top - engine.double(at + 24),
        right: engine.double(at + 8) - frame.left,
        bottom: frame.top - engine.double(at + 16),
        inked: false,
      };
      let own = byObject.get(object);
      if (!own) {
        own = [];
        byObject.set(object, own);
      }
      const before = isLowSurrogate(character) ? own.at(-1) : undefined;
      // PDFium gives a character beyond U+FFFF as its two surrogates, in one place.
      if (before && isHighSurrogate(before.character))
        own[own.length - 1] = { ...before, character: before.character + character };
      else own.push(found);
    }
    const silent = [...orders.keys()].filter((object) => call.objectType(object) === textObject && !runs.has(object));
    return { found: [...byObject.values()].flat(), repeated: silent.map((object) => this.bounds(object, frame)) };
  }

  private run(object: number, order: number): ReadRun {
    const { call, scratch: at } = this;
    call.objectMatrix(object, at);
    const [a = 0, b = 0, c = 0, d = 0] = this.engine.floats(at, 4);
    call.fontSize(object, at);
    const [size = 0] = this.engine.floats(at, 1);
    call.fillColour(object, at, at + 4, at + 8, at + 12);
    const [red = 0, green = 0, blue = 0, alpha = 0] = this.engine.integers(at, 4);
    const mode = call.renderMode(object);
    const length = Math.hypot(c, d);
    const turn = turns.find((_, i) => {
      const [ux = 0, uy = 0] = quarters[i] ?? [];
      return Math.hypot(a - ux * length, b - uy * length, c + uy * length, d - ux * length) < 0.001 * length;
    });
    return {
      face: this.faceOf(object).replace(/^[A-Z]{6}\+/u, ""),
      size: size * length,
      turn: turn ?? null,
      colour: [red, green, blue],
      painted: (mode === 0 || mode === 2) && alpha > 0,
      order,
    };
  }

  private bounds(object: number, frame: Frame): Box {
    const at = this.scratch;
    this.call.objectBounds(object, at, at + 4, at + 8, at + 12);
    const [left = 0, bottom = 0, right = 0, top = 0] = this.engine.floats(at, 4);
    return {
      left: left - frame.left,
      top: frame.top - top,
      right: right - frame.left,
      bottom: frame.top - bottom,
    };
  }

  private mark(object: number): Mark {
    for (let i = 0; i < this.call.countMarks(object); i++) {
      const mark = this.call.getMark(object, i);
      this.call.markName(mark, this.scratch + 8, 64, this.scratch);
      const name = this.m.pdfium.UTF16ToString(this.scratch + 8);
      if (name === "Artifact") return "artifact";
      if (name === "TOC") return "contents";
    }
    return "text";
  }

  private faceOf(object: number): string {
    const font = this.call.font(object);
    let face = this.faces.get(font);
    if (!face) {
      this.m.FPDFFont_GetBaseFontName(font, this.scratch, 512);
      const name = this.m.pdfium.UTF8ToString(this.scratch);
      face = { name, embedded: this.m.FPDFFont_GetIsEmbedded(font) === 1 };
      this.faces.set(font, face);
    }
    return face.name;
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

/** A page as a reader shows it, before it is turned. */
interface Shown {
  readonly page: number;
  readonly rotation: number;
  readonly width: number;
  readonly height: number;
}

/** Clockwise turns, and the direction in which the pen goes then, y up. */
const turns = [0, 90, 180, 270] as const;
const quarters = [
  [1, 0],
  [0, -1],
  [-1, 0],
  [0, 1],
] as const;

/** What is called for each character or object. */
type Calls = ReturnType<typeof callsOf>;
function callsOf({ direct }: Pdfium) {
  return {
    countObjects: direct("FPDFPage_CountObjects"),
    object: direct("FPDFPage_GetObject"),
    objectType: direct("FPDFPageObj_GetType"),
    objectMatrix: direct("FPDFPageObj_GetMatrix"),
    objectBounds: direct("FPDFPageObj_GetBounds"),
    fillColour: direct("FPDFPageObj_GetFillColor"),
    countMarks: direct("FPDFPageObj_CountMarks"),
    getMark: direct("FPDFPageObj_GetMark"),
    markName: direct("FPDFPageObjMark_GetName"),
    font: direct("FPDFTextObj_GetFont"),
    fontSize: direct("FPDFTextObj_GetFontSize"),
    renderMode: direct("FPDFTextObj_GetTextRenderMode"),
    countChars: direct("FPDFText_CountChars"),
    isGenerated: direct("FPDFText_IsGenerated"),
    isHyphen: direct("FPDFText_IsHyphen"),
    unicode: direct("FPDFText_GetUnicode"),
    textObject: direct("FPDFText_GetTextObject"),
    charBox: direct("FPDFText_GetCharBox"),
    charOrigin: direct("FPDFText_GetCharOrigin"),
  };
}

const isHighSurrogate = (text: string): boolean => text.length === 1 && text >= "\ud800" && text <= "\udbff";
const isLowSurrogate = (text: string): boolean => text.length === 1 && text >= "\udc00" && text <= "\udfff";

/** Before the raster was looked at. */
type FoundCharacter = Omit<ReadCharacter, "inked"> & { inked: boolean };

/** Characters by their code points, "" for white space; made once, as an issue has a hundred thousand. */
const spellings = new Map<number, string>();
function spelled(code: number): string {
  let character = spellings.get(code);
  if (character === undefined) {
    character = String.fromCodePoint(code).replace(/\s/u, "");
    spellings.set(code, character);
  }
  return character;
}

interface Raster {
  /** A byte each, row by row. */
  readonly pixels: Uint8Array;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
  /** Pixels per pt; where its top left corner stands on the page, pixels. */
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** A glyph without outline has a box without height, whose pixels would be its neighbours'; the thinnest dash is 0.3 pt
 *  high, and is looked at as one pixel. */
function isOutlined({ left, top, right, bottom }: Box): boolean {
  return bottom - top >= 0.05 && right - left >= 0.05;
}

/** Whole pt around a box, on the page. */
function tileOf({ left, top, right, bottom }: Box, { width, height }: Shown): Box {
  const within = (at: number, most: number) => Math.min(Math.max(at, 0), most);
  return {
    left: within(Math.floor(left), Math.ceil(width) - 1),
    top: within(Math.floor(top), Math.ceil(height) - 1),
    right: within(Math.ceil(right), Math.ceil(width)),
    bottom: within(Math.ceil(bottom), Math.ceil(height)),
  };
}

/** Whether some pixel of the box is dark. */
function hasInk({ pixels, stride, width, height, scale, x, y }: Raster, box: Box): boolean {
  if (!isOutlined(box)) return false;
  const x1 = Math.max(0, Math.floor(box.left * scale) - x);
  const y1 = Math.max(0, Math.floor(box.top * scale) - y);
  const x2 = Math.min(width, Math.max(x1 + 1, Math.ceil(box.right * scale) - x));
  const y2 = Math.min(height, Math.max(y1 + 1, Math.ceil(box.bottom * scale) - y));
  for (let row = y1; row < y2; row++)
    for (let at = row * stride + x1; at < row * stride + x2; at++)
      if ((pixels[at] ?? 255) < 255 - inkThreshold) return true;
  return false;
}
