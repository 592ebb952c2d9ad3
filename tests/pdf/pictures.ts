// Small picture files: a PNG of any kind, made here, and JPEGs of 16 × 8 pixels whose quarters are red, green, blue and
// white (in grey: as light as these).
import { crc32, deflateSync } from "node:zlib";

/** An RGBA colour, 0 … 255 each. */
export type Colour = readonly [red: number, green: number, blue: number, alpha: number];
export const red: Colour = [255, 0, 0, 255];
export const green: Colour = [0, 255, 0, 255];
export const blue: Colour = [0, 0, 255, 255];
export const white: Colour = [255, 255, 255, 255];

const size = { width: 16, height: 8 } as const;
const quarter = (x: number, y: number) => (y < size.height / 2 ? 0 : 2) + (x < size.width / 2 ? 0 : 1);

interface PngOptions {
  readonly colour: 0 | 2 | 3 | 4 | 6;
  readonly depth?: number;
  /** Filter type of each row in turn, ISO/IEC 15948 9.2. */
  readonly filters?: readonly number[];
  /** Colours of the quarters: top left, top right, bottom left, bottom right. */
  readonly quarters?: readonly Colour[];
  /** Content of the tRNS chunk. */
  readonly transparency?: readonly number[];
  readonly interlaced?: boolean;
  /** Changes the chunks before they are put together. */
  readonly chunks?: (chunks: [string, Uint8Array][]) => [string, Uint8Array][];
}

/** Start and step of the passes of an interlaced PNG. */
const adam7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];

/** A PNG of 16 × 8 pixels in four quarters. */
export function png(options: PngOptions): Uint8Array {
  const { colour, depth = 8, quarters = [red, green, blue, white], transparency, interlaced = false } = options;
  const bits = (x: number, y: number) => samples(quarters[quarter(x, y)] ?? white, quarter(x, y), colour, depth);
  const passes = interlaced ? adam7 : [[0, 0, 1, 1]];
  const rows: Buffer[] = [];
  for (const [left = 0, top = 0, stepX = 1, stepY = 1] of passes) {
    let above = Buffer.alloc(0);
    for (let y = top, n = 0; y < size.height; y += stepY, n++) {
      let row = "";
      for (let x = left; x < size.width; x += stepX) row += bits(x, y);
      const bytes = Buffer.from(row.match(/.{1,8}/g)?.map((byte) => Number.parseInt(byte.padEnd(8, "0"), 2)) ?? []);
      const filter = options.filters?.[n % options.filters.length] ?? 0;
      rows.push(filtered(bytes, above, filter, Math.max(1, bits(0, 0).length / 8)));
      above = bytes;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size.width, 0);
  header.writeUInt32BE(size.height, 4);
  header.set([depth, colour, 0, 0, interlaced ? 1 : 0], 8);
  const chunks: [string, Uint8Array][] = [
    ["IHDR", header],
    ["IDAT", deflateSync(Buffer.concat(rows))],
    ["IEND", new Uint8Array()],
  ];
  if (transparency) chunks.splice(1, 0, ["tRNS", Uint8Array.from(transparency)]);
  if (colour === 3) chunks.splice(1, 0, ["PLTE", Uint8Array.from(quarters.flatMap((each) => each.slice(0, 3)))]);
  return pngOf(options.chunks?.(chunks) ?? chunks);
}

/** A PNG of RGB whose pixels a function gives. */
export function paintedPng(
  width: number,
  height: number,
  at: (x: number, y: number) => readonly [red: number, green: number, blue: number],
  extra: readonly (readonly [string, Uint8Array])[] = [],
): Uint8Array {
  const rows = new Uint8Array((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rows.set(at(x, y), y * (width * 3 + 1) + 1 + x * 3);
  return rgbPng(width, height, rows, extra);
}

/** A PNG of RGB triples; `rows`: each row behind the byte of its filter. */
export function rgbPng(
  width: number,
  height: number,
  rows: Uint8Array,
  extra: readonly (readonly [string, Uint8Array])[] = [],
): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  return pngOf([["IHDR", header], ...extra, ["IDAT", deflateSync(rows)], ["IEND", new Uint8Array()]]);
}

export function pngOf(chunks: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const written = chunks.map(([name, content]) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(content.length);
    const named = Buffer.concat([Buffer.from(name, "latin1"), content]);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, check]);
  });
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), ...written]);
}

/** The samples of a pixel as binary digits; a palette has a colour for each quarter. */
function samples([r, g, b, a]: Colour, index: number, colour: number, depth: number): string {
  const values: Readonly<Record<number, readonly number[]>> = { 0: [r], 2: [r, g, b], 4: [r, a], 6: [r, g, b, a] };
  if (colour === 3) return index.toString(2).padStart(depth, "0");
  const most = 2 ** depth - 1;
  return (values[colour] ?? [])
    .map((value) =>
      Math.round((value / 255) * most)
        .toString(2)
        .padStart(depth, "0"),
    )
    .join("");
}

