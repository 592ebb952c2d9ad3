// Text from a file on disk: what it is, and in which encoding. Everything that is no text is refused with one sentence
// that names the file and what to do; nothing is guessed beyond the order BOM, UTF-16, UTF-8, GB18030.
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { GazetteError } from "../../shared/api.ts";

export type Encoding = "UTF-8" | "UTF-16LE" | "UTF-16BE" | "GB18030";

export interface TextFile {
  readonly text: string;
  readonly encoding: Encoding;
  /** SHA-256 of the file's bytes, hex. */
  readonly sha256: string;
}

/** Larger files are refused before they are read: 64 MiB. */
export const largestFile = 64 * 1024 * 1024;

/** Reads a whole text file. Throws GazetteError badFile, with a Chinese sentence, for anything that is no text. */
export async function readTextFile(path: string): Promise<TextFile> {
  const bytes = await readBytes(path);
  const { text, encoding } = decode(bytes, basename(path));
  return { text, encoding, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** Reads a whole file of any kind. Throws GazetteError badFile when there is none, or it is too large. */
export async function readBytes(path: string): Promise<Uint8Array> {
  const name = basename(path);
  try {
    const info = await stat(path);
    if (info.isDirectory()) throw refused(name, "是文件夹，请选择其中的一个文件");
    if (!info.isFile()) throw refused(name, "不是普通文件，请换一个文件");
    if (info.size > largestFile) throw tooLarge(name, info.size);
    return await readFile(path);
  } catch (error) {
    if (error instanceof GazetteError) throw error;
    throw unreadable(name, error);
  }
}

/** Decodes the bytes of a file. Throws GazetteError badFile as readTextFile does. */
export function decode(bytes: Uint8Array, fileName: string): { text: string; encoding: Encoding } {
  if (bytes.length === 0) throw refused(fileName, "是空文件，请换一个文件");
  if (bytes.length > largestFile) throw tooLarge(fileName, bytes.length);
  const known = signatures.find(({ magic, at }) => magic.every((byte, i) => bytes[(at ?? 0) + i] === byte));
  if (known) throw refused(fileName, known.sentence(bytes));
  const { encoding, skip } = detect(bytes, fileName);
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(skip));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw refused(fileName, `按${encoding}解码时遇到错误的字节，文件可能已损坏，请从原件另存为UTF-8文本再导入`);
  }
  if (text.trim() === "") throw refused(fileName, "里没有文字，请换一个文件");
  if (tooManyControls(text)) throw refused(fileName, "不是文本文件，请从原件另存为UTF-8文本再导入");
  return { text, encoding };
}

function refused(name: string, what: string): GazetteError {
  return new GazetteError("badFile", `“${name}”${what}。`);
}

function tooLarge(name: string, size: number): GazetteError {
  const limit = largestFile / 1024 / 1024;
  return refused(name, `有${Math.ceil(size / 1024 / 1024)}兆，超过${limit}兆的上限，请拆成几个文件再导入`);
}

function unreadable(name: string, error: unknown): GazetteError {
  const code = error instanceof Error && "code" in error ? error.code : "";
  if (code === "ENOENT" || code === "ENOTDIR") return refused(name, "找不到，请检查文件名和所在的文件夹");
  if (code === "EACCES" || code === "EPERM") return refused(name, "没有读取权限，请复制到自己的文件夹再导入");
  if (code === "ENAMETOOLONG") return refused(name.slice(0, 40), "的路径太长，请改短文件名再导入");
  return new GazetteError("badFile", `“${name}”读不出来，磁盘或网络可能有问题，请复制到本机再导入。`, { cause: error });
}

interface Signature {
  readonly magic: readonly number[];
  readonly at?: number;
  readonly sentence: (bytes: Uint8Array) => string;
}

const ascii = (text: string) => [...text].map((c) => c.charCodeAt(0));
const image = () => "是图片，其中的字读不出来，请导入文字稿";

