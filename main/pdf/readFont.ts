// A composite font of a finished file: which glyph and which text each of its codes stands for (ISO 32000-1, 9.7 and 9.10).
import { PDFArray, PDFDict, PDFRawStream } from "pdf-lib";
import { dictIn, key, nameIn, streamBytes } from "./readObjects.ts";

export interface ReadFont {
  /** The font below it, which has the widths. */
  readonly descendant: PDFDict;
  /** The TrueType program; null when none is embedded that can be read. */
  readonly program: Uint8Array | null;
  /** Codes and texts in the order of the file, which may say several of one code. */
  readonly texts: readonly (readonly [code: number, text: string])[];
  /** The glyph of a code; null when the table of glyphs cannot be read. */
  readonly gidOf: ((code: number) => number) | null;
}

/** Null for a font that is no composite one. */
export function readFont(font: PDFDict): ReadFont | null {
  const list = font.lookup(key("DescendantFonts"));
  const descendant = list instanceof PDFArray ? list.lookup(0) : undefined;
  if (!(descendant instanceof PDFDict) || nameIn(font, "Subtype") !== "Type0") return null;
  const table = descendant.lookup(key("CIDToGIDMap"));
  const map = streamBytes(table);
  const isLost = map === null && table instanceof PDFRawStream;
  const gidOf = (code: number) => (map ? ((map[code * 2] ?? 0) << 8) | (map[code * 2 + 1] ?? 0) : code);
  return {
    descendant,
    program: streamBytes(dictIn(descendant, "FontDescriptor")?.lookup(key("FontFile2"))),
    texts: textsOf(Buffer.from(streamBytes(font.lookup(key("ToUnicode"))) ?? []).toString("latin1")),
    gidOf: isLost ? null : gidOf,
  };
}

/** Name of a face without the tag of its subset. */
export function faceName(font: string): string {
  return font.replace(/^[A-Z]{6}\+/u, "");
}

const lastCodePoint = 0x10ffff;

/** Codes and texts of a CMap: bfchar, and bfrange that counts on or lists. */
function textsOf(cmap: string): [code: number, text: string][] {
  const entries: [number, string][] = [];
  for (const [, block = ""] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code = "", text = ""] of block.matchAll(/<([\da-f]+)>\s*<([\da-f]*)>/gi))
      entries.push([Number.parseInt(code, 16), fromHex(text)]);
  for (const [, block = ""] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = "", to = "", text, list = ""] of block.matchAll(
      /<([\da-f]+)>\s*<([\da-f]+)>\s*(?:<([\da-f]*)>|\[([^\]]*)\])/gi,
    )) {
      const first = Number.parseInt(from, 16);
      const listed = Array.from(list.matchAll(/<([\da-f]*)>/gi), ([, one = ""]) => fromHex(one));
      for (let code = first; code <= Math.min(Number.parseInt(to, 16), first + 0xffff); code++) {
        const begun = (fromHex(text ?? "").codePointAt(0) ?? 0) + code - first;
        const counted = begun <= lastCodePoint ? String.fromCodePoint(begun) : "";
        entries.push([code, text === undefined ? (listed[code - first] ?? "") : counted]);
      }
    }
  return entries;
}

function fromHex(hex: string): string {
  return String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16)));
}
