// The cover 封面, by template, on one axis: classic, 公报名 over red rules and 刊名 very large; band, 刊名 white in a red
// band across the head of the page; masthead 报头, no page of its own but a head above the first page. All texts are
// those of coverText, in its order.
import { type IssueFields, printedDate } from "../model/notice.ts";
import { issueLine } from "./approved.ts";
import type { Ink, Rule } from "./display.ts";
import type { PieceText } from "./flow.ts";
import { copyOf, type Made, oneLine, redRule, shapeOf, stack } from "./frontText.ts";
import { mm } from "./millimetre.ts";
import { type SetLine, setParagraph } from "./paragraph.ts";
import { type FrontText, typeAreaWidth } from "./style.ts";
import type { Workshop } from "./workshop.ts";

/** What touches the edge of the page reaches beyond it, pt (3 mm). */
const bleed = 3 * mm;

/** A page; null for the templates that have none. */
export function coverSlab(issue: IssueFields, shop: Workshop): Made | null {
  switch (shop.style.cover.template) {
    case "classic":
      return classic(issue, shop);
    case "band":
      return band(issue, shop);
    default:
      return null;
  }
}

/** Puts texts one below the other. */
class Axis {
  readonly texts: PieceText[] = [];
  readonly lines: SetLine[] = [];
  readonly rules: Rule[] = [];
  private readonly shop: Workshop;

  constructor(shop: Workshop) {
    this.shop = shop;
  }

  /** Centred on one line at `top`; gives where the next may stand. */
  put(text: string, font: FrontText, top: number, leading = 1.5, ink: Ink = font.ink): number {
    if (text.trim() === "") return top;
    const set = oneLine(text, font, this.shop);
    this.lines.push(...set);
    this.texts.push(...stack(set, top, font.size * leading, ink));
    return top + font.size * leading;
  }
}

/** Place on the page as a share of its height; the frame of a slab begins at the type area. */
function placeOn({ style }: Workshop): (share: number) => number {
  const page = style.page.height * mm;
  return (share) => page * share - style.typeArea.top * mm;
}

function classic(issue: IssueFields, shop: Workshop): Made {
  const measure = typeAreaWidth(shop.style);
  const fonts = shop.style.cover;
  const at = placeOn(shop);
  const axis = new Axis(shop);
  let y = axis.put(issue.officialTitle, fonts.official, at(0.09));
  y = axis.put(issue.englishTitle, fonts.english, y + 2);
  axis.rules.push(redRule(y + 12, measure, 2.6), redRule(y + 16.5, measure, 0.7));
  y = axis.put(issue.gazetteTitle, fonts.name, at(0.33), 1.3);
  y = axis.put(issueLine(issue), fonts.issue, y + 34, 1.6);
  axis.put(dateLine(issue), fonts.date, y + 4, 1.6);
  const foot = footOf(issue, axis, at(0.925), shop);
  axis.rules.push(redRule(foot - 14, measure, 0.7), redRule(foot - 9.5, measure, 2.6));
  return { slab: { height: at(1), texts: axis.texts, rules: axis.rules }, part: "cover", lines: axis.lines };
}

/** The band ends at this share of the page. */
const bandFoot = 0.36;

function band(issue: IssueFields, shop: Workshop): Made {
  const { style } = shop;
  const measure = typeAreaWidth(style);
  const fonts = style.cover;
  const at = placeOn(shop);
  const axis = new Axis(shop);
  const [left, right] = [-style.typeArea.inner * mm - bleed, (style.page.width - style.typeArea.inner) * mm + bleed];
  const [head, foot] = [at(0) - bleed, at(bandFoot)];
  const across = (y: number, width: number): Rule => ({ ...redRule(y, right, width), x1: left });
  const under = [across((head + foot) / 2, foot - head), across(foot + 5, 1.4)];
  const small = { ...fonts.official, size: Math.min(fonts.official.size, 20), spacing: 0.25 };
  let y = axis.put(issue.officialTitle, small, at(0.065), 1.5, "white");
  y = axis.put(issue.englishTitle, fonts.english, y, 1.5, "white");
  axis.put(issue.gazetteTitle, fonts.name, (y + at(bandFoot) - fonts.name.size * 1.3) / 2, 1.3, "white");
  y = axis.put(issueLine(issue), fonts.issue, at(0.5), 1.6);
  axis.put(dateLine(issue), fonts.date, y + 4, 1.6);
  const top = footOf(issue, axis, at(0.925), shop);
  axis.rules.push(redRule(top - 12, measure, 0.7));
  return { slab: { height: at(1), texts: axis.texts, rules: axis.rules, under }, part: "cover", lines: axis.lines };
}

const dateLine = (issue: IssueFields): string => {
  const date = printedDate(issue.published);
  return date && `${date}出版`;
};

/** Organ and statement end at `bottom`; gives where they begin. */
function footOf(issue: IssueFields, axis: Axis, bottom: number, shop: Workshop): number {
  const { organ, statement } = shop.style.cover;
  const own = issue.organ.trim() === "" ? 0 : organ.size * 1.8;
  const top = bottom - own - issue.statement.length * statement.size * 1.7;
  let y = axis.put(issue.organ, organ, top, 1.8);
  for (const line of issue.statement) y = axis.put(line, statement, y, 1.7);
  return top;
}

/** 报头: 公报名, 刊名 in red, the issue at the left and the organ at the right, over two rules; null for the templates that
 *  have a page. */
export function mastheadSlab(issue: IssueFields, shop: Workshop): Made | null {
  const { style, typeCase } = shop;
  if (style.cover.template !== "masthead") return null;
  const measure = typeAreaWidth(style);
  const { official, name, date } = style.cover;
  const axis = new Axis(shop);
  let y = axis.put(
    issue.officialTitle,
    { ...official, size: Math.min(official.size, 16), spacing: 0.3 },
    0,
    1.7,
    "black",
  );
  y = axis.put(issue.gazetteTitle, { ...name, size: Math.min(name.size, 62) }, y, 1.35, "red") + 6;
  const sides = [
    [[issueLine(issue), dateLine(issue)].filter(Boolean).join("　"), "left"],
    [issue.organ, "right"],
  ] as const;
  const size = fitting(sides.map(([text]) => text).join("　　"), date, measure, shop);
  for (const [text, align] of sides) {
    if (text.trim() === "") continue;
    const font = { ...date, size };
    const set = setParagraph(copyOf(text, font, style), shapeOf(size, measure, align), typeCase);
    axis.lines.push(...set);
    axis.texts.push(...stack(set.slice(0, 1), y, size * 1.6, date.ink));
  }
  y += size * 1.6 + 5;
  axis.rules.push(redRule(y, measure, 2.6), redRule(y + 4.5, measure, 0.7));
  return { slab: { height: y + 16, texts: axis.texts, rules: axis.rules }, part: "cover", lines: axis.lines };
}

/** Size at which a text stands on one line. */
function fitting(text: string, font: FrontText, measure: number, shop: Workshop): number {
  const [line] = oneLine(text, { ...font, size: Math.min(font.size, 12) }, shop);
  return Math.min(line?.runs[0]?.size ?? 12, measure);
}
