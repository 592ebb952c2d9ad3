// 骑马钉: in which order the pages of a layout lie on sheets of four, and where blanks are put in. Which place of a sheet a
// page gets is the business of the PDF (main/pdf/booklet.ts); the window counts sheets from here.
import type { Cover } from "../model/profile.ts";
import type { Page } from "./display.ts";

/** Pages of a sheet. */
const perSheet = 4;

/** The pages in reading order, by index, with blanks (null) for whole sheets: before the back cover, which is a last page
 *  that is none of the text, else at the end. Apart, the first two places and the last two are the cover's, and its inner
 *  sides are blank; null when there is no cover that could stand apart. */
export function bookletOrder(pages: readonly Pick<Page, "kind">[], cover: Cover = "bound"): (number | null)[] | null {
  const order: (number | null)[] = pages.map((_, i) => i);
  const last = pages.at(-1)?.kind;
  const hasBack = pages.length > 1 && (last === "cover" || last === "imprint" || last === "blank");
  const blanks = (count: number): null[] => new Array((perSheet - (count % perSheet)) % perSheet).fill(null);
  const text = hasBack ? order.slice(0, -1) : order;
  const back = hasBack ? order.slice(-1) : [];
  if (cover === "bound") return [...text, ...blanks(pages.length), ...back];
  if (pages[0]?.kind !== "cover") return null;
  const [front, ...inner] = text;
  return [front ?? null, null, ...inner, ...blanks(inner.length), null, ...(hasBack ? back : [null])];
}

/** Sheets of paper that a booklet takes, that of a cover apart among them; null when there is no cover to stand apart. */
export function sheetCount(pages: readonly Pick<Page, "kind">[], cover: Cover): number | null {
  const order = bookletOrder(pages, cover);
  return order && order.length / perSheet;
}
