// A table: heights of its rows, rules, and what a page break may do to it. Each row becomes a piece; the head rows are
// one piece and are repeated above a continuation. A tall row may be divided between lines. A text that spans rows
// begins with the first of them, stands in the middle of those on its page, and keeps together as many as it needs.
// A row that was not touched gives the same piece as before.
import { type Align, isBareNumber, isGroupName, type Table } from "../model/block.ts";
import {
  amountColumns,
  amountOf,
  hasSentences,
  headCount,
  isTotalRow,
  type PlacedCell,
  placeCells,
  textOf,
} from "./cells.ts";
import { chooseSize } from "./columnWidths.ts";
import type { Rule } from "./display.ts";
import type { Origin, Piece, PieceText, PieceWarning, Slab, Span } from "./flow.ts";
import { type SetLine, setGalleys, warningsOf } from "./paragraph.ts";
import type { StyleSheet } from "./style.ts";
import { emCentre, plainPiece, type Workshop } from "./workshop.ts";

interface CellLine extends SetLine {
  readonly paragraph: number;
}

interface SetCell extends PlacedCell {
  readonly lines: readonly CellLine[];
  /** Names the lines: the same as long as they are. What they are set like depends on the other rows, too. */
  readonly key: string;
  /** Its text stands in the middle of the rows it spans, on whatever page they are. */
  readonly spans: boolean;
}

/** A piece without its origin, which its caller adds. */
export type TablePiece = Omit<Piece, "origin" | "divide"> & {
  readonly divide?: (room: number) => readonly [TablePiece, TablePiece] | null;
};

/** The piece, and all that it may be divided into, as part of a block. */
export function withOrigin({ divide, ...piece }: TablePiece, origin: Origin): Piece {
  if (!divide) return { ...piece, origin };
  return {
    ...piece,
    origin,
    divide(room) {
      const parts = divide(room);
      return parts && [withOrigin(parts[0], origin), withOrigin(parts[1], origin)];
    },
  };
}

/** All that rows are drawn from. */
interface Frame {
  /** By row: the cells that begin in it, in reading order, and those that cover it. */
  readonly beginning: readonly (readonly SetCell[])[];
  readonly covering: readonly (readonly SetCell[])[];
  readonly heights: readonly number[];
  readonly headRows: number;
  /** x of the rules between the columns, from the left, pt. */
  readonly edges: readonly number[];
  readonly size: number;
  readonly style: StyleSheet;
}

/** Rows from this share of the page on may be divided: else the foot before them would stay empty. */
const tall = 0.5;
/** But a row that the next page can hold goes there whole when less than this share of the page stays empty. */
const spared = 1 / 3;

/** The pieces of a table, in reading order. It fills `measure`; no page or column is higher than `pageHeight` (pt). */
export function tablePieces(table: Table, measure: number, pageHeight: number, shop: Workshop): TablePiece[] {
  const frame = frameOf(table, measure, pageHeight, shop);
  if (!frame) return [];
  const { headRows, heights, style, size } = frame;
  const rows = table.content.length;
  const isWhole = table.attrs?.wholeRows === true;
  const keyOf = (from: number, to: number) => {
    const set = frame.beginning.slice(from, to).map((cells) => cells.map(({ key }) => key).join("|"));
    return `${from} ${size} ${frame.edges.join()} ${heights.slice(from, to).join()} ${pageHeight} ${set.join()}`;
  };
  const first = table.content[0];
  const headKey = () => table.content.slice(1, headRows).map(identityOf(shop)).join();
  const head =
    headRows > 0 && first
      ? shop.cache.get(first, `head ${headRows} ${headKey()} ${keyOf(0, headRows)}`, () => rowsSlab(frame, 0, headRows))
      : null;
  const pieces: TablePiece[] = [];
  if (head) pieces.push({ ...pieceOf(head), keep: true, warnings: cellWarnings(frame, 0, headRows) });
  for (let row = headRows; row < rows; row++) {
    const content = table.content[row];
    if (!content) continue;
    const keep =
      needsNext(frame, row) ||
      staysWithNext(frame, row, pageHeight) ||
      (row + 1 < rows && isTotalRow(table, row + 1) && row > headRows);
    const make = () => rowPiece(frame, row, head, keep, pageHeight, isWhole);
    const isPlain = frame.covering[row]?.every((cell) => cell.rows === 1) === true;
    // What spans rows draws from its neighbours; a plain row from itself, its lines and widths and the head above it.
    const key = `row ${keep} ${isWhole} ${head ? identityOf(shop)(head) : ""} ${keyOf(row, row + 1)}`;
    pieces.push(isPlain ? shop.cache.get(content, key, make) : make());
  }
  const shrunk: PieceWarning[] = size < (style.table.sizes[0] ?? size) ? [{ code: "shrunkTable", from: 0 }] : [];
  const top = pieces[0];
  if (top) pieces[0] = { ...top, onGrid: true, warnings: [...top.warnings, ...shrunk] };
  return pieces;
}

