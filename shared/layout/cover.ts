// The cover 封面: 公报名, 刊名, issue, organ and statement on one axis.
import { type IssueFields, printedDate } from "../model/notice.ts";
import { issueLine } from "./approved.ts";
import type { Rule } from "./display.ts";
import type { PieceText } from "./flow.ts";
import { type Made, oneLine, redRule, stack } from "./frontText.ts";
import type { SetLine } from "./paragraph.ts";
import { type FrontText, typeAreaWidth } from "./style.ts";
import type { Workshop } from "./workshop.ts";

/** 公报名 over a red rule, 刊名 very large, the issue, and at the foot the organ with its statement. */
export function coverSlab(issue: IssueFields, shop: Workshop): Made {
  const { style } = shop;
  const measure = typeAreaWidth(style);
  const fonts = style.cover;
  const mm = 72 / 25.4;
  const page = style.page.height * mm;
  // From the head of the page; the frame of the slab begins at the type area.
  const at = (share: number) => page * share - style.typeArea.top * mm;
  const texts: PieceText[] = [];
  const lines: SetLine[] = [];
  const rules: Rule[] = [];
  const put = (text: string, font: FrontText, top: number, leading = 1.5) => {
    if (text.trim() === "") return top;
    const set = oneLine(text, font, shop);
    lines.push(...set);
    texts.push(...stack(set, top, font.size * leading, font.ink));
    return top + font.size * leading;
  };
  let y = put(issue.officialTitle, fonts.official, at(0.09));
  y = put(issue.englishTitle, fonts.english, y + 2);
  rules.push(redRule(y + 12, measure, 2.6), redRule(y + 16.5, measure, 0.7));
  y = put(issue.gazetteTitle, fonts.name, at(0.33), 1.3);
  y = put(issueLine(issue), fonts.issue, y + 34, 1.6);
  const date = printedDate(issue.published);
  put(date && `${date}出版`, fonts.date, y + 4, 1.6);
  const foot = fonts.organ.size * 1.8 + issue.statement.length * fonts.statement.size * 1.7;
  y = at(0.925) - foot;
  rules.push(redRule(y - 14, measure, 0.7), redRule(y - 9.5, measure, 2.6));
  y = put(issue.organ, fonts.organ, y, 1.8);
  for (const line of issue.statement) y = put(line, fonts.statement, y, 1.7);
  return { slab: { height: at(1), texts, rules }, part: "cover", lines };
}
