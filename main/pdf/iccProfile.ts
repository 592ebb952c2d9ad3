// 输出特性文件: the ICC profile of a printer's own press, as it is loaded. Looked at before anything is printed by it, as far
// as PDF/X-4 asks of a profile (ISO 15930-7, 6.2.2; ICC.1:2004-10, 7.2): a whole one, for output, of four inks.
import { GazetteError } from "../../shared/model/gazetteError.ts";
import type { PrintCondition } from "./press.ts";

/** Of the file: 16 MiB. Profiles of presses have some hundred KB to a few MB. */
export const largestProfile = 16 * 1024 * 1024;

/** Bytes of the header, and of an entry of the table of tags behind it. */
const header = 128;
const entry = 12;
/** The newest version that PDF 1.6 knows, as its two first digits. */
const newest = 0x42;
/** How colours are turned from inks and into them, the white of the paper, and the profile's name. */
const needed = ["A2B0", "B2A0", "wtpt", "desc"] as const;
/** UTF-16 units of its name that are kept. */
const longestName = 80;

/** The condition that a profile describes. Throws GazetteError badFile with a sentence that names the file. */
export function readIccProfile(bytes: Uint8Array, fileName: string): PrintCondition {
  const refused = (what: string) => new GazetteError("badFile", `“${fileName}”${what}。`);
  if (bytes.length > largestProfile)
    throw refused(`有${Math.ceil(bytes.length / 1024 / 1024)}兆字节，特性文件至多16兆字节，请核对是不是选错了文件`);
  const word = (at: number, length = 4) => latin(bytes.subarray(at, at + length));
  if (bytes.length < header + 4 || word(36) !== "acsp")
    throw refused("不是ICC特性文件，请选择印厂提供的 .icc 或 .icm 文件");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== bytes.length) throw refused("不完整，可能没有传完，请向印厂另要一份");
  const kind = kinds[word(12)];
  if (kind !== null) throw refused(`是${kind ?? "别种用途"}的特性文件，请选择印厂输出设备的特性文件`);
  if (word(16) !== "CMYK")
    throw refused(`是${spaces[word(16)] ?? "别种颜色"}的特性文件，印刷要用CMYK四色的，请向印厂另要一份`);
  const version = view.getUint16(8) >> 4;
  if (version < 0x020 || (version >= 0x030 && version < 0x040) || version >> 4 > 4 || version > newest)
    throw refused(`的版本是${version >> 4}.${version & 0xf}，PDF/X-4只用2.x和4.0至4.2版的，请向印厂另要一份`);
  const tags = tagsOf(bytes, view);
  const missing = needed.find((tag) => !tags?.has(tag));
  if (!tags || missing) throw refused("的内容不完整，不能用来说明印刷条件，请向印厂另要一份");
  const name = nameIn(tags.get("desc") ?? new Uint8Array()).slice(0, longestName);
  return { registered: null, name: name || fileName.replace(/\.ic[cm]$/iu, ""), profile: bytes };
}

/** Classes of profiles (ICC.1, 7.2.5); null: of output. */
const kinds: Readonly<Record<string, string | null>> = {
  prtr: null,
  mntr: "显示器",
  scnr: "扫描仪或相机",
  link: "设备链接",
  spac: "颜色空间转换",
  abst: "抽象",
  nmcl: "专色表",
};

const spaces: Readonly<Record<string, string>> = { "RGB ": "RGB", GRAY: "灰度", "CMY ": "三色", "Lab ": "Lab" };

const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

/** The data of each tag by its name; null when one reaches beyond the file. */
function tagsOf(bytes: Uint8Array, view: DataView): ReadonlyMap<string, Uint8Array> | null {
  const count = view.getUint32(header);
  if (header + 4 + count * entry > bytes.length) return null;
  const tags = new Map<string, Uint8Array>();
  for (let i = 0; i < count; i++) {
    const at = header + 4 + i * entry;
    const [from, length] = [view.getUint32(at + 4), view.getUint32(at + 8)];
    if (from + length > bytes.length) return null;
    tags.set(latin(bytes.subarray(at, at + 4)), bytes.subarray(from, from + length));
  }
  return tags;
}

/** The text of a description: in ASCII (ICC.1:2001-04, 6.5.17), or in several languages (ICC.1:2004-10, 10.13), of which
 *  Chinese is taken before the first; "" for neither. */
function nameIn(tag: Uint8Array): string {
  const view = new DataView(tag.buffer, tag.byteOffset, tag.byteLength);
  const kind = latin(tag.subarray(0, 4));
  if (kind === "desc" && tag.length >= 12) return tidy(latin(tag.subarray(12, 12 + view.getUint32(8))));
  if (kind !== "mluc" || tag.length < 28) return "";
  const records = Array.from({ length: Math.min(view.getUint32(8), Math.floor((tag.length - 16) / entry)) }, (_, i) => {
    const at = 16 + i * entry;
    const [length, from] = [view.getUint32(at + 4), view.getUint32(at + 8)];
    return { language: latin(tag.subarray(at, at + 2)), words: tag.subarray(from, from + length) };
  });
  const chosen = records.find(({ language }) => language === "zh") ?? records[0];
  return tidy(new TextDecoder("utf-16be").decode(chosen?.words));
}

/** What can be printed on a line. */
const tidy = (text: string): string => text.replace(/[\p{Cc}\s]+/gu, " ").trim();
