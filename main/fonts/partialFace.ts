// A face that is read piece by piece. A shipped face has some 15 MB of outlines, of which an issue prints a twentieth: the
// other tables are read at once, an outline when it is looked at, and what is never read takes no memory. A woff cannot
// be read so; it is unpacked once into a folder for caches, which may be lost or deleted at any time, and each block that
// is read from there is checked by its sum.
import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { crc32 } from "node:zlib";
import type { FaceBytes } from "../../shared/layout/face.ts";
import { sfntTables } from "../../shared/layout/sfnt.ts";
import { unpackFace, unpackFaceInTurns } from "./container.ts";

/** Bytes that are read, and summed, together. */
const block = 4096;
/** What stands behind the sums: the length of the face, and the sum of the sums. */
const trailer = 8;
/** Of the unpacked files, which their names depend on; grows when they, or what unpackFace makes, become others. */
const format = 1;
/** An unpacked face that was made longer ago goes when another is made. */
const kept = 90 * 24 * 3600 * 1000;

/** A face of a file of any kind that unpackFace knows; `cache`: the folder, null: nothing is kept. Whatever is wrong there,
 *  the face is unpacked in memory. Throws what the file system throws, RangeError for a damaged file. */
export function openFace(path: string, face: number, cache: string | null): FaceBytes {
  const plain = opened(path, (file) => (isPlain(file) ? new PartialFace(file, fstatSync(file).size, null) : null));
  if (plain) return plain;
  const { size, mtimeMs } = statSync(path);
  const unpack = () => unpackFace(readFileSync(path), face);
  if (cache === null) return { bytes: unpack() };
  const place = placeOf(path, face, { size, mtimeMs }, cache);
  const found = openKept(place, unpack);
  if (found) return found;
  const bytes = unpack();
  keep(bytes, place);
  return { bytes };
}

/** Unpacks a face into the cache, with pauses for others, if it is not there yet. Throws as openFace. */
export async function prepareFace(path: string, face: number, cache: string): Promise<void> {
  const place = placeOf(path, face, statSync(path), cache);
  const file = openSync(path, "r");
  try {
    if (isPlain(file) || existsSync(place)) return;
  } finally {
    closeSync(file);
  }
  keep(await unpackFaceInTurns(await readFile(path), face), place);
}

/** Where the unpacked face of a file is kept: another file, or another version of it, has another place. */
function placeOf(path: string, face: number, about: { size: number; mtimeMs: number }, cache: string): string {
  const key = createHash("sha256").update([path, face, about.size, about.mtimeMs, format].join("\n")).digest("hex");
  return join(cache, "faces", `${key.slice(0, 32)}.face`);
}

/** Whether it is one sfnt with TrueType outlines. */
function isPlain(file: number): boolean {
  return [0x00010000, 0x74727565].includes(readAt(file, 0, 4).readUInt32BE(0));
}

/** An unpacked face as `keep` wrote it; null when there is none, or not a whole one. */
function openKept(place: string, unpack: () => Uint8Array): FaceBytes | null {
  try {
    return opened(place, (file) => {
      const { size } = fstatSync(file);
      const end = readAt(file, size - trailer, trailer);
      const length = end.readUInt32BE(0);
      const sums = readAt(file, blocksOf(length) * block, blocksOf(length) * 4);
      const isWhole = blocksOf(length) * (block + 4) + trailer === size && crc32(sums) === end.readUInt32BE(4);
      return isWhole ? new PartialFace(file, length, { sums, unpack }) : null;
    });
  } catch {
    return null; // it is not there, was cut short or changed, and is made anew
  }
}

/** The file stays open as long as the face is held, since glyphs may be asked for at any time. */
const held = new FinalizationRegistry((file: number) => closeSync(file));

function opened(path: string, read: (file: number) => PartialFace | null): PartialFace | null {
  const file = openSync(path, "r");
  let face: PartialFace | null = null;
  try {
    face = read(file);
  } finally {
    if (face) held.register(face, file);
    else closeSync(file);
  }
  return face;
}

/** Without the folder, or room in it, there is no cache. */
function keep(bytes: Uint8Array, place: string): void {
  const folder = dirname(place);
  const sums = Buffer.alloc(blocksOf(bytes.length) * 4);
  const padded = Buffer.alloc(blocksOf(bytes.length) * block);
  padded.set(bytes);
  for (let i = 0; i < blocksOf(bytes.length); i++)
    sums.writeUInt32BE(crc32(padded.subarray(i * block, (i + 1) * block)), i * 4);
  const end = Buffer.alloc(trailer);
  end.writeUInt32BE(bytes.length, 0);
  end.writeUInt32BE(crc32(sums), 4);
  const temporary = `${place}-${process.pid}.tmp`;
  try {
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) {
      const old = join(folder, name);
      if (/\.face(?:-\d+\.tmp)?$/u.test(name) && Date.now() - statSync(old).mtimeMs > kept)
        rmSync(old, { force: true });
    }
    writeFileSync(temporary, Buffer.concat([padded, sums, end]));
    renameSync(temporary, place);
  } catch {
    if (existsSync(temporary)) rmSync(temporary, { force: true });
  }
}

function blocksOf(length: number): number {
  return Math.ceil(length / block);
}

function readAt(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  if (readSync(file, bytes, 0, length, at) < length) throw new RangeError("the file ends early");
  return bytes;
}

/** Of a kept face: the sum of each block, and where to have it from when one is wrong. */
interface Guard {
  readonly sums: Buffer;
  readonly unpack: () => Uint8Array;
}

class PartialFace implements FaceBytes {
  readonly bytes: Uint8Array;
  private readonly file: number;
  private readonly guard: Guard | null;
  /** 1 for a block that has been read. */
  private readonly known: Uint8Array;

  constructor(file: number, length: number, guard: Guard | null) {
    this.file = file;
    this.guard = guard;
    // Memory that is not written to is not taken.
    this.bytes = new Uint8Array(length);
    this.known = new Uint8Array(blocksOf(length));
    this.fetch(0, Math.min(block, length));
    for (const [tag, table] of sfntTables(this.bytes)) if (tag !== "glyf") this.fetch(table.byteOffset, table.length);
  }

  fetch(offset: number, length: number): void {
    const end = Math.min(blocksOf(offset + length), this.known.length);
    for (let first = Math.floor(offset / block); first < end; first++) {
      if (this.known[first] === 1) continue;
      let next = first + 1;
      while (next < end && this.known[next] === 0) next++;
      this.read(first, next);
      first = next;
    }
  }

  private read(first: number, next: number): void {
    const start = first * block;
    const length = Math.min(next * block, this.bytes.length) - start;
    const got = readSync(this.file, this.bytes, start, length, start);
    this.known.fill(1, first, next);
    if (this.guard === null) {
      if (got < length) throw new RangeError("the file of a face has become shorter");
      return;
    }
    const { sums, unpack } = this.guard;
    for (let i = first; i < next; i++)
      if (sumOf(this.bytes, i) !== sums.readUInt32BE(i * 4)) {
        this.bytes.set(unpack());
        this.known.fill(1);
        return;
      }
  }
}

/** The sum of a block, filled with zeros at the end of the face. */
function sumOf(bytes: Uint8Array, index: number): number {
  const own = bytes.subarray(index * block, (index + 1) * block);
  const sum = crc32(own);
  return own.length === block ? sum : crc32(new Uint8Array(block - own.length), sum);
}
