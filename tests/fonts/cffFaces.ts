// PostScript faces for tests: a CFF table made of charstrings, and a whole OpenType face around one.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { CffFont } from "../../main/fonts/cff.ts";
import { assembleSfnt } from "../../shared/layout/sfnt.ts";
import { inUtf16, postScript, smallTables } from "./smallFaces.ts";

/** A charstring or dictionary: numbers, and operators by name. */
export type Code = readonly (number | keyof typeof operators | Uint8Array)[];

export const operators = {
  hstem: [1],
  vmoveto: [4],
  rlineto: [5],
  hlineto: [6],
  vlineto: [7],
  rrcurveto: [8],
  callsubr: [10],
  return: [11],
  endchar: [14],
  hstemhm: [18],
  hintmask: [19],
  rmoveto: [21],
  hmoveto: [22],
  rcurveline: [24],
  rlinecurve: [25],
  vvcurveto: [26],
  hhcurveto: [27],
  callgsubr: [29],
  vhcurveto: [30],
  hvcurveto: [31],
  hflex: [12, 34],
  flex: [12, 35],
  hflex1: [12, 36],
  flex1: [12, 37],
  dotsection: [12, 0],
} as const;

export function encode(code: Code): Uint8Array {
  return Uint8Array.from(
    code.flatMap((part) => {
      if (part instanceof Uint8Array) return [...part];
      if (typeof part === "string") return [...operators[part]];
      return Math.abs(part) <= 107 ? [part + 139] : [28, (part >> 8) & 255, part & 255];
    }),
  );
}

function indexOf(entries: readonly Uint8Array[]): Uint8Array {
  const head = new DataView(new ArrayBuffer(entries.length === 0 ? 2 : 3 + (entries.length + 1) * 2));
  head.setUint16(0, entries.length);
  if (entries.length > 0) head.setUint8(2, 2);
  let offset = 1;
  for (let i = 0; entries.length > 0 && i <= entries.length; i++) {
    head.setUint16(3 + i * 2, offset);
    offset += entries[i]?.length ?? 0;
  }
  return Buffer.concat([new Uint8Array(head.buffer), ...entries]);
}

/** An operand of five bytes, so that a dictionary keeps its size whatever it says. */
function wide(number: number): number[] {
  return [29, (number >> 24) & 255, (number >> 16) & 255, (number >> 8) & 255, number & 255];
}

export function cffTable(glyphs: readonly Code[], locals: readonly Code[] = [], globals: readonly Code[] = []): Buffer {
  const top = (charStrings: number, size: number, place: number) =>
    Uint8Array.from([...wide(charStrings), 17, ...wide(size), ...wide(place), 18]);
  const privates = Uint8Array.from([...wide(6), 19]);
  const before = (dictionary: Uint8Array) => [
    Uint8Array.from([1, 0, 4, 2]),
    indexOf([Buffer.from("Test")]),
    indexOf([dictionary]),
    indexOf([]),
    indexOf(globals.map(encode)),
  ];
  const start = Buffer.concat(before(top(0, 0, 0))).length;
  const strings = indexOf(glyphs.map(encode));
  return Buffer.concat([
    ...before(top(start, privates.length, start + strings.length)),
    strings,
    privates,
    indexOf(locals.map(encode)),
  ]);
}

/** A whole face with the Latin letters of a free serif that comes as bare CFF, glyph 1 being the space. */
export function latinFace(): Uint8Array {
  const path = createRequire(import.meta.url).resolve("pdfjs-dist/standard_fonts/FoxitSerif.pfb");
  const cff = readFileSync(path);
  return postScriptFace(cff, new CffFont(cff).glyphCount);
}

/** An OpenType face around a CFF table, whose glyphs from 1 on are the characters from U+0020 on. */
export function postScriptFace(cff: Uint8Array, glyphs: number): Uint8Array {
  const tables = smallTables([inUtf16, postScript]);
  const head = new DataView(new ArrayBuffer(54));
  head.setUint32(0, 0x00010000);
  head.setUint32(12, 0x5f0f3cf5);
  head.setUint16(18, 1000);
  const hhea = new DataView(new ArrayBuffer(36));
  hhea.setUint32(0, 0x00010000);
  hhea.setUint16(34, 1);
  const hmtx = new DataView(new ArrayBuffer(4 + (glyphs - 1) * 2));
  hmtx.setUint16(0, 1000);
  const maxp = new DataView(new ArrayBuffer(6));
  maxp.setUint32(0, 0x00005000);
  maxp.setUint16(4, glyphs);
  const cmap = new DataView(new ArrayBuffer(40));
  for (const [at, value] of [
    [2, 1],
    [4, 3],
    [6, 10],
    [10, 12],
    [12, 12],
  ] as const)
    cmap.setUint16(at, value);
  for (const [at, value] of [
    [16, 28],
    [24, 1],
    [28, 0x20],
    [32, Math.min(0x7e, 0x20 + glyphs - 2)],
    [36, 1],
  ] as const)
    cmap.setUint32(at, value);
  const made = { head, hhea, hmtx, maxp, cmap };
  for (const [tag, view] of Object.entries(made)) tables.set(tag, new Uint8Array(view.buffer));
  for (const tag of ["glyf", "loca"]) tables.delete(tag);
  const face = assembleSfnt(tables.set("CFF ", cff));
  face.set(Buffer.from("OTTO"));
  return face;
}
