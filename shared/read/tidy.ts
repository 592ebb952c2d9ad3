// Normalises the wording of a dumped line: marks to full width in Chinese text, spaces that only the extraction put
// there removed, letter-spaced words and names closed up. Digits, ratios and telephone numbers stay as they are.
import { numbering } from "../model/numbering.ts";

const han = /\p{Script=Han}/u;
/** What an organ's name ends with. */
const organEnd =
  "(?:人民政府|政府|办公室|办公厅|委员会|党委|县委|市委|省委|州委|区委|党组|[部厅局委办院会署处]|银行|总工会|公司|中心|法院|检察院|指挥部|领导小组)";
export const organPattern = new RegExp(`^(?:中共|中国共产党)?[\\p{Script=Han}（）()、]{1,40}${organEnd}$`, "u");

/** 附件1 on a line of its own. */
export const annexLabel = /^附\s*件\s*[\d一二三四五六七八九十]{0,3}(?:[-—]\d+)?\s*[：:]?$/u;

const wideOf = new Map([..."，；：？！"].map((wide, i) => [",;:?!"[i] ?? "", wide]));
const chinese = /[\p{Script=Han}，。、；：？！（）《》〈〉“”‘’【】〔〕…—％]/u;

/** Half-width , ; : ? ! ( ) next to Chinese text become full width; brackets change in pairs. */
export function widen(line: string): string {
  if (!/[,;:?!()]/u.test(line)) return line;
  const chars = [...line];
  const beside = (i: number, step: number) => {
    let at = i + step;
    while (chars[at] === " ") at += step;
    return chars[at] ?? "";
  };
  const isChinese = (c: string) => c !== "" && chinese.test(c);
  const open: number[] = [];
  for (const [i, c] of chars.entries()) {
    if (c === "(" || c === "（") open.push(i);
    if (c !== ")" && c !== "）") continue;
    const start = open.pop() ?? i;
    const inside = chars.slice(start + 1, i).join("");
    if (!han.test(inside) && !isChinese(beside(start, -1)) && !isChinese(beside(i, 1))) continue;
    if (start < i) chars[start] = "（";
    chars[i] = "）";
  }
  for (const i of open) if (chars[i] === "(" && (isChinese(beside(i, -1)) || isChinese(beside(i, 1)))) chars[i] = "（";
  for (const [i, c] of chars.entries()) {
    const wide = wideOf.get(c);
    const [before, after] = [beside(i, -1), beside(i, 1)];
    if (!wide || (/\d/u.test(before) && /\d/u.test(after))) continue;
    if (isChinese(before) || (isChinese(after) && !/[a-z]/iu.test(before))) chars[i] = wide;
  }
  return chars.join("");
}

/** 总 则 -> 总则, 陈 韬 -> 陈韬: single characters set apart. */
export function closeLetters(text: string): string {
  return text.replace(/(?<!\p{Script=Han})\p{Script=Han}(?: +\p{Script=Han})+(?!\p{Script=Han})/gu, (run) =>
    run.replace(/ /gu, ""),
  );
}

/** 张三 县财政局局长，组长：李四 副县长. */
export const nameAndPost = /^(?:[\p{Script=Han}、]{1,8}：)?\p{Script=Han}{2,4} \p{Script=Han}/u;

/** Removes spaces that no printed line has. In short lines (names with posts) and between joint issuers in 《》 one
 *  space between words is kept. */
export function closeSpaces(line: string): string {
  if (!line.includes(" ")) return line;
  const text = closeLetters(line.replace(/ +/gu, " ").replace(/^ | $/gu, ""));
  const number = numbering(text);
  const name = nameAndPost.test(text.slice(number?.length ?? 0)) && (!number || number.kind === "level3");
  const words = text.length <= 40 && !/[。；]/u.test(text) && (name || (!number && !text.includes("，")));
  return text
    .replace(/(?<=^|：)(\d{1,3}[.．]) /u, "$1")
    .replace(/(.) (?=(.))/gu, (both, left: string, right: string, at: number) => {
      const wordy = han.test(left) && han.test(right);
      if (wordy && words) return both;
      if (wordy && insideTitle(text, at) && jointIssuers(text.slice(0, at + 1), text.slice(at + 2))) return both;
      if (words && /[）)]/u.test(left) && han.test(right)) return both;
      return chinese.test(left) || chinese.test(right) ? left : both;
    });
}

function insideTitle(text: string, at: number): boolean {
  return text.lastIndexOf("《", at) > text.lastIndexOf("》", at);
}

/** 《A厅 B厅关于…》: the space parts two issuers. */
function jointIssuers(before: string, after: string): boolean {
  return (
    new RegExp(`${organEnd}$`, "u").test(before) &&
    new RegExp(`^[\\p{Script=Han}]{2,20}?${organEnd}(?: |〈|关于|印发|转发)`, "u").test(after)
  );
}

/** The gap after 第X条 and 第X章 is one U+3000, whatever the dump has. */
export function gapAfterNumber(text: string): string {
  const number = numbering(text);
  if (!number) return text;
  const rest = text.slice(number.length).replace(/^[\s　]+/u, "");
  const gap = number.kind === "chapter" || number.kind === "section" || number.kind === "article";
  return text.slice(0, number.length) + (gap && rest ? "\u3000" : "") + rest;
}

/** A whole line as it is stored. */
export function tidy(line: string): string {
  return closeSpaces(gapAfterNumber(widen(line)));
}

/** A title on one line: no spaces but the one between joint issuers. */
export function tidyTitle(text: string): string {
  const line = closeLetters(widen(text).replace(/ +/gu, " ").trim());
  return line.replace(/(.) (?=(.))/gu, (both, left: string, _right: string, at: number) =>
    jointIssuers(line.slice(0, at + 1), line.slice(at + 2)) && /\p{Script=Han}/u.test(left) ? both : left,
  );
}

/** Texts are compared without spaces, width and kind of dash. */
export function fold(text: string): string {
  return text
    .replace(/[\s　*]+/gu, "")
    .replace(/[！-～]/gu, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[—–－─―]+/gu, "-")
    .replace(/["“”]/gu, '"');
}

/** Opened brackets and quotes that are not closed: “《示例市（” -> 2. */
export function openMarks(text: string): number {
  let depth = 0;
  for (const c of text) {
    if ("（(《〈“‘【〔".includes(c)) depth++;
    else if ("）)》〉”’】〕".includes(c) && depth > 0) depth--;
  }
  return depth;
}

/** Words of a list, two-character names that were set apart closed up: “刘 辉 何华光” -> 刘辉, 何华光. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  let single = "";
  for (const word of text.trim().split(/\s+/u)) {
    const alone = word.length === 1 && han.test(word);
    if (alone && single === "") single = word;
    else {
      words.push(alone ? single + word : single ? `${single} ${word}` : word);
      single = "";
    }
  }
  if (single) words.push(single);
  return words.flatMap((word) => word.split(" "));
}
