// Where notices begin: title, 文号 and 登记号. The number line is the anchor; the title is gathered around it, from one
// line or several, and from it come the issuers and the 文种.
import { findDocNumber, findUniformNumber } from "../model/docNumber.ts";
import { type NoticeKind, noticeKinds } from "../model/notice.ts";
import { wholeDate } from "./dates.ts";
import type { Line } from "./lines.ts";
import { annexLabel, closeLetters, fold, openMarks, organPattern, tidyTitle } from "./tidy.ts";

/** `start` and `body` are indexes of lines: the first line of the title, and the first after the head. */
export interface Head {
  readonly start: number;
  readonly body: number;
  readonly title: string;
  readonly issuers: readonly string[];
  readonly docNumber: string;
  readonly uniformNumber: string;
  /** Date in parentheses under the title; "" when there is none. */
  readonly dated: string;
  /** 1-based line of the number, or of the title where there is none. */
  readonly numberLine: number;
}

const kindWords = noticeKinds.filter((kind) => kind !== "任免" && kind !== "其他");
const kindEnd = new RegExp(
  `(?:${kindWords.join("|")}|令|方案|细则|规划|条例|制度|预案|要点|规则|目录|清单|名单)$`,
  "u",
);
const verb = /关于|印发|转发|批转|公布|发布/u;

/** Whether a text ends as titles of documents and annexes do: …办法, …名单, …任务分解表. */
export function endsAsTitle(text: string): boolean {
  const end = fold(text).replace(/\([^()]*\)$/u, "");
  return kindEnd.test(end) || /(?:表|图|册|一览|安排|职责|分工|标准|流程|说明|要求|任务|指标|框架)$/u.test(end);
}

/** 文种 of a title: its last word; 任免 when it is about appointments. */
export function noticeKind(title: string): NoticeKind {
  if (/任免|任职|免职|任命/u.test(title)) return "任免";
  const end = fold(title).replace(/(?:\([^()]*\)|\d+号?|第.{1,5}号)+$/u, "");
  if (/令$/u.test(end)) return "命令";
  return kindWords.find((kind) => end.endsWith(kind)) ?? "其他";
}

/** The words before 关于/印发 … that stand outside 《》; null when there is no such word. */
function beforeVerb(text: string): string | null {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "《") depth++;
    else if (text[at] === "》") depth--;
    else if (depth === 0 && verb.test(text.slice(at, at + 2))) return text.slice(0, at).trim();
  }
  return null;
}

/** Whether a text names nothing but organs, spaced or not. */
export function isOrgan(text: string): boolean {
  const words = closeLetters(text.trim()).split(/\s+/u);
  return words[0] !== "" && words.every((word) => organPattern.test(word));
}

/** Issuers of a title's first words: parted at spaces, or where the name of the place comes again. */
export function splitIssuers(prefix: string): string[] {
  return closeLetters(prefix)
    .split(/[\s、]+/u)
    .filter(Boolean)
    .flatMap((word) => {
      const place = /^(?:中共)?(\p{Script=Han}{2,3}?[省州市县区])/u.exec(word)?.[1];
      const again = place ? word.indexOf(place, (word.startsWith("中共") ? 2 : 0) + place.length) : -1;
      const first = word.slice(0, again);
      return again > 0 && organPattern.test(first) ? [first, word.slice(again)] : [word];
    });
}

/** Title on one line and its issuers, from the words as dumped. */
export function titleOf(words: string): { title: string; issuers: string[] } {
  const prefix = beforeVerb(words);
  if (prefix !== null && isOrgan(prefix)) {
    const issuers = splitIssuers(prefix);
    const rest = words.slice(words.indexOf(prefix) + prefix.length);
    return { title: issuers.join(" ") + tidyTitle(rest).replace(/^ /u, ""), issuers };
  }
  const title = tidyTitle(words);
  const bare = /^(.*(?:人民政府|委员会|办公室|[局厅委]))(?:令|公告|通告|公报)/u.exec(title)?.[1];
  return { title, issuers: bare ? splitIssuers(bare) : [] };
}

interface NumberLine {
  readonly docNumber: string;
  readonly uniformNumber: string;
  /** Words before the number on the same line: the title, when it is all on one line. */
  readonly words: string;
}

/** A line that ends with 文号 (and 登记号) and holds nothing after it; null for any other. */
export function numberLine(text: string): NumberLine | null {
  const doc = findDocNumber(text);
  const uniform = findUniformNumber(text);
  if (!doc && !uniform) return null;
  const from = Math.min(doc?.from ?? text.length, uniform?.from ?? text.length);
  const to = Math.max(doc?.to ?? 0, uniform?.to ?? 0);
  if (!/^[\s）)]*$/u.test(text.slice(to))) return null;
  const words = text
    .slice(0, from)
    .replace(/[\s（(]+$/u, "")
    .replace(/^.{0,4}文号[：:]$|^发文字号[：:]$/u, "")
    .trim();
  return { docNumber: doc?.text ?? "", uniformNumber: uniform?.text ?? "", words };
}

