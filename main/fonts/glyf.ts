// Outlines as TrueType keeps them: contours of lines and quadratic curves in whole units, in the tables glyf and loca.
import type { Pen } from "./cff.ts";

/** How far a quadratic curve may be from the cubic it stands for, em: less than a hundredth of a mm at 22 pt. */
const tolerance = 0.0004;

/** Takes the outlines of one glyph after the other. */
export class GlyfWriter implements Pen {
  private readonly slack: number;
  private bytes = new Uint8Array(1 << 20);
  private view = new DataView(this.bytes.buffer);
  private length = 0;
  private readonly places: number[] = [0];
  private xs: number[] = [];
  private ys: number[] = [];
  private on: boolean[] = [];
  private ends: number[] = [];
  private x = 0;
  private y = 0;
  /** Most points and contours of a glyph, for maxp. */
  mostPoints = 0;
  mostContours = 0;
  /** Left edge of the ink of each glyph; 0 where there is none. */
  readonly lefts: number[] = [];

  constructor(unitsPerEm: number) {
    this.slack = tolerance * unitsPerEm;
  }

  moveTo(x: number, y: number): void {
    this.close();
    this.point(x, y, true);
    [this.x, this.y] = [x, y];
  }

  lineTo(x: number, y: number): void {
    this.point(x, y, true);
    [this.x, this.y] = [x, y];
  }

  curveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    const [x0, y0] = [this.x, this.y];
    // The distance of a cubic from the quadratic nearest to it falls with the cube of the number of parts.
    const bent = Math.hypot(x - 3 * x2 + 3 * x1 - x0, y - 3 * y2 + 3 * y1 - y0);
    const parts = Math.max(1, Math.ceil(Math.cbrt((bent * Math.sqrt(3)) / 36 / this.slack)));
    const at = (t: number, a: number, b: number, c: number, d: number) => {
      const s = 1 - t;
      return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
    };
    const slope = (t: number, a: number, b: number, c: number, d: number) => {
      const s = 1 - t;
      return 3 * (s * s * (b - a) + 2 * s * t * (c - b) + t * t * (d - c));
    };
    // The point on which both tangents of a part agree best.
    const control = (t: number, u: number, a: number, b: number, c: number, d: number) => {
      const third = (u - t) / 3;
      const [from, to] = [at(t, a, b, c, d), at(u, a, b, c, d)];
      const [first, second] = [from + slope(t, a, b, c, d) * third, to - slope(u, a, b, c, d) * third];
      return (3 * (first + second) - from - to) / 4;
    };
    for (let i = 0; i < parts; i++) {
      const [t, u] = [i / parts, (i + 1) / parts];
      this.point(control(t, u, x0, x1, x2, x), control(t, u, y0, y1, y2, y), false);
      this.point(at(u, x0, x1, x2, x), at(u, y0, y1, y2, y), true);
    }
    [this.x, this.y] = [x, y];
  }

  /** Ends a glyph; one without contours takes no bytes. */
  endGlyph(): void {
    this.close();
    if (this.ends.length > 0) this.write();
    else this.lefts.push(0);
    this.places.push(this.length);
    this.mostPoints = Math.max(this.mostPoints, this.xs.length);
    this.mostContours = Math.max(this.mostContours, this.ends.length);
    [this.xs, this.ys, this.on, this.ends] = [[], [], [], []];
    [this.x, this.y] = [0, 0];
  }

  glyf(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  /** In the long format. */
  loca(): Uint8Array {
    const loca = new DataView(new ArrayBuffer(this.places.length * 4));
    for (const [i, place] of this.places.entries()) loca.setUint32(i * 4, place);
    return new Uint8Array(loca.buffer);
  }

  private point(x: number, y: number, on: boolean): void {
    const last = this.xs.length - 1;
    const [rx, ry] = [Math.round(x), Math.round(y)];
    const begun = last >= (this.ends.at(-1) ?? -1) + 1;
    if (begun && on && this.on[last] && this.xs[last] === rx && this.ys[last] === ry) return;
    this.xs.push(rx);
    this.ys.push(ry);
    this.on.push(on);
  }

  /** A contour returns to its first point by itself, and turns the other way than in CFF. One that is a point or a line
   *  has no ink. */
  private close(): void {
    const start = (this.ends.at(-1) ?? -1) + 1;
    let last = this.xs.length - 1;
    while (last > start && this.on[last] && this.xs[last] === this.xs[start] && this.ys[last] === this.ys[start])
      last--;
    if (last - start < 2) last = start - 1;
    this.xs.length = last + 1;
    this.ys.length = last + 1;
    this.on.length = last + 1;
    if (last < start) return;
    for (const points of [this.xs, this.ys, this.on] as unknown[][])
      points.splice(start + 1, last - start, ...points.slice(start + 1).reverse());
    this.ends.push(last);
  }

  private write(): void {
    const { xs, ys, on, ends } = this;
    this.reserve(12 + ends.length * 2 + xs.length * 5);
    let at = this.length;
    const left = Math.min(...xs);
    this.lefts.push(left);
    for (const value of [ends.length, left, Math.min(...ys), Math.max(...xs), Math.max(...ys)]) {
      this.view.setInt16(at, value);
      at += 2;
    }
    for (const end of ends) {
      this.view.setUint16(at, end);
      at += 2;
    }
    this.view.setUint16(at, 0); // no instructions
    at += 2;
    at = this.writeFlags(at, xs, ys, on);
    at = this.writeSteps(at, xs);
    at = this.writeSteps(at, ys);
    this.length = (at + 3) & ~3;
    this.bytes.fill(0, at, this.length);
  }

  private writeFlags(start: number, xs: readonly number[], ys: readonly number[], on: readonly boolean[]): number {
    let at = start;
    let before = -1;
    let repeats = 0;
    for (let i = 0; i < xs.length; i++) {
      const [dx, dy] = [step(xs, i), step(ys, i)];
      const flag = (on[i] ? 1 : 0) | stepFlag(dx, 2, 16) | stepFlag(dy, 4, 32);
      if (flag === before && repeats < 255) {
        // The second of equal flags says that a count follows.
        if (repeats === 0) this.bytes[at - 1] = flag | 8;
        else at--;
        this.bytes[at++] = ++repeats;
        continue;
      }
      this.bytes[at++] = flag;
      [before, repeats] = [flag, 0];
    }
    return at;
  }

  private writeSteps(start: number, values: readonly number[]): number {
    let at = start;
    for (let i = 0; i < values.length; i++) {
      const by = step(values, i);
      if (by === 0) continue;
      if (Math.abs(by) < 256) this.bytes[at++] = Math.abs(by);
      else {
        this.view.setInt16(at, by);
        at += 2;
      }
    }
    return at;
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + more));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }
}

function step(values: readonly number[], i: number): number {
  return (values[i] ?? 0) - (i === 0 ? 0 : (values[i - 1] ?? 0));
}

/** The bits of one axis: a step of a byte, its sign, or none at all. */
function stepFlag(by: number, short: number, same: number): number {
  if (by === 0) return same;
  if (Math.abs(by) >= 256) return 0;
  return by > 0 ? short | same : short;
}
