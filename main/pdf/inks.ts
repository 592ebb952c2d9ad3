// Colours of a screen -> the inks of a press, by the tables of its ICC profile (ICC.1:2010): relative colorimetric, black
// brought to black (Adobe's black point compensation, ISO 18619), as printers expect of photographs. The PDF engine can show
// inks as colours but not the way back.
import { GazetteError } from "../../shared/model/gazetteError.ts";

/** Amounts of cyan, magenta, yellow and black for red, green and blue, all 0 … 255. */
export interface Inks {
  /** Writes the inks of the colour at `from` of `rgb` to `at` of `out`. */
  convert(rgb: Uint8Array, from: number, out: Uint8Array, at: number): void;
  /** Black ink alone that is as light as a grey of the screen: lines and letters in it need no register. */
  readonly blackOf: Uint8Array;
}

/** Worked out once for each profile: writer and proof ask for the same. */
const known = new WeakMap<Uint8Array, Inks>();

/** `name`: how a person knows the profile. Only lut8Type and lut16Type are read, and profiles of version 2 have no other.
 *  Throws GazetteError badFile for a profile without them. */
export function inksOf(profile: Uint8Array, name: string): Inks {
  const found = known.get(profile);
  if (found) return found;
  const tags = tagsOf(profile);
  const toInks = tags && tableOf(tags("B2A1") ?? tags("B2A0"), 3, 4);
  const toLab = tags && tableOf(tags("A2B1") ?? tags("A2B0"), 4, 3);
  if (!toInks || !toLab)
    throw new GazetteError(
      "badFile",
      `输出特性文件“${name}”没有能用来换算图片颜色的表，请换一个ICC第2版的文件，或者先把彩色图片存成CMYK的JPEG。`,
    );
  const inks = new PressInks(toInks, toLab);
  known.set(profile, inks);
  return inks;
}

/** Steps of a side of the cube of colours that is worked out once. */
const side = 33;
const steps = side - 1;
/** From a corner to the next along each side. */
const [redStep, greenStep, blueStep] = [4 * side * side, 4 * side, 4];

const wholeOf = (value: number): number => Math.min(steps - 1, Math.floor(value));

class PressInks implements Inks {
  readonly blackOf = new Uint8Array(256);
  /** Inks of each corner of the cube, red outermost. */
  private readonly cube = new Float32Array(side ** 3 * 4);

  constructor(toInks: Table, toLab: Table) {
    const darkest = yOf(labOf(toLab, inksAt(toInks, 0, 0, 0))[0]);
    const inksFor = (rgb: readonly number[]): number[] => {
      const [l, a, b] = labFrom(lifted(xyzOf(rgb), darkest));
      return inksAt(toInks, l, a, b);
    };
    let at = 0;
    for (let r = 0; r < side; r++)
      for (let g = 0; g < side; g++)
        for (let b = 0; b < side; b++) {
          this.cube.set(inksFor([r / steps, g / steps, b / steps]), at);
          at += 4;
        }
    // Lightness falls as black grows, so both are walked along together.
    let black = 0;
    const lightness = (level: number) => labOf(toLab, [0, 0, 0, level / 255])[0];
    const blackest = yOf(lightness(255));
    for (let grey = 255; grey >= 0; grey--) {
      const [l] = labFrom(lifted(xyzOf([grey / 255, grey / 255, grey / 255]), blackest));
      while (black < 255 && Math.abs(lightness(black + 1) - l) <= Math.abs(lightness(black) - l)) black++;
      this.blackOf[grey] = black;
    }
  }

  /** Between the corners of the tetrahedron of the cube that the colour lies in. Asked for each pixel, so nothing is
   *  allocated. */
  convert(rgb: Uint8Array, from: number, out: Uint8Array, at: number): void {
    const { cube } = this;
    const red = ((rgb[from] ?? 0) * steps) / 255;
    const green = ((rgb[from + 1] ?? 0) * steps) / 255;
    const blue = ((rgb[from + 2] ?? 0) * steps) / 255;
    const [r, g, b] = [wholeOf(red), wholeOf(green), wholeOf(blue)];
    let [far, farStep, mid, midStep, near, nearStep] = [red - r, redStep, green - g, greenStep, blue - b, blueStep];
    if (far < mid) [far, farStep, mid, midStep] = [mid, midStep, far, farStep];
    if (mid < near) [mid, midStep, near, nearStep] = [near, nearStep, mid, midStep];
    if (far < mid) [far, farStep, mid, midStep] = [mid, midStep, far, farStep];
    const first = r * redStep + g * greenStep + b * blueStep;
    const second = first + farStep;
    const third = second + midStep;
    const last = third + nearStep;
    for (let ink = 0; ink < 4; ink++)
      out[at + ink] = Math.round(
        255 *
          ((cube[first + ink] ?? 0) * (1 - far) +
            (cube[second + ink] ?? 0) * (far - mid) +
            (cube[third + ink] ?? 0) * (mid - near) +
            (cube[last + ink] ?? 0) * near),
      );
  }
}

// ---------------------------------------------------------------- colours

/** D50, the white of profiles. */
const whitePoint = [0.9642, 1, 0.8249] as const;

/** sRGB (IEC 61966-2-1) as XYZ under D50, adapted by Bradford's matrix. Red, green and blue 0 … 1. */
function xyzOf(rgb: readonly number[]): number[] {
  const [r = 0, g = 0, b = 0] = rgb.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return [
    0.43607 * r + 0.38515 * g + 0.14307 * b,
    0.22249 * r + 0.71687 * g + 0.06061 * b,
    0.01392 * r + 0.09708 * g + 0.7141 * b,
  ];
}

