// A face -> the font program that a PDF embeds: the glyphs used, under their own glyph ids, and for each squeezed mark
// 标点挤压 a new glyph that is really narrower. Squeezing by moving the pen instead makes poppler break the line there,
// and a width that differs from the font program's is an error in PDF/A.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { assembleSfnt, sfntTables } from "../../shared/layout/sfnt.ts";

/** A glyph without `left` and `right` thousandths of the em box. */
export interface CutGlyph {
  readonly gid: number;
  readonly left: number;
  readonly right: number;
}

export interface Subset {
  /** sfnt with the tables a CIDFontType2 needs (ISO 32000-1, 9.9). */
  readonly program: Uint8Array;
  /** Glyph id in `program` of each cut glyph, in the order given. */
  readonly cutGids: readonly number[];
  /** Advance of a glyph of `program`, in 1/1000 em. */
  advance(gid: number): number;
}

/** A cut, given in thousandths of an em, in the units of the face. */
export function cutUnits(thousandths: number, unitsPerEm: number): number {
  return Math.round((thousandths * unitsPerEm) / 1000);
}

/** The same input gives the same bytes. Throws RangeError when HarfBuzz refuses the face, or when glyphs and cuts are
 *  more than a font program can hold. */
export async function subsetFace(
  face: { readonly id: string; readonly bytes: Uint8Array },
  gids: Iterable<number>,
  cuts: readonly CutGlyph[],
): Promise<Subset> {
  const tables = sfntTables(subsetGlyphs(await harfbuzz(), face, gids));
  return appendCuts(face.id, tables, cuts);
}

/** What is used of harfbuzz-subset.wasm; pointers are offsets into its memory. */
interface HarfBuzz {
  readonly memory: { readonly buffer: ArrayBuffer };
  _initialize(): void;
  malloc(bytes: number): number;
  free(pointer: number): void;
  hb_blob_create(data: number, length: number, mode: number, user: number, destroy: number): number;
  hb_blob_destroy(blob: number): void;
  hb_blob_get_data(blob: number, length: number): number;
  hb_blob_get_length(blob: number): number;
  hb_face_create(blob: number, index: number): number;
  hb_face_destroy(face: number): void;
  hb_face_reference_blob(face: number): number;
  hb_set_add(set: number, value: number): void;
  hb_subset_input_create_or_fail(): number;
  hb_subset_input_destroy(input: number): void;
  hb_subset_input_glyph_set(input: number): number;
  hb_subset_input_set(input: number, kind: number): number;
  hb_subset_input_set_flags(input: number, flags: number): void;
  hb_subset_or_fail(face: number, input: number): number;
}

/** Every Node has it, but TypeScript declares it with the DOM only, which main does without. */
declare const WebAssembly: {
  instantiate(module: Uint8Array, imports: object): Promise<{ readonly instance: { readonly exports: HarfBuzz } }>;
};

let instance: Promise<HarfBuzz> | null = null;

/** One instance serves every export; it stays at the size of its largest face (some 70 MB for four). */
function harfbuzz(): Promise<HarfBuzz> {
  instance ??= (async () => {
    const path = createRequire(import.meta.url).resolve("harfbuzzjs/dist/harfbuzz-subset.wasm");
    const { instance: loaded } = await WebAssembly.instantiate(readFileSync(path), {});
    loaded.exports._initialize();
    return loaded.exports;
  })();
  return instance;
}

const retainGids = 2;
const noHinting = 1;
const notdefOutline = 64;
const noLayoutClosure = 512;
const dropTables = 3;
const readOnly = 1;

function subsetGlyphs(
  hb: HarfBuzz,
  face: { readonly id: string; readonly bytes: Uint8Array },
  gids: Iterable<number>,
): Uint8Array {
  const data = hb.malloc(face.bytes.length);
  new Uint8Array(hb.memory.buffer).set(face.bytes, data);
  const blob = hb.hb_blob_create(data, face.bytes.length, readOnly, 0, 0);
  const source = hb.hb_face_create(blob, 0);
  const input = hb.hb_subset_input_create_or_fail();
  try {
    const set = hb.hb_subset_input_glyph_set(input);
    for (const gid of gids) hb.hb_set_add(set, gid);
    hb.hb_subset_input_set_flags(input, retainGids | noHinting | notdefOutline | noLayoutClosure);
    const drop = hb.hb_subset_input_set(input, dropTables);
    for (const tag of ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "name"])
      hb.hb_set_add(
        drop,
        [...tag].reduce((sum, char) => sum * 256 + char.charCodeAt(0), 0),
      );
    const subset = hb.hb_subset_or_fail(source, input);
    if (subset === 0) throw new RangeError(`face ${face.id} cannot be subset`);
    const result = hb.hb_face_reference_blob(subset);
    const start = hb.hb_blob_get_data(result, 0);
    const bytes = new Uint8Array(hb.memory.buffer, start, hb.hb_blob_get_length(result)).slice();
    hb.hb_blob_destroy(result);
    hb.hb_face_destroy(subset);
    return bytes;
  } finally {
    hb.hb_subset_input_destroy(input);
    hb.hb_face_destroy(source);
    hb.hb_blob_destroy(blob);
    hb.free(data);
  }
}

