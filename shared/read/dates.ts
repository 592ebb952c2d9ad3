// Dates as documents write them, 2023年6月25日 or 二〇二三年六月二十五日, to ISO.
import { chineseInteger } from "../model/numbering.ts";

const numeral = "[\\d〇○Ｏ零一二三四五六七八九十]";
const pattern = `(${numeral}{4})\\s*年\\s*(${numeral}{1,3})\\s*月\\s*(${numeral}{1,3})\\s*日`;

function iso(year: string, month: string, day: string): string | null {
  // 二0二四: a digit or a letter typed for 〇.
  const [y, m, d] = [year, month, day].map((part) =>
    /^\d+$/u.test(part) ? Number(part) : (chineseInteger(part.replace(/[0Ｏ]/gu, "〇")) ?? 0),
  );
  if (!y || !m || !d) return null;
  const text = `${y}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`;
  const when = new Date(Date.UTC(y, m - 1, d));
  return y >= 1900 && when.toISOString().startsWith(text) ? text : "";
}

/** The date a text consists of, brackets aside; "" for a day that does not exist, null when it is anything else. */
export function wholeDate(text: string): string | null {
  const match = new RegExp(`^[（(]?\\s*${pattern}\\s*[）)]?$`, "u").exec(text.trim());
  return match && iso(match[1] ?? "", match[2] ?? "", match[3] ?? "");
}