/** CIE 1976 L*a*b* (ISO 11664-4). */
function labFrom(xyz: readonly number[]): [l: number, a: number, b: number] {
  const [x = 0, y = 0, z = 0] = xyz.map((value, i) => {
    const part = value / (whitePoint[i] ?? 1);
    return part > 216 / 24389 ? Math.cbrt(part) : ((24389 / 27) * part + 16) / 116;
  });
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** The colours between black and white moved to those between the darkest that can be printed (its Y) and white. */
function lifted(xyz: readonly number[], darkest: number): number[] {
  return xyz.map((value, i) => value * (1 - darkest) + darkest * (whitePoint[i] ?? 1));
}

function yOf(l: number): number {
  const root = (l + 16) / 116;
  return l > 8 ? root ** 3 : l / (24389 / 27);
}

function inksAt(table: Table, l: number, a: number, b: number): number[] {
  const [of100, of128] = table.isWide ? [652.8 / 65535, 256 / 65535] : [2.55 / 255, 1 / 255];
  return look(table, [l * of100, (a + 128) * of128, (b + 128) * of128]);
}

function labOf(table: Table, inks: readonly number[]): [l: number, a: number, b: number] {
  const [l = 0, a = 0, b = 0] = look(table, inks);
  return table.isWide
    ? [(l * 65535) / 652.8, (a * 65535) / 256 - 128, (b * 65535) / 256 - 128]
    : [l * 100, a * 255 - 128, b * 255 - 128];
}

// ---------------------------------------------------------------- the profile

/** The tags of a profile with Lab in the middle and four inks at the far end; null for any other. */
function tagsOf(profile: Uint8Array): ((name: string) => DataView | null) | null {
  if (profile.length < 132) return null;
  const view = new DataView(profile.buffer, profile.byteOffset, profile.byteLength);
  const word = (at: number) => String.fromCharCode(...profile.subarray(at, at + 4));
  if (word(16) !== "CMYK" || word(20) !== "Lab " || word(36) !== "acsp") return null;
  const count = Math.min(view.getUint32(128), 100);
  const places = new Map<string, DataView>();
  for (let i = 0; i < count; i++) {
    const entry = 132 + i * 12;
    if (entry + 12 > profile.length) return null;
    const [at, length] = [view.getUint32(entry + 4), view.getUint32(entry + 8)];
    if (at + length > profile.length) return null;
    places.set(word(entry), new DataView(profile.buffer, profile.byteOffset + at, length));
  }
  return (name) => places.get(name) ?? null;
}

/** lut8Type or lut16Type: a curve for each channel, a grid of all their combinations, a curve for each result; all
 *  0 … 1. */
interface Table {
  readonly isWide: boolean;
  readonly inputs: readonly Float32Array[];
  readonly grid: number;
  readonly values: Float32Array;
  readonly outputs: readonly Float32Array[];
}

function tableOf(tag: DataView | null, from: number, to: number): Table | null {
  if (!tag || tag.byteLength < 52) return null;
  const kind = tag.getUint32(0);
  const isWide = kind === 0x6d667432;
  if (!isWide && kind !== 0x6d667431) return null;
  const grid = tag.getUint8(10);
  if (tag.getUint8(8) !== from || tag.getUint8(9) !== to || grid < 2) return null;
  const [inputEntries, outputEntries] = isWide ? [tag.getUint16(48), tag.getUint16(50)] : [256, 256];
  const width = isWide ? 2 : 1;
  let at = isWide ? 52 : 48;
  const length = (from * inputEntries + grid ** from * to + to * outputEntries) * width;
  if (inputEntries < 2 || outputEntries < 2 || at + length > tag.byteLength) return null;
  const read = (count: number) =>
    Float32Array.from({ length: count }, () => {
      const value = isWide ? tag.getUint16(at) / 65535 : tag.getUint8(at) / 255;
      at += width;
      return value;
    });
  const inputs = Array.from({ length: from }, () => read(inputEntries));
  const values = read(grid ** from * to);
  return { isWide, inputs, grid, values, outputs: Array.from({ length: to }, () => read(outputEntries)) };
}

/** Linear between the points of the curves and the corners of the grid. */
function look({ inputs, grid, values, outputs }: Table, colour: readonly number[]): number[] {
  let corners: [place: number, share: number][] = [[0, 1]];
  for (const [i, curve] of inputs.entries()) {
    const place = along(curve, colour[i] ?? 0) * (grid - 1);
    const whole = Math.min(grid - 2, Math.floor(place));
    corners = corners.flatMap(([at, share]): [number, number][] => [
      [at * grid + whole, share * (1 - (place - whole))],
      [at * grid + whole + 1, share * (place - whole)],
    ]);
  }
  return outputs.map((curve, k) => {
    let sum = 0;
    for (const [at, share] of corners) sum += (values[at * outputs.length + k] ?? 0) * share;
    return along(curve, sum);
  });
}

function along(curve: Float32Array, value: number): number {
  const place = Math.min(1, Math.max(0, value)) * (curve.length - 1);
  const whole = Math.min(curve.length - 2, Math.floor(place));
  const [low, high] = [curve[whole] ?? 0, curve[whole + 1] ?? 0];
  return low + (high - low) * (place - whole);
}
