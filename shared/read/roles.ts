// What each line of a body is, as far as its place tells: addressee, closing, annex notes, labels and titles, embedded
// documents. What a number at its front tells is left to numbering.ts.
import type { ParagraphKind } from "../model/block.ts";
import { numbering } from "../model/numbering.ts";
import { wholeDate } from "./dates.ts";
import { endsAsTitle, isOrgan } from "./heads.ts";
import type { Piece } from "./joins.ts";
import type { Line } from "./lines.ts";
import type { FigureItem, TableItem } from "./tables.ts";
import { annexLabel, fold, tidy } from "./tidy.ts";

export interface Text extends Piece {
  readonly type: "text";
  /** Set where the place tells the kind; the rest is told by the number. */
  readonly role: ParagraphKind | null;
  /** Set where the file says how the paragraph is set. */
  readonly align?: Line["align"];
  /** No page has cut it. */
  readonly whole?: boolean;
}
export type Item = Text | TableItem | FigureItem;

const annexStart = /^附(?:\s*件)?\s*(\d*)\s*[：:]\s*(?=\S)/u;
export const omitted = /[（(]略[）)]|此略$/u;

/** One line is one piece, unless it holds signer and date, or several annexes. */
export function partLine(line: Line): Text[] {
  const piece = (text: string): Text => ({
    ...{ type: "text", text, lines: [line.no], role: null },
    ...(line.align && { align: line.align }),
    ...(line.whole && { whole: true }),
  });
  const signed = /^(.{4,40}?)\s+([\d〇○一二三四五六七八九十]{4}\s*年.*日)$/u.exec(line.bare);
  if (signed && isOrgan(signed[1] ?? "") && wholeDate(signed[2] ?? "") !== null) {
    return [piece(tidy(signed[1] ?? "")), piece(tidy(signed[2] ?? ""))];
  }
  if (annexStart.test(line.bare) && /\s\d{1,2}[.．](?!\d)/u.test(line.bare)) {
    return line.bare.split(/\s+(?=\d{1,2}[.．](?!\d))/u).map((text) => piece(tidy(text)));
  }
  return [piece(line.text)];
}

/** Sets the roles, and joins the lines of titles. `title` is the notice's, which names what it carries. */
export function assignRoles(items: readonly Item[], title: string): Item[] {
  const out = items.map((item) => ({ ...item }));
  const text = (i: number): Text | null => {
    const item = out[i];
    return item?.type === "text" ? item : null;
  };
  const set = (i: number, role: ParagraphKind) => {
    const item = text(i);
    if (item) out[i] = { ...item, role };
  };
  /** Makes items[from, to) one piece. */
  const merge = (from: number, to: number, role: ParagraphKind) => {
    const parts = out.slice(from, to).filter((item) => item.type === "text");
    const whole = parts.map((part) => part.text).join("");
    out.splice(from, to - from, {
      type: "text",
      text: closeTitle(whole),
      lines: parts.flatMap((part) => part.lines),
      role,
    });
  };

  findAddressee(text, set);
  findClosings(out.length, text, set);
  findAnnexNotes(out.length, text, set);
  const names = [...title.matchAll(/《([^《》]*(?:《[^《》]*》[^《》]*)*)》/gu)].map((match) => fold(match[1] ?? ""));
  let dated = false;
  for (let i = 0; i < out.length; i++) {
    const item = text(i);
    if (!item) continue;
    if (item.role === "date") dated = true;
    if (item.role) continue;
    if (annexLabel.test(item.text)) {
      out[i] = { ...item, text: item.text.replace(/:$/u, "："), role: "annexLabel" };
      const taken = titleLength(text, i + 1, listedTitles(out));
      if (taken > 0) merge(i + 1, i + 1 + taken, "annexTitle");
    } else if (annexStart.test(item.text)) {
      const [label, rest] = [item.text.replace(/[：:].*$/u, ""), item.text.replace(annexStart, "")];
      out.splice(i, 1, { ...item, text: label, role: "annexLabel" }, { ...item, text: rest, role: "annexTitle" });
    } else if (dated || names.length > 0) {
      const carried = text(i - 1)?.role === "date" && /印发|转发|批转|公布|发布|令$/u.test(title);
      const taken = matchLength(text, i, names) || (carried ? titleLength(text, i, []) : 0);
      if (taken > 0) merge(i, i + taken, "documentTitle");
    }
  }
  for (let i = 0; i < out.length; i++) {
    const item = text(i);
    const before = text(i - 1);
    const titled = before?.role === "documentTitle" || before?.role === "annexTitle";
    if (item && !item.role && titled && /^[（(].{2,60}[）)]$/u.test(item.text) && numbering(item.text) === null)
      set(i, "subtitle");
    else if (item && !item.role && /^(?:备注|注|说明)[：:]/u.test(item.text)) set(i, "note");
  }
  for (const [i, item] of out.entries()) {
    if (item.type !== "table") continue;
    for (let n = item.above.length, at = i - 1; n > 0; n--, at--) {
      const above = text(at);
      if (above && !above.role) set(at, above.text === item.title ? "tableTitle" : "unit");
    }
  }
  return out;
}

type Get = (i: number) => Text | null;
type Put = (i: number, role: ParagraphKind) => void;

