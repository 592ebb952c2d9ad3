// A TrueType face as layout needs it: character -> glyph, advance, ink box, and the one ligature Chinese text uses (——).
// Reads the sfnt tables directly, so that the core, the preview's worker and tests measure with the same code and
// the same bytes, and a face opens in a few milliseconds. Vertical metrics are not read: CJK faces disagree about
// them, so the em box is fixed (ascent 0.88, descent 0.12).
import type { FaceId } from "./display.ts";

export const emAscent = 0.88;
export const emDescent = 0.12;

/** Ink box of a glyph in em, y up; null for a blank glyph. */
export interface InkBox {
  readonly xMin: number;
  readonly yMin: number;
  readonly xMax: number;
  readonly yMax: number;
}

/** A face as one plain sfnt. */
export interface FaceBytes {
  readonly bytes: Uint8Array;
  /** Absent: all bytes are there. Else those of the glyf table are once this was called for them. */
  fetch?(offset: number, length: number): void;
}

export class Face {
  readonly id: FaceId;
  private readonly source: FaceBytes;
  readonly unitsPerEm: number;
  readonly glyphCount: number;
  private readonly view: DataView;
  private readonly tables: ReadonlyMap<string, { offset: number; length: number }>;
  private readonly cmap: (codePoint: number) => number;
  private readonly metricCount: number;
  private readonly longLoca: boolean;
  private readonly glyphs = new Map<number, number>();
  private readonly ligatures = new Map<string, number>();
  private readonly inkBoxes = new Map<number, InkBox | null>();
  private readonly forms = new Map<Width, ReadonlyMap<number, number>>();

  /** Throws RangeError when the bytes are no TrueType-flavoured sfnt with a Unicode cmap. */
  constructor(id: FaceId, source: Uint8Array | FaceBytes) {
    this.id = id;
    this.source = source instanceof Uint8Array ? { bytes: source } : source;
    const { bytes } = this.source;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.tables = readDirectory(id, this.view);
    const head = this.table("head").offset;
    this.unitsPerEm = this.view.getUint16(head + 18);
    this.longLoca = this.view.getInt16(head + 50) === 1;
    this.glyphCount = this.view.getUint16(this.table("maxp").offset + 4);
    this.metricCount = this.view.getUint16(this.table("hhea").offset + 34);
    this.cmap = readCmap(id, this.view, this.table("cmap").offset);
  }

  /** The whole face. */
  get bytes(): Uint8Array {
    return this.read(0, this.source.bytes.length);
  }

  /** Throws RangeError when the face has no such table. */
  tableBytes(tag: string): Uint8Array {
    const { offset, length } = this.table(tag);
    return this.read(offset, length);
  }

  /** Offset and length of a table in `bytes`. */
  private table(tag: string): { offset: number; length: number } {
    const table = this.tables.get(tag);
    if (!table) throw new RangeError(`face ${this.id} has no ${tag} table`);
    return table;
  }

  private read(offset: number, length: number): Uint8Array {
    this.source.fetch?.(offset, length);
    return this.source.bytes.subarray(offset, offset + length);
  }

  /** Glyph of a code point; 0 when the face lacks it. */
  glyph(codePoint: number): number {
    let gid = this.glyphs.get(codePoint);
    if (gid === undefined) {
      gid = this.cmap(codePoint);
      this.glyphs.set(codePoint, gid);
    }
    return gid;
  }

  /** Advance in em. */
  advance(gid: number): number {
    const index = Math.min(gid, this.metricCount - 1);
    return this.view.getUint16(this.table("hmtx").offset + index * 4) / this.unitsPerEm;
  }

  /** Advance and left side bearing in units of the em. */
  metrics(gid: number): { readonly advance: number; readonly bearing: number } {
    const { offset, length } = this.table("hmtx");
    const index = Math.min(gid, this.metricCount - 1);
    const bearing = gid === index ? gid * 4 + 2 : this.metricCount * 4 + (gid - this.metricCount) * 2;
    return {
      advance: this.view.getUint16(offset + index * 4),
      bearing: bearing + 2 <= length ? this.view.getInt16(offset + bearing) : 0,
    };
  }

  /** The entry of a glyph in the glyf table; no bytes for a blank glyph. Throws RangeError where loca leads out of it. */
  outline(gid: number): Uint8Array {
    const { from, to } = this.place(gid);
    const { offset, length } = this.table("glyf");
    if (to > length || from > to) throw new RangeError(`glyph ${gid} of face ${this.id} is damaged`);
    return this.read(offset + from, to - from);
  }

