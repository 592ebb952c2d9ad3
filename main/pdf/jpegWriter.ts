// Pixels -> a JPEG (ITU-T T.81, sequential, the Huffman tables of its annex K): a photograph that was made smaller goes into
// the PDF as one again, since its pixels packed without loss would take more room than the larger photograph did. Sums and
// products alone, so that every machine gives the same bytes.
import type { Raster } from "./raster.ts";

/** Of 100, by the usual scale of the tables in annex K. */
const quality = 90;

/** Grey, or red, green and blue without fewer samples for the colours. Throws RangeError for other channels. */
export function writeJpeg({ width, height, channels, samples }: Raster): Uint8Array {
  if (channels === 4) throw new RangeError("inks are not written as JPEG");
  const tables = channels === 1 ? [luminance] : [luminance, chrominance, chrominance];
  const out = new Output(width * height * channels);
  out.bytes(0xff, 0xd8);
  out.segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
  for (const [id, { steps }] of (channels === 1 ? [luminance] : [luminance, chrominance]).entries())
    out.segment(0xdb, [id, ...zigzag.map((place) => steps[place] ?? 1)]);
  const sides = [height >> 8, height & 255, width >> 8, width & 255];
  out.segment(0xc0, [8, ...sides, channels, ...tables.flatMap((_, i) => [i + 1, 0x11, Math.min(i, 1)])]);
  for (const [id, { dc, ac }] of (channels === 1 ? [luminance] : [luminance, chrominance]).entries()) {
    out.segment(0xc4, [id, ...dc.counts, ...dc.symbols]);
    out.segment(0xc4, [16 + id, ...ac.counts, ...ac.symbols]);
  }
  out.segment(0xda, [channels, ...tables.flatMap((_, i) => [i + 1, Math.min(i, 1) * 17]), 0, 63, 0]);

  const last = tables.map(() => 0);
  const block = new Float64Array(64);
  for (let y = 0; y < height; y += 8)
    for (let x = 0; x < width; x += 8)
      for (const [k, table] of tables.entries()) {
        for (let i = 0; i < 64; i++) {
          // Beyond its edges the last row and column go on.
          const row = Math.min(height - 1, y + (i >> 3));
          const column = Math.min(width - 1, x + (i & 7));
          block[i] = component(samples, (row * width + column) * channels, channels, k) - 128;
        }
        last[k] = writeBlock(out, block, table, last[k] ?? 0);
      }
  out.flush();
  out.bytes(0xff, 0xd9);
  return out.finished();
}

/** Luminance and differences of colour (JFIF 1.02). */
function component(samples: Uint8Array, at: number, channels: number, k: number): number {
  if (channels === 1) return samples[at] ?? 0;
  const [r, g, b] = [samples[at] ?? 0, samples[at + 1] ?? 0, samples[at + 2] ?? 0];
  if (k === 0) return 0.299 * r + 0.587 * g + 0.114 * b;
  if (k === 1) return 128 - 0.168736 * r - 0.331264 * g + 0.5 * b;
  return 128 + 0.5 * r - 0.418688 * g - 0.081312 * b;
}

// ---------------------------------------------------------------- blocks

/** Writes a block and gives its first coefficient, from which that of the next one is counted. */
function writeBlock(out: Output, block: Float64Array, { dc, ac, factors }: Table, before: number): number {
  for (let row = 0; row < 64; row += 8) transform(block, row, 1);
  for (let column = 0; column < 8; column++) transform(block, column, 8);
  const values = zigzag.map((place) => Math.round((block[place] ?? 0) * (factors[place] ?? 0)));
  const first = values[0] ?? 0;
  const size = bitsOf(first - before);
  out.code(dc, size);
  out.value(first - before, size);
  let zeros = 0;
  for (let k = 1; k < 64; k++) {
    const value = values[k] ?? 0;
    if (value === 0) {
      zeros++;
      continue;
    }
    for (; zeros > 15; zeros -= 16) out.code(ac, 0xf0);
    const bits = bitsOf(value);
    out.code(ac, zeros * 16 + bits);
    out.value(value, bits);
    zeros = 0;
  }
  if (zeros > 0) out.code(ac, 0);
  return first;
}

const bitsOf = (value: number): number => 32 - Math.clz32(Math.abs(value));

/** The cosine transform of eight values in place, but for factors that quantisation brings (Arai, Agui, Nakajima 1988). */
function transform(block: Float64Array, at: number, step: number): void {
  const value = (i: number) => block[at + i * step] ?? 0;
  const [s07, d07] = [value(0) + value(7), value(0) - value(7)];
  const [s16, d16] = [value(1) + value(6), value(1) - value(6)];
  const [s25, d25] = [value(2) + value(5), value(2) - value(5)];
  const [s34, d34] = [value(3) + value(4), value(3) - value(4)];
  const put = (i: number, result: number) => {
    block[at + i * step] = result;
  };
  const [a, d, b, c] = [s07 + s34, s07 - s34, s16 + s25, s16 - s25];
  const z1 = (c + d) * Math.SQRT1_2;
  put(0, a + b);
  put(4, a - b);
  put(2, d + z1);
  put(6, d - z1);
  const [t0, t1, t2] = [d34 + d25, d25 + d16, d16 + d07];
  const z5 = (t0 - t2) * 0.3826834323650898;
  const z2 = 0.541196100146197 * t0 + z5;
  const z4 = 1.3065629648763766 * t2 + z5;
  const z3 = t1 * Math.SQRT1_2;
  const [z11, z13] = [d07 + z3, d07 - z3];
  put(5, z13 + z2);
  put(3, z13 - z2);
  put(1, z11 + z4);
  put(7, z11 - z4);
}

