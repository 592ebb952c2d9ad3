// What a PNG or JPEG file says of itself: the two kinds of picture that window, preview and PDF all understand (a drawing is
// made one of them when it is inserted). Read from the bytes, never from the file's name. Pure: whether the pixels can be
// unpacked is for main to try (import/image.ts).
import { maxSide } from "./check.ts";
import { GazetteError } from "./gazetteError.ts";

/** PNG (ISO/IEC 15948). `width` and `height` in pixels. */
export interface PngFile {
  readonly mime: "image/png";
  readonly width: number;
  readonly height: number;
  /** Bits of a sample. */
  readonly depth: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha. */
  readonly colour: number;
  readonly interlaced: boolean;
  /** RGB triples of colour 3. */
  readonly palette: Uint8Array | null;
  /** The tRNS chunk: the transparent colour of 0 and 2, an alpha for each colour of 3. */
  readonly transparency: Uint8Array | null;
  /** The pieces of one zlib stream. */
  readonly data: readonly Uint8Array[];
  /** What its colours are: an ICC profile, packed as a zlib stream (iCCP). Null: sRGB. */
  readonly packedProfile: Uint8Array | null;
  /** Made from a drawing, whose lines are finer than those of a photograph. */
  readonly drawn: boolean;
  readonly orientation: 1;
}

/** JPEG (ITU-T T.81), Huffman coded, 8 bits. `width` and `height` as stored, before `orientation` turns it. */
export interface JpegFile {
  readonly mime: "image/jpeg";
  readonly width: number;
  readonly height: number;
  /** 1 grey, 3 colour, 4 CMYK. */
  readonly components: number;
  /** Written by Adobe: its CMYK values count from white. */
  readonly adobe: boolean;
  /** What its colours are: an ICC profile. Null: sRGB, or the inks of any press. */
  readonly profile: Uint8Array | null;
  /** Exif 2.3, tag 0x0112: how it is to be turned or mirrored to stand upright. */
  readonly orientation: Orientation;
}
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
export type ImageFile = PngFile | JpegFile;

/** Most pixels of a picture: an A3 page scanned at 400 dpi has 31 million. */
export const maxPixels = 50_000_000;

/** Throws GazetteError badFile, naming the file, for anything but a whole PNG or JPEG that can be printed. */
export function readImageFile(bytes: Uint8Array, fileName: string): ImageFile {
  const kind = signatures.find(({ magic, at = 0 }) => magic.every((byte, i) => bytes[at + i] === byte));
  if (!kind?.read) {
    const what = kind ? `是${kind.name}图片` : "不是PNG、JPEG或SVG图片";
    throw new GazetteError("badFile", `“${fileName}”${what}，请另存为PNG或JPEG后再插入。`);
  }
  const file = kind.read(bytes);
  if (file === "broken") throw brokenImage(fileName);
  if (file === "moving")
    throw new GazetteError("badFile", `“${fileName}”是会动的图片，纸上印不出来，请把要印的那一帧另存为PNG后再插入。`);
  if (file === "odd")
    throw new GazetteError("badFile", `“${fileName}”是少见的JPEG格式，印不出来，请另存为普通的JPEG或PNG后再插入。`);
  if (file.width > maxSide || file.height > maxSide || file.width * file.height > maxPixels)
    throw new GazetteError(
      "badFile",
      `“${fileName}”有${file.width}×${file.height}像素，最多${maxSide}像素见方、${maxPixels / 10_000}万像素，请缩小后再插入。`,
    );
  return file;
}

export function brokenImage(fileName: string): GazetteError {
  return new GazetteError("badFile", `“${fileName}”已损坏，图片不完整，请重新导出或另找一份后再插入。`);
}

