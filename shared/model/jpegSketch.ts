// What a JPEG shows, in a few cells and without a decoder of pictures: the mean of each block of 8 × 8 samples is its first
// coefficient (ITU-T T.81, A.3.3), so that only the Huffman codes are read. Tells at import whether the data are whole, and
// at the proof what a PDF must show, by another way than the engine that shows it.

/** A picture in few cells, row by row: the mean of each channel in each cell, 0 … 255. One channel is grey, three are red,
 *  green and blue, four are amounts of cyan, magenta, yellow and black ink. */
export interface Sketch {
  readonly columns: number;
  readonly rows: number;
  readonly channels: 1 | 3 | 4;
  readonly values: Float32Array;
}

/** Means of areas, row by row, of which each stands for `across` by `down` pixels. */
export interface Plane {
  readonly means: Float32Array;
  readonly stride: number;
  readonly across: number;
  readonly down: number;
}

/** The cells of a JPEG as it is stored, before Exif turns it; null when its data are cut off or damaged. */
export function sketchJpeg(bytes: Uint8Array, columns: number, rows: number): Sketch | null {
  const reading = readJpegBlocks(bytes);
  if (!reading) return null;
  const { width, height, planes, space } = reading;
  const means = planes.map((plane) => cellMeans(plane, width, height, columns, rows));
  const channels = means.length === 1 ? 1 : means.length === 3 ? 3 : 4;
  const values = new Float32Array(columns * rows * channels);
  for (let cell = 0; cell < columns * rows; cell++) {
    const samples = means.map((mean) => mean[cell] ?? 0);
    values.set(colourOf(samples, space).map(clamped), cell * channels);
  }
  return { columns, rows, channels, values };
}

/** Whether every block of the picture is there. */
export function isWholeJpeg(bytes: Uint8Array): boolean {
  return readJpegBlocks(bytes) !== null;
}

const clamped = (value: number): number => Math.min(255, Math.max(0, value));

/** How the samples are meant. `inverted`: counted from white, as Adobe writes inks. */
interface Space {
  readonly kind: "plain" | "luminance";
  readonly inverted: boolean;
}

function colourOf(samples: readonly number[], { kind, inverted }: Space): readonly number[] {
  const colour = kind === "plain" || samples.length === 1 ? samples : mixed(samples);
  return inverted ? colour.map((value) => 255 - value) : colour;
}

/** Luminance and two differences of colour (JFIF 1.02); with a fourth sample they stand for inks, and that for black. */
function mixed([y = 0, cb = 0, cr = 0, k]: readonly number[]): readonly number[] {
  const rgb = [y + 1.402 * (cr - 128), y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128), y + 1.772 * (cb - 128)];
  return k === undefined ? rgb : [...rgb.map((value) => 255 - value), k];
}

/** The mean of each cell of a picture of `width` by `height` pixels, from the areas that lie in it. */
export function cellMeans(
  { means, stride, across, down }: Plane,
  width: number,
  height: number,
  columns: number,
  rows: number,
) {
  const ofColumns = shares(width, across, columns);
  const ofRows = shares(height, down, rows);
  const cells = new Float32Array(columns * rows);
  for (const [row, ups] of ofRows.entries())
    for (const [column, sides] of ofColumns.entries()) {
      let sum = 0;
      for (const up of ups)
        for (const side of sides) sum += (means[up.at * stride + side.at] ?? 0) * up.share * side.share;
      cells[row * columns + column] = sum;
    }
  return cells;
}

/** For each cell along a side of `length` pixels, which steps of `step` pixels lie in it and with what share. */
function shares(length: number, step: number, cells: number): { readonly at: number; readonly share: number }[][] {
  return Array.from({ length: cells }, (_, cell) => {
    const [from, to] = [(cell * length) / cells, ((cell + 1) * length) / cells];
    const found: { at: number; share: number }[] = [];
    for (let at = Math.floor(from / step); at * step < to; at++) {
      const share = (Math.min(to, (at + 1) * step) - Math.max(from, at * step)) / (to - from);
      if (share > 0) found.push({ at, share });
    }
    return found;
  });
}