function filtered(row: Buffer, above: Buffer, filter: number, step: number): Buffer {
  const result = Buffer.alloc(row.length + 1);
  result[0] = filter;
  for (const [x, value] of row.entries()) {
    const left = row[x - step] ?? 0;
    const up = above[x] ?? 0;
    const corner = above[x - step] ?? 0;
    const nearest = [left, up, corner]
      .map((each, i) => ({ each, i, far: Math.abs(left + up - corner - each) }))
      .sort((a, b) => a.far - b.far || a.i - b.i)[0];
    const predicted = [0, left, up, (left + up) >> 1, nearest?.each ?? 0][filter] ?? 0;
    result[x + 1] = value - predicted;
  }
  return result;
}

const jpegs = {
  colour:
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wAARCAAIABADAREAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAACAn/xAAcEAABAwUAAAAAAAAAAAAAAAAAFxhlZqSl4uP/xAAWAQEBAQAAAAAAAAAAAAAAAAAIBwn/xAAbEQABBQEBAAAAAAAAAAAAAAAAFxhko+Nl4v/aAAwDAQACEQMRAD8AGyrRdxqXBsnYo2Ea4flXZFkGf1bjeoH0ymV+zONHZ9Wh/9k=",
  progressive:
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wgARCAAIABADAREAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAABwj/xAAWAQEBAQAAAAAAAAAAAAAAAAAHBgj/2gAMAwEAAhADEAAAARq4RrID84//xAAWEAEBAQAAAAAAAAAAAAAAAAAAFRb/2gAIAQEAAQUCqse//8QAGhEAAQUBAAAAAAAAAAAAAAAAABYXY6LiZP/aAAgBAwEBPwFw+W+RHT10f//EABsRAAEEAwAAAAAAAAAAAAAAAAAWF2OiZOHi/9oACAECAQE/AWyzKdiZmrs//8QAGRAAAQUAAAAAAAAAAAAAAAAAADM0oqPh/9oACAEBAAY/AkpDuvT/xAAWEAADAAAAAAAAAAAAAAAAAAAQ8PH/2gAIAQEAAT8haAX/2gAMAwEAAgADAAAAELf/xAAUEQEAAAAAAAAAAAAAAAAAAAAQ/9oACAEDAQE/EDW//8QAFBEBAAAAAAAAAAAAAAAAAAAAEP/aAAgBAgEBPxAqf//EABQQAQAAAAAAAAAAAAAAAAAAABD/2gAIAQEAAT8QAX//2Q==",
  cmyk: "/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwADAgIDAgIDAwMDBAMDBAUIBQUEBAUKBwcGCAwKDAwLCgsLDQ4SEA0OEQ4LCxAWEBETFBUVFQwPFxgWFBgSFBUU/9sAQwEDBAQFBAUJBQUJFA0LDRQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU/8AAFAgACAAQBAERAAIRAQMRAQQRAP/EABYAAQEBAAAAAAAAAAAAAAAAAAkACP/EABwQAAEDBQAAAAAAAAAAAAAAAAAXGGVmpKXi4//EABYBAQEBAAAAAAAAAAAAAAAAAAgHCf/EABsRAAEFAQEAAAAAAAAAAAAAAAAXGGSj42Xi/9oADgQBAAIRAxEEAAA/ANjpTKW+xDnOce/EODd+rTqKmDe8CkslyHCpsOzwaPLFAtzI/9k=",
  grey: "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/wAALCAAIABABAREA/8QAFQABAQAAAAAAAAAAAAAAAAAACAn/xAAcEAABAwUAAAAAAAAAAAAAAAAAFxhkZaOk4uP/2gAIAQEAAD8ABShQL2peZvVfwuh//9k=",
} as const;

export function jpeg(kind: keyof typeof jpegs): Uint8Array {
  return Buffer.from(jpegs[kind], "base64");
}

/** A JPEG with an Exif orientation; `little`: in Intel's byte order. */
export function turnedJpeg(orientation: number, little = true, kind: keyof typeof jpegs = "colour"): Uint8Array {
  const entry = little
    ? [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]
    : [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
  const exif = [...Buffer.from("Exif\0\0", "latin1"), ...entry, 0, 0, 0, 0];
  const plain = jpeg(kind);
  return Buffer.concat([
    plain.subarray(0, 2),
    Uint8Array.from([0xff, 0xe1, 0, exif.length + 2, ...exif]),
    plain.subarray(2),
  ]);
}
