// The front matter: cover, contents 目录 and imprint 版权页. The contents are derived from the laid-out body; their own
// length moves no folio, since the body is numbered from 1, so one pass is enough. No blank page is left where the
// imprint can stand.
import type { Issue } from "../model/notice.ts";
import { type ContentsLine, contentsPages, type FrontPage } from "./contents.ts";
import { coverSlab } from "./cover.ts";
import { alone } from "./frontText.ts";
import { imprintSlab } from "./imprint.ts";
import type { Workshop } from "./workshop.ts";

/** All pages before page 1, an even number of them, so that the body begins on a right-hand page. */
export function frontPages(issue: Issue, lines: readonly ContentsLine[], shop: Workshop): FrontPage[] {
  const cover: FrontPage = { kind: "cover", label: "封面", placings: [alone(coverSlab(issue, shop), 0)], lines: [] };
  const pages = [cover, ...contentsPages(lines, shop)];
  const imprint = imprintSlab(issue, shop);
  const { pitch, lines: count } = shop.style.grid;
  const height = pitch * count;
  if (imprint) {
    const placing = alone(imprint, height - imprint.slab.height);
    const last = pages.at(-1);
    const used = last?.placings.at(-1);
    const foot = used ? used.y + used.piece.height : 0;
    if (pages.length % 2 === 0 && last && foot + 2 * pitch <= placing.y)
      pages[pages.length - 1] = { ...last, placings: [...last.placings, placing] };
    else pages.push({ kind: "imprint", label: "版权页", placings: [placing], lines: [] });
  }
  if (pages.length % 2 === 1) pages.push({ kind: "blank", label: "空白页", placings: [], lines: [] });
  return pages;
}
