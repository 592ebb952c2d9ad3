// 拼版: which page stands where on the sides of the sheets that a press prints, and the way back, from the sheets of a
// finished file to its pages, so that they are proved in the order in which they are read.
import { bookletOrder } from "../../shared/layout/booklet.ts";
import type { Layout } from "../../shared/layout/display.ts";
import { GazetteError } from "../../shared/model/gazetteError.ts";
import type { Cover } from "../../shared/model/profile.ts";
import type { Box, ReadPage, ReadPdf } from "./reader.ts";

/** A side of a sheet, trimmed; pt. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly placed: readonly Placed[];
  /** Where it is folded; null: it is not. */
  readonly fold: number | null;
  /** What the printer is told beside it: 第2张（共15张）正面，左第58页，右第1页. */
  readonly slug: string;
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
  return pages.map(({ width, height, label }, page) => ({
    width,
    height,
    placed: [{ page, left: 0, side: "single" }],
    fold: null,
    slug: named(label),
  }));
}

/** A page by its label: 第5页, 封面. */
const named = (label: string): string => (/^\d+$/u.test(label) ? `第${label}页` : label);

/** 骑马钉: sheets of four pages, outermost first, the outer side before the inner, read from left to right. Each sheet's
 *  pages are moved towards the fold by `creep` (pt) more than those of the sheet around it, since the inner ones stand out
 *  when they are folded and lose more when they are cut. Throws RangeError when the pages are not of one size; GazetteError
 *  badRequest when there is no cover to stand apart. */
export function bookletSheets(layout: Layout, creep: number, cover: Cover = "bound"): Sheet[] {
  const [first] = layout.pages;
  if (!first) return [];
  const { width, height } = first;
  if (layout.pages.some((page) => page.width !== width || page.height !== height))
    throw new RangeError("a booklet of pages of several sizes");
  const order = bookletOrder(layout.pages, cover);
  if (!order) throw new GazetteError("badRequest", "第1页不是封面，封面不能单做，请改为与正文同订，或换有封面的版式。");
  const count = order.length;
  const labelAt = (at: number) => named(layout.pages[order[at] ?? -1]?.label ?? "空白");
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
    const slug = `${sheetName(i, count / 4, cover)}，左${labelAt(left)}，右${labelAt(right)}`;
    return { width: 2 * width, height, placed, fold: width, slug };
  });
}

/** `side`: index of the side; `sheets`: how many there are. */
function sheetName(side: number, sheets: number, cover: Cover): string {
  const face = side % 2 === 0 ? "正面" : "反面";
  const sheet = Math.floor(side / 2);
  if (cover === "bound") return `第${sheet + 1}张（共${sheets}张）${face}`;
  return sheet === 0 ? `封面${face}` : `内文第${sheet}张（共${sheets - 1}张）${face}`;
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
