// What a spreadsheet shows for a number: number formats of SpreadsheetML (ISO/IEC 29500-1, 18.8.30-31) as far as offices use
// them: digits, thousands, percent, units in quotes, negative numbers, dates and times, among them the Chinese ones.

/** Formats that a workbook need not spell out, by id (18.8.30; 27 to 36 and 50 to 58 as in Chinese editions). */
const builtIn: Readonly<Record<number, string>> = {
  0: "General",
  1: "0",
  2: "0.00",
  3: "#,##0",
  4: "#,##0.00",
  9: "0%",
  10: "0.00%",
  11: "0.00E+00",
  14: "yyyy/m/d",
  15: "d-mmm-yy",
  17: "mmm-yy",
  18: "h:mm AM/PM",
  20: "h:mm",
  21: "h:mm:ss",
  22: "yyyy/m/d h:mm",
  27: 'yyyy"年"m"月"',
  28: 'm"月"d"日"',
  31: 'yyyy"年"m"月"d"日"',
  32: 'h"时"mm"分"',
  33: 'h"时"mm"分"ss"秒"',
  36: 'yyyy"年"m"月"',
  37: "#,##0;-#,##0",
  38: "#,##0;-#,##0",
  39: "#,##0.00;-#,##0.00",
  40: "#,##0.00;-#,##0.00",
  45: "mm:ss",
  46: "[h]:mm:ss",
  47: "mm:ss.0",
  49: "@",
  57: 'yyyy"年"m"月"',
  58: 'm"月"d"日"',
};

export function builtInFormat(id: number): string {
  return builtIn[id] ?? "General";
}

/** The number as it is shown. `from1904`: the workbook counts its days from 1904. */
export function shownNumber(value: number, format: string, from1904 = false): string {
  const sections = splitSections(format);
  const [first = "General"] = sections;
  const negative = value < 0 && sections.length > 1;
  const section =
    value === 0 && sections.length > 2 ? (sections[2] ?? first) : negative ? (sections[1] ?? first) : first;
  const shown = negative ? -value : value;
  const bare = section.replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/giu, "");
  if (bare.trim() === "" || /^general$/iu.test(bare.trim())) return general(shown);
  const tokens = tokensOf(bare);
  return tokens.some(({ kind }) => kind === "time") ? shownTime(shown, tokens, from1904) : shownDigits(shown, tokens);
}

/** Parts for positive, negative, zero and text, at ; outside of quotes. */
function splitSections(format: string): string[] {
  return format.match(/(?:"[^"]*"|\\.|[^;])+/gu) ?? [format];
}

interface Token {
  readonly kind: "literal" | "digits" | "time" | "percent" | "text";
  readonly text: string;
}

function tokensOf(format: string): Token[] {
  const pattern =
    /"(?<quoted>[^"]*)"|\\(?<escaped>.)|[_*].|(?<time>\[h+\]|\[m+\]|\[s+\]|y+|m+|d+|h+|s+|am\/pm|上午\/下午)|(?<digits>[0#?][0#?,.]*(?:E[+-]0+)?)|(?<percent>%)|(?<text>@)|(?<other>.)/giu;
  const tokens: Token[] = [];
  for (const { groups = {} } of format.matchAll(pattern)) {
    const { quoted, escaped, time, digits, percent, text, other } = groups;
    if (time !== undefined) tokens.push({ kind: "time", text: time.toLowerCase() });
    else if (digits !== undefined) tokens.push({ kind: "digits", text: digits });
    else if (percent !== undefined) tokens.push({ kind: "percent", text: "%" });
    else if (text !== undefined) tokens.push({ kind: "text", text: "@" });
    else if (quoted ?? escaped ?? other) tokens.push({ kind: "literal", text: quoted ?? escaped ?? other ?? "" });
  }
  return tokens;
}

/** Eleven digits at most, as a cell shows them. */
function general(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e11 || size < 1e-9)
    return value
      .toExponential(5)
      .replace(/\.?0+e/u, "e")
      .replace("e", "E");
  const decimals = Math.max(0, 10 - Math.max(1, Math.floor(Math.log10(size)) + 1));
  return String(Number(value.toFixed(Math.min(decimals, 10))));
}