  inkBox(gid: number): InkBox | null {
    let box = this.inkBoxes.get(gid);
    if (box === undefined) {
      box = this.readInkBox(gid);
      this.inkBoxes.set(gid, box);
    }
    return box;
  }

  private readInkBox(gid: number): InkBox | null {
    const { from, to } = this.place(gid);
    if (from === to) return null;
    const glyf = this.table("glyf").offset + from;
    this.read(glyf, 10);
    const em = (offset: number) => this.view.getInt16(glyf + offset) / this.unitsPerEm;
    return { xMin: em(2), yMin: em(4), xMax: em(6), yMax: em(8) };
  }

  /** Where a glyph stands in the glyf table. */
  private place(gid: number): { readonly from: number; readonly to: number } {
    const loca = this.table("loca").offset;
    const at = (i: number) =>
      this.longLoca ? this.view.getUint32(loca + i * 4) : this.view.getUint16(loca + i * 2) * 2;
    return { from: at(gid), to: at(gid + 1) };
  }

  /** Glyph of a character that is set a full em wide in Chinese (“ ” … — ·): the face's full-width form (GSUB fwid)
   *  where it has one, else the plain glyph; 0 when the face lacks the character. */
  fullWidth(codePoint: number): number {
    return this.form("fwid", codePoint);
  }

  /** Glyph of a mark that Latin words share with Chinese (’): the face's proportional form (GSUB pwid) where it has one,
   *  else the plain glyph; 0 when the face lacks the character. */
  proportional(codePoint: number): number {
    return this.form("pwid", codePoint);
  }

  private form(width: Width, codePoint: number): number {
    let forms = this.forms.get(width);
    if (!forms) {
      forms = this.tables.has("GSUB") ? readForms(this.view, this.table("GSUB").offset, width) : new Map();
      this.forms.set(width, forms);
    }
    const gid = this.glyph(codePoint);
    return forms.get(gid) ?? gid;
  }

  /** The single glyph that the face substitutes for a run of full-width glyphs (GSUB ligature), or 0.
   *  Noto draws —— as one glyph of two em; its two single dashes would not join. */
  ligature(text: string): number {
    let gid = this.ligatures.get(text);
    if (gid === undefined) {
      const gids = Array.from(text, (char) => this.fullWidth(char.codePointAt(0) ?? 0));
      gid = this.tables.has("GSUB") && !gids.includes(0) ? findLigature(this.view, this.table("GSUB").offset, gids) : 0;
      this.ligatures.set(text, gid);
    }
    return gid;
  }
}

function readDirectory(id: FaceId, view: DataView): Map<string, { offset: number; length: number }> {
  if (view.byteLength < 12 || (view.getUint32(0) !== 0x00010000 && view.getUint32(0) !== 0x74727565))
    throw new RangeError(`face ${id} is not a TrueType face`);
  const tables = new Map<string, { offset: number; length: number }>();
  for (let i = 0, at = 12; i < view.getUint16(4); i++, at += 16) {
    const tag = String.fromCharCode(
      view.getUint8(at),
      view.getUint8(at + 1),
      view.getUint8(at + 2),
      view.getUint8(at + 3),
    );
    tables.set(tag, { offset: view.getUint32(at + 8), length: view.getUint32(at + 12) });
  }
  return tables;
}

/** Prefers a full-repertoire subtable (format 12) to a BMP one (format 4). */
function readCmap(id: FaceId, view: DataView, cmap: number): (codePoint: number) => number {
  let bmp = 0;
  for (let i = 0; i < view.getUint16(cmap + 2); i++) {
    const record = cmap + 4 + i * 8;
    const platform = view.getUint16(record);
    const offset = cmap + view.getUint32(record + 4);
    const unicode = platform === 0 || (platform === 3 && [1, 10].includes(view.getUint16(record + 2)));
    if (!unicode) continue;
    if (view.getUint16(offset) === 12) return (codePoint) => lookUp12(view, offset, codePoint);
    if (view.getUint16(offset) === 4) bmp = offset;
  }
  if (bmp === 0) throw new RangeError(`face ${id} has no Unicode cmap`);
  return (codePoint) => lookUp4(view, bmp, codePoint);
}

function lookUp12(view: DataView, table: number, codePoint: number): number {
  let low = 0;
  let high = view.getUint32(table + 12) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const group = table + 16 + middle * 12;
    if (codePoint < view.getUint32(group)) high = middle - 1;
    else if (codePoint > view.getUint32(group + 4)) low = middle + 1;
    else return view.getUint32(group + 8) + codePoint - view.getUint32(group);
  }
  return 0;
}

