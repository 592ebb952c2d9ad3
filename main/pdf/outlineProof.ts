// Whether the fonts in a PDF draw what they say: for each code, the outline in the embedded program against the outline
// that the face has for the code's text. Boxes alone (glyphProof.ts) do not tell 未 from 末; outlines do. Read from the
// file's own tables, ToUnicode and CIDToGIDMap, never from what the writer knew.
import { PDFDict, type PDFDocument } from "pdf-lib";
import type { Face } from "../../shared/layout/face.ts";
import { type Fonts, faceRoles } from "../../shared/layout/fonts.ts";
import { sfntTables } from "../../shared/layout/sfnt.ts";
import { type Place, sentenceOf } from "./places.ts";
import type { ReadPdf } from "./reader.ts";
import { faceName, readFont } from "./readFont.ts";
import { documentOf, nameIn } from "./readObjects.ts";

/** Sentences for characters whose code draws another glyph, and for fonts whose tables cannot be read. Faces that are
 *  not known here are passed over; checkGlyphs names them. */
export async function checkOutlines(bytes: Uint8Array, pdf: ReadPdf, fonts: Fonts): Promise<string[]> {
  const known = new Set(faceRoles.flatMap((role) => fonts.plan[role].chain));
  const wrong: { readonly face: string; readonly text: string }[] = [];
  const unread: string[] = [];
  const document = await documentOf(bytes);
  if (!document) return ["文件的结构不完整，没有核对字形的轮廓"];
  for (const font of type0Fonts(document)) {
    const face = faceName(nameIn(font, "BaseFont"));
    if (!known.has(face)) continue;
    const codes = await readOr(null, () => codesOf(font));
    if (codes === null) unread.push(`字体 ${face} 的字形表读不出，没有核对字形`);
    else for (const text of strangeTexts(codes, fonts.face(face))) wrong.push({ face, text });
  }
  const places = wrong.flatMap(({ face, text }): Place[] => {
    const first = Array.from(text)[0] ?? "";
    const page = pdf.pages.findIndex(({ characters }) =>
      characters.some(({ character, run }) => character === first && run.face === face),
    );
    return page < 0 ? [] : [{ page, text }];
  });
  return [...unread, ...sentenceOf(pdf, places, "印出的字形不是这个字")];
}

/** What the file was damaged into is no mistake of the program: whatever stops the reading of it counts as unreadable. */
async function readOr<T, U>(otherwise: U, read: () => T | Promise<T>): Promise<T | U> {
  try {
    return await read();
  } catch {
    return otherwise;
  }
}

function type0Fonts(document: PDFDocument): PDFDict[] {
  return document.context
    .enumerateIndirectObjects()
    .flatMap(([, object]) => (object instanceof PDFDict && nameIn(object, "Subtype") === "Type0" ? [object] : []));
}

// ---------------------------------------------------------------- the tables of a font

interface Codes {
  /** Text and glyph of each code that stands for a text. */
  readonly entries: readonly { readonly text: string; readonly gid: number }[];
  readonly outlines: Outlines;
}

/** Null for a font that is no TrueType program under two-byte codes with a ToUnicode table. */
function codesOf(font: PDFDict): Codes | null {
  const { program, texts = [], gidOf } = readFont(font) ?? {};
  if (!program || !gidOf || texts.length === 0 || nameIn(font, "Encoding") !== "Identity-H") return null;
  return { entries: texts.map(([code, text]) => ({ text, gid: gidOf(code) })), outlines: outlinesOf(program) };
}

// ---------------------------------------------------------------- outlines

function strangeTexts({ entries, outlines }: Codes, face: Face): string[] {
  const own = new Outlines((gid) => face.outline(gid));
  return entries
    .filter(({ text, gid }) => {
      if (/^\s*$/u.test(text)) return false;
      return !gidsOf(face, text).some((candidate) => outlines.isSame(gid, own, candidate));
    })
    .map(({ text }) => text);
}

function gidsOf(face: Face, text: string): number[] {
  const code = text.codePointAt(0) ?? 0;
  const isOne = text === String.fromCodePoint(code);
  const gids = isOne ? [face.glyph(code), face.fullWidth(code), face.proportional(code)] : [face.ligature(text)];
  return [...new Set(gids)].filter((gid) => gid !== 0);
}

/** Deepest nesting of composite glyphs. */
const deepest = 6;

