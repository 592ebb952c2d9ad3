// A glyph as a path of the content, for what must be seen on paper and never be read as text: the words beside a sheet.
// TrueType outlines (OpenType, glyf) with their quadratic curves written as PDF's cubic ones.
import type { Face } from "../../shared/layout/face.ts";

/** A point of a contour, units of the em. */
interface Point {
  readonly x: number;
  readonly y: number;
  readonly on: boolean;
}

/** Deepest nesting of composite glyphs. */
const deepest = 6;

/** Path operators of a glyph, to be filled by `f`; units of the em, y up, and "" for a blank one. Throws RangeError for a
 *  damaged glyph. */
export function glyphPath(face: Face, gid: number): string {
  return contoursOf(face, gid, 0).map(pathOf).join("\n");
}

function contoursOf(face: Face, gid: number, depth: number): Point[][] {
  const bytes = face.outline(gid);
  if (bytes.length < 10 || depth > deepest) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getInt16(0);
  return count < 0 ? compositeOf(face, view, depth) : simpleOf(view, count);
}

/** Flags of a component: words, offsets, the three forms of a scale, more to come. */
const part = { words: 0x01, offsets: 0x02, scale: 0x08, more: 0x20, scales: 0x40, matrix: 0x80 };

function compositeOf(face: Face, view: DataView, depth: number): Point[][] {
  const contours: Point[][] = [];
  for (let at = 10, more = true; more; ) {
    const flags = view.getUint16(at);
    const gid = view.getUint16(at + 2);
    const isWords = (flags & part.words) !== 0;
    if ((flags & part.offsets) === 0) throw new RangeError(`glyph ${gid} of face ${face.id} is placed by a point`);
    const dx = isWords ? view.getInt16(at + 4) : view.getInt8(at + 4);
    const dy = isWords ? view.getInt16(at + 6) : view.getInt8(at + 5);
    at += isWords ? 8 : 6;
    const scales = flags & part.scale ? 1 : flags & part.scales ? 2 : flags & part.matrix ? 4 : 0;
    const [a = 1, b = 0, c = 0, d = 1] = matrixOf(Array.from({ length: scales }, (_, i) => f2dot14(view, at + i * 2)));
    at += scales * 2;
    for (const contour of contoursOf(face, gid, depth + 1))
      contours.push(contour.map(({ x, y, on }) => ({ x: a * x + c * y + dx, y: b * x + d * y + dy, on })));
    more = (flags & part.more) !== 0;
  }
  return contours;
}

const f2dot14 = (view: DataView, at: number): number => view.getInt16(at) / 0x4000;

function matrixOf([first = 1, ...others]: readonly number[]): readonly number[] {
  return others.length === 3 ? [first, ...others] : [first, 0, 0, others[0] ?? first];
}

/** Flags of a point: on the curve, short coordinates, repeated, the same or positive. */
const point = { on: 0x01, shortX: 0x02, shortY: 0x04, repeat: 0x08, sameX: 0x10, sameY: 0x20 };

function simpleOf(view: DataView, count: number): Point[][] {
  const ends = Array.from({ length: count }, (_, i) => view.getUint16(10 + i * 2));
  const total = (ends.at(-1) ?? -1) + 1;
  let at = 10 + count * 2;
  at += 2 + (total > 0 ? view.getUint16(at) : 0);
  const flags: number[] = [];
  while (flags.length < total) {
    const flag = view.getUint8(at++);
    const repeats = flag & point.repeat ? view.getUint8(at++) : 0;
    for (let i = 0; i <= repeats; i++) flags.push(flag);
  }
  const along = (short: number, same: number): number[] => {
    let value = 0;
    return flags.map((flag) => {
      if (flag & short) value += flag & same ? view.getUint8(at++) : -view.getUint8(at++);
      else if (!(flag & same)) {
        value += view.getInt16(at);
        at += 2;
      }
      return value;
    });
  };
  const xs = along(point.shortX, point.sameX);
  const ys = along(point.shortY, point.sameY);
  const points = flags.map((flag, i): Point => ({ x: xs[i] ?? 0, y: ys[i] ?? 0, on: (flag & point.on) !== 0 }));
  return ends.map((end, i) => points.slice((ends[i - 1] ?? -1) + 1, end + 1));
}

const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, on: true });

/** Between two points off the curve lies one on it. */
function pathOf(contour: readonly Point[]): string {
  const whole = contour.flatMap((at, i) => {
    const before = contour.at(i - 1) ?? at;
    return at.on || before.on ? [at] : [middle(before, at), at];
  });
  const first = whole.findIndex(({ on }) => on);
  const start = whole[first];
  if (!start) return "";
  const lines = [`${places(start)} m`];
  let from = start;
  for (let i = 1; i <= whole.length; i++) {
    const at = whole[(first + i) % whole.length] ?? start;
    if (at.on) {
      lines.push(`${places(at)} l`);
      from = at;
      continue;
    }
    const to = whole[(first + ++i) % whole.length] ?? start;
    const towards = (end: Point): Point => ({
      x: end.x + ((at.x - end.x) * 2) / 3,
      y: end.y + ((at.y - end.y) * 2) / 3,
      on: false,
    });
    lines.push(`${places(towards(from))} ${places(towards(to))} ${places(to)} c`);
    from = to;
  }
  return `${lines.join("\n")}\nh`;
}

const places = ({ x, y }: Point): string => `${Math.round(x)} ${Math.round(y)}`;