/** What the transform leaves out of each row and column. */
const left = [1, 1.387039845, 1.306562965, 1.175875602, 1, 0.785694958, 0.5411961, 0.275899379] as const;

/** Places of a block from the lowest frequency to the highest (T.81, figure A.6). */
const zigzag: readonly number[] = Array.from({ length: 64 }, (_, place) => place).sort((a, b) => {
  const diagonal = (place: number) => (place >> 3) + (place & 7);
  const along = (place: number) => (diagonal(place) % 2 === 0 ? place & 7 : place >> 3);
  return diagonal(a) - diagonal(b) || along(a) - along(b);
});

// ---------------------------------------------------------------- tables

/** A Huffman table: how many codes of each length, the symbols in their order, and the code and length of each. */
interface Huffman {
  readonly counts: readonly number[];
  readonly symbols: readonly number[];
  readonly codes: Uint16Array;
  readonly lengths: Uint8Array;
}

interface Table {
  readonly dc: Huffman;
  readonly ac: Huffman;
  /** By place of the block. */
  readonly steps: readonly number[];
  readonly factors: Float64Array;
}

function huffman(counts: readonly number[], symbols: readonly number[]): Huffman {
  const [codes, lengths] = [new Uint16Array(256), new Uint8Array(256)];
  let code = 0;
  let next = 0;
  for (const [i, count] of counts.entries()) {
    for (let k = 0; k < count; k++, code++) {
      const symbol = symbols[next++] ?? 0;
      codes[symbol] = code;
      lengths[symbol] = i + 1;
    }
    code <<= 1;
  }
  return { counts, symbols, codes, lengths };
}

function table(base: readonly number[], dc: Huffman, ac: Huffman): Table {
  const scale = quality < 50 ? 5000 / quality : 200 - quality * 2;
  const steps = base.map((step) => Math.min(255, Math.max(1, Math.floor((step * scale + 50) / 100))));
  const factors = Float64Array.from(steps, (step, i) => 1 / (step * (left[i >> 3] ?? 1) * (left[i & 7] ?? 1) * 8));
  return { dc, ac, steps, factors };
}

const hex = (digits: string): number[] => Array.from(Buffer.from(digits.replace(/\s/gu, ""), "hex"));
const upTo11 = Array.from({ length: 12 }, (_, i) => i);

/** T.81, tables K.1 to K.6. */
const luminance = table(
  [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
    87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
    72, 92, 95, 98, 112, 100, 103, 99,
  ],
  huffman([0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], upTo11),
  huffman(
    [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d],
    hex(`01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738
      393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6
      a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa`),
  ),
);
const chrominance = table(
  [
    17,
    18,
    24,
    47,
    99,
    99,
    99,
    99,
    18,
    21,
    26,
    66,
    99,
    99,
    99,
    99,
    24,
    26,
    56,
    99,
    99,
    99,
    99,
    99,
    47,
    66,
    99,
    99,
    99,
    99,
    99,
    99,
    ...new Array<number>(32).fill(99),
  ],
  huffman([0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], upTo11),
  huffman(
    [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77],
    hex(`00010203110405213106124151076171132232810814 4291a1b1c109233352f0156272d10a162434e125f11718191a262728292a353637
      38393a434445464748494a535455565758595a636465666768696a737475767778797a82838485868788898a92939495969798999aa2a3a4
      a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa`),
  ),
);

// ---------------------------------------------------------------- bits

class Output {
  private buffer: Uint8Array;
  private at = 0;
  private held = 0;
  private count = 0;

  constructor(size: number) {
    this.buffer = new Uint8Array(size + 4096);
  }

  bytes(...values: readonly number[]): void {
    for (const value of values) this.byte(value);
  }

  segment(marker: number, content: readonly number[]): void {
    const length = content.length + 2;
    this.bytes(0xff, marker, length >> 8, length & 255, ...content);
  }

  code({ codes, lengths }: Huffman, symbol: number): void {
    this.bits(codes[symbol] ?? 0, lengths[symbol] ?? 0);
  }

  /** A difference or coefficient (T.81, F.1.2.1). */
  value(value: number, size: number): void {
    if (size > 0) this.bits(value < 0 ? value + (1 << size) - 1 : value, size);
  }

  /** Fills the last byte with ones. */
  flush(): void {
    if (this.count > 0) this.bits(0x7f, 8 - this.count);
  }

  finished(): Uint8Array {
    return this.buffer.slice(0, this.at);
  }

  private bits(value: number, size: number): void {
    this.held = (this.held << size) | (value & ((1 << size) - 1));
    this.count += size;
    while (this.count >= 8) {
      const byte = (this.held >>> (this.count - 8)) & 255;
      this.byte(byte);
      if (byte === 255) this.byte(0);
      this.count -= 8;
    }
  }

  private byte(value: number): void {
    if (this.at === this.buffer.length) {
      const larger = new Uint8Array(this.buffer.length * 2);
      larger.set(this.buffer);
      this.buffer = larger;
    }
    this.buffer[this.at++] = value;
  }
}
