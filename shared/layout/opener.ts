// The opener of a section 栏目: its name on a line across the page before its first notice, or on a page of its own.
import type { Piece } from "./flow.ts";
import type { Copy } from "./galley.ts";
import { setParagraph, warningsOf } from "./paragraph.ts";
import { typeAreaWidth } from "./style.ts";
import { emCentre, plainPiece, textsOf, type Workshop } from "./workshop.ts";

/** How far down its page an opener stands, a share of the type area. */
const downPage = 0.36;

/** The same objects for the same section. */
export function openerPieces(section: string, shop: Workshop): readonly Piece[] {
  return shop.style.opener.kind === "none" ? [] : shop.cache.named(`opener ${section}`, () => make(section, shop));
}

function make(section: string, { style, typeCase }: Workshop): Piece[] {
  const { kind, role, size, spacing, ink } = style.opener;
  const { pitch, lines: count } = style.grid;
  const spread = new Map([...section].map((_, i) => [i, spacing] as const));
  const copy: Copy = { text: section, roles: [{ to: section.length, role }], latinGap: style.latinGap, spread };
  const measure = typeAreaWidth(style);
  const lines = setParagraph(copy, { size, measure, align: "center", indents: () => [0, 0], right: 0 }, typeCase);
  const step = Math.ceil((size * 1.4) / pitch) * pitch;
  const isPage = kind === "page";
  const above = isPage ? Math.floor(count * downPage) * pitch : 0;
  const height = isPage ? count * pitch : lines.length * step + pitch;
  const texts = lines.flatMap((line, i) =>
    textsOf(line, above + (i + 0.5) * step + emCentre * size).map((text) => ({ ...text, ink })),
  );
  const y = above + lines.length * step + (isPage ? pitch / 2 : 0);
  const [x1, x2] = isPage ? [measure * 0.3, measure * 0.7] : [0, measure];
  return [
    {
      ...plainPiece,
      origin: { in: "front", part: "section" },
      height,
      texts,
      rules: [{ kind: "rule", x1, y1: y, x2, y2: y, width: 1.2, ink }],
      warnings: lines.flatMap(warningsOf),
      newPage: true,
      keep: !isPage,
      span: true,
    },
  ];
}
