// A table: widths of its columns, size of its type, heights of its rows, rules. Each row becomes a piece, so that a
// page break falls between rows; the head rows are one piece and are repeated above a continuation. A text that spans
// rows begins with the first of them, stands in the middle of those on its page, and keeps together as many as it needs.
import {
  type Align,
  type Cell,
  isBareNumber,
  isGroupName,
  type Paragraph,
  paragraphText,
  readingOrder,
  type Table,
} from "../model/block.ts";
import type { Rule } from "./display.ts";
import { emAscent, emDescent } from "./face.ts";
import type { Piece, PieceText, PieceWarning, Slab, Span } from "./flow.ts";
import type { Role } from "./fonts.ts";
import {
  type Copy,
  collectParts,
  type Galley,
  galleyWidth,
  narrowest,
  type SetLine,
  setGalleys,
  warningsOf,
} from "./paragraph.ts";
import type { StyleSheet } from "./style.ts";
import type { TypeCase } from "./typecase.ts";

/** A cell on the grid of rows and columns, its text collected. */
interface Placed {
  readonly cell: Cell;
  readonly path: readonly [row: number, cell: number];
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  readonly isHead: boolean;
  /** Its paragraphs with their forced parts; empty ones are left out. */
  readonly paragraphs: readonly CellParagraph[];
}

interface CellParagraph {
  readonly index: number;
  readonly align: Align | null;
  readonly parts: readonly Galley[];
}

interface CellLine extends SetLine {
  readonly paragraph: number;
}

interface SetCell extends Placed {
  readonly lines: readonly CellLine[];
  /** Its text stands in the middle of the rows it spans, on whatever page they are. */
  readonly spans: boolean;
}

export type TablePiece = Omit<Piece, "origin">;

/** The pieces of a table, in reading order. It fills `measure`; no page or column is higher than `pageHeight` (pt). */
export function tablePieces(
  table: Table,
  measure: number,
  pageHeight: number,
  style: StyleSheet,
  typeCase: TypeCase,
): TablePiece[] {
  const cells = place(table, style, typeCase);
  const columns = Math.max(0, ...cells.map((cell) => cell.column + cell.columns));
  const rows = table.content.length;
  if (columns === 0 || rows === 0) return [];
  const { size, widths } = chooseSize(cells, columns, measure, style);
  const single = cells.filter((cell) => !cell.isHead && cell.columns === 1);
  const sentences = new Set(single.filter(hasSentences).map((cell) => cell.column));
  const headRows = headCount(cells, rows);
  const set = cells.map((cell): SetCell => {
    const lines = linesOf(cell, sentences, widths, size, style);
    // What is taller is set like any other cell, and can be split.
    const spans = isGroupName(cell.cell) && textHeight(lines.length, size, style) <= pageHeight / 3;
    return { ...cell, lines, spans };
  });
  const heights = heightsOf(set, rows, size, style);
  const edges = [0];
  for (const width of widths) edges.push((edges.at(-1) ?? 0) + width);
  const frame: Frame = {
    set,
    heights,
    headRows,
    beside: besideText(set, heights, headRows, size * style.table.leading),
    edges,
    size,
    style,
  };

  const head = headRows > 0 ? rowsSlab(frame, 0, headRows) : null;
  const shrunk: PieceWarning[] = size < (style.table.sizes[0] ?? size) ? [{ code: "shrunkTable", from: 0 }] : [];
  const pieces: TablePiece[] = [];
  if (head) pieces.push({ ...pieceOf(head), keep: true, warnings: cellWarnings(set, 0, headRows) });
  const across = edges.at(-1) ?? 0;
  const split = heights.map((_, row) => (row < headRows ? [] : splitRow(frame, row, pageHeight - (head?.height ?? 0))));
  /** The texts that span `row`: those that begin in it, or those that go on; in a piece that is part `i` of the row. */
  const spansOf = (row: number, i: number, begin: boolean): Span[] =>
    set
      .filter((cell) => cell.spans && cell.row <= row && row < cell.row + cell.rows)
      .filter((cell) => begin === (cell.row === row && i === 0))
      .map((cell) => spanOf(frame, cell, split.slice(row, cell.row + cell.rows).flat().length - i - 1, !begin));
  for (let row = headRows; row < rows; row++) {
    const parts = split[row] ?? [];
    for (const [i, part] of parts.entries()) {
      const opening = head ? [] : [ruleAt(0, 0, across, 0, style)];
      const closing = i > 0 ? [] : closingRules(frame, row);
      const cut = pieces.length > 0 ? { head, opening, closing, spans: spansOf(row, i, false) } : undefined;
      const warned: PieceWarning[] = i > 0 ? [{ code: "splitRow", from: 0 }] : [];
      const spans = spansOf(row, i, true);
      pieces.push({
        ...pieceOf(part),
        ...(spans.length > 0 ? { spans } : {}),
        keep: i === parts.length - 1 && (needsNext(frame, row) || staysWithNext(frame, row, headRows, pageHeight)),
        warnings: [...(i === 0 ? cellWarnings(set, row, row + 1) : []), ...warned],
        ...(cut ? { cut } : {}),
      });
    }
  }
  const first = pieces[0];
  if (first) pieces[0] = { ...first, onGrid: true, warnings: [...first.warnings, ...shrunk] };
  return pieces;
}

