// Heads that are broken by sense: the title of a notice with its issuers and number, and the titles of embedded
// documents and annexes. Lines are as few and as even as they can be 梯形、菱形 (GB/T 9704 7.3.1).
import { type Notice, numberLine, splitTitle } from "../model/notice.ts";
import type { Anchor, Origin } from "./flow.ts";
import { collect, widthOf } from "./galley.ts";
import { placeLine, type SetLine, setParagraph } from "./paragraph.ts";
import { type Setting, type StyleSheet, settingOf } from "./style.ts";
import { breakTitle } from "./title.ts";
import {
  type Group,
  group,
  headPieces,
  linePieces,
  measureIn,
  plain,
  type Room,
  shapeOf,
  type Workshop,
} from "./workshop.ts";

/** Title and number of a notice; the same objects as long as both are the same. */
export function titleGroups(notice: Notice, shop: Workshop): readonly Group[] {
  const key = JSON.stringify([notice.id, notice.title, notice.issuers, numberLine(notice)]);
  return shop.cache.named(`title ${key}`, () => [titleGroup(notice, shop), ...numberGroup(notice, shop)]);
}

const roomOf = (setting: Setting, style: StyleSheet): Room =>
  setting.span && style.columns.count > 1 ? "across" : "column";

function titleGroup(notice: Notice, shop: Workshop): Group {
  const setting = settingOf(shop.style, "title");
  const room = roomOf(setting, shop.style);
  const lines = titleLines(notice, setting, room, shop);
  const origin: Origin = { in: "title", notice: notice.id };
  const anchor: Anchor = { level: "notice", title: notice.title };
  return group("title", setting, headPieces(lines, setting, origin, room, shop.style, anchor), room);
}

/** Issuers on lines of their own, then the rest broken by sense. A short beginning of the rest (关于印发) that would
 *  stand alone joins the issuer. */
function titleLines(notice: Notice, setting: Setting, room: Room, shop: Workshop): SetLine[] {
  const { title } = notice;
  const bounds = titleBounds(notice);
  const last = bounds.at(-1) ?? 0;
  const rest = sensibleBreaks(title, last, title.length, setting, room, shop);
  const [first = title.length] = rest;
  const joined = title.slice(bounds.at(-2) ?? 0, first);
  const joins =
    bounds.length > 1 &&
    rest.length > 1 &&
    first - last <= shortBeginning &&
    widthOf(plain(joined, setting, shop.style), shop.typeCase) <= titleRoom(setting, room, shop.style);
  // An issuer longer than a line is broken like the rest.
  const issuers = bounds
    .slice(1, joins ? -1 : undefined)
    .flatMap((end, i) => sensibleBreaks(title, bounds[i] ?? 0, end, setting, room, shop));
  return centred(title, 0, [...issuers, ...rest], setting, room, shop);
}

const shortBeginning = 6;

/** Where the issuers' lines begin, and the rest: 0 alone when the title does not begin with its issuers. */
function titleBounds(notice: Notice): number[] {
  const { issuers } = splitTitle(notice);
  const bounds = [0];
  for (const issuer of issuers) {
    const end = notice.title.indexOf(issuer, bounds.at(-1)) + issuer.length;
    bounds.push(end + (/^[\s、，]+/u.exec(notice.title.slice(end))?.[0].length ?? 0));
  }
  return bounds;
}

/** em; a character is left free at each side where the measure allows it. */
function titleRoom(setting: Setting, room: Room, style: StyleSheet): number {
  const measure = measureIn(room, style) / setting.size;
  return measure >= 16 ? measure - 2 : measure;
}

/** UTF-16 offsets at which the lines of text [from, to) end. */
function sensibleBreaks(
  text: string,
  from: number,
  to: number,
  setting: Setting,
  room: Room,
  shop: Workshop,
): number[] {
  const galley = collect(plain(text, setting, shop.style), from, to, shop.typeCase);
  return breakTitle(galley, titleRoom(setting, room, shop.style)).map((end) => galley.sorts[end]?.at ?? to);
}

/** Lines of text from `from` to each of the offsets, aligned as the setting says. */
function centred(
  text: string,
  from: number,
  ends: readonly number[],
  setting: Setting,
  room: Room,
  shop: Workshop,
): SetLine[] {
  const copy = plain(text, setting, shop.style);
  const width = measureIn(room, shop.style) / setting.size;
  return ends.map((end, i) => {
    const galley = collect(copy, ends[i - 1] ?? from, end, shop.typeCase);
    return placeLine(galley, 0, galley.sorts.length, {
      indent: 0,
      room: width,
      align: setting.align,
      size: setting.size,
    });
  });
}

function numberGroup(notice: Notice, shop: Workshop): Group[] {
  const number = numberLine(notice);
  if (!number) return [];
  const { style, typeCase } = shop;
  const [open, close] = style.numberBrackets;
  const setting = settingOf(style, "number");
  const room = roomOf(setting, style);
  const lines = setParagraph(plain(open + number + close, setting, style), shapeOf(setting, room, style), typeCase);
  return [group("number", setting, linePieces(lines, { in: "number", notice: notice.id }, style), room)];
}

/** Lines of a head inside a notice: its forced lines, each broken by sense. */
export function headLines(text: string, setting: Setting, room: Room, shop: Workshop): SetLine[] {
  let at = 0;
  return text.split("\n").flatMap((part) => {
    const from = at;
    at += part.length + 1;
    const to = from + part.length;
    if (!part) return [];
    return centred(text, from, sensibleBreaks(text, from, to, setting, room, shop), setting, room, shop);
  });
}