/** Width and height as the picture is seen, in pixels. */
export function seenSize({ width, height, orientation }: ImageFile): { width: number; height: number } {
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

type Found = ImageFile | "broken" | "odd" | "moving";
interface Signature {
  readonly name: string;
  readonly magic: readonly number[];
  readonly at?: number;
  readonly read?: (bytes: Uint8Array) => Found;
}

const ascii = (text: string): number[] => Array.from(text, (char) => char.charCodeAt(0));
const signatures: readonly Signature[] = [
  { name: "PNG", magic: [0x89, ...ascii("PNG"), 0x0d, 0x0a, 0x1a, 0x0a], read: readPng },
  { name: "JPEG", magic: [0xff, 0xd8, 0xff], read: readJpeg },
  { name: "GIF", magic: ascii("GIF8") },
  { name: "WebP", magic: ascii("WEBP"), at: 8 },
  { name: "BMP", magic: ascii("BM") },
  { name: "TIFF", magic: [...ascii("II"), 42, 0] },
  { name: "TIFF", magic: [...ascii("MM"), 0, 42] },
  { name: "HEIC", magic: ascii("ftyphei"), at: 4 },
  { name: "HEIC", magic: ascii("ftypmif1"), at: 4 },
  { name: "AVIF", magic: ascii("ftypavif"), at: 4 },
  { name: "JPEG 2000", magic: ascii("jP  "), at: 4 },
  { name: "WMF", magic: [0xd7, 0xcd, 0xc6, 0x9a] },
  { name: "EMF", magic: ascii(" EMF"), at: 40 },
];

// ---------------------------------------------------------------- PNG

const depthsOf: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/** A chunk of a PNG; `check`: where its type begins, which its CRC counts from. */
export interface PngChunk {
  readonly name: string;
  readonly content: Uint8Array;
  readonly check: number;
}

/** The chunks up to the end of the picture; null when it is cut off before. */
export function pngChunks(bytes: Uint8Array): PngChunk[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: PngChunk[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (at + 12 + length > bytes.length) return null;
    chunks.push({ name, content: bytes.subarray(at + 8, at + 8 + length), check: at + 4 });
    if (name === "IEND") return chunks;
    at += 12 + length;
  }
  return null;
}

function readPng(bytes: Uint8Array): Found {
  const chunks = pngChunks(bytes);
  if (!chunks) return "broken";
  const first = (name: string) => chunks.find((chunk) => chunk.name === name)?.content;
  const data = chunks.filter(({ name }) => name === "IDAT").map(({ content }) => content);
  const header = first("IHDR");
  if (header?.length !== 13 || data.length === 0) return "broken";
  const about = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const [width, height] = [about.getUint32(0), about.getUint32(4)];
  const [depth, colour, packing, filter, interlace] = Array.from(header.subarray(8));
  if (depth === undefined || colour === undefined || !depthsOf[colour]?.includes(depth)) return "broken";
  if (width === 0 || height === 0 || packing !== 0 || filter !== 0 || (interlace ?? 2) > 1) return "broken";
  if (first("acTL")) return "moving";
  const palette = colour === 3 ? (first("PLTE") ?? null) : null;
  const colours = (palette?.length ?? 0) / 3;
  if (colour === 3 && !(Number.isInteger(colours) && colours >= 1 && colours <= 256)) return "broken";
  const transparency = colour === 4 || colour === 6 ? null : (first("tRNS") ?? null);
  if (transparency && !isTransparency(transparency.length, colour, colours)) return "broken";
  const profile = first("iCCP");
  const name = profile?.indexOf(0) ?? 0;
  return {
    mime: "image/png",
    width,
    height,
    depth,
    colour,
    interlaced: interlace === 1,
    palette,
    transparency,
    data,
    packedProfile: profile && name > 0 ? profile.subarray(name + 2) : null,
    drawn: chunks.some(({ name, content }) => name === "tEXt" && startsWith(content, drawingMark)),
    orientation: 1,
  };
}

/** A tEXt chunk that says so of a PNG which was made from a drawing (ISO/IEC 15948, 11.3.4.3). */
export const drawingMark: readonly number[] = [...ascii("Source"), 0, ...ascii("SVG")];

/** Whether a tRNS chunk may have that many bytes (ISO/IEC 15948, 11.3.2.1). */
function isTransparency(length: number, colour: number, colours: number): boolean {
  if (colour === 3) return length <= colours;
  return length === (colour === 0 ? 2 : 6);
}

/** Samples of a pixel by colour type. */
const samplesOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Samples of a pixel. */
export function pixelSamples({ colour }: PngFile): number {
  return samplesOf[colour] ?? 1;
}

/** Bits of a pixel. */
export function pixelBits(file: PngFile): number {
  return pixelSamples(file) * file.depth;
}

/** Start and step of the seven passes of an interlaced PNG. */
export const interlacePasses = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** Bytes of the unpacked rows, each behind the byte of its filter. */
export function unpackedLength(file: PngFile): number {
  const { width, height, interlaced } = file;
  const rows = (columns: number, lines: number) =>
    columns > 0 && lines > 0 ? lines * (1 + Math.ceil((columns * pixelBits(file)) / 8)) : 0;
  if (!interlaced) return rows(width, height);
  return interlacePasses.reduce(
    (sum, [x, y, stepX, stepY]) => sum + rows(Math.ceil((width - x) / stepX), Math.ceil((height - y) / stepY)),
    0,
  );
}

// ---------------------------------------------------------------- JPEG

/** Sequential and progressive Huffman coding, which PDF's DCTDecode knows (ISO 32000-1, 7.4.8). */
const knownFrames = [0xc0, 0xc1, 0xc2];
/** These look like frames and are tables. */
const noFrames = [0xc4, 0xc8, 0xcc];

function readJpeg(bytes: Uint8Array): Found {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let frame: { width: number; height: number; components: number } | null = null;
  let orientation: Orientation = 1;
  let adobe = false;
  const profile: Uint8Array[] = [];
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return "broken";
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = view.getUint16(at + 2);
    const content = bytes.subarray(at + 4, at + 2 + length);
    if (length < 2 || at + 2 + length > bytes.length) return "broken";
    if (marker === 0xda) {
      if (!frame || !hasEnd(bytes, at + 2 + length)) return "broken";
      return { mime: "image/jpeg", ...frame, adobe, profile: joined(profile), orientation };
    }
    if (marker >= 0xc0 && marker <= 0xcf && !noFrames.includes(marker)) {
      if (content.length < 6) return "broken";
      const [precision, components] = [content[0], content[5] ?? 0];
      if (!knownFrames.includes(marker) || precision !== 8 || ![1, 3, 4].includes(components)) return "odd";
      frame = { height: view.getUint16(at + 5), width: view.getUint16(at + 7), components };
      if (frame.width === 0 || frame.height === 0) return "odd";
    } else if (marker === 0xe1) orientation = exifOrientation(content) ?? orientation;
    else if (marker === 0xe2 && startsWith(content, iccMark)) profile[content[12] ?? 0] = content.subarray(14);
    else if (marker === 0xee && startsWith(content, ascii("Adobe"))) adobe = true;
    at += 2 + length;
  }
  return "broken";
}