/** Whether the largest size of type breaks no word at this measure (pt). */
export function fitsColumn(table: Table, measure: number, style: StyleSheet, typeCase: TypeCase): boolean {
  const cells = place(table, style, typeCase);
  const columns = Math.max(0, ...cells.map((cell) => cell.column + cell.columns));
  return columns === 0 || chooseSize(cells, columns, measure, style).size === style.table.sizes[0];
}

const pieceOf = (slab: Slab): TablePiece => ({
  ...slab,
  onGrid: false,
  before: 0,
  newPage: false,
  keep: false,
  warnings: [],
});

function cellWarnings(set: readonly SetCell[], from: number, to: number): PieceWarning[] {
  return set
    .filter((cell) => from <= cell.row && cell.row < to)
    .flatMap((cell) =>
      cell.lines.flatMap((line) =>
        warningsOf(line).map((warning) => ({ ...warning, cell: [...cell.path, line.paragraph] as const })),
      ),
    );
}

// ---------------------------------------------------------------- the grid of cells

/** Puts cells on the grid: a cell takes the first column that no cell above spans. */
function place(table: Table, style: StyleSheet, typeCase: TypeCase): Placed[] {
  // A row can be no wider than all cells of the table side by side.
  const widest = table.content
    .flatMap((row) => row.content)
    .reduce((sum, cell) => sum + Math.max(1, cell.attrs.colspan), 0);
  const taken = table.content.map((): boolean[] => new Array(widest).fill(false));
  const placed: Placed[] = [];
  const nameColumns = new Set<number>();
  for (const [row, content] of table.content.entries()) {
    let column = 0;
    const inRow: Placed[] = [];
    for (const [index, cell] of content.content.entries()) {
      while (taken[row]?.[column]) column++;
      const columns = Math.max(1, cell.attrs.colspan);
      const rows = Math.max(1, Math.min(cell.attrs.rowspan, table.content.length - row));
      for (let r = row; r < row + rows; r++) taken[r]?.fill(true, column, column + columns);
      const isHead = cell.type === "table_header";
      const names = !isHead && columns === 1 && nameColumns.has(column);
      const paragraphs = cell.content.flatMap((paragraph, i) => {
        const copy = copyOf(paragraph, isHead, names, style);
        if (copy.text === "") return [];
        return [{ index: i, align: paragraph.attrs.align ?? null, parts: collectParts(copy, typeCase) }];
      });
      const made: Placed = { cell, path: [row, index], row, column, rows, columns, isHead, paragraphs };
      if (isHead && columns === 1 && nameHeads.test(textOf(made))) nameColumns.add(column);
      inRow.push(made);
      column += columns;
    }
    const order = readingOrder(content);
    placed.push(...inRow.sort((a, b) => order.indexOf(a.cell) - order.indexOf(b.cell)));
  }
  return placed;
}

/** A column of persons, by its head: two-character names are spaced to three. */
const nameHeads = /姓\s*名|责任人|领导|负责人|联系人|组\s*长|成\s*员/u;

const partsOf = (cell: Placed): readonly Galley[] => cell.paragraphs.flatMap((paragraph) => paragraph.parts);
const textOf = (cell: Placed): string =>
  partsOf(cell)
    .map((part) => part.text)
    .join("");