function lookUp4(view: DataView, table: number, codePoint: number): number {
  if (codePoint > 0xffff) return 0;
  const doubled = view.getUint16(table + 6);
  let low = 0;
  let high = doubled / 2 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const end = view.getUint16(table + 14 + middle * 2);
    const start = view.getUint16(table + 16 + doubled + middle * 2);
    if (codePoint > end) low = middle + 1;
    else if (codePoint < start) high = middle - 1;
    else {
      const delta = view.getUint16(table + 16 + doubled * 2 + middle * 2);
      const rangeAt = table + 16 + doubled * 3 + middle * 2;
      const range = view.getUint16(rangeAt);
      if (range === 0) return (codePoint + delta) & 0xffff;
      const gid = view.getUint16(rangeAt + range + (codePoint - start) * 2);
      return gid === 0 ? 0 : (gid + delta) & 0xffff;
    }
  }
  return 0;
}

/** Subtables of a GSUB lookup of the given type, extensions (type 7) resolved. */
function subtables(view: DataView, lookup: number, type: number): number[] {
  const found: number[] = [];
  for (let i = 0; i < view.getUint16(lookup + 4); i++) {
    const subtable = lookup + view.getUint16(lookup + 6 + i * 2);
    if (view.getUint16(lookup) === type) found.push(subtable);
    else if (view.getUint16(lookup) === 7 && view.getUint16(subtable + 2) === type)
      found.push(subtable + view.getUint32(subtable + 4));
  }
  return found;
}

function lookupAt(view: DataView, gsub: number, index: number): number {
  const lookups = gsub + view.getUint16(gsub + 8);
  return lookups + view.getUint16(lookups + 2 + index * 2);
}

/** Features that change the width of a glyph: to a full em, and to its own. */
type Width = "fwid" | "pwid";
const tags: Readonly<Record<Width, number>> = { fwid: 0x66776964, pwid: 0x70776964 };

/** The single substitutions of a width feature, glyph -> glyph. */
function readForms(view: DataView, gsub: number, width: Width): Map<number, number> {
  const forms = new Map<number, number>();
  const features = gsub + view.getUint16(gsub + 6);
  for (let i = 0; i < view.getUint16(features); i++) {
    const record = features + 2 + i * 6;
    if (view.getUint32(record) !== tags[width]) continue;
    const feature = features + view.getUint16(record + 4);
    for (let j = 0; j < view.getUint16(feature + 2); j++)
      for (const subtable of subtables(view, lookupAt(view, gsub, view.getUint16(feature + 4 + j * 2)), 1)) {
        const coverage = coveredGlyphs(view, subtable + view.getUint16(subtable + 2));
        const listed = view.getUint16(subtable) === 2;
        for (const [index, gid] of coverage.entries())
          forms.set(
            gid,
            listed ? view.getUint16(subtable + 6 + index * 2) : (gid + view.getInt16(subtable + 4)) & 0xffff,
          );
      }
  }
  return forms;
}

/** Looks through every ligature substitution (type 4) of a GSUB table for exactly these glyphs. */
function findLigature(view: DataView, gsub: number, gids: readonly number[]): number {
  for (let i = 0; i < view.getUint16(gsub + view.getUint16(gsub + 8)); i++)
    for (const subtable of subtables(view, lookupAt(view, gsub, i), 4)) {
      const index = coveredGlyphs(view, subtable + view.getUint16(subtable + 2)).indexOf(gids[0] ?? 0);
      if (index < 0) continue;
      const set = subtable + view.getUint16(subtable + 6 + index * 2);
      for (let k = 0; k < view.getUint16(set); k++) {
        const ligature = set + view.getUint16(set + 2 + k * 2);
        if (view.getUint16(ligature + 2) !== gids.length) continue;
        if (gids.slice(1).every((gid, n) => view.getUint16(ligature + 4 + n * 2) === gid))
          return view.getUint16(ligature);
      }
    }
  return 0;
}

/** Glyphs of a coverage table, in coverage order. */
function coveredGlyphs(view: DataView, coverage: number): number[] {
  const glyphs: number[] = [];
  const count = view.getUint16(coverage + 2);
  for (let i = 0; i < count; i++) {
    if (view.getUint16(coverage) === 1) glyphs.push(view.getUint16(coverage + 4 + i * 2));
    else {
      const range = coverage + 4 + i * 6;
      for (let gid = view.getUint16(range); gid <= view.getUint16(range + 2); gid++) glyphs.push(gid);
    }
  }
  return glyphs;
}
