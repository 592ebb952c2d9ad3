// A face -> the font program that a PDF embeds: the outlines of the glyphs used and nothing else, numbered from 1, and
// for each squeezed mark 标点挤压 a new glyph that is really narrower. Squeezing by moving the pen instead makes poppler
// break the line there, and a width that differs from the font program's is an error in PDF/A.
import type { Face } from "../../shared/layout/face.ts";
import { assembleSfnt } from "../../shared/layout/sfnt.ts";

/** A glyph without `left` and `right` thousandths of the em box. */
export interface CutGlyph {
  readonly gid: number;
  readonly left: number;
  readonly right: number;
}

export interface Subset {
  /** sfnt with the tables a CIDFontType2 needs (ISO 32000-1, 9.9). */
  readonly program: Uint8Array;
  /** Glyph id in `program` of each glyph, then of each cut glyph, in the order given. */
  readonly gids: readonly number[];
  readonly cutGids: readonly number[];
  /** Advance of a glyph of `program`, in 1/1000 em. */
  advance(gid: number): number;
}

/** A cut, given in thousandths of an em, in the units of the face. */
export function cutUnits(thousandths: number, unitsPerEm: number): number {
  return Math.round((thousandths * unitsPerEm) / 1000);
}

/** The same input gives the same bytes: glyph 0 (.notdef), the glyphs given and those they are composed of by their
 *  numbers in the face, then the cut ones, whose glyphs must be among those given. Hints are left out. Throws RangeError
 *  for a glyph that is damaged, and when they are more than a font program can hold. */
export function subsetFace(face: Face, gids: Iterable<number>, cuts: readonly CutGlyph[]): Subset {
  const asked = [...gids];
  const kept = closure(face, asked);
  const total = kept.length + cuts.length;
  if (total > 0xffff) throw new RangeError(`face ${face.id} has no room for ${total} glyphs`);
  const numbers = new Map(kept.map((gid, i) => [gid, i]));
  const numberOf = (gid: number): number => {
    const number = numbers.get(gid);
    if (number === undefined) throw new RangeError(`glyph ${gid} of ${face.id} is not in the subset`);
    return number;
  };

  const metrics = new DataView(new ArrayBuffer(total * 4));
  const outlines: Uint8Array[] = [];
  for (const [i, gid] of kept.entries()) {
    const { advance, bearing } = face.metrics(gid);
    metrics.setUint16(i * 4, advance);
    metrics.setInt16(i * 4 + 2, bearing);
    outlines.push(withoutHints(face, gid, numberOf));
  }
  for (const [i, cut] of cuts.entries()) {
    const base = numberOf(cut.gid);
    const dx = -cutUnits(cut.left, face.unitsPerEm);
    const at = (kept.length + i) * 4;
    metrics.setUint16(at, metrics.getUint16(base * 4) - cutUnits(cut.left + cut.right, face.unitsPerEm));
    metrics.setInt16(at + 2, metrics.getInt16(base * 4 + 2) + dx);
    outlines.push(moved(outlines[base] ?? new Uint8Array(), base, dx));
  }

  const places = new DataView(new ArrayBuffer((total + 1) * 4));
  for (const [i, outline] of outlines.entries()) places.setUint32(i * 4 + 4, places.getUint32(i * 4) + outline.length);
  const head = tableCopy(face, "head");
  const hhea = tableCopy(face, "hhea");
  viewOf(head).setInt16(50, 1); // indexToLocFormat: long
  viewOf(hhea).setUint16(34, total); // numberOfHMetrics
  const program = new Map([
    ["glyf", Buffer.concat(outlines)],
    ["head", head],
    ["hhea", hhea],
    ["hmtx", new Uint8Array(metrics.buffer)],
    ["loca", new Uint8Array(places.buffer)],
    ["maxp", limits(tableCopy(face, "maxp"), total, cuts.length > 0)],
  ]);
  return {
    program: assembleSfnt(program),
    gids: asked.map(numberOf),
    cutGids: cuts.map((_, i) => kept.length + i),
    advance: (gid) => (metrics.getUint16(gid * 4) * 1000) / face.unitsPerEm,
  };
}

