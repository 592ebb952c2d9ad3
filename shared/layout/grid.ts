// Strict-grid composition 方格, as on the 28 × 22 squares that a 公文 is counted by: every wide character stands on a
// whole em from the left edge of the measure, no gap is stretched and no mark squeezed to fill a line.
// - A mark takes a square of its own. Two marks that meet share one (：“ 。” ），), as in writing on squared paper: the
//   only squeeze that keeps the squares. So a mark that would begin a line joins the mark that ends the line before.
// - Letters and digits take their natural width, rounded up to whole squares, and stand in the middle of them (Word:
//   文字对齐字符网格). The style's gap between Chinese and Latin is not added: the squares give it.
// - What may not begin or end a line is pushed out 推出: the line before ends early, its last squares stay empty.
import { advanceOf, closes, type Galley, inkEnd, inkStart, isLonely, opens, type Sort, tornWords } from "./galley.ts";

/** A galley with what its sorts take on squared paper. */
export interface Grid {
  readonly galley: Galley;
  /** Squares that a sort fills exactly; 0 for what stands in a word by its natural width. */
  readonly squares: Uint8Array;
  /** 1 where a mark can share the square of the sort before it. */
  readonly shares: Uint8Array;
}

/** A sort where it stands in its line: `x` of its advance box behind what is cut off, em. */
export interface Place {
  readonly index: number;
  readonly x: number;
  readonly cutLeft: number;
  readonly cutRight: number;
}

export function gridOf(galley: Galley): Grid {
  const { sorts } = galley;
  return {
    galley,
    squares: Uint8Array.from(sorts, squaresOf),
    shares: Uint8Array.from(sorts, (sort, i) => (canShare(sorts[i - 1], sort) ? 1 : 0)),
  };
}

function squaresOf(sort: Sort): number {
  if (sort.kind === "latin") return 0;
  const advance = advanceOf(sort);
  const squares = Math.round(advance);
  return Math.abs(advance - squares) < 0.02 ? squares : 0;
}

/** Two marks that meet share a square when the half between them, or the left half of both, is free of ink. */
function canShare(a: Sort | undefined, b: Sort): boolean {
  if (!a?.glyph || !b.glyph) return false;
  const free = (opens(a) && opens(b)) || (closes(a) && (opens(b) || closes(b)));
  const room = (sort: Sort) => (opens(sort) ? sort.glyph?.cutLeft : sort.glyph?.cutRight) ?? 0;
  return free && room(a) >= 0.5 && room(b) >= 0.5;
}

/** Costs, in squares of the squares left empty. */
const cost = { loose: 3, torn: 3, seam: 15, hard: 200, never: 4000, lonely: 6, overfull: 100000 };

/** Ends of the lines, the last one being the number of sorts. `first` and `rest`: squares to fill. */
export function breakOnGrid(grid: Grid, first: number, rest: number): number[] {
  const { galley } = grid;
  const n = galley.sorts.length;
  if (n === 0) return [0];
  const best = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
  const previous = new Int32Array(n + 1);
  best[0] = 0;
  const torn = tornWords(galley, (from, to) => filled(grid, from, to, null) <= rest);
  for (let start = 0; start < n; start++) {
    const begun = best[start] ?? Number.POSITIVE_INFINITY;
    if (begun === Number.POSITIVE_INFINITY) continue;
    const room = start === 0 ? first : rest;
    const line = new Line(grid, null);
    for (let end = start + 1; end <= n; end++) {
      line.add(end - 1);
      const empty = room - line.used;
      if (empty < 0 && line.count > 1) break;
      const isLast = end === n;
      // Spaces belong to the line before.
      if (galley.sorts[end]?.kind === "space") continue;
      const kind = isLast ? "free" : (galley.breaks[end] ?? "never");
      const price = empty < 0 ? cost.overfull : isLast ? lastPrice(galley, start) : empty * empty;
      const penalty = kind === "free" ? 0 : kind === "hard" && torn[end] ? cost.torn : cost[kind];
      const total = begun + price + penalty;
      if (total < (best[end] ?? 0)) {
        best[end] = total;
        previous[end] = start;
      }
    }
  }
  const ends: number[] = [];
  for (let end = n; end > 0; end = previous[end] ?? 0) ends.push(end);
  return ends.reverse();
}