/** ICC.1:2010, B.4: a profile in pieces, each with its number and how many there are. */
const iccMark: readonly number[] = [...ascii("ICC_PROFILE"), 0];

/** The pieces of a profile in their order; null when there are none. */
function joined(pieces: readonly Uint8Array[]): Uint8Array | null {
  const all = Object.values(pieces);
  if (all.length === 0) return null;
  const whole = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of all) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Whether the end-of-image marker stands behind `from`; what some cameras append after it does no harm. */
function hasEnd(bytes: Uint8Array, from: number): boolean {
  for (let at = bytes.length - 2; at >= from; at--) if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return true;
  return false;
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

/** From the content of an APP1 segment; null when it says nothing of it. */
function exifOrientation(content: Uint8Array): Orientation | null {
  if (!startsWith(content, [...ascii("Exif"), 0, 0]) || content.length < 14) return null;
  const view = new DataView(content.buffer, content.byteOffset + 6, content.byteLength - 6);
  const little = view.getUint16(0) === 0x4949;
  const directory = view.getUint32(4, little);
  if (directory + 2 > view.byteLength) return null;
  for (let i = 0; i < view.getUint16(directory, little); i++) {
    const entry = directory + 2 + i * 12;
    if (entry + 12 > view.byteLength) return null;
    if (view.getUint16(entry, little) !== 0x0112) continue;
    const value = view.getUint16(entry + 8, little);
    return value >= 1 && value <= 8 ? (value as Orientation) : null;
  }
  return null;
}
