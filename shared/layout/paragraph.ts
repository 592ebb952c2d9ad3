// One paragraph into lines. Its text is collected (galley.ts), then divided: the cheapest division over the whole
// paragraph, so that the last line is looked at too; or line by line (firstFit.ts), or on squares (grid.ts). Then every
// sort is placed. Widths are in em of the paragraph's size until they are placed; a set line is in pt.
import type { Align } from "../model/block.ts";
import type { Cut, FaceId } from "./display.ts";
import { breakFirstFit } from "./firstFit.ts";
import {
  advanceOf,
  type Copy,
  collectParts,
  type Extent,
  extent,
  type Galley,
  inkEnd,
  inkStart,
  isLonely,
  raisedSize,
  roomLeft,
  roomRight,
  type Sort,
  tornWords,
  trimAtStart,
} from "./galley.ts";
import { breakOnGrid, gridOf, type Place, placeOnGrid } from "./grid.ts";
import type { TypeCase } from "./typecase.ts";

/** Lines are chosen over the whole paragraph, or one after the other. */
export type Composer = "paragraph" | "line";

/** justified: lines are filled by squeezing marks and stretching gaps. grid: every wide character on a whole em. */
export type Composition = "justified" | "grid";

export interface Shape {
  /** Size of type and width to fill, pt. */
  readonly size: number;
  readonly measure: number;
  readonly align: Align;
  /** How running text is set, justified when absent. Lines that are centred or end at the right edge are placed by
   *  their width in either way. */
  readonly composition?: Composition;
  /** paragraph when absent. */
  readonly composer?: Composer;
  /** Left indent of the first and of the following lines, em, for each part of a text with forced line breaks; on the
   *  grid rounded up to whole em. */
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
  /** How far above the baseline of its line it stands, pt. */
  readonly rise?: number;
}

/** What a line could not do. overfull: it is wider than its measure, which happens only where a single character is.
 *  forced: it ends inside a word or number, or against the rules of 避头尾, since nothing else fitted. loose: it ends
 *  short of its measure, since its few gaps would have gaped. */
export type LineFault = "overfull" | "forced" | "loose";

export interface SetLine {
  readonly runs: readonly SetRun[];
  /** Left edge and width of what is inked, pt. */
  readonly x: number;
  readonly width: number;
  /** The worst of its faults, in the order given there; null for a good line. */
  readonly fault: LineFault | null;
  /** Characters no face has; nothing stands in their place. */
  readonly missing: readonly { readonly text: string; readonly at: number }[];
  /** Characters that the face of their role lacks and another has; `said` names both. */
  readonly standIns: readonly { readonly text: string; readonly at: number; readonly said: string }[];
}

/** Sets a paragraph. An empty one gives one empty line. */
export function setParagraph(copy: Copy, shape: Shape, typeCase: TypeCase): SetLine[] {
  return setGalleys(collectParts(copy, typeCase), shape);
}

export function setGalleys(galleys: readonly Galley[], shape: Shape): SetLine[] {
  const { size, align } = shape;
  const width = shape.measure / size - shape.right;
  if (shape.composition === "grid" && (align === "justify" || align === "left"))
    return galleys.flatMap((galley, index) => {
      const [first, rest] = shape.indents(galley.text, index).map((em) => Math.ceil(em - 1e-6));
      return setOnGrid(galley, first ?? 0, rest ?? 0, Math.floor(width + 1e-6), size);
    });
  const justified = align === "justify";
  return galleys.flatMap((galley, index) => {
    const [first, rest] = shape.indents(galley.text, index);
    const ends =
      shape.composer === "line" && justified
        ? breakFirstFit(galley, width - first, width - rest)
        : breakLines(galley, width - first, width - rest, justified);
    return ends.map((end, i) => {
      const indent = i === 0 ? first : rest;
      const aligned = justified && i === ends.length - 1 ? "left" : align;
      return placeLine(galley, ends[i - 1] ?? 0, end, { indent, room: width - indent, align: aligned, size });
    });
  });
}

/** What of it the editor is told. */
export interface LineWarning {
  readonly code: "missingGlyph" | "standInFace" | "overfullLine" | "tornLine";
  readonly from: number;
  /** The character, for missingGlyph and standInFace; for the latter, which face stands in for which, as a phrase. */
  readonly text?: string;
  readonly said?: string;
}

export function warningsOf(line: SetLine): LineWarning[] {
  const warnings = [
    ...line.missing.map(({ text, at }): LineWarning => ({ code: "missingGlyph", text, from: at })),
    ...line.standIns.map(({ text, at, said }): LineWarning => ({ code: "standInFace", text, said, from: at })),
  ];
  const from = line.runs[0]?.from ?? 0;
  if (line.fault === "overfull") return [...warnings, { code: "overfullLine", from }];
  return line.fault === "forced" ? [...warnings, { code: "tornLine", from }] : warnings;
}

// ---------------------------------------------------------------- break