/** The glyphs, those that they are composed of, and .notdef, in the order of their numbers. */
function closure(face: Face, gids: readonly number[]): number[] {
  const found = new Set([0]);
  const waiting = [...gids];
  for (let gid = waiting.pop(); gid !== undefined; gid = waiting.pop()) {
    if (found.has(gid)) continue;
    found.add(gid);
    for (const { at } of components(face, gid)) waiting.push(viewOf(face.outline(gid)).getUint16(at + 2));
  }
  return [...found].sort((a, b) => a - b);
}

/** Flags of a component (OpenType, glyf): its arguments are words; one scale, two, or four; more follow; hints do. */
const words = 0x0001;
const scale = 0x0008;
const more = 0x0020;
const twoScales = 0x0040;
const fourScales = 0x0080;
const hints = 0x0100;

/** Where each component of a composite glyph begins and ends in its outline; none for a simple glyph. */
function components(face: Face, gid: number): { readonly at: number; readonly end: number }[] {
  const outline = face.outline(gid);
  // The number of contours is negative for a composite one.
  if (((outline[0] ?? 0) & 0x80) === 0) return [];
  const view = viewOf(outline);
  const found: { at: number; end: number }[] = [];
  for (let at = 10, flags = more; flags & more; at = found.at(-1)?.end ?? at) {
    flags = view.getUint16(at);
    const scales = flags & scale ? 2 : flags & twoScales ? 4 : flags & fourScales ? 8 : 0;
    found.push({ at, end: at + 4 + (flags & words ? 4 : 2) + scales });
  }
  return found;
}

/** An outline as it stands in the subset, of even length. */
function withoutHints(face: Face, gid: number, numberOf: (gid: number) => number): Uint8Array {
  const outline = face.outline(gid);
  if (outline.length === 0) return outline;
  const parts = components(face, gid);
  const last = parts.at(-1);
  if (last) {
    const bytes = even(outline.subarray(0, last.end));
    const view = viewOf(bytes);
    for (const { at } of parts) {
      view.setUint16(at, view.getUint16(at) & ~hints);
      view.setUint16(at + 2, numberOf(view.getUint16(at + 2)));
    }
    return bytes;
  }
  const at = 10 + viewOf(outline).getInt16(0) * 2;
  const length = viewOf(outline).getUint16(at);
  if (length === 0) return even(outline);
  const bytes = even(outline.subarray(0, outline.length - length));
  bytes.set(outline.subarray(at + 2 + length), at + 2);
  viewOf(bytes).setUint16(at, 0);
  return bytes;
}

/** A copy that ends at an even offset, as readers of loca expect. */
function even(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array((bytes.length + 1) & ~1);
  copy.set(bytes);
  return copy;
}

/** Header, flags, glyph and two words. */
const movedBytes = 18;

/** A glyph with one component, moved. A blank glyph stays blank. */
function moved(outline: Uint8Array, base: number, dx: number): Uint8Array {
  if (outline.length === 0) return outline;
  const from = viewOf(outline);
  const out = new DataView(new ArrayBuffer(movedBytes));
  out.setInt16(0, -1);
  out.setInt16(2, from.getInt16(2) + dx);
  out.setInt16(4, from.getInt16(4));
  out.setInt16(6, from.getInt16(6) + dx);
  out.setInt16(8, from.getInt16(8));
  out.setUint16(10, 0x0003); // arguments are words, and an offset
  out.setUint16(12, base);
  out.setInt16(14, dx);
  return new Uint8Array(out.buffer);
}

/** maxp without what hints need. A cut glyph is one component of something that may itself be composite. */
function limits(maxp: Uint8Array, glyphCount: number, hasCuts: boolean): Uint8Array {
  const view = viewOf(maxp);
  const raise = (at: number, least: number) => view.setUint16(at, Math.max(view.getUint16(at), least));
  view.setUint16(4, glyphCount);
  view.setUint16(14, 1); // maxZones: no twilight zone
  for (let at = 16; at < 28; at += 2) view.setUint16(at, 0); // twilight points, storage, functions, instructions, stack
  if (!hasCuts) return maxp;
  raise(10, view.getUint16(6)); // maxCompositePoints, maxPoints
  raise(12, view.getUint16(8)); // maxCompositeContours, maxContours
  raise(28, 1); // maxComponentElements
  view.setUint16(30, view.getUint16(30) + 1); // maxComponentDepth
  return maxp;
}

/** `slice` of a Buffer would be no copy. */
function tableCopy(face: Face, tag: string): Uint8Array {
  return Uint8Array.from(face.tableBytes(tag));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
