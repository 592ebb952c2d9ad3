// An office file as lines for recognition, whichever it is, told by its parts and never by its name. Pictures are handed
// back with the lines, by the name that figures have for them.
import { createHash } from "node:crypto";
import { GazetteError } from "../../../shared/api.ts";
import type { Figure } from "../../../shared/model/block.ts";
import type { Finding } from "../../../shared/proof/proof.ts";
import type { SourceFile } from "../../../shared/read/source.ts";
import { checkImage } from "../image.ts";
import { type DocxOptions, readDocx } from "./docx.ts";
import { openPackage } from "./package.ts";
import { readXlsx } from "./xlsx.ts";

export interface OfficeFile extends SourceFile {
  /** What it is, in words: Word文档. */
  readonly kind: string;
  readonly images: ReadonlyMap<string, Uint8Array>;
}

/** Throws GazetteError badFile, naming the file, for a package that is neither a document nor a workbook. */
export async function readOfficeFile(
  bytes: Uint8Array,
  fileName: string,
  revisions: DocxOptions["revisions"],
): Promise<OfficeFile> {
  const office = await openPackage(bytes, fileName);
  const names = office.names();
  if (names.includes("OFD.xml"))
    throw new GazetteError("badFile", `“${fileName}”是OFD版式文件，请在阅读器里另存为文本（.txt）再导入。`);
  if (names.some((name) => name.startsWith("xl/")))
    return { ...readXlsx(office, fileName), kind: "Excel表格", images: new Map() };
  if (!names.some((name) => name.startsWith("word/")))
    throw new GazetteError("badFile", `“${fileName}”是压缩文件，请解压后导入其中的文件。`);
  const images = new Map<string, Uint8Array>();
  const picture = (file: Uint8Array, name: string): Figure["attrs"] | null => {
    try {
      const { width, height } = checkImage(file, name);
      const image = createHash("sha256").update(file).digest("hex");
      images.set(image, file);
      return { image, width, height, share: 1, alt: "" };
    } catch (error) {
      if (error instanceof GazetteError) return null;
      throw error;
    }
  };
  const source = readDocx(office, fileName, { revisions, picture });
  const findings = [...source.findings, ...underRevision(source, revisions)];
  return { ...source, findings, kind: "Word文档", images };
}

/** Words under revision are never taken or dropped without a word. */
function underRevision({ revisions, remarks }: SourceFile, how: DocxOptions["revisions"]): Finding[] {
  const [first] = revisions;
  const [remark] = remarks;
  const found: Finding[] = [];
  if (first) {
    const named = revisions
      .slice(0, 3)
      .map(({ kind, text }) => `${kind === "inserted" ? "增" : "删"}“${text.slice(0, 20)}”`);
    found.push({
      rule: "import.revisions",
      severity: "warning",
      message: `文档里有${revisions.length}处修订还没有接受或拒绝，这里按全部${how === "accept" ? "接受" : "拒绝"}读入，请与来文单位核实`,
      excerpt: named.join("，"),
      line: first.line,
    });
  }
  if (remark)
    found.push({
      rule: "import.remarks",
      severity: "hint",
      message: `文档里有${remarks.length}条批注，没有收入正文`,
      excerpt: remark.text.slice(0, 40),
      ...(remark.line > 0 ? { line: remark.line } : {}),
    });
  return found;
}