/** A number of its own for each object. */
const identityOf = (shop: Workshop) => (object: object) =>
  shop.cache.get(object, "identity", () => shop.cache.nextNumber());

/** How a table fits its measure (pt): with no word broken at the largest size of type, at a smaller one, or not at all. */
export function fitOf(table: Table, measure: number, shop: Workshop): "whole" | "smaller" | "broken" {
  const cells = placeCells(table, shop);
  const columns = columnCount(cells);
  if (columns === 0) return "whole";
  const { size, breaks } = chooseSize(cells, columns, measure, shop.style);
  if (breaks) return "broken";
  return size === shop.style.table.sizes[0] ? "whole" : "smaller";
}

const columnCount = (cells: readonly PlacedCell[]): number =>
  cells.reduce((most, cell) => Math.max(most, cell.column + cell.columns), 0);

/** Cells with their lines, and the heights of the rows; null for a table without cells. Where a row would be higher than
 *  a page the type is made smaller, as far as the style allows. On a page that is wider than high, tall rows come of
 *  narrow columns: there it is made smaller, too, where no row has to be divided then. */
function frameOf(table: Table, measure: number, pageHeight: number, shop: Workshop): Frame | null {
  const { sizes } = shop.style.table;
  const cells = placeCells(table, shop);
  if (cells.length === 0) return null;
  let frame = frameAt(table, cells, measure, pageHeight, shop);
  while (isTooHigh(frame, pageHeight) && frame.size > (sizes.at(-1) ?? 0))
    frame = frameAt(table, cells, measure, pageHeight, shop, frame.size);
  if (measure <= pageHeight || table.attrs?.wholeRows === true) return frame;
  for (let tried = frame; ; tried = frameAt(table, cells, measure, pageHeight, shop, tried.size)) {
    if (!hasTallRow(tried, pageHeight)) return tried;
    if (tried.size <= (sizes.at(-1) ?? 0)) return frame;
  }
}

const hasTallRow = ({ heights, headRows }: Frame, pageHeight: number): boolean =>
  heights.some((height, row) => row >= headRows && height > pageHeight * tall);

function isTooHigh({ heights, headRows }: Frame, pageHeight: number): boolean {
  const head = spannedHeight(heights, 0, headRows);
  return heights.some((height, row) => row >= headRows && height > pageHeight - head);
}

