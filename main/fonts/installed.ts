// The fonts installed on this machine, as far as the program needs them: names, embedding right and kind of outline,
// read from header, name and OS/2 through small reads, so that a hundred faces are listed in some 30 ms.
import { closeSync, type Dirent, openSync, readdirSync, readSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

export interface InstalledFace {
  readonly path: string;
  /** Index in a collection (TTC); 0 for a single face. */
  readonly face: number;
  /** Family, full and PostScript names, every language. */
  readonly names: readonly string[];
  readonly postScript: string;
  /** Why the face cannot be printed with, as a Chinese phrase; null when it can. */
  readonly unusable: string | null;
}

export function fontFolders(): string[] {
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

/** Every readable face in the folders, in a fixed order (path, then index). Dangling links, unreadable folders and
 *  damaged files are passed over: they are other programs' business. */
export function installedFaces(folders: readonly string[] = fontFolders()): InstalledFace[] {
  const faces: InstalledFace[] = [];
  const seen = new Set<string>();
  for (const path of folders.flatMap((folder) => fontFiles(folder, seen))) {
    try {
      faces.push(...readFaces(path));
    } catch {
      // Not a font after all, or not ours to read.
    }
  }
  return faces;
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

function readFaces(path: string): InstalledFace[] {
  const file = openSync(path, "r");
  try {
    const read = (offset: number, length: number): DataView => {
      const bytes = new Uint8Array(length);
      const got = readSync(file, bytes, 0, length, offset);
      return new DataView(bytes.buffer, 0, got);
    };
    const header = read(0, 12);
    const offsets: number[] = [];
    if (header.getUint32(0) === 0x74746366) {
      const list = read(12, header.getUint32(8) * 4);
      for (let i = 0; i < list.byteLength; i += 4) offsets.push(list.getUint32(i));
    } else offsets.push(0);
    return offsets.map((offset, face) => readFace(path, face, offset, read));
  } finally {
    closeSync(file);
  }
}

function readFace(
  path: string,
  face: number,
  start: number,
  read: (offset: number, length: number) => DataView,
): InstalledFace {
  const count = read(start, 12).getUint16(4);
  const directory = read(start + 12, count * 16);
  const tables = new Map<string, { offset: number; length: number }>();
  for (let at = 0; at < directory.byteLength; at += 16)
    tables.set(ascii(directory, at), { offset: directory.getUint32(at + 8), length: directory.getUint32(at + 12) });
  const name = tables.get("name");
  const os2 = tables.get("OS/2");
  const { names, postScript } = name ? readNames(read(name.offset, name.length)) : { names: [], postScript: "" };
  const fsType = os2 ? read(os2.offset, 10).getUint16(8) : 0;
  return { path, face, names, postScript, unusable: refusal(tables.has("glyf"), fsType) };
}

/** OS/2 fsType: 2 forbids embedding, 0x100 subsetting, 0x200 anything but bitmaps; 4 and 8 allow documents. */
function refusal(trueType: boolean, fsType: number): string | null {
  if ((fsType & 0xf) === 2) return "字体许可不允许嵌入";
  if (fsType & 0x100) return "字体许可不允许子集嵌入";
  if (fsType & 0x200) return "字体许可只允许嵌入点阵";
  return trueType ? null : "不是 TrueType 轮廓";
}

/** Name ids 1, 4, 16 (families, full name) and 6 (PostScript), of the platforms Chinese fonts use. */
function readNames(table: DataView): { names: string[]; postScript: string } {
  const names = new Set<string>();
  let postScript = "";
  const storage = table.getUint16(4);
  for (let i = 0; i < table.getUint16(2); i++) {
    const record = 6 + i * 12;
    const id = table.getUint16(record + 6);
    if (![1, 4, 6, 16].includes(id)) continue;
    const encoding = nameEncoding(table.getUint16(record), table.getUint16(record + 2));
    if (!encoding) continue;
    const start = table.byteOffset + storage + table.getUint16(record + 10);
    let bytes = new Uint8Array(table.buffer, start, table.getUint16(record + 8));
    // GBK names on platform 3 are stored as 16-bit units: single-byte characters carry a leading zero.
    if (encoding === "gbk") bytes = bytes.filter((byte) => byte !== 0);
    const text = new TextDecoder(encoding).decode(bytes).trim();
    if (id === 6) postScript ||= text;
    if (text) names.add(text);
  }
  return { names: [...names], postScript };
}

function nameEncoding(platform: number, encoding: number): string | null {
  if (platform === 0 || (platform === 3 && [0, 1, 10].includes(encoding))) return "utf-16be";
  if (platform === 3 && encoding === 3) return "gbk";
  if (platform === 1 && encoding === 25) return "gbk";
  if (platform === 1 && encoding === 0) return "macintosh";
  return null;
}

function ascii(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
}