/** 主送机关: the first line, ending with a colon, that is not the start of the text (…通知如下：). */
function findAddressee(text: Get, set: Put): void {
  for (let i = 0; i < 3; i++) {
    const words = text(i)?.text ?? "";
    if (words === "" || words.length > 200 || /[。；]/u.test(words)) return;
    if (/[：:]$/u.test(words)) {
      if (/(?:如下|决定|规定|要求|意见|通知|通告|公告|批复|任命|免去|任职|任免)[：:]$/u.test(words)) return;
      for (let n = 0; n <= i; n++) set(n, "addressee");
      return;
    }
    if (!/[，、]$/u.test(words)) return;
  }
}

/** 落款: a line that is a date, and the organs right above it. */
function findClosings(length: number, text: Get, set: Put): void {
  for (let i = 0; i < length; i++) {
    const item = text(i);
    if (!item || wholeDate(item.text) === null || /^[（(]/u.test(item.text)) continue;
    set(i, "date");
    let at = i - 1;
    for (; at >= 0 && i - at <= 12; at--) {
      const above = text(at);
      if (!above || above.role || above.text.length > 40) break;
      if (!isOrgan(above.text) && above.align !== "right") break;
      set(at, "signature");
    }
    const person = text(i - 1);
    const over = text(i - 2);
    if (at === i - 1 && person && !person.role && person.text.length <= 14 && /[。）]$/u.test(over?.text ?? "")) {
      if (!/[。；：，、]$/u.test(person.text)) set(i - 1, "signature");
    }
  }
}

/** 附件说明: 附件：… and the numbered lines under it. */
function findAnnexNotes(length: number, text: Get, set: Put): void {
  for (let i = 0; i < length; i++) {
    const item = text(i);
    if (!item || item.role) continue;
    const start = annexStart.exec(item.text);
    const below = text(i + 1);
    const listBelow = below && numbering(below.text)?.kind === "level3" && numbering(below.text)?.value === 1;
    const bare = /^附\s*件\s*[：:]$/u.test(item.text) && listBelow;
    // 附件1：某表 above a table or a text is a label with its title, above another 附件2：… or the signature a list.
    const labelled =
      start?.[1] && below && !annexStart.test(below.text) && below.role !== "signature" && below.role !== "date";
    const previous = text(i - 1);
    const listed = start?.[1] && previous?.role === "annexNote";
    if (!bare && !(start && (!labelled || listed))) continue;
    if (start?.[1] && !below && text(i + 1) === null && i + 1 < length) continue;
    set(i, "annexNote");
    let value = bare ? 0 : (numbering(item.text.replace(annexStart, ""))?.value ?? 1);
    for (let at = i + 1; at < length; at++) {
      const next = text(at);
      const number = next && numbering(next.text);
      if (!next || next.role || number?.kind !== "level3" || number.value !== value + 1) break;
      set(at, "annexNote");
      value++;
    }
  }
}

/** Number and title of a line of 附件说明. */
export function annexTitleOf(note: string): { number: number | null; title: string } {
  const start = annexStart.exec(note);
  const item = note.replace(annexStart, "").replace(/^附\s*件\s*[：:]$/u, "");
  const number = numbering(item);
  const listed = number?.kind === "level3" ? number : null;
  const title = (listed ? item.slice(listed.length) : item)
    .replace(omitted, "")
    .replace(/[；。，]$/u, "")
    .trim();
  return { number: listed?.value ?? (start?.[1] ? Number(start[1]) : null), title: closeTitle(title) };
}

function listedTitles(items: readonly Item[]): string[] {
  return items.flatMap((item) =>
    item.type === "text" && item.role === "annexNote" ? [fold(annexTitleOf(item.text).title)] : [],
  );
}

function closeTitle(title: string): string {
  return title.replace(/(?<=[\p{Script=Han}”》）]) (?=[\p{Script=Han}“《（])/gu, "");
}

function looksLikeTitle(text: string): boolean {
  // 附注, such as （此件公开发布）, stands below the date (GB/T 9704 7.3.7).
  if (/^[（(].*[）)]$/u.test(text)) return false;
  return text.length <= 70 && !/[。；：，、！？]$/u.test(text) && numbering(text) === null && !annexLabel.test(text);
}

/** How many pieces from `at` make up a title: as many as give a listed one, else one, or two where only the second
 *  ends as titles do. */
function titleLength(text: Get, at: number, listed: readonly string[]): number {
  const exact = matchLength(text, at, listed);
  if (exact > 0) return exact;
  const first = text(at);
  if (!first || first.role || !looksLikeTitle(first.text)) return 0;
  const second = text(at + 1);
  const two = second && !second.role && second.text.length <= 30 && looksLikeTitle(second.text);
  return two && !endsAsTitle(first.text) && endsAsTitle(second.text) ? 2 : 1;
}

/** How many pieces from `at` give one of `names`, 0 when they give none. */
function matchLength(text: Get, at: number, names: readonly string[]): number {
  let words = "";
  for (let n = 0; n < 5; n++) {
    const item = text(at + n);
    if (!item || (item.role && item.role !== "documentTitle")) return 0;
    words += fold(item.text);
    if (names.includes(words)) return n + 1;
    if (!names.some((name) => name.startsWith(words))) return 0;
  }
  return 0;
}