/** Widest gap that justification may open, em: beyond it a line gapes, and a reader of the file sees a space. */
const widestGap = 0.12;
/** Beyond this a line is left short rather than torn apart: beside an address of the web. */
const gapingGap = 0.35;
/** Costs, in squares of an em that a line is too short. */
const cost = { loose: 3, torn: 3, seam: 15, hard: 200, never: 4000, lonely: 6, overfull: 100000 };

/** Ends of the lines, the last one being the number of sorts. `first` and `rest` are the widths to fill, em. */
export function breakLines(galley: Galley, first: number, rest: number, justified: boolean): number[] {
  return (
    cheapest(galley, first, rest, justified, false) ??
    cheapest(galley, first, rest, justified, true) ?? [galley.sorts.length]
  );
}

/** The cheapest way through all break places; null when there is none. In an emergency words are broken and gaps gape.
 *  Looks only at places where a line can begin and that a line to `end` still reaches: a handful. */
function cheapest(
  galley: Galley,
  first: number,
  rest: number,
  justified: boolean,
  emergency: boolean,
): number[] | null {
  const { sorts, breaks, widths, savings, gaps, before } = galley;
  const n = sorts.length;
  if (n === 0) return [0];
  const gap = justified ? (emergency ? Number.POSITIVE_INFINITY : widestGap) : Number.POSITIVE_INFINITY;
  const torn = emergency ? tornWords(galley, (from, to) => extent(galley, from, to).natural <= rest) : null;
  // By place: where its line begins behind spaces, and the sums up to there; the cheapest way there and its last line.
  const places: number[] = [];
  const inks: number[] = [];
  const widthAt: number[] = [];
  const savingAt: number[] = [];
  const prices: number[] = [];
  const previous: number[] = [];
  const put = (place: number, price: number, from: number) => {
    const ink = inkStart(galley, place, n);
    places.push(place);
    inks.push(ink);
    widthAt.push(ink < n ? (widths[ink] ?? 0) + (before[ink] ?? 0) + trimAtStart(galley, ink) : (widths[n] ?? 0));
    savingAt.push(ink < n ? (savings[ink] ?? 0) + roomLeft(galley, ink) : (savings[n] ?? 0));
    prices.push(price);
    previous.push(from);
  };
  put(0, 0, 0);
  let oldest = 0;
  for (let end = 1; end <= n; end++) {
    const isLast = end === n;
    const kind = isLast ? "free" : (breaks[end] ?? "never");
    if (!emergency && kind !== "free" && kind !== "loose") continue;
    const penalty = kind === "free" ? 0 : kind === "hard" && torn?.[end] ? cost.torn : cost[kind];
    const last = inkEnd(galley, 0, end);
    const trim = last > 0 ? roomRight(galley, last - 1) : 0;
    const width = (widths[last] ?? 0) - trim;
    const saving = (savings[last] ?? 0) - trim;
    const gapCount = last > 0 ? (gaps[last - 1] ?? 0) : 0;
    let best = Number.POSITIVE_INFINITY;
    let from = -1;
    for (let k = oldest; k < places.length; k++) {
      const ink = inks[k] ?? 0;
      const blank = ink >= last;
      const short = (k === 0 ? first : rest) - (blank ? 0 : width - (widthAt[k] ?? 0));
      let price: number;
      if (short < -1e-9) {
        // Squeezing first 推入: at equal distance it is a little cheaper than stretching 推出.
        if (-short <= saving - (savingAt[k] ?? 0) + 1e-9) price = 0.9 * short * short;
        else {
          const single = last - ink <= 1;
          if (k === oldest && !single) oldest++;
          if (!emergency || !single) continue;
          price = cost.overfull;
        }
      } else if (isLast) price = ink > 0 && isLonely(galley, ink, last) ? cost.lonely : 0;
      else if (!justified) price = 0.02 * short * short;
      else if (short <= gap * (blank ? 0 : gapCount - (gaps[ink] ?? 0)) + 1e-9 || emergency) price = short * short;
      // What begins later is shorter still; only the first line has a measure of its own.
      else if (k === 0) continue;
      else break;
      const total = (prices[k] ?? 0) + price + penalty;
      if (total <= best) {
        best = total;
        from = k;
      }
    }
    if (from >= 0) put(end, best, from);
    else if (oldest === places.length) return null;
  }
  if (places.at(-1) !== n) return null;
  const ends: number[] = [];
  for (let k = places.length - 1; k > 0; k = previous[k] ?? 0) ends.push(places[k] ?? 0);
  return ends.reverse();
}

// ---------------------------------------------------------------- place

