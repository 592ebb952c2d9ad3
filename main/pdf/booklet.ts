// 拼版: which page stands where on the sides of the sheets that a press prints, and the way back, from the sheets of a
// finished file to its pages, so that they are proved in the order in which they are read.
import type { Layout } from "../../shared/layout/display.ts";
import type { Box, ReadPage, ReadPdf } from "./reader.ts";

/** A side of a sheet, trimmed; pt. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly placed: readonly Placed[];
  /** Where it is folded; null: it is not. */
  readonly fold: number | null;
}

/** A page on it. */
export interface Placed {
  /** Index in the layout. */
  readonly page: number;
  /** Its left edge. What reaches over the fold is cut off. */
  readonly left: number;
  readonly side: "single" | "left" | "right";
}

/** Each page on a sheet of its own. */
export function singleSheets({ pages }: Layout): Sheet[] {
  return pages.map(({ width, height }, page) => ({
    width,
    height,
    placed: [{ page, left: 0, side: "single" }],
    fold: null,
  }));
}

/** 骑马钉: sheets of four pages, outermost first, the outer side before the inner, read from left to right. Each sheet's
 *  pages are moved towards the fold by `creep` (pt) more than those of the sheet around it, since the inner ones stand out
 *  when they are folded and lose more when they are cut. Throws RangeError when the pages are not of one size. */
export function bookletSheets(layout: Layout, creep: number): Sheet[] {
  const [first] = layout.pages;
  if (!first) return [];
  const { width, height } = first;
  if (layout.pages.some((page) => page.width !== width || page.height !== height))
    throw new RangeError("a booklet of pages of several sizes");
  const order = bookletOrder(layout);
  const count = order.length;
  return Array.from({ length: count / 2 }, (_, i): Sheet => {
    const moved = Math.floor(i / 2) * creep;
    const [left, right] = i % 2 === 0 ? [count - 1 - i, i] : [i, count - 1 - i];
    const placed: Placed[] = [];
    const put = (at: number, x: number, side: "left" | "right") => {
      const page = order[at];
      if (typeof page === "number") placed.push({ page, left: x, side });
    };
    put(left, moved, "left");
    put(right, width - moved, "right");
    return { width: 2 * width, height, placed, fold: width };
  });
}

/** The pages in reading order with blanks (null) for a multiple of four: before the back cover, which is a last page that
 *  is none of the text, else at the end. */
export function bookletOrder({ pages }: Layout): (number | null)[] {
  const order: (number | null)[] = pages.map((_, i) => i);
  const blanks: null[] = new Array((4 - (pages.length % 4)) % 4).fill(null);
  const last = pages.at(-1)?.kind;
  const hasBack = pages.length > 1 && (last === "cover" || last === "imprint" || last === "blank");
  order.splice(hasBack ? pages.length - 1 : pages.length, 0, ...blanks);
  return order;
}

/** The pages of the layout as they were read on the sheets; what stands on a half that should be empty makes a page more.
 *  Labels are the layout's, since sheets have none. A file with another number of sheets is given back as it is. */
export function pagesOfSheets(pdf: ReadPdf, layout: Layout, sheets: readonly Sheet[]): ReadPdf {
  if (pdf.pages.length !== sheets.length) return pdf;
  const pages: ReadPage[] = [];
  const strays: ReadPage[] = [];
  for (const [i, sheet] of sheets.entries()) {
    const found = pdf.pages[i];
    if (!found) continue;
    const [single] = sheet.placed;
    if (single?.side === "single") {
      pages[single.page] = found;
      continue;
    }
    for (const side of ["left", "right"] as const) {
      const placed = sheet.placed.find((one) => one.side === side);
      const page = placed && layout.pages[placed.page];
      const half = halfOf(found, sheet, side, placed?.left ?? 0);
      if (placed && page) pages[placed.page] = { ...half, width: page.width, height: page.height, label: page.label };
      else if (half.characters.length + half.pictures.length > 0) strays.push(half);
    }
  }
  return { ...pdf, pages: [...pages, ...strays] };
}

/** What stands on one half of a sheet, told from the page's own left edge. */
function halfOf(read: ReadPage, { width, height }: Sheet, side: "left" | "right", left: number): ReadPage {
  const isHere = (box: Box) => (box.left + box.right) / 2 < width / 2 === (side === "left");
  const moved = <B extends Box>(boxes: readonly B[]): B[] =>
    boxes.filter(isHere).map((box) => ({ ...box, left: box.left - left, right: box.right - left }));
  const sheetSize = Math.abs(read.width - width) < 0.05 && Math.abs(read.height - height) < 0.05;
  return {
    ...read,
    cropped: read.cropped || !sheetSize,
    characters: moved(read.characters).map((one) => ({ ...one, x: one.x - left })),
    shapes: moved(read.shapes),
    repeated: moved(read.repeated),
    pictures: moved(read.pictures),
    links: moved(read.links),
  };
}
