// The typed contents page 目录 of an imported issue, entry by entry as printed, right or wrong. Other things stand
// between its entries: slogans, and the imprint in a box.
import { findDocNumber, findUniformNumber } from "../model/docNumber.ts";
import type { Line } from "./lines.ts";
import type { PrintedEntry } from "./reading.ts";
import { closeLetters, fold, openMarks, tidyTitle, widen, wordsOf } from "./tidy.ts";

export interface Contents {
  readonly entries: readonly PrintedEntry[];
  /** Section heads in the order they are printed, repeats included, with their lines. */
  readonly sections: readonly { readonly title: string; readonly line: number }[];
  readonly slogans: readonly string[];
  readonly imprint: readonly { readonly label: string; readonly value: string }[];
  /** Lines that were none of these. */
  readonly rest: readonly Line[];
}

const label =
  /^(?:主管|主办|承办|协办)(?:单位)?$|^(?:编辑委员会|编委会)$|^(?:编委会)?(?:副?主任|副任|委员|成员|编委)$|^(?:总|副总)编辑?$|^(?:副|执行|责任|常务)?(?:主编|编辑|副主编)$|^(?:责任|美术)?(?:校对|编辑|设计)$|^(?:编辑|出版|编印|印刷|印制|发行|承印)(?:出版|单位|部门)?$|^(?:通讯)?[地社]址$|^(?:联系|办公|投稿)?电话$|^传真$|^邮(?:编|政编码)$|^网[址站]$|^(?:电子|投稿)?邮箱$|^(?:准印证|刊)号?$|^(?:印数|审核|赠阅范围|发送对象)$/u;
const people = /任$|员$|编委$|编辑?$|校对$|审核$/u;
const slogan = /^\p{Script=Han}{4}(?: \p{Script=Han}{4})+$/u;
const pageEnd = /^(.*?)(?:[\s.．·•…‥—_/│-]*)[（(]?\s*(\d{1,3})\s*[）)]?$/u;

/** Lines that an imprint may take, blank ones included. */
export const longestBox = 80;

/** Reads imprint lines 主管：… from the front of `lines`; gives how many lines it took, 0 when there is no label. A
 *  value may stand on the next line, and a list of names may go on over lines. */
export function readImprint(lines: readonly Line[]): { fields: { label: string; value: string }[]; taken: number } {
  const fields: { label: string; value: string }[] = [];
  let taken = 0;
  for (const [i, line] of lines.entries()) {
    const text = closeLetters(widen(line.bare));
    if (text === "") continue;
    const last = fields.at(-1);
    const pairs = text
      .split(/\s+(?=[\p{Script=Han} ]{2,8}：)/u)
      .map((part) => /^([^：]{2,8})：\s*(.*)$/u.exec(part) ?? /^(编辑委员会|编委会)()$/u.exec(part));
    if (pairs.every((pair) => pair && label.test(fold(pair[1] ?? "")))) {
      for (const pair of pairs) {
        const name = fold(pair?.[1] ?? "");
        const words = wordsOf(pair?.[2] ?? "");
        fields.push({ label: name, value: words.join(" ") });
      }
    } else if (last && continues(last, text)) {
      fields[fields.length - 1] = { label: last.label, value: [last.value, ...wordsOf(text)].join(" ").trim() };
    } else break;
    taken = i + 1;
  }
  return { fields, taken };
}

function continues(last: { label: string; value: string }, text: string): boolean {
  if (/编委会|编辑委员会/u.test(last.label)) return false;
  if (last.value === "") return text.length <= 40 && !/\d{4}〕|[（(]\d+[）)]$|^【/u.test(text);
  return people.test(last.label) && wordsOf(text).every((word) => /^\p{Script=Han}{2,4}$/u.test(word));
}

