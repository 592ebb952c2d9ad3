// The imprint 版权页: 补白 slogans, then who is in charge, edits and prints, between two red rules.
import type { IssueFields } from "../model/notice.ts";
import type { Rule } from "./display.ts";
import type { PieceText } from "./flow.ts";
import { copyOf, type Made, oneLine, redRule, shapeOf, stack } from "./frontText.ts";
import { type SetLine, setParagraph } from "./paragraph.ts";
import { type FrontText, typeAreaWidth } from "./style.ts";
import type { Workshop } from "./workshop.ts";

/** 补白 slogans, then the lines of the imprint between two red rules; null when the issue has neither. */
export function imprintSlab(issue: IssueFields, shop: Workshop): Made | null {
  const { imprint } = shop.style;
  const slogans = issue.slogans.filter((line) => line.trim() !== "");
  const entries = issue.imprint.filter((line) => `${line.label}${line.value}`.trim() !== "");
  if (slogans.length + entries.length === 0) return null;
  const measure = typeAreaWidth(shop.style);
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
  if (entries.length > 0) {
    if (slogans.length > 0) y += imprint.pitch;
    rules.push(redRule(y, measure, 2), redRule(y + 3.5, measure, 0.6));
    y += imprint.pitch * 0.7;
    const longest = Math.max(...entries.map((entry) => [...entry.label].length));
    const font = imprint.line;
    for (const entry of entries) {
      const set = imprintLine(entry.label, entry.value, longest, font, measure - 4 * font.size, shop);
      lines.push(...set);
      texts.push(...stack(set, y, imprint.pitch, font.ink, 2 * font.size));
      y += set.length * imprint.pitch;
    }
    y += imprint.pitch * 0.5;
    rules.push(redRule(y, measure, 0.6));
  }
  return { slab: { height: y, texts, rules }, part: "imprint", lines };
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
  return setParagraph(
    { ...copyOf(text, font, shop.style), spread },
    shapeOf(font.size, measure, "left", longest + 1),
    shop.typeCase,
  );
}