function isTitleEnd(words: string): boolean {
  return openMarks(words) === 0 && kindEnd.test(fold(words).replace(/\([^()]*\)$/u, ""));
}

/** A whole title, issuers first: 示例市人民政府关于…的通知. */
function isTitle(words: string): boolean {
  const prefix = beforeVerb(words);
  return prefix !== null && isOrgan(prefix) && isTitleEnd(words);
}

function nextText(lines: readonly Line[], from: number, step: 1 | -1): number {
  let at = from + step;
  while (lines[at]?.bare === "") at += step;
  return at;
}

/** Text that only a body has, not a contents page. */
function opensBody(line: Line | undefined): boolean {
  if (!line || line.cells) return false;
  const text = line.bare;
  return /[：:。；;，,]$/u.test(text) || (text.length > 30 && !kindEnd.test(fold(text)) && !numberLine(text));
}

/** Lines that cannot belong to a title. */
function breaksTitle(line: Line): boolean {
  return (
    line.cells !== null ||
    /[。；：:！？]$/u.test(line.bare) ||
    /^【.*】$/u.test(line.bare) ||
    annexLabel.test(line.bare) ||
    wholeDate(line.bare) !== null ||
    line.bare.length > 120
  );
}

/** The title whose last line is above line `end`: its first line and its words; null when there is none. */
function titleAbove(lines: readonly Line[], end: number): { start: number; words: string; dated: string } | null {
  const parts: string[] = [];
  let dated = "";
  let start = end;
  let complete = false;
  for (let at = nextText(lines, end, -1); at >= 0 && parts.length < 8; at = nextText(lines, at, -1)) {
    const line = lines[at];
    if (!line) break;
    if (parts.length === 0 && /^[（(]/u.test(line.bare) && wholeDate(line.bare)) {
      dated = wholeDate(line.bare) ?? "";
      continue;
    }
    if (breaksTitle(line)) break;
    if (complete && !isOrgan(line.bare)) break;
    if (numberLine(line.bare)?.words === "") break;
    parts.unshift(line.bare);
    start = at;
    const prefix = beforeVerb(parts.join(" "));
    if (prefix === null) continue;
    if (prefix !== "" && isOrgan(prefix) && !isOrgan(line.bare)) break;
    if (prefix === "") complete = true;
  }
  const words = parts.join(" ");
  const prefix = beforeVerb(words);
  const valid = prefix === null ? /(?:令|公告|通告)$/u.test(fold(words)) : prefix === "" || isOrgan(prefix);
  return valid && words !== "" ? { start, words, dated } : null;
}

/** The title that begins right below line `at`: some offices print the number above it. */
function titleBelow(lines: readonly Line[], number: number): { end: number; words: string } | null {
  let words = "";
  for (let at = nextText(lines, number, 1), n = 0; n < 6; at = nextText(lines, at, 1), n++) {
    const line = lines[at];
    if (!line || breaksTitle(line)) return null;
    words = `${words} ${line.bare}`.trim();
    if (isTitle(words)) return { end: at, words };
  }
  return null;
}

/** The heads of a dump in order. `contents` is the line index of 目录, or -1: lines after it belong to the contents
 *  until a number line is followed by the text of a body. */
export function findHeads(lines: readonly Line[], contents: number): Head[] {
  const heads: Head[] = [];
  let uniform: { text: string; at: number } | null = null;
  for (const [at, line] of lines.entries()) {
    if (line.bare === "" || line.cells) continue;
    const last = heads.at(-1);
    if (last && at < last.body) continue;
    const inContents = at > contents && contents >= 0 && (last?.start ?? -1) < contents;
    const number = numberLine(line.bare);
    if (number && !number.docNumber && number.words === "" && docNumberFollows(lines, at)) {
      uniform = { text: number.uniformNumber, at };
      continue;
    }
    const head = number
      ? headAtNumber(lines, at, number)
      : (headOfOrder(lines, at) ?? (inContents ? null : headWithoutNumber(lines, at, last)));
    if (!head) continue;
    if (inContents && !opensBody(lines[nextText(lines, head.body - 1, 1)])) continue;
    if (number?.words && !opensBody(lines[nextText(lines, at, 1)])) continue;
    const above = uniform && nextText(lines, uniform.at, 1) === head.start;
    const start = uniform && above ? uniform.at : head.start;
    heads.push({ ...head, start, uniformNumber: head.uniformNumber || (uniform?.text ?? "") });
    uniform = null;
  }
  return heads;
}

/** Whether the 文号 that belongs to a 登记号 on a line of its own comes below, before any text. */
function docNumberFollows(lines: readonly Line[], from: number): boolean {
  for (let at = nextText(lines, from, 1), n = 0; n < 6; at = nextText(lines, at, 1), n++) {
    const line = lines[at];
    if (!line) return false;
    if (numberLine(line.bare)?.docNumber) return true;
    if (breaksTitle(line)) return false;
  }
  return false;
}

/** 示例市人民政府令 with 第12号, on one line or two. */
function headOfOrder(lines: readonly Line[], at: number): Head | null {
  const words = (lines[at]?.bare ?? "").replace(/\s+(?=令|第)/gu, "");
  const match = /^(.{4,30})令(?:[（(]?(第[\d〇一二三四五六七八九十百]+号)[）)]?)?$/u.exec(words);
  if (!match?.[1] || !isOrgan(match[1])) return null;
  const below = nextText(lines, at, 1);
  const next = /^[（(]?(第\s*[\d〇一二三四五六七八九十百]+\s*号)[）)]?$/u.exec(lines[below]?.bare ?? "");
  const number = match[2] ?? next?.[1];
  if (!number) return null;
  return {
    start: at,
    body: (match[2] ? at : below) + 1,
    title: `${match[1]}令`,
    issuers: splitIssuers(match[1]),
    docNumber: number.replace(/\s/gu, ""),
    uniformNumber: "",
    dated: "",
    numberLine: (match[2] ? at : below) + 1,
  };
}

function headAtNumber(lines: readonly Line[], at: number, number: NumberLine): Head | null {
  const { docNumber, uniformNumber, words } = number;
  if (words) {
    if (isTitle(words))
      return { start: at, body: at + 1, ...titleOf(words), docNumber, uniformNumber, dated: "", numberLine: at + 1 };
    if (!isTitleEnd(words)) return null;
    const above = titleAbove(lines, at);
    const all = above && `${above.words} ${words}`;
    return above && all && isTitle(all)
      ? {
          start: above.start,
          body: at + 1,
          ...titleOf(all),
          docNumber,
          uniformNumber,
          dated: above.dated,
          numberLine: at + 1,
        }
      : null;
  }
  const skip = nextText(lines, at, -1);
  const over = lines[skip];
  const stacked = over && !over.cells && numberLine(over.bare)?.words === "";
  const above = titleAbove(lines, stacked ? skip : at);
  if (above)
    return {
      start: above.start,
      body: at + 1,
      ...titleOf(above.words),
      docNumber,
      uniformNumber,
      dated: above.dated,
      numberLine: at + 1,
    };
  const below = titleBelow(lines, at);
  return (
    below && {
      start: at,
      body: below.end + 1,
      ...titleOf(below.words),
      docNumber,
      uniformNumber,
      dated: "",
      numberLine: at + 1,
    }
  );
}

/** Pieces that the contents list without a number, 大事记 or 解读, begin where their title stands on its own. */
export function headsOfTitles(lines: readonly Line[], titles: readonly string[], taken: readonly Head[]): Head[] {
  const inHead = new Set(
    taken.flatMap((head) => Array.from({ length: head.body - head.start }, (_, i) => head.start + i)),
  );
  const places = new Map<string, number>();
  for (const [at, line] of lines.entries())
    if (line.bare !== "" && !line.cells && !inHead.has(at) && !places.has(fold(line.bare)))
      places.set(fold(line.bare), at);
  return titles.flatMap((title) => {
    const words = fold(title);
    for (let length = words.length; length >= Math.min(4, words.length); length--) {
      const start = places.get(words.slice(0, length));
      if (start === undefined) continue;
      let all = "";
      for (let end = start, n = 0; n < 4 && words.startsWith(all); end = nextText(lines, end, 1), n++) {
        all += fold(lines[end]?.bare ?? "");
        if (all !== words) continue;
        return [
          {
            start,
            body: end + 1,
            docNumber: "",
            uniformNumber: "",
            dated: "",
            numberLine: start + 1,
            ...titleOf(title),
          },
        ];
      }
    }
    return [];
  });
}

/** A notice that prints no number: a whole title after the date that closed the one before, followed by body text. */
function headWithoutNumber(lines: readonly Line[], at: number, last: Head | undefined): Head | null {
  const before = lines[nextText(lines, at, -1)];
  if (before && (!last || wholeDate(before.bare) === null)) return null;
  if (last && /印发|转发|批转|公布|发布/u.test(last.title)) return null;
  let words = "";
  for (let end = at, n = 0; n < 6; end = nextText(lines, end, 1), n++) {
    const line = lines[end];
    if (!line || breaksTitle(line) || numberLine(line.bare)) return null;
    words = `${words} ${line.bare}`.trim();
    if (!isTitle(words)) continue;
    const next = lines[nextText(lines, end, 1)];
    if (next && numberLine(next.bare)) return null;
    return opensBody(next)
      ? { start: at, body: end + 1, ...titleOf(words), docNumber: "", uniformNumber: "", dated: "", numberLine: at + 1 }
      : null;
  }
  return null;
}
