// The rules about fonts that archive and press share (ISO 19005-2, 6.2.11): embedded as a subset, widths as in the font
// program, every code that is shown mapped to a glyph and to Unicode.
import { PDFArray, type PDFDict, PDFNumber } from "pdf-lib";
import { sfntTables } from "../../shared/layout/sfnt.ts";
import { faceName, readFont } from "./readFont.ts";
import { dictIn, key, nameIn, type RulePage } from "./readObjects.ts";

export function fontFaults(pages: readonly RulePage[]): string[] {
  const shown = new Map<PDFDict, Set<number>>();
  const faults: string[] = [];
  for (const { index, dict, use } of pages) {
    const fonts = dictIn(dictIn(dict, "Resources"), "Font");
    for (const [name, codes] of use.codes) {
      const font = dictIn(fonts, name);
      if (!font) faults.push(`PDF第${index + 1}面用了没有的字体 ${name}`);
      else shown.set(font, new Set([...(shown.get(font) ?? []), ...codes]));
    }
  }
  return [...faults, ...[...shown].flatMap(([font, codes]) => faultsOf(font, codes))];
}

/** Texts that stand for no character. */
const noCharacter = new Set(["", "\0", "\ufeff", "\ufffe"]);
/** Of 1/1000 em. */
const widthTolerance = 1;

function faultsOf(font: PDFDict, codes: ReadonlySet<number>): string[] {
  const name = nameIn(font, "BaseFont");
  const read = readFont(font);
  if (!read) return [`字体 ${name} 不是复合字体`];
  const { descendant, program, gidOf } = read;
  if (!program) return [`字体 ${name} 没有嵌入`];
  if (!gidOf) return [`字体 ${name} 的字形表读不出`];
  const faults: string[] = [];
  if (faceName(name) === name || nameIn(descendant, "BaseFont") !== name) faults.push(`字体 ${name} 没有子集标记`);
  const texts = new Map(read.texts);
  const widths = widthsOf(descendant);
  const advance = advancesOf(program);
  if (!advance) return [`字体 ${name} 的字体文件读不出`];
  for (const code of codes) {
    const gid = gidOf(code);
    if (gid === 0) faults.push(`字体 ${name} 有字印成缺字符号`);
    if (noCharacter.has(texts.get(code) ?? "")) faults.push(`字体 ${name} 有字没有对应的文字编码`);
    if (!(Math.abs((widths.get(code) ?? 1000) - advance(gid)) <= widthTolerance))
      faults.push(`字体 ${name} 有字的宽度与字体文件不符`);
  }
  return [...new Set(faults)];
}

/** /W in its form of a first code and a list. */
function widthsOf(font: PDFDict): ReadonlyMap<number, number> {
  const widths = new Map<number, number>();
  const list = font.lookup(key("W"));
  if (!(list instanceof PDFArray)) return widths;
  for (let i = 0; i + 1 < list.size(); i += 2) {
    const [first, values] = [list.lookup(i), list.lookup(i + 1)];
    if (!(first instanceof PDFNumber) || !(values instanceof PDFArray)) return widths;
    for (const [k, value] of values.asArray().entries())
      if (value instanceof PDFNumber) widths.set(first.asNumber() + k, value.asNumber());
  }
  return widths;
}

/** Advance of a glyph of a TrueType program, 1/1000 em, NaN for one that has none; null when it is no whole program. */
function advancesOf(program: Uint8Array): ((gid: number) => number) | null {
  try {
    const tables = sfntTables(program);
    const view = (tag: string) => {
      const table = tables.get(tag) ?? new Uint8Array();
      return new DataView(table.buffer, table.byteOffset, table.byteLength);
    };
    const [unitsPerEm, count, hmtx] = [view("head").getUint16(18), view("hhea").getUint16(34), view("hmtx")];
    return (gid) => {
      const at = Math.min(gid, count - 1) * 4;
      return at >= 0 && at + 2 <= hmtx.byteLength ? (hmtx.getUint16(at) * 1000) / unitsPerEm : Number.NaN;
    };
  } catch (error) {
    // What a DataView, or a view of the table, says beyond the end of the program.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