/** Reads the lines after 目录 and before the first notice. */
export function readContents(lines: readonly Line[]): Contents {
  const entries: PrintedEntry[] = [];
  const sections: { title: string; line: number }[] = [];
  const slogans: string[] = [];
  const imprint: { label: string; value: string }[] = [];
  const rest: Line[] = [];
  let buffer: Line[] = [];
  let number: Pick<PrintedEntry, "docNumber" | "uniformNumber" | "numberLine"> = { docNumber: "", uniformNumber: "" };

  const flush = (page: number | null) => {
    const first = buffer[0];
    if (first) {
      const words = buffer.map((line) => line.bare).join(" ");
      const title = tidyTitle(words.replace(/^\s*\d{1,3}[.．、]\s*/u, "")).trim();
      entries.push({ section: sections.at(-1)?.title ?? "", title, ...number, page, line: first.no });
    }
    buffer = [];
    number = { docNumber: "", uniformNumber: "" };
  };

  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (!line || !/[\p{L}\p{N}]/u.test(line.bare) || /^(?:目录|目次|CONTENTS)$/iu.test(fold(line.bare))) continue;
    const box = readImprint(lines.slice(at, at + longestBox));
    if (box.taken > 0) {
      imprint.push(...box.fields);
      at += box.taken - 1;
      continue;
    }
    const text = line.bare;
    const doc = findDocNumber(text);
    const uniform = findUniformNumber(text);
    if (doc || uniform) {
      const from = Math.min(doc?.from ?? text.length, uniform?.from ?? text.length);
      const to = Math.max(doc?.to ?? 0, uniform?.to ?? 0);
      const words = text.slice(0, from).replace(/[\s（(]+$/u, "");
      if (words) {
        if (startsEntry(words, buffer)) flush(null);
        buffer.push({ ...line, bare: words });
      }
      number = {
        docNumber: doc?.text ?? number.docNumber,
        uniformNumber: uniform?.text ?? number.uniformNumber,
        numberLine: line.no,
      };
      const tail = text.slice(to).replace(/^\s*[）)]/u, "");
      const page = pageEnd.exec(tail)?.[2];
      if (page) flush(Number(page));
      else if (doc && !pageFollows(lines, at)) flush(null);
      continue;
    }
    const section = sectionHead(text, buffer);
    if (section) {
      flush(null);
      sections.push({ title: section, line: line.no });
    } else if (buffer.length === 0 && slogan.test(text)) slogans.push(text);
    else {
      const end = pageEnd.exec(text);
      const led = end && /[.．·•…‥—_]{2,}|\s|[（(]/u.test(text.slice((end[1] ?? "").length, -(end[2] ?? "").length));
      const words = led ? (end[1] ?? "") : text;
      if (words && startsEntry(words, buffer)) flush(null);
      if (words && buffer.length === 0 && !/\p{Script=Han}{4}/u.test(words)) rest.push(line);
      else if (words) buffer.push({ ...line, bare: words });
      if (led && buffer.length > 0) flush(Number(end[2]));
    }
  }
  flush(null);
  // A section without entries stands above the first notice, not in the contents.
  while (sections.length > 0 && (sections.at(-1)?.line ?? 0) > (entries.at(-1)?.line ?? 0)) sections.pop();
  return { entries, sections, slogans, imprint, rest };
}

function pageFollows(lines: readonly Line[], at: number): boolean {
  const next = lines.slice(at + 1, at + 6).find((line) => line.bare !== "");
  return next !== undefined && /^[\s.．·•…‥—_（(-]*\d{1,3}\s*[）)]?$/u.test(next.bare);
}

/** A line that begins a new entry although the one before had no number or page. */
function startsEntry(words: string, buffer: readonly Line[]): boolean {
  const before = buffer.map((line) => line.bare).join("");
  if (before === "" || openMarks(before) > 0) return false;
  return (
    /^\d{1,3}[.．、]\s*\D/u.test(words) ||
    (/(?:通知|通告|公告|决定|意见|批复|通报|函)$/u.test(fold(before)) && words.length > 6)
  );
}

/** 【人事任免】, or a short line between entries that is no title; null for anything else. */
function sectionHead(text: string, buffer: readonly Line[]): string | null {
  const framed = /^【(.+)】$/u.exec(text) ?? /^[■◆●★▲]\s*(.+)$/u.exec(text);
  if (framed) return closeLetters(framed[1] ?? "").replace(/ /gu, "");
  if (buffer.length > 0) return null;
  const words = closeLetters(text).replace(/ /gu, "");
  const short = words.length >= 2 && words.length <= 14 && /^[\p{Script=Han}、（）()·]+$/u.test(words);
  return short && !slogan.test(text) && !/关于|印发|的.{2,4}$/u.test(words) ? words : null;
}
