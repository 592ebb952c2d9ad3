// The imprint 版权页: 补白 slogans, then who is in charge, edits and prints, between red rules or in a box. A long one is
// set in two columns, then smaller, then goes on on a further page.
import type { IssueFields } from "../model/notice.ts";
import { imprintParts } from "./approved.ts";
import type { Rule } from "./display.ts";
import type { PieceText } from "./flow.ts";
import { copyOf, type Made, oneLine, redRule, shapeOf, stack } from "./frontText.ts";
import { type SetLine, setParagraph } from "./paragraph.ts";
import { type FrontText, typeAreaWidth } from "./style.ts";
import { heightIn, type Workshop } from "./workshop.ts";

/** Ways to set the lines, in the order in which they are tried: columns, and share of the style's size. */
const ways = [
  [1, 1],
  [2, 1],
  [1, 0.8],
  [2, 0.9],
  [2, 0.8],
] as const;

/** Its pages, mostly one; none when the issue has neither slogans nor lines. */
export function imprintPages(issue: IssueFields, shop: Workshop): Made[] {
  const { slogans, entries } = imprintParts(issue);
  if (slogans.length + entries.length === 0) return [];
  const room = heightIn("column", shop.style);
  for (const [columns, share] of ways) {
    const made = imprintMade(slogans, entries, columns, share, shop);
    if (made.slab.height <= room) return [made];
  }
  // As many slogans and entries to a page as it holds.
  const pages: Made[] = [];
  let [said, listed] = [0, 0];
  while (said < slogans.length || listed < entries.length) {
    const made = (above: number, below: number) =>
      imprintMade(
        slogans.slice(said, said + above),
        entries.slice(listed, listed + below),
        below > 1 ? 2 : 1,
        0.8,
        shop,
      );
    let above = slogans.length - said;
    while (above > 1 && made(above, 0).slab.height > room) above--;
    let below = said + above < slogans.length ? 0 : entries.length - listed;
    const fewest = above > 0 ? 0 : 1;
    while (below > fewest && made(above, below).slab.height > room) below--;
    pages.push(made(above, below));
    said += above;
    listed += below;
  }
  return pages;
}

function imprintMade(
  slogans: readonly string[],
  entries: IssueFields["imprint"],
  columns: number,
  share: number,
  shop: Workshop,
): Made {
  const { imprint } = shop.style;
  const measure = typeAreaWidth(shop.style);
  const font = { ...imprint.line, size: imprint.line.size * share };
  const pitch = imprint.pitch * share;
  const texts: PieceText[] = [];
  const lines: SetLine[] = [];
  const rules: Rule[] = [];
  let y = 0;
  for (const slogan of slogans) {
    const set = oneLine(slogan, imprint.slogan, shop);
    lines.push(...set);
    texts.push(...stack(set, y, imprint.slogan.size * 1.7, imprint.slogan.ink));
    y += imprint.slogan.size * 1.7;
  }
  if (entries.length === 0) return { slab: { height: y, texts, rules }, part: "imprint", lines };
  if (slogans.length > 0) y += imprint.pitch;
  const top = y;
  if (!imprint.box) rules.push(redRule(y, measure, 2), redRule(y + 3.5, measure, 0.6));
  y += pitch * 0.7;
  const longest = Math.max(...entries.map((entry) => [...entry.label].length));
  const inset = 2 * font.size;
  const width = (measure - inset * (columns + 1)) / columns;
  const each = Math.ceil(entries.length / columns);
  let lowest = y;
  for (let column = 0; column < columns; column++) {
    let at = y;
    for (const entry of entries.slice(column * each, (column + 1) * each)) {
      const set = imprintLine(entry.label, entry.value, longest, font, width, shop);
      lines.push(...set);
      texts.push(...stack(set, at, pitch, font.ink, inset + column * (width + inset)));
      at += set.length * pitch;
    }
    lowest = Math.max(lowest, at);
  }
  y = lowest + pitch * (imprint.box ? 0.7 : 0.5);
  rules.push(...(imprint.box ? boxRules(top, y, measure) : [redRule(y, measure, 0.6)]));
  return { slab: { height: y, texts, rules }, part: "imprint", lines };
}

function boxRules(top: number, foot: number, measure: number): Rule[] {
  const upright = (x: number): Rule => ({ ...redRule(top, 0, 0.8), x1: x, x2: x, y2: foot });
  return [redRule(top, measure, 0.8), redRule(foot, measure, 0.8), upright(0), upright(measure)];
}

/** 主　　管：…: labels are spaced to one width, values wrap under their beginning. */
function imprintLine(
  label: string,
  value: string,
  longest: number,
  font: FrontText,
  measure: number,
  shop: Workshop,
): SetLine[] {
  const text = `${label}：${value}`;
  const characters = [...label];
  const spread = new Map<number, number>();
  let at = 0;
  for (const character of characters.slice(0, -1)) {
    spread.set(at, (longest - characters.length) / (characters.length - 1));
    at += character.length;
  }
  // A name of two characters is spaced to three.
  if (/^\p{Script=Han}{2}$/u.test(value)) spread.set(text.length - value.length, 1);
  // A very long label leaves its value no column of its own.
  const hanging = (longest + 1) * font.size < measure / 2 ? longest + 1 : 0;
  return setParagraph(
    { ...copyOf(text, font, shop.style), spread: hanging > 0 ? spread : new Map() },
    shapeOf(font.size, measure, "left", hanging),
    shop.typeCase,
  );
}