/** At the largest fitting size of type below `most`, pt. */
function frameAt(
  table: Table,
  cells: readonly PlacedCell[],
  measure: number,
  pageHeight: number,
  shop: Workshop,
  most?: number,
): Frame {
  const { style } = shop;
  const rows = table.content.length;
  const { size, widths } = chooseSize(cells, columnCount(cells), measure, style, most);
  const sentences = new Set<number>();
  for (const cell of cells)
    if (!cell.isHead && cell.columns === 1 && !sentences.has(cell.column) && hasSentences(cell))
      sentences.add(cell.column);
  const amounts = amountColumns(cells);
  const beginning = Array.from({ length: rows }, (): SetCell[] => []);
  const covering = Array.from({ length: rows }, (): SetCell[] => []);
  for (const cell of cells) {
    const { lines, key } = linesOf(cell, { sentences, amounts, widths, size }, shop);
    // What is taller is set like any other cell, and can be divided.
    const spans = isGroupName(cell.cell) && textHeight(lines.length, size, style) <= pageHeight / 3;
    const set: SetCell = { ...cell, lines, key, spans };
    beginning[cell.row]?.push(set);
    for (let row = cell.row; row < cell.row + cell.rows; row++) covering[row]?.push(set);
  }
  const edges = [0];
  for (const width of widths) edges.push((edges.at(-1) ?? 0) + width);
  const counted = headCount(cells, rows);
  const tried = heightsOf(beginning.flat(), counted, rows, size, style);
  // A head that would fill half of every page is none.
  const isHead = spannedHeight(tried, 0, counted) <= pageHeight / 2;
  const heights = isHead ? tried : heightsOf(beginning.flat(), 0, rows, size, style);
  return { beginning, covering, heights, headRows: isHead ? counted : 0, edges, size, style };
}

// ---------------------------------------------------------------- lines of cells

interface Columns {
  readonly sentences: ReadonlySet<number>;
  readonly amounts: ReadonlyMap<number, { readonly before: number; readonly whole: number }>;
  /** pt, rules and padding included. */
  readonly widths: readonly number[];
  readonly size: number;
}

function linesOf(
  cell: PlacedCell,
  { sentences, amounts, widths, size }: Columns,
  shop: Workshop,
): Pick<SetCell, "lines" | "key"> {
  let outer = 0;
  for (let i = cell.column; i < cell.column + cell.columns; i++) outer += widths[i] ?? 0;
  const measure = outer - 2 * shop.style.table.padding.across * size;
  const usual = usualAlign(cell, sentences, measure, size);
  const own = cell.cell.attrs.align;
  const amount = cell.columns === 1 && !cell.isHead && !own ? amounts.get(cell.column) : undefined;
  const before = amount && amountOf(cell)?.before;
  // Amounts are aligned on the point; the widest stands in the middle.
  const indent =
    amount && before !== undefined && amount.whole * size <= measure
      ? (measure / size - amount.whole) / 2 + amount.before - before
      : null;
  const set = cell.paragraphs.map(({ index, align, collected }) => {
    const aligned = align ?? own ?? (indent === null ? usual : "left");
    const first = align === null && indent !== null ? indent : 0;
    return shop.cache.get(collected, `lines ${measure} ${size} ${aligned} ${first} ${index}`, () => {
      const shape = { size, measure, align: aligned, indents: () => [first, 0] as const, right: 0 };
      const lines = setGalleys(collected.parts, shape).map((line): CellLine => ({ ...line, paragraph: index }));
      return { number: shop.cache.nextNumber(), lines };
    });
  });
  return { lines: set.flatMap(({ lines }) => lines), key: set.map(({ number }) => number).join() };
}

/** Heads, numbers, names and other phrases are centred; a column with sentences is set like text. */
function usualAlign(cell: PlacedCell, sentences: ReadonlySet<number>, measure: number, size: number): Align {
  if (cell.isHead) return "center";
  if (cell.columns > 1 ? !hasSentences(cell) : !sentences.has(cell.column)) return "center";
  return measure >= 12 * size ? "justify" : "left";
}

// ---------------------------------------------------------------- heights

const textHeight = (lines: number, size: number, style: StyleSheet): number =>
  lines * size * style.table.leading + 2 * style.table.padding.down * size;

