// A face rebuilt for painting: glyph g is the private character U+F0000+g, and nothing else is left that a browser could
// shape, space or hint by. So the preview paints exactly the glyphs of the display list, where the PDF has them.
import type { Face } from "./face.ts";
import { assembleSfnt, sfntTables } from "./sfnt.ts";

/** First code point of plane 15, private use. */
const firstGlyph = 0xf0000;
/** The last two code points of a plane are no characters; glyphs beyond them are not reached. */
const mostGlyphs = 0xfffe;

/** Outlines, widths and OS/2 as they are under a new cmap: a valid sfnt of its own. What shapes, hints or names is
 *  dropped. */
export function paintFace(face: Face): Uint8Array {
  const source = sfntTables(face.bytes);
  const tables = new Map<string, Uint8Array>();
  for (const tag of ["OS/2", "glyf", "head", "hhea", "hmtx", "loca", "maxp"]) {
    const table = source.get(tag);
    if (table) tables.set(tag, tag === "maxp" ? roomOnTheStack(table) : table);
  }
  tables.set("prep", noGlyphPrograms);
  tables.set("cmap", plane15(Math.min(face.glyphCount, mostGlyphs)));
  tables.set("name", names());
  tables.set("post", noGlyphNames());
  return assembleSfnt(tables);
}

/** PUSHB[1] 1 1, INSTCTRL[]: a hinted glyph keeps its program in glyf, but the functions it calls are gone, so no glyph
 *  program may run. */
const noGlyphPrograms = Uint8Array.of(0xb1, 1, 1, 0x8e);

function roomOnTheStack(maxp: Uint8Array): Uint8Array {
  const table = maxp.slice();
  const view = new DataView(table.buffer);
  const maxStackElements = 24;
  view.setUint16(maxStackElements, Math.max(2, view.getUint16(maxStackElements)));
  return table;
}

/** One subtable (platform 3, encoding 10, format 12) of one group: U+F0000 … are the glyphs 0 …. */
function plane15(glyphs: number): Uint8Array {
  const table = new DataView(new ArrayBuffer(40));
  table.setUint16(2, 1);
  table.setUint16(4, 3);
  table.setUint16(6, 10);
  table.setUint32(8, 12);
  table.setUint16(12, 12);
  table.setUint32(16, 28);
  table.setUint32(24, 1);
  table.setUint32(28, firstGlyph);
  table.setUint32(32, firstGlyph + glyphs - 1);
  return new Uint8Array(table.buffer);
}

/** Browsers go by the name given to FontFace, but want family and style to be there: “Gazette”, “Regular”. */
function names(): Uint8Array {
  const texts = ["Gazette", "Regular", "Gazette", "Gazette", "Gazette"];
  const ids = [1, 2, 3, 4, 6];
  const storage = 6 + ids.length * 12;
  const table = new DataView(new ArrayBuffer(storage + texts.join("").length * 2));
  table.setUint16(2, ids.length);
  table.setUint16(4, storage);
  let end = 0;
  for (const [i, text] of texts.entries()) {
    const record = [3, 1, 0x409, ids[i] ?? 0, text.length * 2, end];
    for (const [k, field] of record.entries()) table.setUint16(6 + i * 12 + k * 2, field);
    for (let k = 0; k < text.length; k++, end += 2) table.setUint16(storage + end, text.charCodeAt(k));
  }
  return new Uint8Array(table.buffer);
}

/** post, version 3: no glyph names. */
function noGlyphNames(): Uint8Array {
  const table = new DataView(new ArrayBuffer(32));
  table.setUint32(0, 0x00030000);
  return new Uint8Array(table.buffer);
}
