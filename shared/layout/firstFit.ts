// Line by line 逐行: each line takes what it can hold and is never looked at again, as offices' word processors and
// most printers set text. A mark that would begin the next line is squeezed in 推入; where it cannot be, the line gives
// up its last character 推出. Best over a whole paragraph is breakLines (paragraph.ts).
import { closes, extent, type Galley, isSpace } from "./galley.ts";

/** Ends of the lines, the last one being the number of sorts. `first` and `rest` are the widths to fill, em. */
export function breakFirstFit(galley: Galley, first: number, rest: number): number[] {
  const n = galley.sorts.length;
  const ends: number[] = [];
  for (let start = 0; start < n || ends.length === 0; start = ends.at(-1) ?? n)
    ends.push(lineEnd(galley, start, ends.length === 0 ? first : rest));
  return ends;
}

/** End of the line that begins at `start`; always behind it, but for an empty galley. */
function lineEnd(galley: Galley, start: number, room: number): number {
  const n = galley.sorts.length;
  let most = Math.min(start + 1, n);
  while (most < n && extent(galley, start, most + 1).natural <= room + 1e-9) most++;
  if (most === n) return n;
  if (mayEnd(galley, most)) return most;
  return pushedIn(galley, start, most, room) ?? pushedOut(galley, start, most) ?? most;
}

const mayEnd = (galley: Galley, end: number): boolean => {
  const kind = end === galley.sorts.length ? "free" : galley.breaks[end];
  return kind === "free" || kind === "loose";
};

/** The end behind marks that the line can still be squeezed to hold. */
function pushedIn(galley: Galley, start: number, most: number, room: number): number | null {
  let end = most;
  while (end < galley.sorts.length && (closes(galley.sorts[end]) || isSpace(galley.sorts[end]))) end++;
  if (end === most || !mayEnd(galley, end)) return null;
  const { natural, saving } = extent(galley, start, end);
  return natural - saving <= room + 1e-9 ? end : null;
}

/** The last place before `most` where the line may end; inside a word or number only when there is no other. */
function pushedOut(galley: Galley, start: number, most: number): number | null {
  for (let end = most; end > start; end--) if (mayEnd(galley, end)) return end;
  for (const kind of ["seam", "hard"] as const)
    for (let end = most; end > start; end--) if (galley.breaks[end] === kind) return end;
  return null;
}
