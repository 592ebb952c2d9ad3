// Pixels of a picture, and what is done to them before they are printed: a PNG unpacked on white paper, fewer pixels where
// more could not be seen, colours made grey. Only whole-number and polynomial arithmetic, so that every machine gives the
// same bytes.
import { inflateSync } from "node:zlib";
import { interlacePasses, type PngFile, pixelBits, pixelSamples } from "../../shared/model/imageFile.ts";

/** Pixels row by row, a byte for each sample: grey, red green blue, or amounts of cyan, magenta, yellow and black ink. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly samples: Uint8Array;
}

// ---------------------------------------------------------------- PNG

/** The pixels of a whole PNG, what is transparent laid on white: of grey or of colours, as it was stored. */
export function pngPixels(file: PngFile): Raster {
  const { width, height, colour } = file;
  const channels = colour === 0 || colour === 4 ? 1 : 3;
  const samples = new Uint8Array(width * height * channels);
  const packed = inflateSync(Buffer.concat(file.data));
  const passes = file.interlaced ? interlacePasses : ([[0, 0, 1, 1]] as const);
  let from = 0;
  for (const [left, top, stepX, stepY] of passes) {
    const columns = Math.ceil((width - left) / stepX);
    const rows = Math.ceil((height - top) / stepY);
    if (columns <= 0 || rows <= 0) continue;
    const values = new Uint16Array(columns * pixelSamples(file));
    let above = new Uint8Array(Math.ceil((columns * pixelBits(file)) / 8));
    for (let row = 0; row < rows; row++) {
      const line = unfiltered(packed, from, above, Math.max(1, pixelBits(file) / 8));
      from += line.length + 1;
      above = line;
      unpack(line, file.depth, values);
      paint(file, values, columns, (column, sample, value) => {
        samples[((top + row * stepY) * width + left + column * stepX) * channels + sample] = value;
      });
    }
  }
  return { width, height, channels, samples };
}

/** A row with its filter undone (ISO/IEC 15948, 9.2). `step`: bytes from a sample to that of the pixel before. */
function unfiltered(packed: Uint8Array, from: number, above: Uint8Array, step: number): Uint8Array<ArrayBuffer> {
  const filter = packed[from] ?? 0;
  const row = packed.slice(from + 1, from + 1 + above.length) as Uint8Array<ArrayBuffer>;
  if (filter === 0) return row;
  for (let x = 0; x < row.length; x++) {
    const left = x >= step ? (row[x - step] ?? 0) : 0;
    const up = above[x] ?? 0;
    const corner = x >= step ? (above[x - step] ?? 0) : 0;
    row[x] = (row[x] ?? 0) + predicted(filter, left, up, corner);
  }
  return row;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
      return a <= b && a <= c ? left : b <= c ? up : corner;
    }
    default:
      return 0;
  }
}