/** Rows at the top that hold heads only; none when the whole table does. */
function headCount(cells: readonly Placed[], rows: number): number {
  let count = 0;
  while (count < rows && cells.filter((cell) => cell.row === count).every((cell) => cell.isHead)) count++;
  for (const cell of cells) if (cell.row < count) count = Math.max(count, Math.min(rows, cell.row + cell.rows));
  return count < rows ? count : 0;
}

// ---------------------------------------------------------------- widths

interface Need {
  /** Longest word, longest line, and all text of a column, em. */
  least: number;
  most: number;
  total: number;
}

/** The largest size of type at which no word must be broken, and the widths of the columns in pt, rules included. */
function chooseSize(
  cells: readonly Placed[],
  columns: number,
  measure: number,
  style: StyleSheet,
): { size: number; widths: number[] } {
  const needs = needsOf(cells, columns);
  const least = needs.reduce((sum, need) => sum + need.least, 0);
  const roomAt = (size: number) => measure / size - 2 * style.table.padding.across * columns;
  const size = style.table.sizes.find((one) => roomAt(one) >= least) ?? style.table.sizes.at(-1) ?? style.grid.em;
  const room = roomAt(size);
  const wanted = colwidths(cells, columns);
  const inner = wanted
    ? byProportion(wanted, needs, room, 2 * style.table.padding.across)
    : byContent(comfortable(needs, room), room);
  return { size, widths: inner.map((width) => (width + 2 * style.table.padding.across) * size) };
}

/** An address of the web in a cell may be broken: no word asks for more than this, em. */
const longestWord = 8;

function needsOf(cells: readonly Placed[], columns: number): Need[] {
  const needs = Array.from({ length: columns }, (): Need => ({ least: 2, most: 2, total: 2 }));
  // Single columns first: what spans several asks only for what they do not yet give.
  for (const cell of [...cells].sort((a, b) => a.columns - b.columns)) {
    const spanned = needs.slice(cell.column, cell.column + cell.columns);
    let least = 0;
    let most = 0;
    for (const part of partsOf(cell)) {
      const natural = galleyWidth(part);
      // A long head over short entries goes on two lines.
      const width = cell.isHead && natural > 4 ? natural / 2 + 1 : natural;
      least = Math.max(least, Math.min(longestWord, narrowest(part)));
      most = Math.max(most, width);
      for (const need of spanned) need.total += width / spanned.length;
    }
    for (const key of ["least", "most"] as const) {
      const lacking = (key === "least" ? least : most) - spanned.reduce((sum, need) => sum + need[key], 0);
      if (lacking > 0) for (const need of spanned) need[key] += lacking / spanned.length;
      else if (spanned.length === 1 && spanned[0])
        spanned[0][key] = Math.max(spanned[0][key], key === "least" ? least : most);
    }
  }
  for (const need of needs) need.most = Math.max(need.most, need.least);
  return needs;
}

/** Columns of names and short phrases get a line of six characters where the others can spare it. */
function comfortable(needs: readonly Need[], room: number): readonly Need[] {
  const eased = needs.map((need) => ({ ...need, least: Math.max(need.least, Math.min(need.most, 6)) }));
  return eased.reduce((sum, need) => sum + need.least, 0) <= room * 0.75 ? eased : needs;
}

