// One paragraph into lines, in three steps. collect: characters to glyphs, with what may break, stretch and be squeezed
// between them. break: the cheapest division into lines, over the whole paragraph, so that the last line is looked at
// too. place: exact positions. Widths are in em of the paragraph's size until they are placed; a set line is in pt.
import type { Align } from "../model/block.ts";
import { type Break, breaksOf, type CharClass, classOf, stretches } from "./breaks.ts";
import type { Cut, FaceId } from "./display.ts";
import type { Role } from "./fonts.ts";
import type { Glyph, TypeCase } from "./typecase.ts";

/** A stretch of text in one role, up to the UTF-16 offset `to`. */
export interface RoleSpan {
  readonly to: number;
  readonly role: Role;
}

/** Text and what it is set with. */
export interface Copy {
  readonly text: string;
  /** In order; the last one reaches the end. */
  readonly roles: readonly RoleSpan[];
  /** Gap between Chinese and Latin, em. */
  readonly latinGap: number;
  /** Room that the print adds after a character (总　则), em by offset. Nothing of it is in the text. */
  readonly spread?: ReadonlyMap<number, number>;
}

export interface Shape {
  /** Size of type and width to fill, pt. */
  readonly size: number;
  readonly measure: number;
  readonly align: Align;
  /** Left indent of the first and of the following lines, em, for each part of a text with forced line breaks. */
  readonly indents: (part: string, index: number) => readonly [first: number, rest: number];
  /** Room kept free at the right, em. */
  readonly right: number;
}

/** Glyphs of one face in a line: a TextRun without page position. `x` from the left edge of the measure, pt. */
export interface SetRun {
  readonly face: FaceId;
  readonly size: number;
  readonly x: number;
  readonly gids: readonly number[];
  readonly xs: readonly number[];
  readonly text: string;
  readonly starts: readonly number[];
  readonly cuts?: readonly Cut[];
  /** UTF-16 offset in the text of the paragraph. */
  readonly from: number;
}

export interface SetLine {
  readonly runs: readonly SetRun[];
  /** Left edge and width of what is inked, pt. */
  readonly x: number;
  readonly width: number;
  /** Wider than its measure; happens only where a single character is. */
  readonly overfull: boolean;
  /** Characters no face has; nothing stands in their place. */
  readonly missing: readonly { readonly text: string; readonly at: number }[];
}

