// Font files as they come -> one plain TrueType face: woff is inflated, a face of a collection (TTC) is taken out, and
// PostScript outlines (CFF) are redrawn as TrueType ones, so that layout, preview, PDF and proof know one kind only.
import { setImmediate } from "node:timers/promises";
import { inflateSync } from "node:zlib";
import { assembleSfnt, sfntTables, tagAt } from "../../shared/layout/sfnt.ts";
import { CffFont } from "./cff.ts";
import { GlyfWriter } from "./glyf.ts";

/** `face` is the index in a collection, 0 for a single face. Throws RangeError when the file is damaged or is no such
 *  container. */
export function unpackFace(file: Uint8Array, face = 0): Uint8Array {
  const steps = unpacking(file, face);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same with pauses, in which a process that answers others can do so. */
export async function unpackFaceInTurns(file: Uint8Array, face: number): Promise<Uint8Array> {
  const steps = unpacking(file, face);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await setImmediate();
  }
}

function* unpacking(file: Uint8Array, face: number): Generator<undefined, Uint8Array> {
  const tag = tagAt(file, 0);
  if (tag === "wOFF") return assembleSfnt(yield* redrawn(woffTables(file)));
  if (tag === "ttcf") return assembleSfnt(yield* redrawn(sfntTables(file, collectedAt(file, face))));
  return tag === "OTTO" ? assembleSfnt(yield* redrawn(sfntTables(file))) : file;
}

/** So many glyphs are redrawn in some 20 ms. */
const glyphsAtOnce = 200;

/** The tables with TrueType outlines in the place of PostScript ones; a CFF face of 30,000 glyphs takes seconds. */
function* redrawn(tables: ReadonlyMap<string, Uint8Array>): Generator<undefined, ReadonlyMap<string, Uint8Array>> {
  const cff = tables.get("CFF ");
  const [head, hhea, hmtx] = ["head", "hhea", "hmtx"].map((tag) => copied(tables.get(tag)));
  if (!cff || !head || !hhea || !hmtx) return tables;
  const font = new CffFont(cff);
  const writer = new GlyfWriter(viewOf(head).getUint16(18));
  for (let gid = 0; gid < font.glyphCount; gid++) {
    font.draw(gid, writer);
    writer.endGlyph();
    if (gid % glyphsAtOnce === glyphsAtOnce - 1) yield;
  }
  viewOf(head).setInt16(50, 1);
  // A TrueType outline is moved until it begins at its bearing, so the bearing is where it begins.
  const metrics = viewOf(hhea).getUint16(34);
  for (const [gid, left] of writer.lefts.entries()) {
    const at = gid < metrics ? gid * 4 + 2 : metrics * 4 + (gid - metrics) * 2;
    if (at + 2 <= hmtx.length) viewOf(hmtx).setInt16(at, left);
  }
  const kept = Array.from(tables).filter(([tag]) => tag !== "CFF " && tag !== "VORG");
  const { mostPoints, mostContours } = writer;
  const maxp = maximums(font.glyphCount, mostPoints, mostContours);
  const made = { head, hmtx, maxp, glyf: writer.glyf(), loca: writer.loca() };
  return new Map([...kept, ...Object.entries(made)]);
}

/** A maxp table of TrueType outlines without instructions or composite glyphs. */
function maximums(glyphs: number, points: number, contours: number): Uint8Array {
  const maxp = new DataView(new ArrayBuffer(32));
  maxp.setUint32(0, 0x00010000);
  maxp.setUint16(4, glyphs);
  maxp.setUint16(6, points);
  maxp.setUint16(8, contours);
  maxp.setUint16(14, 1); // one zone, as there are no instructions
  return new Uint8Array(maxp.buffer);
}

/** A Buffer's own slice would be the same memory. */
function copied(table: Uint8Array | undefined): Uint8Array | undefined {
  return table && new Uint8Array(table);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Where a face of a collection begins. */
function collectedAt(file: Uint8Array, face: number): number {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const count = view.getUint32(8);
  if (face >= count) throw new RangeError(`face ${face} of a collection of ${count}`);
  return view.getUint32(12 + face * 4);
}

function woffTables(file: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const tables = new Map<string, Uint8Array>();
  for (let i = 0, at = 44; i < view.getUint16(12); i++, at += 20) {
    const offset = view.getUint32(at + 4);
    const packed = file.subarray(offset, offset + view.getUint32(at + 8));
    const length = view.getUint32(at + 12);
    const table = packed.length < length ? inflateSync(packed) : packed;
    if (table.length !== length) throw new RangeError(`woff table ${tagAt(file, at)} is damaged`);
    tables.set(tagAt(file, at), table);
  }
  return tables;
}