/** The samples of a row as numbers of `depth` bits. */
function unpack(row: Uint8Array, depth: number, values: Uint16Array): void {
  if (depth === 8) values.set(row.subarray(0, values.length));
  else if (depth === 16)
    for (let i = 0; i < values.length; i++) values[i] = ((row[i * 2] ?? 0) << 8) | (row[i * 2 + 1] ?? 0);
  else {
    const most = (1 << depth) - 1;
    for (let i = 0; i < values.length; i++) {
      const bit = i * depth;
      values[i] = ((row[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & most;
    }
  }
}

/** Hands over the grey or the red, green and blue of each pixel of a row, 0 … 255, on white. */
function paint(
  { colour, depth, palette, transparency }: PngFile,
  values: Uint16Array,
  columns: number,
  put: (column: number, sample: number, value: number) => void,
): void {
  const scale = 255 / (2 ** depth - 1);
  const onWhite = (value: number, alpha: number) => Math.round(255 + (value - 255) * alpha);
  if (colour === 3) {
    for (let i = 0; i < columns; i++) {
      const index = values[i] ?? 0;
      const alpha = (transparency?.[index] ?? 255) / 255;
      for (let k = 0; k < 3; k++) put(i, k, onWhite(palette?.[index * 3 + k] ?? 0, alpha));
    }
    return;
  }
  const inks = colour === 0 || colour === 4 ? 1 : 3;
  const samples = colour === 4 || colour === 6 ? inks + 1 : inks;
  const clear = transparency ? Array.from({ length: inks }, (_, k) => wordAt(transparency, k)) : null;
  for (let i = 0; i < columns; i++) {
    const at = i * samples;
    let alpha = samples > inks ? ((values[at + inks] ?? 0) * scale) / 255 : 1;
    if (clear?.every((value, k) => values[at + k] === value)) alpha = 0;
    for (let k = 0; k < inks; k++) put(i, k, onWhite((values[at + k] ?? 0) * scale, alpha));
  }
}

const wordAt = (bytes: Uint8Array, index: number): number =>
  ((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0);

// ---------------------------------------------------------------- colours

/** A picture of red, green and blue that has no colour, as grey; any other as it is. */
export function withoutEmptyColours(raster: Raster): Raster {
  if (raster.channels !== 3) return raster;
  const { samples } = raster;
  for (let i = 0; i < samples.length; i += 3)
    if (samples[i] !== samples[i + 1] || samples[i] !== samples[i + 2]) return raster;
  return greyed(raster);
}

/** Red, green and blue by their lightness (ITU-R BT.601). */
export function greyed({ width, height, channels, samples }: Raster): Raster {
  if (channels !== 3) throw new RangeError(`${channels} channels are no red, green and blue`);
  const grey = new Uint8Array(width * height);
  for (let i = 0; i < grey.length; i++)
    grey[i] =
      (299 * (samples[i * 3] ?? 0) + 587 * (samples[i * 3 + 1] ?? 0) + 114 * (samples[i * 3 + 2] ?? 0) + 500) / 1000;
  return { width, height, channels: 1, samples: grey };
}

/** Whether nothing but black and white is in it. */
export function isBilevel({ channels, samples }: Raster): boolean {
  return channels === 1 && samples.every((value) => value === 0 || value === 255);
}

// ---------------------------------------------------------------- fewer pixels

/** Each new pixel is the mean of those that it stands for, by the cubic of Catmull and Rom as wide as they are. Black and
 *  white alone become greys: brought to black or white again, fine lines would vanish. Throws RangeError for more pixels
 *  than there are. */
export function resampled(raster: Raster, width: number, height: number): Raster {
  if (width > raster.width || height > raster.height) throw new RangeError(`${width} × ${height} are more pixels`);
  const { channels } = raster;
  const ofColumns = kernels(raster.width, width);
  const rows = new Map<number, Float32Array>();
  const rowOf = (y: number): Float32Array => {
    let row = rows.get(y);
    if (!row) {
      row = narrowed(raster, y, ofColumns);
      rows.set(y, row);
    }
    return row;
  };
  const samples = new Uint8ClampedArray(width * height * channels);
  const line = new Float32Array(width * channels);
  for (const [y, { from, weights }] of kernels(raster.height, height).entries()) {
    line.fill(0);
    for (const [i, weight] of weights.entries()) {
      const row = rowOf(from + i);
      for (let x = 0; x < line.length; x++) line[x] = (line[x] ?? 0) + (row[x] ?? 0) * weight;
    }
    samples.set(line, y * line.length);
    for (const known of rows.keys()) if (known < from) rows.delete(known);
  }
  return { width, height, channels, samples: new Uint8Array(samples.buffer) };
}

function narrowed({ width, channels, samples }: Raster, y: number, ofColumns: readonly Kernel[]): Float32Array {
  const row = new Float32Array(ofColumns.length * channels);
  for (const [x, { from, weights }] of ofColumns.entries())
    for (let k = 0; k < channels; k++) {
      let sum = 0;
      let at = (y * width + from) * channels + k;
      for (let i = 0; i < weights.length; i++, at += channels) sum += (samples[at] ?? 0) * (weights[i] ?? 0);
      row[x * channels + k] = sum;
    }
  return row;
}

/** Old pixels from `from` on and what each adds to a new one. */
interface Kernel {
  readonly from: number;
  readonly weights: Float64Array;
}

function kernels(length: number, wanted: number): Kernel[] {
  const scale = length / wanted;
  return Array.from({ length: wanted }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const from = Math.max(0, Math.floor(centre - 2 * scale));
    const to = Math.min(length, Math.ceil(centre + 2 * scale));
    const weights = Float64Array.from({ length: to - from }, (_, k) => cubic((from + k + 0.5 - centre) / scale));
    const sum = weights.reduce((all, weight) => all + weight, 0);
    return { from, weights: weights.map((weight) => weight / sum) };
  });
}

function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

// ---------------------------------------------------------------- packing

/** The rows behind their filters, as a PNG and a Flate stream with predictor 15 have them: each counted from the pixels at
 *  its left or above, whichever leaves the smaller differences. (Paeth's filter gains 2 % of the bytes of a photograph for six times
 *  the time.) */
export function filteredRows({ width, height, channels, samples }: Raster): Uint8Array {
  const stride = width * channels;
  const rows = new Uint8Array((stride + 1) * height);
  for (let y = 0; y < height; y++) {
    const row = samples.subarray(y * stride, (y + 1) * stride);
    const above = y > 0 ? samples.subarray((y - 1) * stride, y * stride) : new Uint8Array(stride);
    let [ofLeft, ofAbove] = [0, 0];
    for (let x = channels; x < stride; x++) {
      const value = row[x] ?? 0;
      ofLeft += Math.abs(value - (row[x - channels] ?? 0));
      ofAbove += Math.abs(value - (above[x] ?? 0));
    }
    const isLeft = ofLeft <= ofAbove;
    const at = y * (stride + 1);
    rows[at] = isLeft ? 1 : 2;
    for (let x = 0; x < stride; x++) {
      const before = isLeft ? (x < channels ? 0 : (row[x - channels] ?? 0)) : (above[x] ?? 0);
      rows[at + 1 + x] = (row[x] ?? 0) - before;
    }
  }
  return rows;
}

/** Eight pixels of black and white to a byte, each row from a new byte on. */
export function bilevelRows({ width, height, samples }: Raster): Uint8Array {
  const stride = Math.ceil(width / 8);
  const rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if ((samples[y * width + x] ?? 0) > 127) {
        const at = y * stride + (x >> 3);
        rows[at] = (rows[at] ?? 0) | (0x80 >> (x & 7));
      }
  return rows;
}