/** Files that offices hand in by mistake, by their first bytes. */
const signatures: readonly Signature[] = [
  { magic: ascii("%PDF"), sentence: () => "是PDF文件，请在阅读器里另存为文本（.txt）再导入" },
  {
    magic: [0x50, 0x4b, 0x03, 0x04],
    sentence: (bytes) => {
      const inside = new TextDecoder("latin1").decode(bytes.subarray(0, 65536));
      if (inside.includes("word/"))
        return "是Word文档（.docx），请在Word或WPS里另存为纯文本（.txt，编码选UTF-8）再导入";
      if (inside.includes("xl/")) return "是Excel表格（.xlsx），请另存为制表符分隔的文本（.txt）再导入";
      if (inside.includes("OFD.xml")) return "是OFD版式文件，请在阅读器里另存为文本（.txt）再导入";
      return "是压缩文件，请解压后导入其中的文本";
    },
  },
  {
    magic: [0xd0, 0xcf, 0x11, 0xe0],
    sentence: () => "是旧版Word、WPS或Excel文件，请另存为纯文本（.txt，编码选UTF-8）再导入",
  },
  { magic: ascii("{\\rtf"), sentence: () => "是RTF文档，请另存为纯文本（.txt，编码选UTF-8）再导入" },
  { magic: ascii("Rar!"), sentence: () => "是压缩文件，请解压后导入其中的文本" },
  { magic: [0x37, 0x7a, 0xbc, 0xaf], sentence: () => "是压缩文件，请解压后导入其中的文本" },
  { magic: [0x1f, 0x8b], sentence: () => "是压缩文件，请解压后导入其中的文本" },
  { magic: [0x89, 0x50, 0x4e, 0x47], sentence: image },
  { magic: [0xff, 0xd8, 0xff], sentence: image },
  { magic: ascii("GIF8"), sentence: image },
  { magic: ascii("WEBP"), at: 8, sentence: image },
  { magic: [0x49, 0x49, 0x2a, 0x00], sentence: image },
  { magic: [0x4d, 0x4d, 0x00, 0x2a], sentence: image },
  { magic: ascii("SQLite format 3"), sentence: () => "是数据库文件，不是文稿；要打开政报数据，请用“打开数据文件夹”" },
];

/** The encoding, and how many bytes its mark takes. NULs come first: ASCII in UTF-16 is valid UTF-8. */
function detect(bytes: Uint8Array, fileName: string): { encoding: Encoding; skip: number } {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: "UTF-8", skip: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: "UTF-16LE", skip: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: "UTF-16BE", skip: 2 };
  const plain = unmarkedUtf16(bytes);
  if (plain) return { encoding: plain, skip: 0 };
  if (bytes.includes(0)) throw refused(fileName, "不是文本文件，请从原件另存为UTF-8文本再导入");
  for (const encoding of ["UTF-8", "GB18030"] as const) if (decodes(bytes, encoding)) return { encoding, skip: 0 };
  throw refused(fileName, "的编码认不出来（不是UTF-8，也不是GB18030），请从原件另存为UTF-8文本再导入");
}

function decodes(bytes: Uint8Array, encoding: Encoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** UTF-16 without a mark: its line ends and ASCII have a NUL at every other byte, always on the same side. */
function unmarkedUtf16(bytes: Uint8Array): "UTF-16LE" | "UTF-16BE" | null {
  if (bytes.length % 2 !== 0) return null;
  const units = bytes.length / 2;
  let high = 0;
  let low = 0;
  for (let i = 0; i < bytes.length; i += 2) {
    if (bytes[i] === 0 && bytes[i + 1] !== 0) high++;
    if (bytes[i] !== 0 && bytes[i + 1] === 0) low++;
  }
  const least = Math.max(1, units / 500);
  if (low >= least && high * 20 < low) return decodes(bytes, "UTF-16LE") ? "UTF-16LE" : null;
  if (high >= least && low * 20 < high) return decodes(bytes, "UTF-16BE") ? "UTF-16BE" : null;
  return null;
}

/** Control characters that no text has, above one in a thousand. */
function tooManyControls(text: string): boolean {
  let controls = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 9 || (code > 13 && code < 32 && code !== 27) || code === 127) controls++;
  }
  return controls * 1000 > text.length;
}
