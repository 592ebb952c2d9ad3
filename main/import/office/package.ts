// An office file (Word, Excel; ISO/IEC 29500-2) as its parts: a ZIP that comes from anyone, so it is looked at whole before
// a byte of it is unpacked, and unpacked within limits. Nothing in it is run or fetched.
import type { Readable } from "node:stream";
import { type Entry, fromBufferPromise } from "yauzl";
import { GazetteError } from "../../../shared/api.ts";
import { parseXml, type XmlElement, XmlTrouble } from "./xml.ts";

const megabyte = 1024 * 1024;
const limits = {
  entries: 2000,
  /** Bytes of one part, and of all together, unpacked. */
  part: 64 * megabyte,
  total: 256 * megabyte,
  /** Unpacked to packed, for parts of more than a megabyte. */
  ratio: 200,
};

/** What office files are by the part that says so. */
const macros = /(?:^|\/)vbaProject\.bin$|(?:^|\/)vbaData\.xml$/iu;

export class OfficePackage {
  private readonly parts: ReadonlyMap<string, Uint8Array>;
  private readonly fileName: string;

  constructor(parts: ReadonlyMap<string, Uint8Array>, fileName: string) {
    this.parts = parts;
    this.fileName = fileName;
  }

  /** Names of the parts, without a leading slash. */
  names(): string[] {
    return [...this.parts.keys()];
  }

  bytes(name: string): Uint8Array | null {
    return this.parts.get(name) ?? null;
  }

  /** The root of an XML part, null where the part is not there. Throws GazetteError badFile. */
  xml(name: string): XmlElement | null {
    const bytes = this.parts.get(name);
    if (!bytes) return null;
    try {
      return parseXml(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    } catch (error) {
      if (!(error instanceof XmlTrouble) && !(error instanceof TypeError)) throw error;
      const why = error instanceof XmlTrouble && error.hostile ? "含有不安全的内容" : "内容已损坏";
      throw refusal(this.fileName, `${why}（${name}），请在Word或WPS里重新另存一份再导入`, error);
    }
  }

  /** What the part `name` points to, by id: the part's name, or null for what lies outside of the file. */
  relations(name: string): ReadonlyMap<string, { readonly type: string; readonly target: string | null }> {
    const slash = name.lastIndexOf("/") + 1;
    const folder = name.slice(0, slash);
    const root = this.xml(`${folder}_rels/${name.slice(slash)}.rels`);
    return new Map(
      (root?.elements ?? []).map(({ attributes }) => {
        const type = (attributes.get("Type") ?? "").replace(/.*\//u, "");
        const target = attributes.get("Target") ?? "";
        const outside = attributes.get("TargetMode") === "External";
        return [attributes.get("Id") ?? "", { type, target: outside ? null : resolved(folder, target) }];
      }),
    );
  }
}

function resolved(folder: string, target: string): string {
  const path = target.startsWith("/") ? target : `/${folder}${target}`;
  const out: string[] = [];
  for (const step of path.split("/"))
    if (step === "..") out.pop();
    else if (step !== "" && step !== ".") out.push(step);
  return out.join("/");
}

/** Unpacks the parts of an office file. Throws GazetteError badFile, naming the file and what to do. */
export async function openPackage(bytes: Uint8Array, fileName: string): Promise<OfficePackage> {
  try {
    return await unpacked(bytes, fileName);
  } catch (error) {
    if (error instanceof GazetteError || !(error instanceof Error)) throw error;
    // yauzl says what is wrong with a ZIP in plain errors.
    throw refusal(fileName, "已损坏，打不开，请在Word或WPS里重新另存一份再导入", error);
  }
}

async function unpacked(bytes: Uint8Array, fileName: string): Promise<OfficePackage> {
  const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
    lazyEntries: true,
    validateEntrySizes: true,
    strictFileNames: true,
  });
  if (zip.entryCount > limits.entries) throw refusal(fileName, "里的部件太多，不像是文稿，请另存一份再导入");
  const entries: Entry[] = [];
  const seen = new Set<string>();
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith("/")) continue;
    if (entry.isEncrypted()) throw refusal(fileName, "设了密码，请去掉密码另存一份再导入");
    if (macros.test(entry.fileName)) throw refusal(fileName, "带有宏，请另存为不带宏的文档（.docx）再导入");
    if (seen.has(entry.fileName.toLowerCase()))
      throw refusal(fileName, "里有重名的部件，可能被改动过，请另存一份再导入");
    seen.add(entry.fileName.toLowerCase());
    total += entry.uncompressedSize;
    const swollen = entry.uncompressedSize > megabyte && entry.uncompressedSize > entry.compressedSize * limits.ratio;
    if (entry.uncompressedSize > limits.part || total > limits.total || swollen)
      throw refusal(fileName, "解开后太大，不像是文稿，请另存一份再导入");
    entries.push(entry);
  }
  const parts = new Map<string, Uint8Array>();
  for (const entry of entries) {
    const stream: Readable = await zip.openReadStreamPromise(entry);
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    parts.set(entry.fileName, Buffer.concat(chunks));
  }
  return new OfficePackage(parts, fileName);
}

function refusal(fileName: string, what: string, cause?: unknown): GazetteError {
  return new GazetteError("badFile", `“${fileName}”${what}。`, { cause });
}
