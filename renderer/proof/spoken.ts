// What is read aloud in 读校, where one reads and the other follows on the page: titles, numbers and dates as words, with
// the marks that matter named, as proofreaders name them. Pure.

const digitNames = "零一二三四五六七八九";

/** Marks that a voice would pass over and that change what is printed. */
const markNames: Readonly<Record<string, string>> = {
  "《": "，书名号，",
  "》": "，书名号完，",
  "〈": "，单书名号，",
  "〉": "，单书名号完，",
  "〔": "，六角括号，",
  "〕": "，括号完，",
  "（": "，括号，",
  "）": "，括号完，",
  "“": "，引号，",
  "”": "，引号完，",
  "—": "，连接号，",
  "、": "，顿号，",
};

function digits(text: string): string {
  return Array.from(text, (digit) => digitNames[Number(digit)] ?? digit).join("");
}

/** A title or number as it is read: years and numbers digit by digit, marks by name. */
export function spokenText(text: string): string {
  return text
    .replace(/\d+/gu, digits)
    .replace(/[《》〈〉〔〕（）“”—、]/gu, (mark) => markNames[mark] ?? mark)
    .replace(/，{2,}/gu, "，")
    .replace(/^，|，$/gu, "");
}

/** 2026-03-05 -> 二零二六年三月五日: month and day as numbers, the year digit by digit; "没有日期" for "". */
export function spokenDate(iso: string): string {
  const [, year = "", month = "", day = ""] = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(iso) ?? [];
  return year === "" ? "没有日期" : `${digits(year)}年${counted(Number(month))}月${counted(Number(day))}日`;
}

/** 1 to 99 in words: 十二, 二十, 三十一. */
function counted(number: number): string {
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  const head = tens === 0 ? "" : tens === 1 ? "十" : `${digitNames[tens]}十`;
  return head + (ones === 0 && tens > 0 ? "" : (digitNames[ones] ?? ""));
}
