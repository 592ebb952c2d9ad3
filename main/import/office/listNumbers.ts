// The numbers that Word computes and keeps nowhere (一、 第三条 （1）), as the text that a reader sees: ISO/IEC 29500-1, 17.9.
// An official document lives by its numbers, so they become literal text on import.
import { chineseNumeral } from "../../../shared/model/numbering.ts";
import { child, children, isOn, propertyOf, type XmlElement } from "./xml.ts";

/** How one level of a list is numbered. */
interface Level {
  readonly start: number;
  readonly format: string;
  /** %1、 with %n for the number of level n. */
  readonly text: string;
  /** Level (from 1) whose advance restarts this one; 0: none does. Undefined: any higher one. */
  readonly restart: number | undefined;
  /** All numbers of its text in Arabic digits. */
  readonly legal: boolean;
  /** tab, space or nothing. */
  readonly suffix: string;
}

interface List {
  readonly abstract: string;
  readonly levels: ReadonlyMap<number, Level>;
  /** Levels that begin anew in this list though they share their counters. */
  readonly restarts: ReadonlyMap<number, number>;
}

export class ListNumbers {
  private readonly lists: ReadonlyMap<string, List>;
  /** Counters of each abstract list, by level. */
  private readonly counters = new Map<string, Map<number, number>>();
  private readonly begun = new Set<string>();

  /** `numbering`: root of word/numbering.xml; null where a document has no lists. */
  constructor(numbering: XmlElement | null) {
    const abstracts = new Map(
      children(numbering, "w:abstractNum").map((each) => [each.attributes.get("w:abstractNumId") ?? "", each]),
    );
    const linked = (abstract: XmlElement | undefined): XmlElement | undefined => {
      const link = propertyOf(abstract, "w:numStyleLink");
      return link === undefined
        ? abstract
        : [...abstracts.values()].find((each) => propertyOf(each, "w:styleLink") === link && each !== abstract);
    };
    this.lists = new Map(
      children(numbering, "w:num").map((num): [string, List] => {
        const abstract = propertyOf(num, "w:abstractNumId") ?? "";
        const levels = new Map(children(linked(abstracts.get(abstract)), "w:lvl").map(levelOf));
        const restarts = new Map<number, number>();
        for (const change of children(num, "w:lvlOverride")) {
          const at = Number(change.attributes.get("w:ilvl") ?? 0);
          const own = child(change, "w:lvl");
          if (own) levels.set(...levelOf(own));
          const start = propertyOf(change, "w:startOverride");
          if (start !== undefined) restarts.set(at, Number(start));
        }
        return [num.attributes.get("w:numId") ?? "", { abstract, levels, restarts }];
      }),
    );
  }

  /** The number of the next paragraph of a list, with what parts it from the text; "" for a bullet or no list. Counts on:
   *  ask once for each paragraph, in order. `level` from 0. */
  next(list: string, level: number): string {
    const own = this.lists.get(list);
    const at = own?.levels.get(level);
    if (!own || !at) return "";
    const counters = this.counters.get(own.abstract) ?? new Map<number, number>();
    this.counters.set(own.abstract, counters);
    for (const [restarted, start] of own.restarts) {
      const key = `${list} ${restarted}`;
      if (restarted > level || this.begun.has(key)) continue;
      this.begun.add(key);
      counters.set(restarted, start - 1);
    }
    counters.set(level, (counters.get(level) ?? at.start - 1) + 1);
    for (const [lower, { restart }] of own.levels)
      if (lower > level && (restart === undefined || (restart > 0 && level < restart))) counters.delete(lower);
    if (at.format === "bullet" || at.format === "none") return "";
    const text = at.text.replace(/%([1-9])/gu, (_, digit: string) => {
      const named = Number(digit) - 1;
      const other = own.levels.get(named) ?? at;
      const count = counters.get(named) ?? other.start;
      return numeral(count, at.legal && named < level ? "decimal" : other.format);
    });
    return text + (at.suffix === "space" || (at.suffix === "tab" && /[\p{Script=Han}\w]$/u.test(text)) ? " " : "");
  }
}