// ---------------------------------------------------------------- the file

interface Component {
  readonly id: number;
  readonly h: number;
  readonly v: number;
  /** First value of its quantisation table, which may be defined behind the frame. */
  readonly table: number;
  /** Blocks in a row of `first`, and rows. */
  readonly stride: number;
  readonly lines: number;
  /** The first coefficient of each block. */
  readonly first: Int32Array;
}

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly progressive: boolean;
  readonly components: readonly Component[];
  readonly hMax: number;
  readonly vMax: number;
}

/** A Huffman table: for each 16 bits, the length of the code that they begin with, and its symbol in the low byte. */
type Codes = Uint16Array;

interface Reading {
  readonly width: number;
  readonly height: number;
  readonly planes: readonly Plane[];
  readonly space: Space;
}

function readJpegBlocks(bytes: Uint8Array): Reading | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const quantisers = new Map<number, number>();
  const codes = new Map<number, Codes>();
  let frame: Frame | null = null;
  let restart = 0;
  let adobe: number | null = null;
  const seen = new Set<Component>();
  for (let at = 2; at + 2 <= bytes.length; ) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || marker === 0xff || marker === 0) {
      at++;
      continue;
    }
    if (marker === 0xd9) break;
    if (marker >= 0xd0 && marker <= 0xd7) {
      at += 2;
      continue;
    }
    if (at + 4 > bytes.length) return null;
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) return null;
    const content = bytes.subarray(at + 4, end);
    at = end;
    if (marker === 0xdb) readQuantisers(content, quantisers);
    else if (marker === 0xc4) readCodes(content, codes);
    else if (marker === 0xdd) restart = ((content[0] ?? 0) << 8) | (content[1] ?? 0);
    else if (marker === 0xee && content.length >= 12 && content[0] === 0x41) adobe = content[11] ?? 0;
    else if (marker >= 0xc0 && marker <= 0xc2) frame = readFrame(content, marker === 0xc2);
    else if (marker === 0xda) {
      if (!frame) return null;
      const scan = scanOf(content, frame);
      if (!scan) return null;
      // Scans of the other coefficients of a progressive file say nothing of the means.
      if (scan.from === 0) {
        if (!readScan(bytes, at, frame, scan, codes, restart)) return null;
        for (const { component } of scan.parts) seen.add(component);
      }
    }
  }
  if (!frame || seen.size !== frame.components.length) return null;
  return {
    width: frame.width,
    height: frame.height,
    planes: planesOf(frame, quantisers),
    space: spaceOf(frame, adobe),
  };
}

function planesOf({ components, hMax, vMax }: Frame, quantisers: ReadonlyMap<number, number>): Plane[] {
  return components.map(({ h, v, table, stride, first }) => {
    const step = (quantisers.get(table) ?? 1) / 8;
    const means = Float32Array.from(first, (value) => clamped(value * step + 128));
    return { means, stride, across: (8 * hMax) / h, down: (8 * vMax) / v };
  });
}

/** `adobe`: what its marker says of a transform (Adobe Technical Note 5116). Without the marker three components are
 *  luminance and colours, but for those that are named R, G and B. */
function spaceOf({ components }: Frame, adobe: number | null): Space {
  const isRgb = String.fromCharCode(...components.map(({ id }) => id)) === "RGB";
  const kind =
    adobe === null ? (components.length === 3 && !isRgb ? "luminance" : "plain") : adobe > 0 ? "luminance" : "plain";
  return { kind, inverted: components.length === 4 && adobe !== null };
}

function readQuantisers(content: Uint8Array, into: Map<number, number>): void {
  for (let at = 0; at < content.length; ) {
    const about = content[at] ?? 0;
    const isWide = about >> 4 !== 0;
    into.set(about & 15, isWide ? ((content[at + 1] ?? 0) << 8) | (content[at + 2] ?? 0) : (content[at + 1] ?? 0));
    at += 1 + (isWide ? 128 : 64);
  }
}