/** Appends one composite glyph per cut to glyf, loca and hmtx: the whole glyph, moved left, with a smaller advance. */
function appendCuts(id: string, tables: ReadonlyMap<string, Uint8Array>, cuts: readonly CutGlyph[]): Subset {
  const table = (tag: string): Uint8Array => {
    const bytes = tables.get(tag);
    if (!bytes) throw new RangeError(`face ${id} has no ${tag} table`);
    return bytes;
  };
  const head = table("head").slice();
  const hhea = table("hhea").slice();
  const maxp = table("maxp").slice();
  const glyf = table("glyf");
  const loca = viewOf(table("loca"));
  const hmtx = viewOf(table("hmtx"));
  const unitsPerEm = viewOf(head).getUint16(18);
  const longLoca = viewOf(head).getInt16(50) === 1;
  const metricCount = viewOf(hhea).getUint16(34);
  const glyphCount = viewOf(maxp).getUint16(4);
  const total = glyphCount + cuts.length;
  if (total > 0xffff) throw new RangeError(`face ${id} has no room for ${cuts.length} cut glyphs`);

  const place = (gid: number) => (longLoca ? loca.getUint32(gid * 4) : loca.getUint16(gid * 2) * 2);
  const metrics = new DataView(new ArrayBuffer(total * 4));
  for (let gid = 0; gid < glyphCount; gid++) {
    const bearing = gid < metricCount ? gid * 4 + 2 : metricCount * 4 + (gid - metricCount) * 2;
    metrics.setUint16(gid * 4, hmtx.getUint16(Math.min(gid, metricCount - 1) * 4));
    metrics.setInt16(gid * 4 + 2, bearing + 2 <= hmtx.byteLength ? hmtx.getInt16(bearing) : 0);
  }

  const composites = new Uint8Array(cuts.length * compositeBytes);
  const places = new DataView(new ArrayBuffer((total + 1) * 4));
  const start = (glyf.length + 3) & ~3;
  for (let gid = 0; gid <= glyphCount; gid++) places.setUint32(gid * 4, place(gid));
  // The first composite begins at a multiple of four; the last glyph of the subset keeps the bytes between.
  if (cuts.length > 0) places.setUint32(glyphCount * 4, start);
  for (const [i, cut] of cuts.entries()) {
    const gid = glyphCount + i;
    const dx = -cutUnits(cut.left, unitsPerEm);
    const inked = place(cut.gid) < place(cut.gid + 1);
    if (inked) writeComposite(viewOf(composites), i * compositeBytes, viewOf(glyf), place(cut.gid), cut.gid, dx);
    places.setUint32((gid + 1) * 4, places.getUint32(gid * 4) + (inked ? compositeBytes : 0));
    metrics.setUint16(gid * 4, metrics.getUint16(cut.gid * 4) - cutUnits(cut.left + cut.right, unitsPerEm));
    metrics.setInt16(gid * 4 + 2, metrics.getInt16(cut.gid * 4 + 2) + dx);
  }

  const glyphs = new Uint8Array(start + composites.length);
  glyphs.set(glyf);
  glyphs.set(composites, start);
  viewOf(head).setInt16(50, 1);
  viewOf(hhea).setUint16(34, total);
  viewOf(maxp).setUint16(4, total);
  if (cuts.length > 0) raiseCompositeLimits(viewOf(maxp));
  const program = new Map([
    ["glyf", glyphs],
    ["head", head],
    ["hhea", hhea],
    ["hmtx", bytesOf(metrics)],
    ["loca", bytesOf(places)],
    ["maxp", maxp],
  ]);
  return {
    program: assembleSfnt(program),
    cutGids: cuts.map((_, i) => glyphCount + i),
    advance: (gid) => (metrics.getUint16(gid * 4) * 1000) / unitsPerEm,
  };
}

const compositeBytes = 20;

/** One component with word arguments that are an offset; 18 bytes and two of padding. */
function writeComposite(out: DataView, at: number, glyf: DataView, base: number, gid: number, dx: number): void {
  out.setInt16(at, -1);
  out.setInt16(at + 2, glyf.getInt16(base + 2) + dx);
  out.setInt16(at + 4, glyf.getInt16(base + 4));
  out.setInt16(at + 6, glyf.getInt16(base + 6) + dx);
  out.setInt16(at + 8, glyf.getInt16(base + 8));
  out.setUint16(at + 10, 0x0003);
  out.setUint16(at + 12, gid);
  out.setInt16(at + 14, dx);
  out.setInt16(at + 16, 0);
}

/** maxp: a cut glyph is one component of something that may itself be composite. */
function raiseCompositeLimits(maxp: DataView): void {
  const raise = (at: number, least: number) => maxp.setUint16(at, Math.max(maxp.getUint16(at), least));
  raise(10, maxp.getUint16(6)); // maxCompositePoints, maxPoints
  raise(12, maxp.getUint16(8)); // maxCompositeContours, maxContours
  raise(28, 1);
  maxp.setUint16(30, maxp.getUint16(30) + 1);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function bytesOf(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