/** Sets a paragraph. An empty one gives one empty line. */
export function setParagraph(copy: Copy, shape: Shape, typeCase: TypeCase): SetLine[] {
  return setGalleys(collectParts(copy, typeCase), shape);
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

export function setGalleys(galleys: readonly Galley[], shape: Shape): SetLine[] {
  const justified = shape.align === "justify";
  const width = shape.measure / shape.size - shape.right;
  return galleys.flatMap((galley, index) => {
    const [first, rest] = shape.indents(galley.text, index);
    const ends = breakLines(galley, width - first, width - rest, justified);
    return ends.map((end, i) => {
      const indent = i === 0 ? first : rest;
      const align = justified && i === ends.length - 1 ? "left" : shape.align;
      return placeLine(galley, ends[i - 1] ?? 0, end, { indent, room: width - indent, align, size: shape.size });
    });
  });
}

/** What a line could not do. */
export interface LineWarning {
  readonly code: "missingGlyph" | "overfullLine";
  readonly from: number;
  /** The character, for missingGlyph. */
  readonly text?: string;
}

export function warningsOf(line: SetLine): LineWarning[] {
  const missing = line.missing.map(({ text, at }): LineWarning => ({ code: "missingGlyph", text, from: at }));
  return line.overfull ? [...missing, { code: "overfullLine", from: line.runs[0]?.from ?? 0 }] : missing;
}

/** Width of a text on one line, em, marks at its ends trimmed as at the ends of a line. */
export function widthOf(copy: Copy, typeCase: TypeCase): number {
  return galleyWidth(collect(copy, 0, copy.text.length, typeCase));
}

/** Width of collected text on one line, em. */
export function galleyWidth(galley: Galley): number {
  return extent(galley, 0, galley.sorts.length).natural;
}

// ---------------------------------------------------------------- collect

interface Sort {
  readonly at: number;
  readonly text: string;
  readonly glyph: Glyph | null;
  readonly kind: CharClass;
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

export function collect(copy: Copy, from: number, to: number, typeCase: TypeCase): Galley {
  const sorts: Sort[] = [];
  let span = 0;
  for (let at = from; at < to; ) {
    while (span < copy.roles.length - 1 && at >= (copy.roles[span]?.to ?? 0)) span++;
    const role = copy.roles[span]?.role;
    if (role === undefined) throw new RangeError("a copy needs at least one role");
    let text = String.fromCodePoint(copy.text.codePointAt(at) ?? 0);
    let glyph: Glyph | null = null;
    if (text === "—" && at + 1 < to && copy.text[at + 1] === "—") glyph = typeCase.glyph(role, "——");
    if (glyph) text = "——";
    else glyph = typeCase.glyph(role, text === "\t" || text === "\u00a0" ? " " : text);
    sorts.push({ at, text, glyph, kind: classOf(text) });
    at += text.length;
  }
  const n = sorts.length;
  const part = copy.text.slice(from, to);
  const galley: Galley = {
    copy,
    text: part,
    sorts,
    breaks: breaksOf(
      part,
      sorts.map((sort) => sort.at - from),
    ),
    trimLeft: new Float64Array(n),
    trimRight: new Float64Array(n),
    before: new Float64Array(n),
    widths: new Float64Array(n + 1),
    savings: new Float64Array(n + 1),
    gaps: new Int32Array(n + 1),
  };
  meet(galley);
  for (const [i, sort] of sorts.entries()) {
    const trim = (galley.trimLeft[i] ?? 0) + (galley.trimRight[i] ?? 0);
    galley.widths[i + 1] = (galley.widths[i] ?? 0) + (galley.before[i] ?? 0) + advanceOf(sort) - trim;
    galley.savings[i + 1] = (galley.savings[i] ?? 0) + roomLeft(galley, i) + roomRight(galley, i);
    const previous = sorts[i - 1];
    galley.gaps[i] = (galley.gaps[i - 1] ?? 0) + (previous && stretches(previous.text, sort.text) ? 1 : 0);
  }
  return galley;
}

const advanceOf = (sort: Sort): number => sort.glyph?.advance ?? 1;
const closes = (sort: Sort | undefined): boolean => sort?.kind === "close" || sort?.kind === "stop";
const opens = (sort: Sort | undefined): boolean => sort?.kind === "open";

/** Neighbours: two marks that meet share 1.5 em (CLREQ 3.1.6.1); Chinese and Latin keep the style's gap. */
function meet(galley: Galley): void {
  const { sorts, trimLeft, trimRight, before, copy } = galley;
  for (let i = 1; i < sorts.length; i++) {
    const a = sorts[i - 1];
    const b = sorts[i];
    if (!a || !b) continue;
    if (closes(a) && (closes(b) || opens(b))) trimRight[i - 1] = a.glyph?.cutRight ?? 0;
    else if (opens(a) && opens(b)) trimLeft[i] = b.glyph?.cutLeft ?? 0;
    const latinMeets = (a.kind === "latin" && b.kind === "wide") || (a.kind === "wide" && b.kind === "latin");
    before[i] = (latinMeets ? copy.latinGap : 0) + (copy.spread?.get(a.at) ?? 0);
  }
}

/** What of a mark may still be cut off: the left of an opening mark, the right of a closing one. Two marks that have
 *  met are close enough. */
function roomLeft(galley: Galley, i: number): number {
  const sort = galley.sorts[i];
  const met = galley.trimLeft[i] !== 0 || (i > 0 && galley.trimRight[i - 1] !== 0);
  return opens(sort) && !met ? (sort?.glyph?.cutLeft ?? 0) : 0;
}
/** What falls away from an opening mark at the start of a line, where it meets nothing. */
function trimAtStart(galley: Galley, i: number): number {
  const sort = galley.sorts[i];
  return opens(sort) && galley.trimLeft[i] === 0 ? (sort?.glyph?.cutLeft ?? 0) : 0;
}
function roomRight(galley: Galley, i: number): number {
  const sort = galley.sorts[i];
  return closes(sort) && galley.trimRight[i] === 0 ? (sort?.glyph?.cutRight ?? 0) : 0;
}

// ---------------------------------------------------------------- break

interface Extent {
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
  let first = start;
  let last = end;
  while (first < last && galley.sorts[first]?.kind === "space") first++;
  while (last > first && galley.sorts[last - 1]?.kind === "space") last--;
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

/** Widest gap that justification may open, em: beyond it a line gapes, and a reader of the file sees a space. */
const widestGap = 0.12;
/** Beyond this a line is left short rather than torn apart: beside an address of the web. */
const gapingGap = 0.35;
/** Costs, in squares of an em that a line is too short. */
const cost = { loose: 3, seam: 15, hard: 60, never: 4000, lonely: 6, overfull: 100000 };

/** Ends of the lines, the last one being the number of sorts. `first` and `rest` are the widths to fill, em. */
export function breakLines(galley: Galley, first: number, rest: number, justified: boolean): number[] {
  return (
    cheapest(galley, first, rest, justified, false) ??
    cheapest(galley, first, rest, justified, true) ?? [galley.sorts.length]
  );
}

/** The cheapest way through all break places; null when there is none. In an emergency words are broken and gaps gape. */
function cheapest(
  galley: Galley,
  first: number,
  rest: number,
  justified: boolean,
  emergency: boolean,
): number[] | null {
  const n = galley.sorts.length;
  if (n === 0) return [0];
  const best = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
  const previous = new Int32Array(n + 1);
  best[0] = 0;
  const strict = justified && !emergency;
  for (let end = 1; end <= n; end++) {
    const kind = end === n ? "free" : (galley.breaks[end] ?? "never");
    if (!emergency && kind !== "free" && kind !== "loose") continue;
    const penalty = kind === "free" ? 0 : cost[kind];
    for (let start = end - 1; start >= 0; start--) {
      const room = start === 0 ? first : rest;
      // Cheap bounds from the prefix sums spare most of the exact extents.
      const widest = (galley.widths[end] ?? 0) - (galley.widths[start] ?? 0);
      const saving = (galley.savings[end] ?? 0) - (galley.savings[start] ?? 0);
      if (widest - saving > Math.max(first, rest) + 2 && start < end - 1) break;
      if (best[start] === Number.POSITIVE_INFINITY) continue;
      const reach = widest + widestGap * ((galley.gaps[end - 1] ?? 0) - (galley.gaps[start] ?? 0));
      if (strict && end < n && reach < room - 0.001) continue;
      const line = extent(galley, start, end);
      const price = priceOf(galley, line, room, end === n, justified, emergency);
      if (price === null) continue;
      const total = (best[start] ?? 0) + price + penalty;
      if (total < (best[end] ?? 0)) {
        best[end] = total;
        previous[end] = start;
      }
    }
  }
  if (best[n] === Number.POSITIVE_INFINITY) return null;
  const ends: number[] = [];
  for (let end = n; end > 0; end = previous[end] ?? 0) ends.unshift(end);
  return ends;
}

function priceOf(
  galley: Galley,
  line: Extent,
  room: number,
  isLast: boolean,
  justified: boolean,
  emergency: boolean,
): number | null {
  const short = room - line.natural;
  if (short < -1e-9) {
    // Squeezing first 推入: at equal distance it is a little cheaper than stretching 推出.
    if (-short <= line.saving + 1e-9) return 0.9 * short * short;
    return emergency && line.last - line.first <= 1 ? cost.overfull : null;
  }
  if (isLast) return line.first > 0 && isLonely(galley, line) ? cost.lonely : 0;
  if (!justified) return 0.02 * short * short;
  return emergency || short <= widestGap * line.gaps + 1e-9 ? short * short : null;
}

/** A last line of a single character, with or without its full stop. */
function isLonely(galley: Galley, line: Extent): boolean {
  let characters = 0;
  for (let i = line.first; i < line.last; i++) if (!closes(galley.sorts[i])) characters++;
  return characters <= 1;
}

// ---------------------------------------------------------------- place

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

/** Sets the sorts [start, end) on one line. `indent` and `room` in em, `size` in pt. */
export function placeLine(
  galley: Galley,
  start: number,
  end: number,
  at: { readonly indent: number; readonly room: number; readonly align: Align; readonly size: number },
): SetLine {
  const { sorts, copy } = galley;
  const line = extent(galley, start, end);
  const short = at.room - line.natural;
  const squeezed = short < -1e-9 && line.saving > 1e-9 ? squeeze(galley, line, Math.min(-short, line.saving)) : null;
  const width = line.natural - (squeezed?.saved ?? 0);
  const fills = at.align === "justify" || squeezed !== null;
  const perGap = line.gaps > 0 ? Math.max(0, at.room - width) / line.gaps : 0;
  const stretch = fills && perGap <= gapingGap ? perGap : 0;
  const inked = width + stretch * line.gaps;
  const shift = at.align === "center" ? (at.room - inked) / 2 : at.align === "right" ? at.room - inked : 0;

  const left = (at.indent + shift) * at.size;
  const placed: Placed[] = [];
  let pen = 0;
  for (let i = line.first; i < line.last; i++) {
    const sort = sorts[i];
    if (!sort) continue;
    if (i > line.first)
      pen += (galley.before[i] ?? 0) + ((galley.gaps[i] ?? 0) > (galley.gaps[i - 1] ?? 0) ? stretch : 0);
    const cutLeft =
      (galley.trimLeft[i] ?? 0) + (i === line.first ? trimAtStart(galley, i) : (squeezed?.left.get(i) ?? 0));
    const cutRight =
      (galley.trimRight[i] ?? 0) + (i === line.last - 1 ? roomRight(galley, i) : (squeezed?.right.get(i) ?? 0));
    placed.push({ sort, x: left + (pen + (sort.glyph?.inset ?? 0)) * at.size, cutLeft, cutRight });
    pen += advanceOf(sort) - cutLeft - cutRight;
  }
  return {
    runs: runsOf(placed, copy, at.size),
    x: round(left),
    width: round(inked * at.size),
    overfull: inked > at.room + 0.01,
    missing: placed.filter(({ sort }) => !sort.glyph).map(({ sort }) => ({ text: sort.text, at: sort.at })),
  };
}

interface Placed {
  readonly sort: Sort;
  readonly x: number;
  readonly cutLeft: number;
  readonly cutRight: number;
}

/** Neighbours of one face make a run. */
function runsOf(placed: readonly Placed[], copy: Copy, size: number): SetRun[] {
  const runs: SetRun[] = [];
  for (let start = 0, end = 0; start < placed.length; start = end) {
    const head = placed[start];
    const face = head?.sort.glyph?.face;
    end = start + 1;
    if (!head || face === undefined) continue;
    while (placed[end]?.sort.glyph?.face === face) end++;
    const members = placed.slice(start, end);
    const from = head.sort.at;
    const tail = members.at(-1)?.sort ?? head.sort;
    const x = round(head.x);
    const cuts = members.flatMap(({ cutLeft, cutRight }, i) =>
      cutLeft > 0 || cutRight > 0
        ? [{ at: i, left: Math.round(cutLeft * 1000), right: Math.round(cutRight * 1000) }]
        : [],
    );
    const run = {
      face,
      size,
      x,
      gids: members.map(({ sort }) => sort.glyph?.gid ?? 0),
      xs: members.map((member) => round(member.x - x)),
      text: copy.text.slice(from, tail.at + tail.text.length),
      starts: members.map(({ sort }) => sort.at - from),
      from,
    };
    runs.push(cuts.length > 0 ? { ...run, cuts } : run);
  }
  return runs;
}

/** Divides what must be saved evenly among the marks inside a line, in steps of a tenth of an em: the cuts that the PDF
 *  has half-width glyphs for. Saves up to a tenth too much; the gaps take it back. */
function squeeze(
  galley: Galley,
  line: Extent,
  need: number,
): { saved: number; left: Map<number, number>; right: Map<number, number> } {
  const left = new Map<number, number>();
  const right = new Map<number, number>();
  let steps = Math.ceil(need * 10 - 1e-6);
  let saved = 0;
  for (let progress = true; steps > 0 && progress; ) {
    progress = false;
    for (let i = line.first; i < line.last && steps > 0; i++) {
      const mostLeft = i === line.first ? 0 : roomLeft(galley, i);
      const mostRight = i === line.last - 1 ? 0 : roomRight(galley, i);
      const [side, most] = mostLeft > 0 ? [left, mostLeft] : [right, mostRight];
      const cut = side.get(i) ?? 0;
      if (most - cut < 0.1 - 1e-9) continue;
      side.set(i, Math.round((cut + 0.1) * 10) / 10);
      saved += 0.1;
      steps--;
      progress = true;
    }
  }
  return { saved, left, right };
}

/** To a thousandth; adding zero turns -0 into 0. */
const round = (value: number): number => Math.round(value * 1000) / 1000 + 0;
