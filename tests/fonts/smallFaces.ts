// Faces made for tests: with names, rights and the tables that a list of faces looks for, but no glyphs; or whole ones
// under other names.
import { assembleSfnt, sfntTables } from "../../shared/layout/sfnt.ts";

export interface NameRecord {
  readonly platform: number;
  readonly encoding: number;
  /** Absent: Chinese, as Windows numbers it. */
  readonly language?: number;
  readonly id: number;
  readonly bytes: Uint8Array;
}

export const utf16 = (text: string) =>
  Uint8Array.from(Array.from(text).flatMap((c) => [c.charCodeAt(0) >> 8, c.charCodeAt(0) & 0xff]));
export const latin = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
/** 仿宋 in GBK. */
export const fangsongGbk = [0xb7, 0xc2, 0xcb, 0xce];

function nameTable(records: readonly NameRecord[]): Uint8Array {
  const storage = 6 + records.length * 12;
  const table = new DataView(new ArrayBuffer(storage + records.reduce((sum, { bytes }) => sum + bytes.length, 0)));
  table.setUint16(2, records.length);
  table.setUint16(4, storage);
  let end = 0;
  for (const [i, { platform, encoding, language = 0x804, id, bytes }] of records.entries()) {
    for (const [k, field] of [platform, encoding, language, id, bytes.length, end].entries())
      table.setUint16(6 + i * 12 + k * 2, field);
    for (const byte of bytes) table.setUint8(storage + end++, byte);
  }
  return new Uint8Array(table.buffer);
}

function os2(fsType: number, weight: number): Uint8Array {
  const table = new DataView(new ArrayBuffer(78));
  table.setUint16(4, weight);
  table.setUint16(8, fsType);
  return new Uint8Array(table.buffer);
}

/** One Unicode subtable of format 4, or one that is none of Unicode's. */
function cmap(unicode: boolean): Uint8Array {
  const table = new DataView(new ArrayBuffer(16));
  table.setUint16(2, 1);
  table.setUint16(4, 3);
  table.setUint16(6, unicode ? 1 : 3);
  table.setUint32(8, 12);
  table.setUint16(12, 4);
  return new Uint8Array(table.buffer);
}

export interface SmallOptions {
  readonly fsType?: number;
  readonly weight?: number;
  readonly outlines?: "glyf" | "CFF ";
  readonly unicode?: boolean;
}

export function smallFace(records: readonly NameRecord[], options: SmallOptions = {}): Uint8Array {
  return assembleSfnt(smallTables(records, options));
}

export function smallTables(records: readonly NameRecord[], options: SmallOptions = {}): Map<string, Uint8Array> {
  const { fsType = 0, weight = 400, outlines = "glyf", unicode = true } = options;
  const some = new Uint8Array(4);
  return new Map([
    ["head", new Uint8Array(54)],
    ["hhea", new Uint8Array(36)],
    ["hmtx", some],
    ["maxp", new Uint8Array(6)],
    ["loca", some],
    ["cmap", cmap(unicode)],
    ["name", nameTable(records)],
    ["OS/2", os2(fsType, weight)],
    [outlines, some],
  ]);
}

export const postScript: NameRecord = { platform: 3, encoding: 1, id: 6, bytes: utf16("TestFangSong") };
export const inUtf16: NameRecord = { platform: 3, encoding: 1, id: 1, bytes: utf16("仿宋") };

/** Faces one behind the other under a TTC header; their table offsets become those of the file. */
export function collected(faces: readonly Uint8Array[]): Uint8Array {
  const starts: number[] = [];
  let end = 12 + faces.length * 4;
  for (const face of faces) {
    starts.push(end);
    end += face.length;
  }
  const file = new Uint8Array(end);
  const view = new DataView(file.buffer);
  view.setUint32(0, 0x74746366);
  view.setUint32(4, 0x00010000);
  view.setUint32(8, faces.length);
  for (const [i, face] of faces.entries()) {
    const start = starts[i] ?? 0;
    view.setUint32(12 + i * 4, start);
    file.set(face, start);
    for (let t = 0; t < view.getUint16(start + 4); t++) {
      const at = start + 12 + t * 16 + 8;
      view.setUint32(at, view.getUint32(at) + start);
    }
  }
  return file;
}

/** A whole face under other names and rights, as if another one were installed. */
export function renamed(face: Uint8Array, records: readonly NameRecord[], options: SmallOptions = {}): Uint8Array {
  const { fsType = 0, weight = 400 } = options;
  return assembleSfnt(new Map([...sfntTables(face), ["name", nameTable(records)], ["OS/2", os2(fsType, weight)]]));
}
