// Whole issues judged by programs that had no part in making them: qpdf for the structure, four readers for the text, and,
// where the folder of the design is given, its own look at fonts, ink and text.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { isPress } from "../../shared/model/profile.ts";
import { exported, seeds, subjects, withoutSeeds } from "./corpus.ts";
import { lacking, outcome, output } from "./program.ts";
import { faults, isProofGiven, proof } from "./proof.ts";
import { approvedOf, lyingPages, pagesOfPdfJs, readers, textsOf, unfolded } from "./readers.ts";

const folder = mkdtempSync(join(tmpdir(), "zhengbao-outside-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const reason = lacking("qpdf", "pdftotext", "pdftoppm", "pdffonts", "mutool");

test("what the files are judged by", () => {
  if (reason !== null) console.log(`${reason}，外部检查跳过`);
  if (withoutSeeds) console.log(`没有真实公报样本（${seeds}），只检查示例公报`);
  else if (!isProofGiven) console.log(`没有外部核对程序（${proof}），只用四个阅读程序检查`);
  expect(withoutSeeds && process.env.GAZETTE_SEEDS !== undefined).toBe(false);
});

/** A copy in which landscape tables stand upright, as in the files for a screen: poppler makes a line of each word that
 *  runs up a page, and the design's look takes a number on its own line for a folio. */
async function levelled(pdf: string, pages: readonly number[]): Promise<string> {
  if (pages.length === 0) return pdf;
  const copy = pdf.replace(/\.pdf$/u, "-level.pdf");
  await output("qpdf", `--rotate=+90:${pages.join()}`, pdf, copy);
  return copy;
}

describe.skipIf(reason !== null)("issues in styles and profiles", () => {
  test.each(subjects)("$issue $style $profile", { timeout: 600_000 }, async (subject) => {
    const { pdf, text, approved } = await exported(subject, folder);
    const isFolded = subject.profile === "booklet";

    const { status, stdout } = await outcome("qpdf", ["--check", pdf]);
    expect([status, /warning/iu.test(stdout)]).toEqual([0, false]);

    const sheets = await pagesOfPdfJs(pdf);
    // A landscape table stands upright on a screen; in print its head is at the left.
    if (!isPress(subject.profile)) expect(lyingPages(sheets)).toEqual([]);
    const pages = isFolded ? unfolded(sheets) : sheets;
    expect(approvedOf(pages)).toBe(approved.join(""));
    for (const reader of [readers.poppler, readers.MuPDF, readers.PDFium])
      expect(await reader(pdf)).toEqual(textsOf(sheets));

    if (!isProofGiven) return;
    // On a folded sheet the pages do not follow each other.
    const judged = await levelled(pdf, isFolded ? [] : lyingPages(sheets));
    expect(await faults(judged, isFolded ? null : text, folder, subject.issue)).toEqual([]);
    rmSync(pdf);
  });
});
