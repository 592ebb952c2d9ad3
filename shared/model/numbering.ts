// Numbers of paragraphs 结构层次序数 as literal text: 一、 （一） 1. （1） (GB/T 9704 7.3.3) and the 章, 节, 条 of regulations.
// The text keeps its number; from it come the paragraph's kind, the value, and where the number ends. Layout, editor and
// import read numbers through this file only.
import type { ParagraphKind } from "./block.ts";

export type NumberedKind = Extract<
  ParagraphKind,
  "level1" | "level2" | "level3" | "level4" | "chapter" | "section" | "article"
>;

export interface Numbering {
  readonly kind: NumberedKind;
  readonly value: number;
  /** UTF-16 length of the number with its mark: 2 in “一、总则”, 3 in “第一条　…” (the space is not part of it). */
  readonly length: number;
}

const digits = "〇一二三四五六七八九";

/** 12 -> 十二. Throws RangeError outside 1 to 9999. */
export function chineseNumeral(value: number): string {
  if (!Number.isInteger(value) || value < 1 || value > 9999) throw new RangeError(`no numeral for ${value}`);
  let text = "";
  for (const [i, unit] of ["千", "百", "十", ""].entries()) {
    const digit = Math.floor(value / 10 ** (3 - i)) % 10;
    if (digit > 0) text += digits[digit] + unit;
    else if (text !== "" && !text.endsWith("零")) text += "零";
  }
  return text.replace(/零$/u, "").replace(/^一十/u, "十");
}

/** 十二 -> 12, 一百零三 -> 103, 二〇二三 -> 2023; null when it is no numeral. */
export function chineseInteger(text: string): number | null {
  const plain = text.replace(/[零○]/gu, "〇").replace(/两/gu, "二");
  if (/^[〇一二三四五六七八九]+$/u.test(plain)) return Number([...plain].map((c) => digits.indexOf(c)).join(""));
  const match =
    /^(?:([一二三四五六七八九])千)?〇?(?:([一二三四五六七八九])百)?〇?(?:([一二三四五六七八九])?(十))?〇?([一二三四五六七八九])?$/u.exec(
      plain,
    );
  if (!match || plain === "") return null;
  const [, thousand, hundred, ten, tenUnit, one] = match;
  const digit = (c: string | undefined) => (c ? digits.indexOf(c) : 0);
  return digit(thousand) * 1000 + digit(hundred) * 100 + (tenUnit ? digit(ten ?? "一") * 10 : 0) + digit(one);
}

const numeral = "[零〇○一二三四五六七八九十百千两]{1,7}";
// A numeral of Arabic digits counts for 章, 节 and 条 too, as some offices type 第1条.
const patterns: readonly (readonly [NumberedKind, RegExp])[] = [
  ["chapter", new RegExp(`^第(${numeral}|\\d{1,3})章(?=\\s|$|[^，。；、的第])`, "u")],
  ["section", new RegExp(`^第(${numeral}|\\d{1,3})节(?=\\s|$|[^，。；、的第])`, "u")],
  // “第三条规定的…” continues a sentence, it opens no article.
  ["article", new RegExp(`^第(${numeral}|\\d{1,3})条(?=\\s|$|[^，。；、的第款项所规至和及或中之])`, "u")],
  ["level1", new RegExp(`^(${numeral})、`, "u")],
  ["level2", new RegExp(`^[（(]\\s?(${numeral})\\s?[）)]`, "u")],
  // “2.5万人” is a quantity, “2.2023年任务” is item 2.
  ["level3", /^(\d{1,3})(?:[.．](?!\d)|[.．](?=(?:19|20)\d{2}年)|、)/u],
  ["level4", /^[（(]\s?(\d{1,3})\s?[）)]/u],
];

/** The number a paragraph begins with; null when it begins with none. Half and full width marks both count. */
export function numbering(text: string): Numbering | null {
  for (const [kind, pattern] of patterns) {
    const match = pattern.exec(text);
    if (!match) continue;
    const value = /^\d/u.test(match[1] ?? "") ? Number(match[1]) : chineseInteger(match[1] ?? "");
    if (value !== null && value > 0) return { kind, value, length: match[0].length };
  }
  return null;
}

/** A first sentence longer than a line is a sentence, not a head. */
const longestHead = 36;

/** Length (UTF-16) of the head that a heading paragraph begins with: its first sentence when text runs on after it,
 *  all of it when the paragraph is a head alone; 0 when it is one long sentence, or an item of a list. */
export function headLength(text: string): number {
  const stop = text.indexOf("。");
  if (stop < 0) return /[；，：、:;,]$/u.test(text) ? 0 : text.length;
  return stop < text.length - 1 && stop < longestHead ? stop + 1 : 0;
}