function spannedHeight(heights: readonly number[], row: number, rows: number): number {
  let sum = 0;
  for (let i = row; i < row + rows; i++) sum += heights[i] ?? 0;
  return sum;
}

function heightsOf(set: readonly SetCell[], headRows: number, rows: number, size: number, style: StyleSheet): number[] {
  const heights: number[] = new Array(rows).fill(textHeight(1, size, style));
  // What is not in the middle of its rows needs all its room in the first.
  const needed = (cell: SetCell) => (cell.spans || cell.row < headRows ? cell.rows : 1);
  for (const cell of set)
    if (needed(cell) === 1)
      heights[cell.row] = Math.max(heights[cell.row] ?? 0, textHeight(cell.lines.length, size, style));
  for (const cell of set.filter((one) => needed(one) > 1).sort((a, b) => a.rows - b.rows)) {
    const lacking = textHeight(cell.lines.length, size, style) - spannedHeight(heights, cell.row, cell.rows);
    for (let row = cell.row; lacking > 0 && row < cell.row + cell.rows; row++)
      heights[row] = (heights[row] ?? 0) + lacking / cell.rows;
  }
  return heights;
}

// ---------------------------------------------------------------- rows

const pieceOf = (slab: Slab): TablePiece => ({ ...plainPiece, ...slab, onGrid: false });

function cellWarnings(frame: Frame, from: number, to: number): PieceWarning[] {
  return frame.beginning
    .slice(from, to)
    .flat()
    .flatMap((cell) =>
      cell.lines.flatMap((line) =>
        warningsOf(line).map((warning) => ({ ...warning, cell: [...cell.path, line.paragraph] as const })),
      ),
    );
}

function rowPiece(
  frame: Frame,
  row: number,
  head: Slab | null,
  keep: boolean,
  pageHeight: number,
  isWhole: boolean,
): TablePiece {
  const slab = rowsSlab(frame, row, row + 1);
  const begun = spansOf(frame, row, true);
  const room = pageHeight - (head?.height ?? 0);
  const mayDivide = slab.height > room || (!isWhole && slab.height > pageHeight * tall);
  const piece: TablePiece = {
    ...pieceOf(slab),
    keep,
    warnings: cellWarnings(frame, row, row + 1),
    ...(begun.length > 0 ? { spans: begun } : {}),
    ...(row > 0 ? { cut: cutAt(frame, row, head, closingRules(frame, row)) } : {}),
  };
  if (!mayDivide) return piece;
  const divisible = dividing(piece, frame, row, head, new Map());
  if (slab.height > room) return divisible;
  return { ...divisible, divide: (free) => (free < pageHeight * spared ? null : (divisible.divide?.(free) ?? null)) };
}

/** What a page break before the row, or inside it, adds. */
function cutAt(frame: Frame, row: number, head: Slab | null, closing: readonly Rule[]): NonNullable<Piece["cut"]> {
  const across = frame.edges.at(-1) ?? 0;
  const opening = head ? [] : [ruleAt(0, 0, across, 0, frame.style)];
  return { head, opening, closing, spans: spansOf(frame, row, false) };
}

/** The texts that span `row`: those that begin in it, or those that go on. */
function spansOf(frame: Frame, row: number, begin: boolean): Span[] {
  return (frame.covering[row] ?? [])
    .filter((cell) => cell.spans && begin === (cell.row === row))
    .map((cell) => spanOf(frame, cell, cell.row + cell.rows - row - 1, !begin));
}

function spanOf(frame: Frame, cell: SetCell, reach: number, isRepeat: boolean): Span {
  const height = textHeight(cell.lines.length, frame.size, frame.style);
  const texts = textsOf(frame, cell, cell.lines, 0, height, null);
  return { reach, height, texts: isRepeat ? texts.map((text) => ({ ...text, artifact: "repeat" })) : texts };
}

/** Fewest lines of a cell on either side of a cut. */
const fewest = 2;

