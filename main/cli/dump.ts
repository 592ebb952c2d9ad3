// A dump as the commands read it: recognised, with its findings in the order of its lines.
import { basename } from "node:path";
import type { Finding } from "../../shared/proof/proof.ts";
import type { Reading } from "../../shared/read/reading.ts";

export interface Dump {
  readonly reading: Reading;
  /** Encoding of a text; what an office file is. */
  readonly encoding: string;
  /** Its lines joined by "\n", those of tables and pictures of an office file empty. */
  readonly text: string;
  /** Of an office file, by the names that figures have for them. */
  readonly images: ReadonlyMap<string, Uint8Array>;
}

/** A text, a Word document or a workbook. Throws GazetteError badFile. */
export async function readFile(path: string): Promise<Dump> {
  const [{ decode, readBytes }, { isPackage }, { recognise, recogniseOffice }] = await Promise.all([
    import("../import/file.ts"),
    import("../import/office/officeThread.ts"),
    import("../compose.ts"),
  ]);
  const [bytes, name] = [await readBytes(path), basename(path)];
  if (isPackage(bytes)) {
    const { readOfficeFile } = await import("../import/office/officeFile.ts");
    const { kind, images, ...source } = await readOfficeFile(bytes, name, "accept");
    const text = source.lines.map((line) => line.text).join("\n");
    return { reading: recogniseOffice(source, name), encoding: kind, text, images };
  }
  const { text, encoding } = decode(bytes, name);
  return { reading: recognise(text, name), encoding, text, images: new Map() };
}

export function allFindings(reading: Reading): Finding[] {
  return [...reading.findings, ...reading.drafts.flatMap((draft) => draft.findings)].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0),
  );
}

/** The line of a finding, unless its message names it. */
export function place({ line, message }: Finding): string {
  return line === undefined || message.includes(`第${line}行`) ? "" : `第${line}行 `;
}
