// The text objects of a page as PDFium gives them: their characters in the order of the content, in which face, size,
// direction and colour, and how they are marked.
import type { Pdfium } from "./pdfium.ts";
import type { Box, Frame, Mark, ReadCharacter, ReadPdf, ReadRun } from "./reader.ts";
import { faceName } from "./readFont.ts";

/** FPDF_PAGEOBJ_TEXT */
const textObject = 1;

/** Before the raster was looked at. */
export type FoundCharacter = Omit<ReadCharacter, "inked"> & { inked: boolean };

/** Reads the pages of one document, whose fonts they share. `scratch`: 512 bytes of PDFium's memory. */
export class TextReader {
  private readonly engine: Pdfium;
  private readonly scratch: number;
  private readonly call: Calls;
  private readonly known = new Map<number, ReadPdf["faces"][number]>();

  constructor(engine: Pdfium, scratch: number) {
    this.engine = engine;
    this.scratch = scratch;
    this.call = callsOf(engine);
  }

  /** The fonts of what was read, by name. */
  faces(): ReadPdf["faces"] {
    return [...this.known.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** PDFium orders the characters of a page by where they stand, which shuffles table heads; the order of the content
   *  is that of the page objects, so the characters are gathered by object first. */
  read(page: number, text: number, frame: Frame): { found: FoundCharacter[]; repeated: Box[] } {
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
      face: faceName(this.faceOf(object)),
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
      const name = this.engine.m.pdfium.UTF16ToString(this.scratch + 8);
      if (name === "Artifact") return "artifact";
      if (name === "TOC") return "contents";
    }
    return "text";
  }

  private faceOf(object: number): string {
    const font = this.call.font(object);
    let face = this.known.get(font);
    if (!face) {
      this.engine.m.FPDFFont_GetBaseFontName(font, this.scratch, 512);
      const name = this.engine.m.pdfium.UTF8ToString(this.scratch);
      face = { name, embedded: this.engine.m.FPDFFont_GetIsEmbedded(font) === 1 };
      this.known.set(font, face);
    }
    return face.name;
  }
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
