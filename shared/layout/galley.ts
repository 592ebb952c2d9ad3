// A galley: text collected for setting, characters as glyphs, with what may break, stretch and be squeezed between
// them. Knows widths, no lines; both ways of composition divide it (paragraph.ts, grid.ts). All measures in em.
import { type Break, breaksOf, type Character, type CharClass, characterAt, dashOfTwo, stretches } from "./breaks.ts";
import type { Role } from "./fonts.ts";
import type { Glyph, TypeCase } from "./typecase.ts";

/** A stretch of text in one role, up to the UTF-16 offset `to`. */
export interface RoleSpan {
  readonly to: number;
  readonly role: Role;
}

/** squeezed: marks are full-width, and share 1.5 em where two meet (CLREQ 3.1.6). narrowQuotes: so, but quotation marks
 *  are half-width. kaiming 开明式: marks that end a sentence are full-width, all others half. */
export type MarkStyle = "squeezed" | "narrowQuotes" | "kaiming";

/** Text and what it is set with. */
export interface Copy {
  readonly text: string;
  /** In order; the last one reaches the end. */
  readonly roles: readonly RoleSpan[];
  /** Gap between Chinese and Latin, em. */
  readonly latinGap: number;
  /** squeezed when absent. */
  readonly marks?: MarkStyle;
  /** Room that the print adds after a character (总　则), em by offset. Nothing of it is in the text. */
  readonly spread?: ReadonlyMap<number, number>;
  /** Characters set small and high, as the marks of footnotes are. */
  readonly raised?: ReadonlySet<number>;
}

/** Size of a raised character, em of its line. */
export const raisedSize = 0.6;

export interface Sort {
  /** UTF-16 offset in the copy. */
  readonly at: number;
  readonly text: string;
  readonly kind: CharClass;
  /** null when no face has it. */
  readonly glyph: Glyph | null;
  readonly isRaised: boolean;
}

/** Collected text. Prefix sums let the width of any line be read off: entry i sums what stands before sort i. */
export interface Galley {
  readonly copy: Copy;
  readonly text: string;
  readonly sorts: readonly Sort[];
  readonly breaks: readonly Break[];
  /** Cut off for good, since two marks meet: em by sort. */
  readonly trimLeft: Float64Array;
  readonly trimRight: Float64Array;
  /** Room before a sort that is not at the start of its line, em. */
  readonly before: Float64Array;
  readonly widths: Float64Array;
  /** What squeezing could save. */
  readonly savings: Float64Array;
  /** Number of gaps that may stretch. */
  readonly gaps: Int32Array;
}

/** The collected parts of a text with forced line breaks: of any size, so that widths can be asked before it is set. */
export function collectParts(copy: Copy, typeCase: TypeCase): Galley[] {
  let offset = 0;
  return copy.text.split("\n").map((part) => {
    const from = offset;
    offset += part.length + 1;
    return collect(copy, from, from + part.length, typeCase);
  });
}

/** Collects [from, to) of a copy, UTF-16 offsets. Throws RangeError when the copy has no role. */
export function collect(copy: Copy, from: number, to: number, typeCase: TypeCase): Galley {
  const { text } = copy;
  const sorts: Sort[] = [];
  const characters: Character[] = [];
  let span = 0;
  for (let at = from; at < to; ) {
    while (span < copy.roles.length - 1 && at >= (copy.roles[span]?.to ?? 0)) span++;
    const role = copy.roles[span]?.role;
    if (role === undefined) throw new RangeError("a copy needs at least one role");
    let character = characterAt(text, at);
    let glyph: Glyph | null = null;
    if (character.text === "—" && at + 1 < to && text[at + 1] === "—") {
      glyph = typeCase.glyph(role, dashOfTwo);
      if (glyph) character = dashOfTwo;
    }
    glyph ??= typeCase.glyph(role, character);
    const isRaised = copy.raised?.has(at) === true;
    if (glyph && isRaised) glyph = { ...glyph, advance: glyph.advance * raisedSize, inset: glyph.inset * raisedSize };
    sorts.push({ at, text: character.text, kind: character.kind, glyph, isRaised });
    // The mark of a footnote stays behind what it is about.
    characters.push(isRaised ? { ...character, noStart: true } : character);
    at += character.text.length;
  }
  const n = sorts.length;
  const part = from === 0 && to === text.length ? text : text.slice(from, to);
  const galley: Galley = {
    copy,
    text: part,
    sorts,
    breaks: breaksOf(part, characters),
    trimLeft: new Float64Array(n),
    trimRight: new Float64Array(n),
    before: new Float64Array(n),
    widths: new Float64Array(n + 1),
    savings: new Float64Array(n + 1),
    gaps: new Int32Array(n + 1),
  };
  meet(galley, characters);
  sum(galley, characters);
  return galley;
}