function shownDigits(value: number, tokens: readonly Token[]): string {
  const percents = tokens.filter(({ kind }) => kind === "percent").length;
  let out = "";
  let done = false;
  for (const { kind, text } of tokens) {
    if (kind === "digits") {
      if (!done) out += digitsOf(value * 100 ** percents, text);
      done = true;
    } else out += kind === "text" ? general(value) : text;
  }
  // A negative number of a format with one section has its sign before all else.
  return value < 0 && done ? `-${out.replace("-", "")}` : out;
}

function digitsOf(value: number, format: string): string {
  const exponent = /E[+-](0+)$/iu.exec(format)?.[1];
  if (exponent) {
    const decimals = /\.([0#?]*)E/iu.exec(format)?.[1]?.length ?? 0;
    const [mantissa = "", power = "0"] = value.toExponential(decimals).split("e");
    const sign = power.startsWith("-") ? "-" : "+";
    return `${mantissa}E${sign}${power.replace(/^[+-]/u, "").padStart(exponent.length, "0")}`;
  }
  const [whole = "", fraction = ""] = format.split(".");
  const thousands = whole.replace(/,+$/u, "").includes(",");
  // Each comma behind the digits divides by a thousand.
  const scaled = value / 1000 ** (/,*$/u.exec(whole)?.[0].length ?? 0);
  const places = fraction.replace(/[^0#?]/gu, "");
  const least = places.replace(/#+$/u, "").length;
  const fixed = roundedTo(Math.abs(scaled), places.length);
  const [integer = "0", decimals = ""] = fixed.split(".");
  const padded = integer.padStart(whole.replace(/[^0]/gu, "").length, "0");
  const digits = padded === "0" && !whole.includes("0") ? "" : padded;
  const grouped = thousands ? digits.replace(/\B(?=(?:\d{3})+$)/gu, ",") : digits;
  let kept = decimals;
  while (kept.length > least && kept.endsWith("0")) kept = kept.slice(0, -1);
  return (scaled < 0 ? "-" : "") + grouped + (kept === "" ? "" : `.${kept}`);
}

/** Half away from zero in decimal, as spreadsheets round: 1.005 to two places is 1.01. */
function roundedTo(value: number, places: number): string {
  const decimal = Number(`${value}e${places}`);
  return Number.isFinite(decimal) ? (Math.round(decimal) / 10 ** places).toFixed(places) : value.toFixed(places);
}

const day = 86_400_000;

function shownTime(value: number, tokens: readonly Token[], from1904: boolean): string {
  // Day 60 of the 1900 system is a 29 February that never was.
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, value < 60 ? 31 : 30);
  const seconds = Math.round(value * 86_400);
  const at = new Date(epoch + Math.round(seconds * 1000));
  const half = tokens.some(({ kind, text }) => kind === "time" && text.includes("/"));
  const times = tokens
    .map(({ kind, text }, i) => (kind === "time" ? { text, i } : null))
    .filter((each) => each !== null);
  const two = (number: number, text: string) => String(number).padStart(text.length >= 2 ? 2 : 1, "0");
  return tokens
    .map(({ kind, text }, i) => {
      if (kind !== "time") return kind === "digits" ? "" : text;
      const order = times.findIndex((each) => each.i === i);
      // m is a minute behind hours and before seconds.
      const isMinute =
        text.startsWith("m") && (/h/u.test(times[order - 1]?.text ?? "") || /s/u.test(times[order + 1]?.text ?? ""));
      const hour = at.getUTCHours();
      switch (text[0]) {
        case "y":
          return text.length > 2 ? String(at.getUTCFullYear()) : two(at.getUTCFullYear() % 100, "yy");
        case "m":
          return isMinute ? two(at.getUTCMinutes(), text) : two(at.getUTCMonth() + 1, text.length > 2 ? "m" : text);
        case "d":
          return text.length > 2 ? `星期${"日一二三四五六"[at.getUTCDay()]}` : two(at.getUTCDate(), text);
        case "h":
          return two(half ? hour % 12 || 12 : hour, text);
        case "s":
          return two(at.getUTCSeconds(), text);
        case "[":
          return String(
            Math.floor((value * day) / (text.includes("h") ? 3_600_000 : text.includes("m") ? 60_000 : 1000)),
          );
        default:
          return hour < 12 ? (text.includes("上") ? "上午" : "AM") : text.includes("上") ? "下午" : "PM";
      }
    })
    .join("");
}
