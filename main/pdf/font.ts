// One face of the display list as a PDF font: codes are given out while pages are written, one per glyph, text and cut,
// so that a glyph that stands for several characters (文 and ⽂, or a whole ——) is always extracted as what it stands for.
import { type PDFContext, type PDFRef, PDFString } from "pdf-lib";
import type { Face } from "../../shared/layout/face.ts";
import { deflated } from "./objects.ts";
import { cutUnits, subsetFace } from "./subset.ts";

interface Code {
  readonly gid: number;
  readonly text: string;
  readonly left: number;
  readonly right: number;
}

export interface Shown {
  /** Four hexadecimal digits. */
  readonly code: string;
  /** 1/1000 em. */
  readonly advance: number;
}

export class PdfFont {
  readonly face: Face;
  readonly ref: PDFRef;
  /** Code 0 stays .notdef and is never written; code n is `codes[n - 1]`. */
  private readonly codes: Code[] = [];
  private readonly known = new Map<string, Shown>();
  /** Of each glyph that is not cut, the text that it stood for last: nearly always the one it stands for. */
  private readonly usual = new Map<number, { readonly text: string; readonly shown: Shown }>();

  constructor(face: Face, ref: PDFRef) {
    this.face = face;
    this.ref = ref;
  }

  /** A glyph that stands for `text`, cut by `left` and `right` thousandths of an em, as a page shows it. Throws RangeError
   *  for glyph 0, a glyph the face has not, a glyph without text, or a cut that is wider than the glyph. */
  show(gid: number, text: string, left: number, right: number): Shown {
    const usual = left === 0 && right === 0 ? this.usual.get(gid) : undefined;
    if (usual?.text === text) return usual.shown;
    if (!(gid > 0 && gid < this.face.glyphCount)) throw new RangeError(`glyph ${gid} of ${this.face.id} for “${text}”`);
    if (text === "") throw new RangeError(`glyph ${gid} of ${this.face.id} stands for no text`);
    const key = `${gid} ${left} ${right} ${text}`;
    let shown = this.known.get(key);
    if (shown === undefined) {
      const advance = this.advance(gid, left, right);
      const code = this.codes.push({ gid, text, left, right });
      if (code > 0xffff) throw new RangeError(`more than 65535 codes in ${this.face.id}`);
      shown = { code: hex4(code), advance };
      this.known.set(key, shown);
    }
    if (left === 0 && right === 0) this.usual.set(gid, { text, shown });
    return shown;
  }

  /** In whole units of the face, as its font program will have it. */
  private advance(gid: number, left: number, right: number): number {
    const { unitsPerEm } = this.face;
    const advance = this.face.advance(gid) * 1000 - (cutUnits(left + right, unitsPerEm) * 1000) / unitsPerEm;
    if (advance < 0) throw new RangeError(`a cut of ${left} and ${right} from glyph ${gid} of ${this.face.id}`);
    return advance;
  }

  /** Writes the font into the document under `ref`. */
  embed(context: PDFContext): void {
    const gids = [...new Set(this.codes.map((code) => code.gid))].sort((a, b) => a - b);
    const cutKeys = new Map<string, number>();
    const cuts: Code[] = [];
    for (const code of this.codes) {
      if (code.left + code.right === 0 || cutKeys.has(cutKey(code))) continue;
      cutKeys.set(cutKey(code), cuts.push(code) - 1);
    }
    const subset = subsetFace(this.face, gids, cuts);
    const plain = new Map(gids.map((gid, i) => [gid, subset.gids[i] ?? 0]));
    const programGids = this.codes.map((code) => {
      const cut = cutKeys.get(cutKey(code));
      return cut === undefined ? (plain.get(code.gid) ?? 0) : (subset.cutGids[cut] ?? 0);
    });

    const name = `${subsetTag([...gids, ...cuts.map(cutKey)].join())}+${this.face.id}`;
    const descriptor = context.obj({
      Type: "FontDescriptor",
      FontName: name,
      Flags: 4,
      FontBBox: boundingBox(this.face),
      ItalicAngle: 0,
      Ascent: 880,
      Descent: -120,
      CapHeight: 733,
      StemV: 80,
      FontFile2: context.register(deflated(context, subset.program, { Length1: subset.program.length })),
    });
    const descendant = context.obj({
      Type: "Font",
      Subtype: "CIDFontType2",
      BaseFont: name,
      CIDSystemInfo: { Registry: PDFString.of("Adobe"), Ordering: PDFString.of("Identity"), Supplement: 0 },
      FontDescriptor: context.register(descriptor),
      DW: 1000,
      W: [1, programGids.map((gid) => Math.round(subset.advance(gid) * 1000) / 1000)],
      CIDToGIDMap: context.register(deflated(context, bigEndian([0, ...programGids]))),
    });
    const font = context.obj({
      Type: "Font",
      Subtype: "Type0",
      BaseFont: name,
      Encoding: "Identity-H",
      DescendantFonts: [context.register(descendant)],
      ToUnicode: context.register(deflated(context, toUnicode(this.codes.map((code) => code.text)))),
    });
    context.assign(this.ref, font);
  }
}

function cutKey(code: Code): string {
  return `${code.gid}:${code.left}:${code.right}`;
}

/** Six capitals that depend on the glyphs alone: FNV-1a over their list. */
function subsetTag(glyphs: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < glyphs.length; i++) hash = Math.imul(hash ^ glyphs.charCodeAt(i), 0x01000193) >>> 0;
  let tag = "";
  for (let i = 0; i < 6; i++, hash = Math.floor(hash / 26)) tag += String.fromCharCode(65 + (hash % 26));
  return tag;
}

function boundingBox(face: Face): number[] {
  const { buffer, byteOffset, byteLength } = face.tableBytes("head");
  const head = new DataView(buffer, byteOffset, byteLength);
  return [36, 38, 40, 42].map((at) => Math.round((head.getInt16(at) * 1000) / face.unitsPerEm));
}

function bigEndian(numbers: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(numbers.length * 2);
  for (const [i, number] of numbers.entries()) bytes.set([number >> 8, number & 0xff], i * 2);
  return bytes;
}

/** ToUnicode CMap of the codes 1, 2, …; a block holds at most 100 entries. */
function toUnicode(texts: readonly string[]): string {
  const blocks: string[] = [];
  for (let from = 0; from < texts.length; from += 100) {
    const lines = texts
      .slice(from, from + 100)
      .map(
        (text, i) =>
          `<${hex4(from + i + 1)}> <${Array.from({ length: text.length }, (_, k) => hex4(text.charCodeAt(k))).join("")}>`,
      );
    blocks.push(`${lines.length} beginbfchar\n${lines.join("\n")}\nendbfchar`);
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
${blocks.join("\n")}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
`;
}

function hex4(number: number): string {
  return number.toString(16).padStart(4, "0").toUpperCase();
}
