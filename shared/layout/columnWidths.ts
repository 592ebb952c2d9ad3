// Widths of the columns of a table: the largest size of type at which no word must be broken, columns by what they
// hold, or by the proportions that a person has drawn in the editor.
import type { PlacedCell } from "./cells.ts";
import type { StyleSheet } from "./style.ts";

interface Need {
  /** Longest word, longest line, and all text of a column, em. */
  least: number;
  most: number;
  total: number;
}

/** The largest size of type, of those below `most` (pt), at which no word must be broken, and the widths of the columns in
 *  pt, rules included; `breaks`: words must be broken all the same. */
export function chooseSize(
  cells: readonly PlacedCell[],
  columns: number,
  measure: number,
  style: StyleSheet,
  most = Number.POSITIVE_INFINITY,
): { size: number; widths: number[]; breaks: boolean } {
  const needs = needsOf(cells, columns);
  const least = needs.reduce((sum, need) => sum + need.least, 0);
  const roomAt = (size: number) => measure / size - 2 * style.table.padding.across * columns;
  const sizes = style.table.sizes.filter((one) => one < most);
  const size = sizes.find((one) => roomAt(one) >= least) ?? style.table.sizes.at(-1) ?? style.grid.em;
  const room = roomAt(size);
  const wanted = colwidths(cells, columns);
  const inner = wanted
    ? byProportion(wanted, needs, room, 2 * style.table.padding.across)
    : byContent(comfortable(needs, room), room);
  // The floor is taken even where it is too large.
  return {
    size,
    breaks: room < least - 0.01,
    widths: inner.map((width) => (width + 2 * style.table.padding.across) * size),
  };
}

/** An address of the web in a cell may be broken: no word asks for more than this, em. */
const longestWord = 8;

function needsOf(cells: readonly PlacedCell[], columns: number): Need[] {
  const needs = Array.from({ length: columns }, (): Need => ({ least: 2, most: 2, total: 2 }));
  // Single columns first: what spans several asks only for what they do not yet give.
  for (const cell of cells) if (cell.columns === 1) ask(cell, needs);
  for (const cell of cells.filter((one) => one.columns > 1).sort((a, b) => a.columns - b.columns)) ask(cell, needs);
  for (const need of needs) need.most = Math.max(need.most, need.least);
  return needs;
}

function ask(cell: PlacedCell, needs: readonly Need[]): void {
  const spanned = needs.slice(cell.column, cell.column + cell.columns);
  let least = 0;
  let most = 0;
  for (const { collected } of cell.paragraphs) {
    least = Math.max(least, Math.min(longestWord, collected.least));
    // A long head over short entries goes on two lines.
    most = Math.max(most, cell.isHead && collected.most > 4 ? collected.most / 2 + 1 : collected.most);
    for (const need of spanned) need.total += collected.total / spanned.length;
  }
  for (const [key, wanted] of [
    ["least", least],
    ["most", most],
  ] as const) {
    const lacking = wanted - spanned.reduce((sum, need) => sum + need[key], 0);
    if (lacking > 0) for (const need of spanned) need[key] += lacking / spanned.length;
  }
}

/** Columns of names and short phrases get a line of six characters where the others can spare it. */
function comfortable(needs: readonly Need[], room: number): readonly Need[] {
  const eased = needs.map((need) => ({ ...need, least: Math.max(need.least, Math.min(need.most, 6)) }));
  return eased.reduce((sum, need) => sum + need.least, 0) <= room * 0.75 ? eased : needs;
}

/** The widths a person has drawn in the editor, when every column has one. */
function colwidths(cells: readonly PlacedCell[], columns: number): number[] | null {
  const widths: number[] = new Array(columns).fill(0);
  for (const cell of cells)
    for (const [i, width] of (cell.cell.attrs.colwidth ?? []).entries()) widths[cell.column + i] ||= width;
  return widths.every((width) => width > 0) ? widths : null;
}

/** The drawn widths include the padding. */
function byProportion(wanted: readonly number[], needs: readonly Need[], room: number, padding: number): number[] {
  const sum = wanted.reduce((a, b) => a + b, 0);
  const whole = room + padding * wanted.length;
  return share(
    needs.map((need) => need.least),
    wanted.map((width) => Math.max(0.01, (width / sum) * whole - padding)),
    room,
  );
}

/** Short columns get their longest line; the others share the rest by the root of their text, which evens out the
 *  heights of rows. Room left over widens all. */
function byContent(needs: readonly Need[], room: number): number[] {
  const most = needs.reduce((sum, need) => sum + need.most, 0);
  if (most <= room) {
    const extra = room - most;
    return needs.map((need) => need.most + extra * (0.5 * (need.most / most) + 0.5 / needs.length));
  }
  const widths: number[] = new Array(needs.length).fill(0);
  let left = room;
  let open = needs.map((_, i) => i);
  for (let settled = true; settled && open.length > 1; ) {
    const fair = left / open.length;
    const short = open.filter((i) => (needs[i]?.most ?? 0) <= fair);
    settled = short.length > 0 && short.length < open.length;
    if (!settled) break;
    for (const i of short) {
      widths[i] = needs[i]?.most ?? 0;
      left -= widths[i] ?? 0;
    }
    open = open.filter((i) => !short.includes(i));
  }
  const shares = share(
    open.map((i) => needs[i]?.least ?? 0),
    open.map((i) => Math.sqrt(needs[i]?.total ?? 1)),
    left,
  );
  for (const [k, i] of open.entries()) widths[i] = shares[k] ?? 0;
  return widths;
}

/** Divides `room` by weight, none below its least; when the leasts do not fit, they are all made smaller. */
function share(least: readonly number[], weights: readonly number[], room: number): number[] {
  const sum = least.reduce((a, b) => a + b, 0);
  if (sum >= room) return least.map((width) => (width * room) / sum);
  const held = new Set<number>();
  for (;;) {
    const left = room - least.reduce((total, width, i) => total + (held.has(i) ? width : 0), 0);
    const weight = weights.reduce((total, one, i) => total + (held.has(i) ? 0 : one), 0);
    const widths = least.map((width, i) => (held.has(i) ? width : (left * (weights[i] ?? 0)) / weight));
    const short = widths.findIndex((width, i) => !held.has(i) && width < (least[i] ?? 0) - 1e-9);
    if (short < 0) return widths;
    held.add(short);
  }
}