export const advanceOf = (sort: Sort): number => sort.glyph?.advance ?? 1;
export const closes = (sort: Sort | undefined): boolean => sort?.kind === "close" || sort?.kind === "stop";
export const isSpace = (sort: Sort | undefined): boolean => sort?.kind === "space";
export const opens = (sort: Sort | undefined): boolean => sort?.kind === "open";

/** Neighbours: two marks that meet share 1.5 em (CLREQ 3.1.6.1); Chinese and Latin keep the style's gap, but not a
 *  number and its sign (37.5℃). */
function meet(galley: Galley, characters: readonly Character[]): void {
  const { sorts, trimLeft, trimRight, before, copy } = galley;
  if (copy.marks === "kaiming") halve(galley, /[^。？！]/u);
  if (copy.marks === "narrowQuotes") halve(galley, /[“”‘’]/u);
  for (let i = 1; i < sorts.length; i++) {
    const a = sorts[i - 1];
    const b = sorts[i];
    if (!a || !b) continue;
    if (closes(a) && (closes(b) || opens(b))) trimRight[i - 1] = a.glyph?.cutRight ?? 0;
    else if (opens(a) && opens(b)) trimLeft[i] = b.glyph?.cutLeft ?? 0;
    const latinMeets = (a.kind === "latin" && b.kind === "wide") || (a.kind === "wide" && b.kind === "latin");
    before[i] = copy.spread?.get(a.at) ?? 0;
    const left = characters[i - 1];
    const right = characters[i];
    if (latinMeets && left && right && stretches(left, right)) before[i] = (before[i] ?? 0) + copy.latinGap;
  }
}

/** These marks are half-width, wherever they stand. */
function halve({ sorts, trimLeft, trimRight }: Galley, which: RegExp): void {
  for (const [i, sort] of sorts.entries()) {
    if (!which.test(sort.text)) continue;
    if (opens(sort)) trimLeft[i] = sort.glyph?.cutLeft ?? 0;
    else if (closes(sort)) trimRight[i] = sort.glyph?.cutRight ?? 0;
  }
}

function sum(galley: Galley, characters: readonly Character[]): void {
  const { sorts, trimLeft, trimRight, before, widths, savings, gaps } = galley;
  let previous: Character | undefined;
  for (let i = 0; i < sorts.length; i++) {
    const sort = sorts[i];
    const character = characters[i];
    if (!sort || !character) continue;
    const trim = (trimLeft[i] ?? 0) + (trimRight[i] ?? 0);
    widths[i + 1] = (widths[i] ?? 0) + (before[i] ?? 0) + advanceOf(sort) - trim;
    savings[i + 1] = (savings[i] ?? 0) + roomLeft(galley, i) + roomRight(galley, i);
    gaps[i] = (gaps[i - 1] ?? 0) + (previous && stretches(previous, character) ? 1 : 0);
    previous = character;
  }
}

/** What of a mark may still be cut off: the left of an opening mark, the right of a closing one. Two marks that have
 *  met are close enough. */
