// The cells of a table on the grid of its rows and columns, their text collected. What a table knows of its content
// before anything has a width: heads, names, sentences, totals, columns of numbers. A paragraph that was not touched
// is not collected again.
import { type Align, type Cell, type Paragraph, paragraphText, readingOrder, type Table } from "../model/block.ts";
import type { Role } from "./fonts.ts";
import { type Copy, collectParts, type Galley, galleyWidth, narrowest } from "./galley.ts";
import type { StyleSheet } from "./style.ts";
import type { Workshop } from "./workshop.ts";

export interface PlacedCell {
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

export interface CellParagraph {
  readonly index: number;
  readonly align: Align | null;
  readonly collected: Collected;
}

/** The parts of a paragraph between forced breaks; the same object as long as the paragraph is the same. */
export interface Collected {
  readonly text: string;
  readonly parts: readonly Galley[];
  /** Of its parts: the longest stretch that is not broken, the longest and all together, em. */
  readonly least: number;
  readonly most: number;
  readonly total: number;
  readonly amount: Amount | null;
  readonly hasSentence: boolean;
}

/** Puts cells on the grid: a cell takes the first column that no cell above spans. In reading order. */
export function placeCells(table: Table, shop: Workshop): PlacedCell[] {
  // A row can be no wider than all cells of the table side by side.
  const taken = table.content.map((): boolean[] => []);
  const placed: PlacedCell[] = [];
  const nameColumns = new Set<number>();
  for (const [row, content] of table.content.entries()) {
    let column = 0;
    const isTotal = totalLabel.test(labelOf(content.content[0]));
    const inRow: PlacedCell[] = [];
    for (const [index, cell] of content.content.entries()) {
      while (taken[row]?.[column]) column++;
      const columns = Math.max(1, cell.attrs.colspan);
      const rows = Math.max(1, Math.min(cell.attrs.rowspan, table.content.length - row));
      for (let r = row; r < row + rows; r++)
        for (let c = column; c < column + columns; c++) {
          const covered = taken[r];
          if (covered) covered[c] = true;
        }
      const isHead = cell.type === "table_header";
      const names = !isHead && columns === 1 && nameColumns.has(column);
      const role = isHead || isTotal ? shop.style.table.headRole : shop.style.table.role;
      const paragraphs = cell.content.flatMap((paragraph, i): CellParagraph[] => {
        const collected = collect(paragraph, role, names, shop);
        return collected.text === "" ? [] : [{ index: i, align: paragraph.attrs.align ?? null, collected }];
      });
      const made: PlacedCell = { cell, path: [row, index], row, column, rows, columns, isHead, paragraphs };
      if (isHead && columns === 1 && nameHeads.test(textOf(made))) nameColumns.add(column);
      inRow.push(made);
      column += columns;
    }
    const order = readingOrder(content);
    if (order !== content.content) inRow.sort((a, b) => order.indexOf(a.cell) - order.indexOf(b.cell));
    placed.push(...inRow);
  }
  return placed;
}

/** A column of persons, by its head: two-character names are spaced to three. */
const nameHeads = /姓\s*名|责任人|领导|负责人|联系人|组\s*长|成\s*员/u;
const totalLabel = /^(?:合|总|小|共)\s*计[:：]?$/u;

const labelOf = (cell: Cell | undefined): string => (cell?.content.map(paragraphText).join("") ?? "").trim();

/** A row that sums up those above it, by its first cell. */
export const isTotalRow = (table: Table, row: number): boolean =>
  totalLabel.test(labelOf(table.content[row]?.content[0]));

/** Its text without breaks. */
export function textOf({ paragraphs }: PlacedCell): string {
  const [first] = paragraphs;
  if (first && paragraphs.length === 1 && first.collected.parts.length === 1) return first.collected.text;
  return paragraphs.map(({ collected }) => collected.text.replaceAll("\n", "")).join("");
}

/** Rows at the top that hold heads only; none when the whole table does. */
export function headCount(cells: readonly PlacedCell[], rows: number): number {
  const bodied = new Set(cells.filter((cell) => !cell.isHead).map((cell) => cell.row));
  let count = 0;
  while (count < rows && !bodied.has(count)) count++;
  for (const cell of cells) if (cell.row < count) count = Math.max(count, Math.min(rows, cell.row + cell.rows));
  return count < rows ? count : 0;
}

const longestPhrase = 16;

/** Text to be read on, unlike names, numbers and other phrases. */
export const hasSentences = (cell: PlacedCell): boolean =>
  cell.paragraphs.some(({ collected }) => collected.hasSentence);

// ---------------------------------------------------------------- columns of numbers

const amount = /^[-−+]?\d[\d,，]*(?:\.\d+)?[%％]?$/u;
const noAmount = /^[—–\-－/／…]*$/u;
const ordinalHead = /序\s*号|编\s*号|^\s*号|年\s*份?$|电\s*话|手\s*机|代\s*码/u;

/** A number in a column of amounts: its width before and from the decimal point, em. */
export interface Amount {
  readonly before: number;
  readonly after: number;
}

/** Columns of amounts of different length, with the widest part before the decimal point and the widest whole, em.
 *  Such a column is aligned on the point; ordinals and the like are centred. */
export function amountColumns(cells: readonly PlacedCell[]): ReadonlyMap<number, { before: number; whole: number }> {
  const columns = new Map<number, Amount[]>();
  const others = new Set<number>();
  for (const cell of cells) {
    if (cell.columns > 1 || others.has(cell.column)) continue;
    const own = amountOf(cell);
    if (cell.isHead ? ordinalHead.test(textOf(cell)) : !own && !noAmount.test(textOf(cell))) others.add(cell.column);
    if (!own || cell.isHead) continue;
    const found = columns.get(cell.column);
    if (found) found.push(own);
    else columns.set(cell.column, [own]);
  }
  const aligned = new Map<number, { before: number; whole: number }>();
  for (const [column, all] of columns) {
    if (others.has(column) || all.length < 3) continue;
    const before = all.reduce((most, one) => Math.max(most, one.before), 0);
    const after = all.reduce((most, one) => Math.max(most, one.after), 0);
    if (all.some((one) => one.before !== before || one.after !== after))
      aligned.set(column, { before, whole: before + after });
  }
  return aligned;
}

/** null for a cell that holds anything else. */
export function amountOf({ paragraphs }: PlacedCell): Amount | null {
  return paragraphs.length === 1 ? (paragraphs[0]?.collected.amount ?? null) : null;
}

function amountIn(text: string, part: Galley | undefined): Amount | null {
  if (!part || !amount.test(text)) return null;
  const point = part.sorts.findIndex((sort) => /[.%％]/u.test(sort.text));
  const whole = galleyWidth(part);
  const before = point < 0 ? whole : (part.widths[point] ?? whole);
  return { before, after: whole - before };
}

// ---------------------------------------------------------------- text

function collect(paragraph: Paragraph, role: Role, names: boolean, shop: Workshop): Collected {
  return shop.cache.get(paragraph, `cell ${role} ${names}`, () => {
    const copy = copyOf(paragraph, role, names, shop.style);
    const parts = copy.text === "" ? [] : collectParts(copy, shop.typeCase).map(withNumberTied);
    const widths = parts.map(galleyWidth);
    return {
      text: copy.text,
      parts,
      least: Math.max(0, ...parts.map(narrowest)),
      most: Math.max(0, ...widths),
      total: widths.reduce((sum, width) => sum + width, 0),
      amount: parts.length === 1 ? amountIn(copy.text, parts[0]) : null,
      hasSentence: parts.some((part) => part.text.length > longestPhrase) || /[。；，]/u.test(copy.text),
    };
  });
}

/** A number at the end of a text (2015年为50) does not stand on a line of its own, where it would read like a folio. */
function withNumberTied(part: Galley): Galley {
  const number = /(?<=\p{Script=Han}[：:]?)\d{1,4}[%％]?$/u.exec(part.text);
  const first = part.sorts[0]?.at ?? 0;
  const at = number ? part.sorts.findIndex((sort) => sort.at - first === number.index) : -1;
  return at > 0 && part.breaks[at] === "free" ? { ...part, breaks: part.breaks.with(at, "never") } : part;
}

function copyOf(paragraph: Paragraph, role: Role, names: boolean, style: StyleSheet): Copy {
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