function lastPrice(galley: Galley, start: number): number {
  const n = galley.sorts.length;
  const first = inkStart(galley, start, n);
  return start > 0 && isLonely(galley, first, inkEnd(galley, first, n)) ? cost.lonely : 0;
}

/** Where the sorts [start, end) stand on one line, spaces at its ends left out, and how many squares they take. */
export function placeOnGrid(grid: Grid, start: number, end: number): { places: Place[]; squares: number } {
  const places: Place[] = [];
  return { squares: filled(grid, start, inkEnd(grid.galley, start, end), places), places };
}

function filled(grid: Grid, start: number, end: number, places: Place[] | null): number {
  const line = new Line(grid, places);
  for (let i = start; i < end; i++) line.add(i);
  line.endWord();
  return line.used;
}

/** The squares of one line, as one sort after the other is added to it. */
class Line {
  /** Sorts that are set; spaces at the start of the line are not. */
  count = 0;
  /** Squares taken, spaces at the end left out. */
  used = 0;
  private readonly grid: Grid;
  private readonly places: Place[] | null;
  /** Squares filled by what stands before the open word. */
  private full = 0;
  /** Width of the open word: letters, digits and the spaces between them. */
  private width = 0;
  /** Index in `places` at which the open word begins. */
  private word = 0;
  /** Whether the last sort is a mark with a square to itself. */
  private lone = false;

  constructor(grid: Grid, places: Place[] | null) {
    this.grid = grid;
    this.places = places;
  }

  add(index: number): void {
    const { galley, squares, shares } = this.grid;
    const sort = galley.sorts[index];
    const wide = squares[index] ?? 0;
    if (!sort || (this.count === 0 && sort.kind === "space")) return;
    const { spread } = galley.copy;
    if (spread && this.count > 0) this.skip(spread.get(galley.sorts[index - 1]?.at ?? -1) ?? 0);
    if (wide === 0) {
      this.places?.push({ index, x: this.width, cutLeft: 0, cutRight: 0 });
      this.width += advanceOf(sort);
      this.lone = false;
    } else {
      if (this.width > 0) this.endWord();
      if (this.lone && shares[index]) this.joinMark(index, sort);
      else {
        this.places?.push({ index, x: this.full, cutLeft: 0, cutRight: 0 });
        this.full += wide;
        this.lone = closes(sort) || opens(sort);
      }
      if (this.places) this.word = this.places.length;
    }
    if (sort.kind !== "space") this.used = this.full + Math.ceil(this.width - 1e-6);
    this.count++;
  }

  /** The open word goes to the middle of its squares. */
  endWord(): void {
    const squares = Math.ceil(this.width - 1e-6);
    const { places } = this;
    if (places) {
      const left = this.full + (squares - this.width) / 2;
      for (let i = this.word; i < places.length; i++) {
        const place = places[i];
        if (place) places[i] = { ...place, x: left + place.x };
      }
      this.word = places.length;
    }
    this.full += squares;
    this.width = 0;
  }

  /** Leaves room of so many em free, in whole squares. */
  private skip(room: number): void {
    if (room === 0) return;
    this.endWord();
    this.full += Math.ceil(room);
    this.lone = false;
  }

  /** Puts a mark into the half of the square that the mark before it leaves free. */
  private joinMark(index: number, mark: Sort): void {
    this.lone = false;
    const before = this.places?.pop();
    if (!before) return;
    const half = (one: Sort | undefined) =>
      opens(one) ? { cutLeft: 0.5, cutRight: 0 } : { cutLeft: 0, cutRight: 0.5 };
    this.places?.push(
      { ...before, ...half(this.grid.galley.sorts[before.index]) },
      { index, x: this.full - 0.5, ...half(mark) },
    );
  }
}