export function roomLeft(galley: Galley, i: number): number {
  const sort = galley.sorts[i];
  if (!opens(sort)) return 0;
  const met = galley.trimLeft[i] !== 0 || (i > 0 && galley.trimRight[i - 1] !== 0);
  return met ? 0 : (sort?.glyph?.cutLeft ?? 0);
}
export function roomRight(galley: Galley, i: number): number {
  const sort = galley.sorts[i];
  return closes(sort) && galley.trimRight[i] === 0 ? (sort?.glyph?.cutRight ?? 0) : 0;
}
/** What falls away from an opening mark at the start of a line, where it meets nothing. */
export function trimAtStart(galley: Galley, i: number): number {
  const sort = galley.sorts[i];
  return opens(sort) && galley.trimLeft[i] === 0 ? (sort?.glyph?.cutLeft ?? 0) : 0;
}

// ---------------------------------------------------------------- widths

export interface Extent {
  /** Sorts [first, last) are set; the spaces around them fall away. */
  readonly first: number;
  readonly last: number;
  /** em, marks at both ends trimmed to half. */
  readonly natural: number;
  readonly saving: number;
  readonly gaps: number;
}

/** The line of sorts [start, end). */
export function extent(galley: Galley, start: number, end: number): Extent {
  const first = inkStart(galley, start, end);
  const last = inkEnd(galley, first, end);
  if (first === last) return { first, last, natural: 0, saving: 0, gaps: 0 };
  const { widths, savings, gaps, before } = galley;
  const atEnd = roomRight(galley, last - 1);
  return {
    first,
    last,
    natural: (widths[last] ?? 0) - (widths[first] ?? 0) - (before[first] ?? 0) - trimAtStart(galley, first) - atEnd,
    saving: (savings[last] ?? 0) - (savings[first] ?? 0) - roomLeft(galley, first) - atEnd,
    gaps: (gaps[last - 1] ?? 0) - (gaps[first] ?? 0),
  };
}

/** The first sort of [start, end) that is no space; `end` when there is none. */
export function inkStart(galley: Galley, start: number, end: number): number {
  let first = start;
  while (first < end && galley.sorts[first]?.kind === "space") first++;
  return first;
}
/** Behind the last sort of [start, end) that is no space. */
export function inkEnd(galley: Galley, start: number, end: number): number {
  let last = end;
  while (last > start && galley.sorts[last - 1]?.kind === "space") last--;
  return last;
}

/** Width of a text on one line, em, marks at its ends trimmed as at the ends of a line. */
export function widthOf(copy: Copy, typeCase: TypeCase): number {
  return galleyWidth(collect(copy, 0, copy.text.length, typeCase));
}

/** Width of collected text on one line, em. */
export function galleyWidth(galley: Galley): number {
  return extent(galley, 0, galley.sorts.length).natural;
}

/** Width of the longest stretch that is not broken by choice, em: the least width of a column. */
export function narrowest(galley: Galley): number {
  let widest = 0;
  let start = 0;
  for (let end = 1; end <= galley.sorts.length; end++) {
    const kind = galley.breaks[end];
    if (end < galley.sorts.length && kind !== "free" && kind !== "loose") continue;
    widest = Math.max(widest, extent(galley, start, end).natural);
    start = end;
  }
  return widest;
}

/** By sort, whether it stands inside a word that `fits` no line and is torn in any case; 1 or 0. */
export function tornWords(galley: Galley, fits: (start: number, end: number) => boolean): Uint8Array {
  const { breaks, sorts } = galley;
  const torn = new Uint8Array(sorts.length);
  for (let start = 0, end = 1; start < sorts.length; start = end++) {
    while (end < sorts.length && (breaks[end] === "hard" || breaks[end] === "never")) end++;
    if (end - start > 1 && !fits(start, end)) torn.fill(1, start + 1, end);
  }
  return torn;
}

/** A last line of a single character, with or without its full stop. */
export function isLonely(galley: Galley, first: number, last: number): boolean {
  let characters = 0;
  for (let i = first; i < last && characters <= 1; i++) if (!closes(galley.sorts[i])) characters++;
  return characters <= 1;
}
