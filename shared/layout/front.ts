// What stands before and behind the notices: cover, contents 目录 and imprint 版权页. The contents are derived from the
// laid-out body; their own length moves no folio, since the body is numbered from 1, so one pass is enough. No blank
// page is left where the imprint can stand.
import type { Issue } from "../model/notice.ts";
import { type ContentsLine, contentsPages, type FrontPage } from "./contents.ts";
import { coverSlab, mastheadSlab } from "./cover.ts";
import type { Piece } from "./flow.ts";
import { alone, type Made, pieceOf } from "./frontText.ts";
import { imprintPages } from "./imprint.ts";
import { heightIn, type Workshop } from "./workshop.ts";

/** All pages before page 1, an even number of them, so that the body begins on a right-hand page. */
export function frontPages(issue: Issue, lines: readonly ContentsLine[], shop: Workshop): FrontPage[] {
  const { style } = shop;
  const cover = coverSlab(issue, shop);
  const masthead = style.contents.show ? mastheadSlab(issue, shop) : null;
  const pages: FrontPage[] = cover ? [page("cover", "封面", cover, 0)] : [];
  pages.push(...contentsPages(lines, shop, masthead ? [masthead] : []));
  const imprint = style.imprint.place === "front" ? imprintPages(issue, shop) : [];
  for (const [i, made] of imprint.entries()) {
    const placing = alone(made, heightIn("column", style) - made.slab.height);
    const last = pages.at(-1);
    const used = last?.placings.at(-1);
    const foot = used ? used.y + used.piece.height : 0;
    const fits = i === 0 && last?.kind === "contents" && foot + 2 * style.grid.pitch <= placing.y;
    if (fits && last && pages.length % 2 === 0)
      pages[pages.length - 1] = { ...last, placings: [...last.placings, placing] };
    else pages.push({ kind: "imprint", label: "版权页", placings: [placing], lines: [] });
  }
  if (pages.length % 2 === 1) pages.push({ kind: "blank", label: "空白页", placings: [], lines: [] });
  return pages;
}

/** 报头 above the first notice, where no contents stand before it. */
export function mastheadPieces(issue: Issue, shop: Workshop): readonly Piece[] {
  const made = shop.style.contents.show ? null : mastheadSlab(issue, shop);
  return made ? [{ ...pieceOf(made), onGrid: true, keep: true, span: true, newPage: true }] : [];
}

/** The pages behind the last notice. */
export function backPages(issue: Issue, shop: Workshop): FrontPage[] {
  if (shop.style.imprint.place !== "back") return [];
  return imprintPages(issue, shop).map((made) =>
    page("imprint", "版权页", made, heightIn("column", shop.style) - made.slab.height),
  );
}

const page = (kind: FrontPage["kind"], label: string, made: Made, y: number): FrontPage => ({
  kind,
  label,
  placings: [alone(made, y)],
  lines: [],
});