/** Sets the sorts [start, end) on one line. `indent` and `room` in em, `size` in pt. */
export function placeLine(
  galley: Galley,
  start: number,
  end: number,
  at: { readonly indent: number; readonly room: number; readonly align: Align; readonly size: number },
): SetLine {
  const line = extent(galley, start, end);
  const short = at.room - line.natural;
  const squeezed = short < -1e-9 && line.saving > 1e-9 ? squeeze(galley, line, Math.min(-short, line.saving)) : null;
  const width = line.natural - (squeezed?.saved ?? 0);
  const fills = at.align === "justify" || squeezed !== null;
  const perGap = line.gaps > 0 ? Math.max(0, at.room - width) / line.gaps : 0;
  const stretch = fills && perGap <= gapingGap ? perGap : 0;
  const inked = width + stretch * line.gaps;
  const shift = at.align === "center" ? (at.room - inked) / 2 : at.align === "right" ? at.room - inked : 0;

  const places: Place[] = [];
  let x = 0;
  for (let index = line.first; index < line.last; index++) {
    const sort = galley.sorts[index];
    if (!sort) continue;
    if (index > line.first)
      x += (galley.before[index] ?? 0) + ((galley.gaps[index] ?? 0) > (galley.gaps[index - 1] ?? 0) ? stretch : 0);
    const cutLeft =
      (galley.trimLeft[index] ?? 0) +
      (index === line.first ? trimAtStart(galley, index) : (squeezed?.left.get(index) ?? 0));
    const cutRight =
      (galley.trimRight[index] ?? 0) +
      (index === line.last - 1 ? roomRight(galley, index) : (squeezed?.right.get(index) ?? 0));
    places.push({ index, x, cutLeft, cutRight });
    x += advanceOf(sort) - cutLeft - cutRight;
  }
  const loose = at.align === "justify" && inked < at.room - 0.01;
  const fault = inked > at.room + 0.01 ? "overfull" : isForced(galley, end) ? "forced" : loose ? "loose" : null;
  return setLine(galley, places, at.indent + shift, inked, fault, at.size);
}

/** Lines of a galley on squares; indents and `width` are whole em. */
function setOnGrid(galley: Galley, first: number, rest: number, width: number, size: number): SetLine[] {
  const grid = gridOf(galley);
  const ends = breakOnGrid(grid, width - first, width - rest);
  return ends.map((end, i) => {
    const indent = i === 0 ? first : rest;
    const { places, squares } = placeOnGrid(grid, ends[i - 1] ?? 0, end);
    const fault = squares > width - indent ? "overfull" : isForced(galley, end) ? "forced" : null;
    return setLine(galley, places, indent, squares, fault, size);
  });
}

const isForced = (galley: Galley, end: number): boolean => {
  const kind = galley.breaks[end];
  return end < galley.sorts.length && (kind === "hard" || kind === "never");
};

/** `left` and `width` in em, `size` in pt. */
function setLine(
  galley: Galley,
  places: readonly Place[],
  left: number,
  width: number,
  fault: LineFault | null,
  size: number,
): SetLine {
  const missing: { text: string; at: number }[] = [];
  const standIns: { text: string; at: number; said: string }[] = [];
  for (const { index } of places) {
    const sort = galley.sorts[index];
    if (!sort) continue;
    const { text, at, glyph } = sort;
    if (!glyph) missing.push({ text, at });
    else if (glyph.standIn !== undefined) standIns.push({ text, at, said: glyph.standIn });
  }
  return {
    runs: runsOf(galley, places, left, size),
    x: round(left * size),
    width: round(width * size),
    fault,
    missing,
    standIns,
  };
}

/** Neighbours of one face make a run. */
function runsOf(galley: Galley, places: readonly Place[], left: number, size: number): SetRun[] {
  const { sorts, copy } = galley;
  const runs: SetRun[] = [];
  for (let start = 0, end = 0; start < places.length; start = end) {
    const face = sorts[places[start]?.index ?? -1]?.glyph?.face;
    const isRaised = sorts[places[start]?.index ?? -1]?.isRaised === true;
    const from = sorts[places[start]?.index ?? -1]?.at ?? 0;
    end = start + 1;
    if (face === undefined) continue;
    const goesOn = (sort: Sort | undefined) => sort?.glyph?.face === face && sort.isRaised === isRaised;
    while (end < places.length && goesOn(sorts[places[end]?.index ?? -1])) end++;
    const gids: number[] = [];
    const xs: number[] = [];
    const starts: number[] = [];
    const cuts: Cut[] = [];
    let x = 0;
    let to = from;
    for (let i = start; i < end; i++) {
      const place = places[i];
      const sort = sorts[place?.index ?? -1];
      if (!place || !sort?.glyph) continue;
      const inked = (left + place.x + sort.glyph.inset) * size;
      if (i === start) x = round(inked);
      gids.push(sort.glyph.gid);
      xs.push(round(inked - x));
      starts.push(sort.at - from);
      if (place.cutLeft > 0 || place.cutRight > 0)
        cuts.push({
          at: i - start,
          left: Math.round(place.cutLeft * 1000),
          right: Math.round(place.cutRight * 1000),
        });
      to = sort.at + sort.text.length;
    }
    const set = { face, size, x, gids, xs, text: copy.text.slice(from, to), starts, from };
    const run = isRaised ? { ...set, size: round(size * raisedSize), rise: round(size * rise) } : set;
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

/** How far a raised character stands above the baseline, em of its line. */
const rise = 0.35;

/** To a thousandth; adding zero turns -0 into 0. */
const round = (value: number): number => Math.round(value * 1000) / 1000 + 0;