/** Tables of DC stand under 0 … 3, those of AC under 16 … 19. */
function readCodes(content: Uint8Array, into: Map<number, Codes>): void {
  for (let at = 0; at + 17 <= content.length; ) {
    const codes = new Uint16Array(0x10000);
    let symbol = at + 17;
    let code = 0;
    for (let length = 1; length <= 16; length++) {
      for (let i = 0; i < (content[at + length] ?? 0); i++, code++) {
        const from = code << (16 - length);
        codes.fill((length << 8) | (content[symbol++] ?? 0), from, from + (1 << (16 - length)));
      }
      code <<= 1;
    }
    into.set(content[at] ?? 0, codes);
    at = symbol;
  }
}

function readFrame(content: Uint8Array, progressive: boolean): Frame | null {
  const word = (at: number) => ((content[at] ?? 0) << 8) | (content[at + 1] ?? 0);
  const [height, width, count] = [word(1), word(3), content[5] ?? 0];
  const told = Array.from({ length: count }, (_, i) => Array.from(content.subarray(6 + i * 3, 9 + i * 3)));
  const sampled = told.map(([id = 0, factors = 0, table = 0]) => ({ id, h: factors >> 4, v: factors & 15, table }));
  if (width === 0 || height === 0 || sampled.some(({ h, v }) => h < 1 || h > 4 || v < 1 || v > 4)) return null;
  const hMax = Math.max(...sampled.map(({ h }) => h));
  const vMax = Math.max(...sampled.map(({ v }) => v));
  const across = Math.ceil(width / (8 * hMax));
  const down = Math.ceil(height / (8 * vMax));
  const components = sampled.map(({ id, h, v, table }): Component => {
    const [stride, lines] = [across * h, down * v];
    return { id, h, v, table, stride, lines, first: new Int32Array(stride * lines) };
  });
  return { width, height, progressive, components, hMax, vMax };
}

interface Scan {
  readonly parts: readonly { readonly component: Component; readonly dc: number; readonly ac: number }[];
  /** First coefficient that it holds. */
  readonly from: number;
  /** Whether it adds a bit to what an earlier scan gave. */
  readonly refines: boolean;
  /** Bits that are left for later scans. */
  readonly shift: number;
}

function scanOf(content: Uint8Array, { components }: Frame): Scan | null {
  const count = content[0] ?? 0;
  const parts = Array.from({ length: count }, (_, i) => {
    const tables = content[2 + i * 2] ?? 0;
    const component = components.find(({ id }) => id === content[1 + i * 2]);
    return component ? [{ component, dc: tables >> 4, ac: tables & 15 }] : [];
  }).flat();
  if (parts.length !== count || count === 0) return null;
  const bits = content[1 + count * 2 + 2] ?? 0;
  return { parts, from: content[1 + count * 2] ?? 0, refines: bits >> 4 !== 0, shift: bits & 15 };
}