/** The piece with a way to divide it between lines. `done`: lines of each cell that stand above. */
function dividing(
  piece: TablePiece,
  frame: Frame,
  row: number,
  head: Slab | null,
  done: ReadonlyMap<SetCell, number>,
): TablePiece {
  const { size, style } = frame;
  const cells = (frame.beginning[row] ?? []).filter((cell) => !cell.spans);
  const left = (cell: SetCell) => cell.lines.length - (done.get(cell) ?? 0);
  const divide = (room: number): readonly [TablePiece, TablePiece] | null => {
    const fitting = Math.floor((room - 2 * style.table.padding.down * size + 0.01) / (size * style.table.leading));
    const longest = Math.max(...cells.map(left));
    const most = Math.min(fitting, longest - fewest);
    if (most < fewest) return null;
    const takes = new Map(
      cells.map((cell) => {
        const lines = left(cell);
        return [cell, lines <= most ? lines : Math.min(most, lines - fewest)] as const;
      }),
    );
    const height = textHeight(Math.max(...takes.values()), size, style);
    const above = partSlab(frame, row, cells, done, takes, height);
    const after = new Map(cells.map((cell) => [cell, (done.get(cell) ?? 0) + (takes.get(cell) ?? 0)] as const));
    const rest = new Map(cells.map((cell) => [cell, cell.lines.length - (after.get(cell) ?? 0)] as const));
    const below = partSlab(frame, row, cells, after, rest, textHeight(Math.max(...rest.values()), size, style));
    const { divide: _, ...whole } = piece;
    const first: TablePiece = { ...whole, ...above, keep: false };
    const { spans: __, anchor: ___, ...goesOn } = whole;
    const second: TablePiece = {
      ...goesOn,
      ...below,
      warnings: [{ code: "splitRow", from: 0 }],
      cut: cutAt(frame, row, head, []),
    };
    return [first, dividing(second, frame, row, head, after)];
  };
  return { ...piece, divide };
}

function partSlab(
  frame: Frame,
  row: number,
  cells: readonly SetCell[],
  from: ReadonlyMap<SetCell, number>,
  takes: ReadonlyMap<SetCell, number>,
  height: number,
): Slab {
  const texts = cells.flatMap((cell) => {
    const start = from.get(cell) ?? 0;
    // All cells of a divided row begin at its top, on one line.
    const top = frame.style.table.padding.down * frame.size;
    return textsOf(frame, cell, cell.lines.slice(start, start + (takes.get(cell) ?? 0)), 0, height, top);
  });
  return { height, texts, rules: rulesOf(frame, row, 0, height) };
}

/** Rows [from, to) as one slab, with the texts of cells that begin there and the rules around them. */
function rowsSlab(frame: Frame, from: number, to: number): Slab {
  const texts: PieceText[] = [];
  const rules: Rule[] = [];
  let top = 0;
  for (let row = from; row < to; row++) {
    const height = frame.heights[row] ?? 0;
    const beside = besideText(frame, row);
    for (const cell of frame.beginning[row] ?? []) {
      if (cell.spans) continue;
      const rows = row < frame.headRows ? cell.rows : 1;
      const room = spannedHeight(frame.heights, row, rows);
      texts.push(...textsOf(frame, cell, cell.lines, top, room, beside.get(cell) ?? null));
    }
    rules.push(...rulesOf(frame, row, top, height));
    top += height;
  }
  return { height: top, texts, rules };
}

/** Where a bare number begins that in the middle of its row would stand on a line of its own (isBareNumber): on the
 *  first line of the cell that is read after it, or on the last one of the cell before. pt below the top of the row. */
