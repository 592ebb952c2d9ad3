// The frame of an issue: cover, contents and imprint, before the notices or after them, and the issue's fields that
// stand there: 刊名, year, numbers, date, organ line, 标准文本 statement, slogans, imprint.

import type { IssueFields } from "../model/notice.ts";
import { chineseInteger } from "../model/numbering.ts";
import { type Contents, longestBox, readContents, readImprint } from "./contents.ts";
import { wholeDate } from "./dates.ts";
import { findHeads, type Head, headsOfTitles } from "./heads.ts";
import type { Line } from "./lines.ts";
import { closeLetters, fold, widen } from "./tidy.ts";

export interface Frame {
  readonly issue: Omit<IssueFields, "style"> | null;
  readonly contents: Contents;
  readonly heads: readonly Head[];
  /** For each head, the index after its notice's last line. */
  readonly ends: readonly number[];
  /** Lines of the frame, and before the first notice, that were not understood. */
  readonly rest: readonly Line[];
}

const contentsTitle = /^(?:本期)?(?:目录|目次|要目)$/u;
const issueMark = /第\s*[\d一二三四五六七八九十百]+\s*期/u;

export function readFrame(lines: readonly Line[]): Frame {
  const at = lines.findIndex((line) => contentsTitle.test(line.bare.replace(/\s/gu, "")));
  const numbered = findHeads(lines, at);
  const first = numbered[0]?.start ?? lines.length;
  const atBack = at > first;
  const coverFrom = at < 0 ? 0 : atBack ? coverStart(lines, at) : 0;
  const contentsTo = at < 0 ? 0 : (numbered.find((head) => head.start > at)?.start ?? lines.length);
  const contents = readContents(at < 0 ? [] : lines.slice(at + 1, contentsTo));
  const heads = withListed(numbered, contents, lines, atBack ? 0 : contentsTo, atBack ? coverFrom : lines.length);
  const tail = at < 0 || !atBack ? imprintTail(lines, heads.at(-1)) : lines.length;
  const cover = at < 0 && numbered.length === 0 ? [] : lines.slice(coverFrom, at < 0 ? first : at);
  const before = atBack ? lines.slice(0, first) : [];
  const ends = heads.map((head, i) => {
    const next = heads[i + 1]?.start ?? tail;
    return trimEnd(lines, atBack && head.start < coverFrom ? Math.min(next, coverFrom) : next);
  });
  const { issue, rest } = readIssue([...before, ...cover], contents, readImprint(lines.slice(tail)).fields);
  return { issue, contents, heads, ends, rest: [...rest, ...contents.rest] };
}

/** The numbered heads, and those of pieces that only the contents tell. They stand between lines `from` and `to`. */
function withListed(
  numbered: readonly Head[],
  contents: Contents,
  lines: readonly Line[],
  from: number,
  to: number,
): Head[] {
  const known = numbered.map((head) => fold(head.title));
  const titles = contents.entries
    .filter((entry) => entry.docNumber === "" && !known.some((title) => title.endsWith(fold(entry.title))))
    .map((entry) => entry.title);
  const body = lines.map((line, i) => (i >= from && i < to ? line : { ...line, bare: "" }));
  return [...numbered, ...headsOfTitles(body, titles, numbered)]
    .sort((a, b) => a.start - b.start)
    .filter((head, i, all) => head.start !== all[i - 1]?.start);
}

function trimEnd(lines: readonly Line[], end: number): number {
  let at = end;
  while (at > 0 && lines[at - 1]?.bare === "") at--;
  return at;
}

/** Going up from 目录 at the back of a file: the first line of the cover before it. */
function coverStart(lines: readonly Line[], contents: number): number {
  let start = contents;
  let marked = false;
  for (let at = contents - 1, n = 0; at >= 0 && n < 20; at--) {
    const line = lines[at];
    if (!line || line.bare === "") continue;
    if (line.cells || line.bare.length > 40 || /[。；]$/u.test(line.bare)) break;
    if (marked && wholeDate(line.bare)) break;
    marked ||= issueMark.test(line.bare);
    start = at;
    n++;
  }
  return marked ? start : contents;
}

/** Index of the imprint after the last notice, where the contents stand in front or are missing. */
function imprintTail(lines: readonly Line[], last: Head | undefined): number {
  for (let at = last?.body ?? lines.length; at < lines.length; at++) {
    const line = lines[at];
    if (!line || !/^(?:主\s*管|主\s*办|编\s*印)(?:单位)?\s*[：:]/u.test(line.bare)) continue;
    const { taken } = readImprint(lines.slice(at));
    if (lines.slice(at + taken).every((each) => each.bare === "")) return at;
  }
  return lines.length;
}