/** Reads the first coefficients of a scan that begins at `at`; false when the data end before the blocks do. */
function readScan(
  bytes: Uint8Array,
  at: number,
  frame: Frame,
  { parts, refines, shift }: Scan,
  codes: ReadonlyMap<number, Codes>,
  restart: number,
): boolean {
  const bits = new Bits(bytes, at);
  const [alone] = parts;
  const isAlone = parts.length === 1;
  const across =
    isAlone && alone ? sideOf(frame.width, alone.component.h, frame.hMax) : sideOf(frame.width, 1, frame.hMax);
  const down =
    isAlone && alone ? sideOf(frame.height, alone.component.v, frame.vMax) : sideOf(frame.height, 1, frame.vMax);
  const readers = parts.map(({ component, dc, ac }) => ({
    component,
    dc: codes.get(dc),
    ac: frame.progressive ? undefined : codes.get(16 + ac),
    h: isAlone ? 1 : component.h,
    v: isAlone ? 1 : component.v,
    last: 0,
  }));
  if (readers.some(({ dc, ac }) => (!dc && !refines) || (!frame.progressive && !ac))) return false;
  for (let unit = 0; unit < across * down; unit++) {
    if (restart > 0 && unit > 0 && unit % restart === 0) {
      if (!bits.restart()) return false;
      for (const reader of readers) reader.last = 0;
    }
    const [x, y] = [unit % across, Math.floor(unit / across)];
    for (const reader of readers) {
      const { component, dc, ac, h, v } = reader;
      for (let row = y * v; row < (y + 1) * v; row++)
        for (let column = x * h; column < (x + 1) * h; column++) {
          const place = row * component.stride + column;
          if (refines) component.first[place] = (component.first[place] ?? 0) | (bits.take(1) << shift);
          else if (dc) {
            reader.last += bits.signed(bits.symbol(dc));
            component.first[place] = reader.last << shift;
          }
          if (ac) skipBlock(bits, ac);
        }
    }
    if (bits.isOver) return false;
  }
  return true;
}

const sideOf = (pixels: number, factor: number, most: number): number => Math.ceil((pixels * factor) / (8 * most));

/** Goes over the other 63 coefficients of a block (T.81, F.2.2.2). */
function skipBlock(bits: Bits, codes: Codes): void {
  for (let k = 1; k < 64; k++) {
    const symbol = bits.symbol(codes);
    const size = symbol & 15;
    if (size === 0 && symbol !== 0xf0) return;
    k += symbol >> 4;
    bits.skip(size);
  }
}

/** The bits of an entropy-coded segment; behind its end they are zeros, which `isOver` tells once some were taken. */
class Bits {
  private readonly bytes: Uint8Array;
  private at: number;
  private held = 0;
  private count = 0;
  private padding = 0;
  private isWrong = false;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  get isOver(): boolean {
    return this.isWrong || this.padding > this.count;
  }

  /** The symbol of the next code. */
  symbol(codes: Codes): number {
    if (this.count < 16) this.fill();
    const found = codes[(this.held >>> (this.count - 16)) & 0xffff] ?? 0;
    if (found === 0) this.isWrong = true;
    this.count -= found >> 8;
    return found & 0xff;
  }

  take(size: number): number {
    if (this.count < 16) this.fill();
    this.count -= size;
    return (this.held >>> this.count) & ((1 << size) - 1);
  }

  skip(size: number): void {
    if (this.count < 16) this.fill();
    this.count -= size;
  }

  /** A difference of `size` bits (T.81, F.2.2.1); beyond 15 bits there are none. */
  signed(size: number): number {
    if (size === 0) return 0;
    if (size > 15) this.isWrong = true;
    const value = this.take(Math.min(size, 15));
    return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
  }

  /** Goes behind the next restart marker; false when another stands there. */
  restart(): boolean {
    if (this.isOver) return false;
    [this.held, this.count, this.padding] = [0, 0, 0];
    while (this.at + 1 < this.bytes.length && !this.isMarker()) this.at++;
    const marker = this.bytes[this.at + 1] ?? 0;
    this.at += 2;
    return marker >= 0xd0 && marker <= 0xd7;
  }

  private isMarker(): boolean {
    const next = this.bytes[this.at + 1] ?? 0;
    return this.bytes[this.at] === 0xff && next !== 0 && next !== 0xff;
  }

  private fill(): void {
    while (this.count <= 24) {
      const byte = this.bytes[this.at];
      if (byte === undefined || (byte === 0xff && this.bytes[this.at + 1] !== 0)) {
        this.held <<= 8;
        this.padding += 8;
      } else {
        this.held = (this.held << 8) | byte;
        this.at += byte === 0xff ? 2 : 1;
      }
      this.count += 8;
    }
  }
}