function besideText({ beginning, heights, headRows, size, style }: Frame, row: number): Map<SetCell, number> {
  const beside = new Map<SetCell, number>();
  if (row < headRows) return beside;
  const step = size * style.table.leading;
  const height = heights[row] ?? 0;
  const cells = (beginning[row] ?? []).filter((cell) => !cell.spans && cell.lines.length > 0);
  const first = cells.map((cell) => (height - cell.lines.length * step) / 2);
  const last = cells.map((cell, i) => (first[i] ?? 0) + (cell.lines.length - 1) * step);
  for (const [i, cell] of cells.entries()) {
    if (!isBareNumber(textOf(cell))) continue;
    const near = [first[i + 1], last[i - 1]].filter((y) => y !== undefined);
    const [partner] = near;
    if (partner !== undefined && !near.some((y) => Math.abs(y - (first[i] ?? 0)) < 0.01)) beside.set(cell, partner);
  }
  return beside;
}

/** `first`: where the first line begins, pt below `top`; null: so that all stand in the middle. */
function textsOf(
  frame: Frame,
  cell: SetCell,
  lines: readonly CellLine[],
  top: number,
  height: number,
  first: number | null,
): PieceText[] {
  const { size, style, edges } = frame;
  const step = size * style.table.leading;
  const x = (edges[cell.column] ?? 0) + style.table.padding.across * size;
  const isCut = lines.length < cell.lines.length;
  const start = top + (first ?? (isCut ? style.table.padding.down * size : (height - lines.length * step) / 2));
  return lines.flatMap((line, i) => {
    const y = start + (i + 0.5) * step + emCentre * size;
    const path = [...cell.path, line.paragraph] as const;
    return line.runs.map((run) => ({ run, x, y, cell: path }));
  });
}

// ---------------------------------------------------------------- rules

const ruleAt = (x1: number, y1: number, x2: number, y2: number, style: StyleSheet): Rule => ({
  kind: "rule",
  x1,
  y1,
  x2,
  y2,
  width: style.table.rule,
  ink: "black",
});

/** Rules of one row at `top`: uprights beside its cells, and below each cell that ends here; above the first row too. */
function rulesOf({ edges, covering, style }: Frame, row: number, top: number, height: number): Rule[] {
  const rules: Rule[] = [];
  const right = edges.at(-1) ?? 0;
  if (row === 0) rules.push(ruleAt(0, top, right, top, style));
  rules.push(ruleAt(0, top, 0, top + height, style));
  for (const cell of covering[row] ?? []) {
    const [left, end] = [edges[cell.column] ?? 0, edges[cell.column + cell.columns] ?? right];
    rules.push(ruleAt(end, top, end, top + height, style));
    if (cell.row + cell.rows === row + 1) rules.push(ruleAt(left, top + height, end, top + height, style));
  }
  return rules;
}

/** Below the row before `row`, under cells that go on: what closes the table at a page break. */
function closingRules({ covering, edges, style }: Frame, row: number): Rule[] {
  return (covering[row] ?? [])
    .filter((cell) => cell.row < row)
    .map((cell) => ruleAt(edges[cell.column] ?? 0, 0, edges[cell.column + cell.columns] ?? 0, 0, style));
}

// ---------------------------------------------------------------- what stays together

/** The first row is not left alone under the head, nor the last one, often a total, alone on a page. */
function staysWithNext({ heights, headRows }: Frame, row: number, pageHeight: number): boolean {
  const isFirst = row === headRows && row < heights.length - 1;
  const isBeforeLast = row === heights.length - 2;
  return (isFirst || isBeforeLast) && (heights[row] ?? 0) + (heights[row + 1] ?? 0) < pageHeight / 4;
}

/** Whether a cell that spans this row and the next has text that reaches below this row. */
function needsNext(frame: Frame, row: number): boolean {
  return (frame.covering[row] ?? []).some(
    (cell) =>
      cell.spans &&
      row + 1 < cell.row + cell.rows &&
      textHeight(cell.lines.length, frame.size, frame.style) >
        spannedHeight(frame.heights, cell.row, row + 1 - cell.row) + 0.01,
  );
}