/** The widths a person has drawn in the editor, when every column has one. */
function colwidths(cells: readonly Placed[], columns: number): number[] | null {
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

// ---------------------------------------------------------------- text of cells

function copyOf(paragraph: Paragraph, isHead: boolean, names: boolean, style: StyleSheet): Copy {
  const role: Role = isHead ? style.table.headRole : style.table.role;
  const text = paragraphText(paragraph);
  const roles: { to: number; role: Role }[] = [];
  let at = 0;
  for (const inline of paragraph.content ?? []) {
    at += inline.type === "text" ? inline.text.length : 1;
    const strong = inline.type === "text" && inline.marks?.some((mark) => mark.type === "strong");
    roles.push({ to: at, role: strong ? "hei" : role });
  }
  const copy = { text, roles, latinGap: style.latinGap, marks: style.marks };
  return names ? { ...copy, spread: spacedNames(text) } : copy;
}

function spacedNames(text: string): ReadonlyMap<number, number> {
  const spread = new Map<number, number>();
  let at = 0;
  for (const part of text.split("\n")) {
    if (/^\p{Script=Han}{2}$/u.test(part)) spread.set(at, 1);
    at += part.length + 1;
  }
  return spread;
}

function linesOf(
  cell: Placed,
  sentences: ReadonlySet<number>,
  widths: readonly number[],
  size: number,
  style: StyleSheet,
): CellLine[] {
  const outer = widths.slice(cell.column, cell.column + cell.columns).reduce((a, b) => a + b, 0);
  const measure = outer - 2 * style.table.padding.across * size;
  const usual = usualAlign(cell, sentences, measure, size);
  return cell.paragraphs.flatMap(({ index, align, parts }) => {
    const shape = {
      size,
      measure,
      align: align ?? cell.cell.attrs.align ?? usual,
      indents: () => [0, 0] as const,
      right: 0,
    };
    return setGalleys(parts, shape).map((line) => ({ ...line, paragraph: index }));
  });
}

/** Heads, numbers, names and other phrases are centred; a column with sentences is set like text. */
function usualAlign(cell: Placed, sentences: ReadonlySet<number>, measure: number, size: number): Align {
  if (cell.isHead) return "center";
  if (cell.columns > 1 ? !hasSentences(cell) : !sentences.has(cell.column)) return "center";
  return measure >= 12 * size ? "justify" : "left";
}

const hasSentences = (cell: Placed): boolean =>
  partsOf(cell).some((part) => part.text.length > longestPhrase || /[。；，]/u.test(part.text));

const longestPhrase = 16;

// ---------------------------------------------------------------- rows

interface Frame {
  readonly set: readonly SetCell[];
  readonly heights: readonly number[];
  readonly headRows: number;
  readonly beside: ReadonlyMap<SetCell, number>;
  /** x of the rules between the columns, from the left, pt. */
  readonly edges: readonly number[];
  readonly size: number;
  readonly style: StyleSheet;
}

const textHeight = (lines: number, size: number, style: StyleSheet): number =>
  lines * size * style.table.leading + 2 * style.table.padding.down * size;

const spannedHeight = (heights: readonly number[], row: number, rows: number): number =>
  heights.slice(row, row + rows).reduce((a, b) => a + b, 0);

function heightsOf(set: readonly SetCell[], rows: number, size: number, style: StyleSheet): number[] {
  const heights: number[] = new Array(rows).fill(textHeight(1, size, style));
  for (const cell of [...set].sort((a, b) => a.rows - b.rows)) {
    // What is not in the middle of its rows needs all its room in the first.
    const rows = cell.spans || cell.isHead ? cell.rows : 1;
    const lacking = textHeight(cell.lines.length, size, style) - spannedHeight(heights, cell.row, rows);
    for (let row = cell.row; lacking > 0 && row < cell.row + rows; row++)
      heights[row] = (heights[row] ?? 0) + lacking / rows;
  }
  return heights;
}

/** Where a bare number begins that in the middle of its row would stand on a line of its own (isBareNumber): on the
 *  first line of the cell that is read after it, or on the last one of the cell before. pt below the top of the row. */
function besideText(
  set: readonly SetCell[],
  heights: readonly number[],
  headRows: number,
  step: number,
): Map<SetCell, number> {
  const beside = new Map<SetCell, number>();
  for (const [row, height] of heights.entries()) {
    const cells = set.filter((cell) => row >= headRows && cell.row === row && !cell.spans && cell.lines.length > 0);
    const first = cells.map((cell) => (height - cell.lines.length * step) / 2);
    const last = cells.map((cell, i) => (first[i] ?? 0) + (cell.lines.length - 1) * step);
    for (const [i, cell] of cells.entries()) {
      if (!isBareNumber(textOf(cell))) continue;
      const near = [first[i + 1], last[i - 1]].filter((y) => y !== undefined);
      const [partner] = near;
      if (partner !== undefined && !near.some((y) => Math.abs(y - (first[i] ?? 0)) < 0.01)) beside.set(cell, partner);
    }
  }
  return beside;
}

/** Rows [from, to) as one slab, with the texts of cells that begin there and the rules around them. */
function rowsSlab(frame: Frame, from: number, to: number): Slab {
  const texts: PieceText[] = [];
  const rules: Rule[] = [];
  let top = 0;
  for (let row = from; row < to; row++) {
    const height = frame.heights[row] ?? 0;
    for (const cell of frame.set)
      if (cell.row === row && !cell.spans) {
        const rows = row < frame.headRows ? cell.rows : 1;
        texts.push(...textsOf(frame, cell, cell.lines, top, spannedHeight(frame.heights, row, rows)));
      }
    rules.push(...rulesOf(frame, row, top, height));
    top += height;
  }
  return { height: top, texts, rules };
}

function textsOf(frame: Frame, cell: SetCell, lines: readonly CellLine[], top: number, height: number): PieceText[] {
  const { size, style, edges } = frame;
  const step = size * style.table.leading;
  const x = (edges[cell.column] ?? 0) + style.table.padding.across * size;
  const isCut = lines.length < cell.lines.length;
  const middle = isCut ? style.table.padding.down * size : (height - lines.length * step) / 2;
  const start = top + (frame.beside.get(cell) ?? middle);
  return lines.flatMap((line, i) =>
    line.runs.map((run) => ({
      run,
      x,
      y: start + (i + 0.5) * step + ((emAscent - emDescent) / 2) * size,
      cell: [...cell.path, line.paragraph] as const,
    })),
  );
}

function spanOf(frame: Frame, cell: SetCell, reach: number, isRepeat: boolean): Span {
  const height = textHeight(cell.lines.length, frame.size, frame.style);
  const texts = textsOf(frame, cell, cell.lines, 0, height);
  return { reach, height, texts: isRepeat ? texts.map((text) => ({ ...text, artifact: "repeat" })) : texts };
}

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
function rulesOf(frame: Frame, row: number, top: number, height: number): Rule[] {
  const { edges, set, style } = frame;
  const rules: Rule[] = [];
  const covering = set.filter((cell) => cell.row <= row && row < cell.row + cell.rows);
  const right = edges.at(-1) ?? 0;
  if (row === 0) rules.push(ruleAt(0, top, right, top, style));
  rules.push(ruleAt(0, top, 0, top + height, style));
  for (const cell of covering) {
    const [left, end] = [edges[cell.column] ?? 0, edges[cell.column + cell.columns] ?? right];
    rules.push(ruleAt(end, top, end, top + height, style));
    if (cell.row + cell.rows === row + 1) rules.push(ruleAt(left, top + height, end, top + height, style));
  }
  return rules;
}

/** Below the row before `row`, under cells that go on: what closes the table at a page break. */
function closingRules({ set, edges, style }: Frame, row: number): Rule[] {
  return set
    .filter((cell) => cell.row < row && row < cell.row + cell.rows)
    .map((cell) => ruleAt(edges[cell.column] ?? 0, 0, edges[cell.column + cell.columns] ?? 0, 0, style));
}

/** A row, in parts when it is taller than a page: then each cell goes on where its lines were cut. */
function splitRow(frame: Frame, row: number, room: number): Slab[] {
  const whole = rowsSlab(frame, row, row + 1);
  const { size, style } = frame;
  const cells = frame.set.filter((cell) => cell.row === row && !cell.spans);
  if (whole.height <= room) return [whole];
  const most = Math.max(1, Math.floor((room - 2 * style.table.padding.down * size) / (size * style.table.leading)));
  const longest = Math.max(...cells.map((cell) => cell.lines.length));
  const parts: Slab[] = [];
  for (let from = 0; from < longest; from += most) {
    const height = textHeight(Math.min(most, longest - from), size, style);
    parts.push({
      height,
      texts: cells.flatMap((cell) => textsOf(frame, cell, cell.lines.slice(from, from + most), 0, height)),
      rules: rulesOf(frame, row, 0, height),
    });
  }
  return parts;
}

/** The first row is not left alone under the head, nor the last one, often a total, alone on a page. */
function staysWithNext(frame: Frame, row: number, headRows: number, pageHeight: number): boolean {
  const { heights } = frame;
  const isFirst = row === headRows && row < heights.length - 1;
  const isBeforeLast = row === heights.length - 2;
  return (isFirst || isBeforeLast) && (heights[row] ?? 0) + (heights[row + 1] ?? 0) < pageHeight / 4;
}

/** Whether a cell that spans this row and the next has text that reaches below this row. */
function needsNext(frame: Frame, row: number): boolean {
  return frame.set.some(
    (cell) =>
      cell.spans &&
      cell.row <= row &&
      row + 1 < cell.row + cell.rows &&
      textHeight(cell.lines.length, frame.size, frame.style) >
        spannedHeight(frame.heights, cell.row, row + 1 - cell.row) + 0.01,
  );
}
