// The judges judged: each must find what is wrong with a damaged file, or its PASS would say nothing. The readers are
// compared with the text of the right file, the design's look at a file by the line that it fails with.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodePDFRawStream, PDFArray, PDFDict, PDFDocument, PDFName } from "pdf-lib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Export, exported } from "./corpus.ts";
import { lacking, outcome } from "./program.ts";
import { faults, isProofGiven } from "./proof.ts";
import { approvedOf, pagesOfPdfJs, readers, unfolded } from "./readers.ts";
import { cidFonts, streamOf } from "./twin.ts";

const reason = lacking("qpdf", "pdftotext", "pdftoppm", "pdffonts", "mutool");
if (reason !== null) console.log(`${reason}，外部检查的反证跳过`);

const folder = mkdtempSync(join(tmpdir(), "zhengbao-controls-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Damage = (document: PDFDocument) => void;

/** A page of plain text in the middle of the issue. */
const pageIndex = 8;

/** Changes the operators of a page. Throws RangeError when nothing is changed. */
function rewrite(document: PDFDocument, change: (operators: string) => string, index = pageIndex): void {
  const { node } = document.getPage(index);
  const operators = Buffer.from(decodePDFRawStream(streamOf(node, "Contents")).decode()).toString("latin1");
  const changed = change(operators);
  if (changed === operators) throw new RangeError(`page ${index} is not changed`);
  node.set(PDFName.of("Contents"), document.context.register(document.context.flateStream(changed)));
}

/** A long line of text among the operators of a page. */
const line = /^BT 0 g .{100,} TJ ET$/gmu;

/** Every font with its map to Unicode changed. */
function remap(document: PDFDocument, change: (map: string) => string): void {
  for (const [, object] of document.context.enumerateIndirectObjects())
    if (object instanceof PDFDict && object.has(PDFName.of("ToUnicode"))) {
      const map = Buffer.from(decodePDFRawStream(streamOf(object, "ToUnicode")).decode()).toString("latin1");
      object.set(PDFName.of("ToUnicode"), document.context.register(document.context.flateStream(change(map))));
    }
}

const utf16 = (character: string): string => character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");

const asOther: Damage = (document) => remap(document, (map) => map.replaceAll(`<${utf16("市")}>`, `<${utf16("县")}>`));
const lineLost: Damage = (document) => rewrite(document, (operators) => operators.replace(line, ""));
const linesSwapped: Damage = (document) =>
  rewrite(document, (operators) => {
    const [first, second] = operators.match(line) ?? [];
    if (!first || !second) throw new RangeError(`page ${pageIndex} has no two lines`);
    return operators.replace(first, "\0").replace(second, first).replace("\0", second);
  });
const pageLost: Damage = (document) => document.removePage(pageIndex);

const ofText: readonly (readonly [name: string, damage: Damage])[] = [
  ["a character that is read as another", asOther],
  ["lines that are lost", lineLost],
  ["two lines in the wrong order", linesSwapped],
  ["a page that is lost", pageLost],
];

describe.skipIf(reason !== null)("damaged files", { timeout: 300_000 }, () => {
  let right: Export;
  let expected: readonly string[] = [];
  beforeAll(async () => {
    right = await exported({ issue: "sample", style: "luxi", profile: "screen" }, folder);
    expected = await readers["pdf.js"](right.pdf);
  }, 300_000);

  let files = 0;
  async function damaged(damage: Damage): Promise<string> {
    const document = await PDFDocument.load(readFileSync(right.pdf), { updateMetadata: false });
    damage(document);
    const path = join(folder, `damaged-${++files}.pdf`);
    writeFileSync(path, await document.save({ useObjectStreams: false }));
    return path;
  }

  test("the right file, written again in the same way, is right for all", async () => {
    const path = await damaged(() => {});
    for (const read of Object.values(readers)) expect(await read(path)).toEqual(expected);
    expect(approvedOf(await pagesOfPdfJs(path))).toBe(right.approved.join(""));
    expect((await outcome("qpdf", ["--check", path])).status).toBe(0);
    if (isProofGiven) expect(await faults(path, right.text, folder)).toEqual([]);
  });

  test.each(ofText)("%s: every reader", async (_, damage) => {
    const path = await damaged(damage);
    for (const [name, read] of Object.entries(readers)) expect(await read(path), name).not.toEqual(expected);
    expect(approvedOf(await pagesOfPdfJs(path))).not.toBe(right.approved.join(""));
    if (isProofGiven)
      expect(await faults(path, right.text, folder)).toContainEqual(expect.stringMatching(/^FAIL text/u));
  });

  test("a folio that is marked as approved text", async () => {
    const path = await damaged((document) =>
      rewrite(document, (operators) => operators.replaceAll(/\/Artifact <<.*?Footer >> BDC/gu, "/P BMC")),
    );
    expect(approvedOf(await pagesOfPdfJs(path))).not.toBe(right.approved.join(""));
  });

  test("sides of a booklet in the wrong order", async () => {
    const booklet = await exported({ issue: "sample", style: "luxi", profile: "booklet" }, folder);
    const [first, second, ...others] = await pagesOfPdfJs(booklet.pdf);
    if (!first || !second) throw new RangeError("a booklet has two sides at least");
    const approved = booklet.approved.join("");
    expect(approvedOf(unfolded([first, second, ...others]))).toBe(approved);
    expect(approvedOf(unfolded([second, first, ...others]))).not.toBe(approved);
  });

  test("a table of references that leads nowhere: qpdf", async () => {
    const path = await damaged(() => {});
    const bytes = readFileSync(path);
    const at = bytes.lastIndexOf("startxref");
    writeFileSync(path, Buffer.concat([bytes.subarray(0, at), Buffer.from("startxref\n9\n%%EOF\n")]));
    expect((await outcome("qpdf", ["--check", path])).status).not.toBe(0);
  });

  test.skipIf(!isProofGiven).each<[name: string, damage: Damage, line: RegExp]>([
    [
      "a font that is not embedded",
      (document) =>
        cidFonts(document)[0]?.lookup(PDFName.of("FontDescriptor"), PDFDict).delete(PDFName.of("FontFile2")),
      /^FAIL fonts/u,
    ],
    [
      "a font without Unicode",
      ({ context }) => {
        for (const [, object] of context.enumerateIndirectObjects())
          if (object instanceof PDFDict) object.delete(PDFName.of("ToUnicode"));
      },
      /^FAIL fonts/u,
    ],
    [
      "text without ink",
      (document) => {
        for (let i = pageIndex; i < pageIndex + 4; i++)
          rewrite(document, (operators) => operators.replaceAll(/^BT /gmu, "BT 3 Tr "), i);
      },
      /^FAIL ink/u,
    ],
    [
      "a page that is not there",
      (document) => {
        const kids = document.catalog.lookup(PDFName.of("Pages"), PDFDict).lookup(PDFName.of("Kids"), PDFArray);
        kids.push(document.context.nextRef());
      },
      /^FAIL qpdf/u,
    ],
  ])("%s: the design's look", async (_, damage, failing) => {
    const path = await damaged(damage);
    expect(await faults(path, right.text, folder)).toContainEqual(expect.stringMatching(failing));
  });
});