function levelOf(level: XmlElement): [number, Level] {
  const restart = propertyOf(level, "w:lvlRestart");
  // Newer formats stand in an alternative for the older programs.
  const format = propertyOf(level, "w:numFmt") ?? "decimal";
  return [
    Number(level.attributes.get("w:ilvl") ?? 0),
    {
      start: Number(propertyOf(level, "w:start") ?? 0),
      format,
      text: propertyOf(level, "w:lvlText") ?? "",
      restart: restart === undefined ? undefined : Number(restart),
      legal: isOn(level, "w:isLgl") ?? false,
      suffix: propertyOf(level, "w:suff") ?? "tab",
    },
  ];
}

const plain = "〇一二三四五六七八九";
const formalOf = "零一二三四五六七八九十百千";
const formal = "零壹贰叁肆伍陆柒捌玖拾佰仟";
const stems = "甲乙丙丁戊己庚辛壬癸";
const branches = "子丑寅卯辰巳午未申酉戌亥";

/** A number as a format of ST_NumberFormat (17.18.59) writes it; Arabic digits for a format that is not used in Chinese. */
export function numeral(number: number, format: string): string {
  switch (format) {
    case "chineseCounting":
    case "chineseCountingThousand":
    case "taiwaneseCounting":
    case "taiwaneseCountingThousand":
    case "japaneseCounting":
    case "koreanCounting":
    case "ideographDigital":
    case "taiwaneseDigital":
    case "japaneseDigitalTenThousand":
      return format.includes("Digital") || !isCountable(number) ? digitwise(number) : chineseNumeral(number);
    case "chineseLegalSimplified":
    case "ideographLegalTraditional":
      return isCountable(number) ? inFull(chineseNumeral(number)) : digitwise(number);
    case "ideographTraditional":
      return stems[(number - 1) % 10] ?? String(number);
    case "ideographZodiac":
      return branches[(number - 1) % 12] ?? String(number);
    case "decimalZero":
      return String(number).padStart(2, "0");
    case "decimalFullWidth":
    case "decimalFullWidth2":
      return String(number);
    case "decimalEnclosedCircle":
    case "decimalEnclosedCircleChinese":
      return enclosed(number, [
        [1, 20, 0x2460],
        [21, 35, 0x3251],
        [36, 50, 0x32b1],
      ]);
    case "decimalEnclosedParen":
      return enclosed(number, [[1, 20, 0x2474]]);
    case "decimalEnclosedFullstop":
      return `${number}.`;
    case "ideographEnclosedCircle":
      return enclosed(number, [[1, 10, 0x3280]]);
    case "upperLetter":
    case "lowerLetter": {
      const letter = String.fromCharCode(0x41 + ((number - 1) % 26)).repeat(Math.floor((number - 1) / 26) + 1);
      return format === "upperLetter" ? letter : letter.toLowerCase();
    }
    case "upperRoman":
      return roman(number);
    case "lowerRoman":
      return roman(number).toLowerCase();
    default:
      return String(number);
  }
}

function digitwise(number: number): string {
  return Array.from(String(number), (digit) => plain[Number(digit)] ?? digit).join("");
}

const isCountable = (number: number) => number >= 1 && number <= 9999;

/** 十二 -> 壹拾贰, as amounts are written out. */
function inFull(numeral: string): string {
  const full = numeral.replace(/^十/u, "一十");
  return Array.from(full, (sign) => formal[formalOf.indexOf(sign)] ?? sign).join("");
}

function enclosed(number: number, ranges: readonly (readonly [from: number, to: number, code: number])[]): string {
  const range = ranges.find(([from, to]) => from <= number && number <= to);
  return range ? String.fromCodePoint(range[2] + number - range[0]) : `（${number}）`;
}

function roman(number: number): string {
  const steps: readonly (readonly [number, string])[] = [
    ...([
      [1000, "M"],
      [900, "CM"],
      [500, "D"],
      [400, "CD"],
      [100, "C"],
      [90, "XC"],
      [50, "L"],
      [40, "XL"],
    ] as const),
    ...([
      [10, "X"],
      [9, "IX"],
      [5, "V"],
      [4, "IV"],
      [1, "I"],
    ] as const),
  ];
  let [left, out] = [number, ""];
  for (const [value, letters] of steps) for (; left >= value; left -= value) out += letters;
  return out;
}
