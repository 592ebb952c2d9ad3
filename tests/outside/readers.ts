// Four readers of PDF that share no code: poppler, MuPDF, PDFium and pdf.js. Each gives the text of the pages in the order
// of the content, white space aside, folios and running heads with it; pdf.js also tells what is no approved text.
import { readFile } from "node:fs/promises";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { readPdf } from "../../main/pdf/reader.ts";
import { squashed } from "./corpus.ts";
import { output } from "./program.ts";

/** The text of each page. */
export type Reader = (pdf: string) => Promise<readonly string[]>;

export const readers: Readonly<Record<"poppler" | "MuPDF" | "PDFium" | "pdf.js", Reader>> = {
  poppler: async (pdf) => pagesOf(await output("pdftotext", "-raw", pdf, "-")),
  MuPDF: async (pdf) => pagesOf(await output("mutool", "draw", "-q", "-F", "txt", pdf)),
  PDFium: async (pdf) => {
    const read = await readPdf(await readFile(pdf));
    return (read?.pages ?? []).map(({ characters }) => characters.map(({ character }) => character).join(""));
  },
  "pdf.js": async (pdf) => textsOf(await pagesOfPdfJs(pdf)),
};

const pagesOf = (text: string): string[] => text.split("\f").slice(0, -1).map(squashed);

interface Piece {
  readonly text: string;
  /** Of its beginning, from the left edge of the paper, pt. */
  readonly x: number;
  /** Runs up or down the page as it is shown. */
  readonly isLying: boolean;
  /** Marked as what is no approved text: an artifact, or the contents. */
  readonly isAside: boolean;
}

interface Sheet {
  readonly width: number;
  readonly pieces: readonly Piece[];
}

/** The pages as pdf.js reads them. Throws what pdf.js throws for a file that it cannot open. */
export async function pagesOfPdfJs(pdf: string): Promise<Sheet[]> {
  const task = getDocument({ data: new Uint8Array(await readFile(pdf)), verbosity: 0, useSystemFonts: false });
  try {
    const document = await task.promise;
    const pages: Sheet[] = [];
    for (let i = 1; i <= document.numPages; i++) {
      const page = await document.getPage(i);
      const viewport = page.getViewport({ scale: 1 });
      const { items } = await page.getTextContent({ includeMarkedContent: true, disableNormalization: true });
      const marks: string[] = [];
      const pieces: Piece[] = [];
      for (const item of items) {
        if ("type" in item) {
          if (item.type === "endMarkedContent") marks.pop();
          else marks.push("tag" in item ? String(item.tag) : "");
          continue;
        }
        const [, rise = 0, , , x = 0, y = 0] = item.transform.map(Number);
        const [shownX = 0] = viewport.convertToViewportPoint(x, y);
        pieces.push({
          text: squashed(item.str),
          x: shownX,
          isLying: Math.abs(rise) > 0.1 !== (page.rotate % 180 !== 0),
          isAside: marks.includes("Artifact") || marks.includes("TOC"),
        });
      }
      pages.push({ width: viewport.width, pieces });
    }
    return pages;
  } finally {
    await task.destroy();
  }
}

const textOf = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join("");

/** All text of each page. */
export const textsOf = (pages: readonly Sheet[]): string[] => pages.map(({ pieces }) => textOf(pieces));

/** All approved text of pages, by the marks of the file. */
export const approvedOf = (pages: readonly Sheet[]): string =>
  pages.map(({ pieces }) => textOf(pieces.filter(({ isAside }) => !isAside))).join("");

/** Pages most of whose lines do not lie level, from 1. */
export const lyingPages = (pages: readonly Sheet[]): number[] =>
  pages.flatMap(({ pieces }, i) => (pieces.filter(({ isLying }) => isLying).length > pieces.length / 2 ? [i + 1] : []));

/** The pages of a booklet in the order in which they are read, from its sides: the outer side of a sheet has the last page
 *  that is left and then the first, its inner side the second and then the last but one. */
export function unfolded(sides: readonly Sheet[]): Sheet[] {
  const count = sides.length * 2;
  const pages: Sheet[] = [];
  for (const [side, { width, pieces }] of sides.entries()) {
    const half = (isLeft: boolean): Sheet => ({
      width: width / 2,
      pieces: pieces.filter(({ x }) => x < width / 2 === isLeft),
    });
    const isOuter = side % 2 === 0;
    const [left, right] = isOuter ? [count - 1 - side, side] : [side, count - 1 - side];
    pages[left] = half(true);
    pages[right] = half(false);
  }
  return pages;
}
