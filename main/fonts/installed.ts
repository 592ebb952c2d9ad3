// The fonts installed on this machine: names, weight, embedding right and kind of outline of every face, read from
// header, name, OS/2 and head through small reads, so that a hundred faces are listed in some 30 ms; and remembered by
// path, time and size of their files, so that the next time only these are looked at.
import { closeSync, type Dirent, fstatSync, openSync, readdirSync, readSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { FaceId } from "../../shared/layout/display.ts";
import type { FaceMemory } from "./memory.ts";

export interface InstalledFace {
  readonly path: string;
  /** Index in a collection (TTC); 0 for a single face. */
  readonly face: number;
  /** The PostScript name where it can serve as one, else made of the names: the same on every machine. */
  readonly id: FaceId;
  /** Family, full and PostScript names, every language. */
  readonly names: readonly string[];
  /** Family with its weight or slope, in Chinese where the face says so: 方正小标宋简体, 思源黑体 Bold. */
  readonly family: string;
  /** OS/2 usWeightClass: 400 regular, 700 bold. */
  readonly weight: number;
  readonly italic: boolean;
  /** OS/2 says that it has CJK ideographs. */
  readonly chinese: boolean;
  /** null: it lacks what a face needs to be set: outlines, metrics, or a Unicode cmap. */
  readonly outlines: "glyf" | "CFF" | null;
  /** OS/2 fsType, the embedding right. */
  readonly fsType: number;
}

function fontFolders(): string[] {
  const home = homeFolder();
  const own = (...parts: string[]) => (home === null ? [] : [join(home, ...parts)]);
  if (process.platform === "win32")
    return [
      join(process.env.WINDIR ?? "C:\\Windows", "Fonts"),
      ...(process.env.LOCALAPPDATA
        ? [join(process.env.LOCALAPPDATA, "Microsoft", "Windows", "Fonts")]
        : own("AppData", "Local", "Microsoft", "Windows", "Fonts")),
    ];
  if (process.platform === "darwin") return ["/System/Library/Fonts", "/Library/Fonts", ...own("Library", "Fonts")];
  return ["/usr/share/fonts", "/usr/local/share/fonts", ...own(".local", "share", "fonts"), ...own(".fonts")];
}

/** A service account may have no home at all. */
function homeFolder(): string | null {
  try {
    return homedir();
  } catch {
    return null;
  }
}

/** Every readable face in the folders, in a fixed order (path, then index); of faces under one id the first. Dangling
 *  links, unreadable folders and damaged files are passed over: they are other programs' business. */
export function installedFaces(folders: readonly string[] = fontFolders(), memory?: FaceMemory): InstalledFace[] {
  const faces = new Map<FaceId, InstalledFace>();
  const seen = new Set<string>();
  for (const path of folders.flatMap((folder) => fontFiles(folder, seen)))
    for (const face of facesOf(path, memory)) if (!faces.has(face.id)) faces.set(face.id, face);
  return [...faces.values()];
}

function facesOf(path: string, memory: FaceMemory | undefined): readonly InstalledFace[] {
  try {
    const stamp = fileStamp(path);
    return memory ? memory.faces(path, stamp, () => readOrNone(path)) : readOrNone(path);
  } catch {
    return []; // A link that leads nowhere.
  }
}

/** Time (ms) and size (bytes) of a file: while both are the same, so are its faces. */
export interface FileStamp {
  readonly modified: number;
  readonly size: number;
}

export function fileStamp(path: string): FileStamp {
  const { mtimeMs, size } = statSync(path);
  return { modified: Math.floor(mtimeMs), size };
}

/** None when it is not a font after all, or not ours to read. */
function readOrNone(path: string): InstalledFace[] {
  try {
    return readFaces(path);
  } catch {
    return [];
  }
}

/** Follows links to folders, each real folder once: `seen` holds those that were looked into. */
function fontFiles(folder: string, seen: Set<string>): string[] {
  let entries: Dirent[];
  try {
    const real = realpathSync(folder);
    if (seen.has(real)) return [];
    seen.add(real);
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (/\.(ttf|ttc|otf|otc)$/i.test(entry.name)) return entry.isFile() || entry.isSymbolicLink() ? [path] : [];
      return entry.isDirectory() || entry.isSymbolicLink() ? fontFiles(path, seen) : [];
    });
}

type Read = (offset: number, length: number) => DataView;

function readFaces(path: string): InstalledFace[] {
  const file = openSync(path, "r");
  try {
    const read: Read = (offset, length) => {
      const bytes = new Uint8Array(length);
      const got = readSync(file, bytes, 0, length, offset);
      return new DataView(bytes.buffer, 0, got);
    };
    const header = read(0, 12);
    const offsets: number[] = [];
    if (header.getUint32(0) === 0x74746366) {
      const list = read(12, Math.min(header.getUint32(8), mostFaces) * 4);
      for (let i = 0; i < list.byteLength; i += 4) offsets.push(list.getUint32(i));
    } else offsets.push(0);
    const { size } = fstatSync(file);
    return offsets.map((offset, face) => readFace(path, face, offset, size, read));
  } finally {
    closeSync(file);
  }
}

/** Bit 59 of the Unicode ranges, in the second word of four. */
const ideographs = 1 << 27;

/** More than these are a sign of a damaged file, whose count would else be taken for a length to read. */
const mostFaces = 256;
const mostNameBytes = 1 << 20;
const longestName = 200;