/** The glyf entry of each glyph of a font program; no bytes where there is none, or none to be found. */
function outlinesOf(program: Uint8Array): Outlines {
  const tables = sfntTables(program);
  const view = (tag: string) => viewOf(tables.get(tag) ?? new Uint8Array(64));
  const [glyf, loca, isLong] = [tables.get("glyf") ?? new Uint8Array(), view("loca"), view("head").getInt16(50) === 1];
  const place = (index: number): number => {
    const at = index * (isLong ? 4 : 2);
    if (at + (isLong ? 4 : 2) > loca.byteLength) return 0;
    return isLong ? loca.getUint32(at) : loca.getUint16(at) * 2;
  };
  return new Outlines((gid) => {
    const [at, end] = [place(gid), place(gid + 1)];
    return at < end && end <= glyf.length ? glyf.subarray(at, end) : new Uint8Array();
  });
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** What glyphs look like, by their entries in a glyf table. */
class Outlines {
  private readonly entry: (gid: number) => Uint8Array;

  constructor(entry: (gid: number) => Uint8Array) {
    this.entry = entry;
  }

  /** Whether a glyph has the outline of another program's, wherever it stands from left to right: a mark that was cut is
   *  the same outline moved. One that breaks off is like none. */
  isSame(gid: number, other: Outlines, otherGid: number): boolean {
    try {
      const [own, wanted] = [this.code(gid), other.code(otherGid)];
      if (own && wanted && Buffer.compare(own, wanted) === 0) return true;
      const [points, others] = [this.points(gid, 0, 0, 0), other.points(otherGid, 0, 0, 0)];
      const shift = (others[0] ?? 0) - (points[0] ?? 0);
      return points.length === others.length && points.every((v, i) => v + (i % 3 === 0 ? shift : 0) === others[i]);
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }

  /** The bytes of a simple glyph without hints or padding; a subset has mostly those of its face. */
  private code(gid: number): Uint8Array | null {
    const bytes = this.entry(gid);
    if (bytes.length === 0) return null;
    const view = viewOf(bytes);
    const contours = view.getInt16(0);
    if (contours < 0 || view.getUint16(10 + contours * 2) > 0) return null;
    let length = bytes.length;
    while (length > 0 && bytes[length - 1] === 0) length--;
    return bytes.subarray(10, length);
  }

  /** x, y and kind (1 on the curve, 2 the last of a contour) of each point. Scales of components are passed over: both
   *  sides have the same. */
  private points(gid: number, dx: number, dy: number, depth: number): number[] {
    const bytes = this.entry(gid);
    if (bytes.length === 0 || depth > deepest) return [];
    const view = viewOf(bytes);
    const contours = view.getInt16(0);
    return contours < 0 ? this.composite(view, dx, dy, depth) : simple(view, contours, dx, dy);
  }

  private composite(glyf: DataView, dx: number, dy: number, depth: number): number[] {
    const points: number[] = [];
    for (let at = 10, more = true; more; ) {
      const flags = glyf.getUint16(at);
      const isWords = (flags & 1) !== 0;
      const x = isWords ? glyf.getInt16(at + 4) : glyf.getInt8(at + 4);
      const y = isWords ? glyf.getInt16(at + 6) : glyf.getInt8(at + 5);
      for (const value of this.points(glyf.getUint16(at + 2), dx + x, dy + y, depth + 1)) points.push(value);
      at += 4 + (isWords ? 4 : 2) + (flags & 0x08 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0);
      more = (flags & 0x20) !== 0;
    }
    return points;
  }
}

function simple(glyf: DataView, contours: number, dx: number, dy: number): number[] {
  const start = 10;
  const ends = new Set(Array.from({ length: contours }, (_, i) => glyf.getUint16(start + i * 2)));
  const count = contours === 0 ? 0 : glyf.getUint16(start + contours * 2 - 2) + 1;
  let at = start + contours * 2;
  at += 2 + glyf.getUint16(at);
  const flags: number[] = [];
  while (flags.length < count) {
    const flag = glyf.getUint8(at++);
    const repeats = flag & 0x08 ? glyf.getUint8(at++) : 0;
    for (let i = 0; i <= repeats; i++) flags.push(flag);
  }
  const coordinates = (short: number, same: number, from: number): number[] => {
    let value = from;
    return flags.map((flag) => {
      if (flag & short) value += flag & same ? glyf.getUint8(at++) : -glyf.getUint8(at++);
      else if (!(flag & same)) {
        value += glyf.getInt16(at);
        at += 2;
      }
      return value;
    });
  };
  const xs = coordinates(0x02, 0x10, dx);
  const ys = coordinates(0x04, 0x20, dy);
  return flags.flatMap((flag, i) => [xs[i] ?? 0, ys[i] ?? 0, (flag & 1) + (ends.has(i) ? 2 : 0)]);
}