function readIssue(
  cover: readonly Line[],
  contents: Contents,
  tailImprint: Contents["imprint"],
): { issue: Frame["issue"]; rest: Line[] } {
  const slogans = [...contents.slogans];
  const imprint = [...contents.imprint, ...tailImprint];
  const rest: Line[] = [];
  const names: string[] = [];
  const latin: string[] = [];
  const statement: string[] = [];
  const dates: IssueDates = { year: 0, number: 0, serial: null, monthDay: "", full: "" };
  let organ = "";
  for (let at = 0; at < cover.length; at++) {
    const line = cover[at];
    if (!line || line.bare === "") continue;
    const box = readImprint(cover.slice(at, at + longestBox));
    if (box.taken > 0) {
      imprint.push(...box.fields);
      at += box.taken - 1;
      continue;
    }
    const text = closeLetters(widen(line.bare));
    const words = takeDates(text.replace(/\s/gu, ""), dates);
    if (words === "") continue;
    if (/^[A-Za-z' .,&-]{4,}$/u.test(text) && /[A-Za-z]{2}/u.test(text)) latin.push(text);
    else if (/^\p{Script=Han}{2,24}(?:政报|公报|政务公开|文告)$/u.test(words)) names.push(words);
    else if (/标准文本|正式公文|同等效力/u.test(words)) statement.push(words);
    else if (/^\p{Script=Han}{4,24}(?:机关刊物?|主办|编印|办公室|人民政府)$/u.test(words)) organ = words;
    else if (/^\p{Script=Han}{4}(?: \p{Script=Han}{4})+$/u.test(text)) slogans.push(text);
    else rest.push(line);
  }
  const official = names.find((name) => name.includes("人民政府")) ?? "";
  const gazetteTitle = names.find((name) => name !== official) ?? official;
  const nothing = gazetteTitle === "" && dates.number === 0 && imprint.length === 0 && contents.entries.length === 0;
  if (nothing) return { issue: null, rest };
  const year = dates.year || Number(dates.full.slice(0, 4));
  const issue = {
    gazetteTitle,
    officialTitle: official === gazetteTitle ? "" : official,
    englishTitle: latin.join(" "),
    year,
    number: dates.number,
    serial: dates.serial,
    published: dates.full || (year && dates.monthDay ? `${year}-${dates.monthDay}` : ""),
    organ,
    statement,
    slogans,
    imprint,
  };
  return { issue, rest };
}

/** Year, numbers and date of an issue as far as they are known; 0 and "" where not. */
interface IssueDates {
  year: number;
  number: number;
  serial: number | null;
  /** 08-22, of 8月22日出版. */
  monthDay: string;
  full: string;
}

/** Takes year, 第N期, 总第N期 and date out of a line without spaces; gives what is left of it. */
function takeDates(line: string, dates: IssueDates): string {
  const numerals = "[\\d〇○零一二三四五六七八九十百]";
  const year = "(\\d{4}|[〇○零一二三四五六七八九]{4})";
  let words = line;
  const take = (pattern: string): RegExpExecArray | null => {
    const match = new RegExp(pattern, "u").exec(words);
    if (match) words = words.replace(match[0], "");
    return match;
  };
  const full = wholeDate(words);
  if (full) {
    dates.full = full;
    return "";
  }
  const day = take("(?:(\\d{4})年)?(\\d{1,2})月(\\d{1,2})日(?:出版|印发|编印|发行)");
  if (day) dates.monthDay = `${day[2]?.padStart(2, "0")}-${day[3]?.padStart(2, "0")}`;
  if (day?.[1]) dates.full = `${day[1]}-${dates.monthDay}`;
  dates.serial = integer(take(`[（(]?总第?(${numerals}+)期[）)]?`)?.[1]) ?? dates.serial;
  const both = take(`${year}年?第(${numerals}+)期`);
  dates.number = integer(both?.[2] ?? take(`第(${numerals}+)期`)?.[1]) ?? dates.number;
  dates.year = integer(both?.[1] ?? take(`^${year}年?$`)?.[1]) ?? dates.year;
  return words.replace(/^[（(·，]*|[）)·，]*$/gu, "");
}

function integer(text: string | undefined): number | null {
  if (!text) return null;
  return /^\d+$/u.test(text) ? Number(text) : chineseInteger(text);
}