function readFace(path: string, face: number, start: number, size: number, read: Read): InstalledFace {
  const count = read(start, 12).getUint16(4);
  const directory = read(start + 12, count * 16);
  const tables = new Map<string, { offset: number; length: number }>();
  for (let at = 0; at < directory.byteLength; at += 16)
    tables.set(ascii(directory, at), { offset: directory.getUint32(at + 8), length: directory.getUint32(at + 12) });
  const name = tables.get("name");
  const records = name ? readNames(read(name.offset, Math.min(name.length, mostNameBytes))) : [];
  const names = [...new Set(records.filter((record) => listed.has(record.id)).map((record) => record.text))];
  const os2 = tables.get("OS/2");
  const about = os2 ? read(os2.offset, Math.min(os2.length, 64)) : null;
  const long = about !== null && about.byteLength >= 64;
  return {
    path,
    face,
    id: faceId(records, names),
    names,
    family: familyName(records) || names[0] || "没有名称的字体",
    weight: about?.getUint16(4) ?? 400,
    italic: long && (about.getUint16(62) & 1) === 1,
    chinese: long && (about.getUint32(46) & ideographs) !== 0,
    outlines: outlinesOf(tables, size, read),
    fsType: about?.getUint16(8) ?? 0,
  };
}

type Tables = ReadonlyMap<string, { readonly offset: number; readonly length: number }>;

function outlinesOf(tables: Tables, size: number, read: Read): InstalledFace["outlines"] {
  const whole = (...tags: string[]) =>
    tags.every((tag) => {
      const table = tables.get(tag);
      return table !== undefined && table.length > 0 && table.offset + table.length <= size;
    });
  if (!whole("head", "maxp", "hhea", "hmtx", "cmap") || !hasUnicode(tables.get("cmap")?.offset ?? 0, read)) return null;
  return whole("glyf", "loca") ? "glyf" : whole("CFF ") ? "CFF" : null;
}

/** Whether a cmap has a Unicode subtable of a kind that Face reads. */
function hasUnicode(cmap: number, read: Read): boolean {
  const records = read(cmap + 4, Math.min(read(cmap, 4).getUint16(2), 64) * 8);
  for (let at = 0; at + 8 <= records.byteLength; at += 8) {
    const [platform, encoding] = [records.getUint16(at), records.getUint16(at + 2)];
    if (platform !== 0 && !(platform === 3 && [1, 10].includes(encoding))) continue;
    if ([4, 12].includes(read(cmap + records.getUint32(at + 4), 2).getUint16(0))) return true;
  }
  return false;
}

// ---- names

/** Name ids of the OpenType specification. */
const nameId = { family: 1, subfamily: 2, full: 4, postScript: 6, typoFamily: 16, typoSubfamily: 17 } as const;
const listed: ReadonlySet<number> = new Set([nameId.family, nameId.full, nameId.postScript, nameId.typoFamily]);
const wanted: ReadonlySet<number> = new Set(Object.values(nameId));

interface NameRecord {
  readonly id: number;
  readonly chinese: boolean;
  readonly text: string;
}

/** The records of the platforms that Chinese fonts use; one that cannot be read is left out. */
function readNames(table: DataView): NameRecord[] {
  const storage = table.getUint16(4);
  const records: NameRecord[] = [];
  for (let i = 0; i < table.getUint16(2); i++) {
    const record = 6 + i * 12;
    const [platform, encoding, language, id] = [0, 2, 4, 6].map((at) => table.getUint16(record + at));
    const decoder = nameEncoding(platform ?? 0, encoding ?? 0);
    if (!decoder || id === undefined || !wanted.has(id)) continue;
    const start = storage + table.getUint16(record + 10);
    const length = table.getUint16(record + 8);
    if (start + length > table.byteLength) continue;
    let bytes = new Uint8Array(table.buffer, table.byteOffset + start, length);
    // GBK names on platform 3 are stored as 16-bit units: single-byte characters carry a leading zero.
    if (decoder === "gbk") bytes = bytes.filter((byte) => byte !== 0);
    const text = new TextDecoder(decoder)
      .decode(bytes)
      .replace(/\p{Cc}/gu, "")
      .trim()
      .slice(0, longestName);
    const chinese = (platform === 3 && language === 0x804) || (platform === 1 && language === 33);
    if (text) records.push({ id, chinese, text });
  }
  return records;
}

function nameEncoding(platform: number, encoding: number): string | null {
  if (platform === 0 || (platform === 3 && [0, 1, 10].includes(encoding))) return "utf-16be";
  if (platform === 3 && encoding === 3) return "gbk";
  if (platform === 1 && encoding === 25) return "gbk";
  if (platform === 1 && encoding === 0) return "macintosh";
  return null;
}

/** The PostScript name without what no PDF name and no address of the preview takes. */
function faceId(records: readonly NameRecord[], names: readonly string[]): FaceId {
  const clean = (text: string) => text.replace(/[^\w-]/g, "").slice(0, 63);
  const named = records.filter((record) => record.id === nameId.postScript).map((record) => clean(record.text));
  return named.find((name) => name.length >= 2) ?? `Face-${fnv(names.join("\n"))}`;
}

function fnv(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, "0");
}

const plain = /^(regular|normal|book|roman|常规|标准|正常)$/iu;

/** The Chinese names where there are any; of one language, the typographic ones, which do not squeeze the weight into
 *  the family. */
function familyName(records: readonly NameRecord[]): string {
  const find = (chinese: boolean, ...ids: number[]) =>
    ids.flatMap((id) => records.find((record) => record.id === id && record.chinese === chinese)?.text ?? [])[0];
  const either = (...ids: number[]) => find(true, ...ids) ?? find(false, ...ids);
  const family = either(nameId.typoFamily, nameId.family);
  const style = either(nameId.typoSubfamily, nameId.subfamily);
  return family === undefined ? "" : style === undefined || plain.test(style) ? family : `${family} ${style}`;
}

function ascii(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
}
