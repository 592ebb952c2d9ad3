// A table of an office file as a block: merged cells as spans, every row with as many columns, none empty. What Word allows
// and print does not (rows of unequal length, a merge that goes on from nothing) is filled up with empty cells.
import { type Align, type Cell, paragraph, type Row, type Table } from "../../../shared/model/block.ts";

export interface GridCell {
  /** Columns it covers. */
  readonly span: number;
  /** Of cells merged downwards the first one begins, those below go on. */
  readonly merge: "none" | "begins" | "goesOn";
  readonly paragraphs: readonly string[];
  readonly align: Align | null;
}

export interface GridRow {
  readonly isHead: boolean;
  /** Columns left free before the first cell. */
  readonly before: number;
  readonly cells: readonly GridCell[];
}

/** Most columns and rows that are taken. */
const limits = { columns: 500, rows: 5000 };

/** How many rows at the top are repeated heads; a table of heads alone has none. */
function headRows(rows: readonly GridRow[]): number {
  return Math.max(
    0,
    rows.findIndex(({ isHead }) => !isHead),
  );
}

interface Placed {
  readonly cell: GridCell;
  readonly column: number;
  rowspan: number;
}

const nothing: GridCell = { span: 1, merge: "none", paragraphs: [], align: null };

/** Null for a table without cells. `widths`: of the columns, in any unit; empty where they are not known. */
export function tableOf(rows: readonly GridRow[], widths: readonly number[]): Table | null {
  const placed: Placed[][] = [];
  /** By column, the cell of the rows above that a merge goes on from. */
  const open = new Map<number, Placed>();
  let columns = 0;
  for (const { cells, before } of rows.slice(0, limits.rows)) {
    const row: Placed[] = Array.from({ length: before }, (_, column) => ({ cell: nothing, column, rowspan: 1 }));
    let column = before;
    for (const cell of cells) {
      if (column + cell.span > limits.columns) break;
      const above = open.get(column);
      if (cell.merge === "goesOn" && above && above.cell.span === cell.span) above.rowspan++;
      else {
        const own = { cell: cell.merge === "goesOn" ? { ...cell, paragraphs: [] } : cell, column, rowspan: 1 };
        row.push(own);
        if (cell.merge === "begins") open.set(column, own);
        else open.delete(column);
      }
      column += cell.span;
    }
    columns = Math.max(columns, column);
    placed.push(row);
  }
  if (columns === 0) return null;
  closeEmptyRows(placed);
  const taken = placed.map(() => new Set<number>());
  for (const [r, row] of placed.entries())
    for (const { column, rowspan, cell } of row)
      for (let down = 0; down < rowspan; down++)
        for (let across = 0; across < cell.span; across++) taken[r + down]?.add(column + across);
  const header = headRows(rows);
  const content = placed.flatMap((row, r): Row[] => {
    const free = Array.from({ length: columns }, (_, column) => column).filter((column) => !taken[r]?.has(column));
    const filled = [...row, ...free.map((column): Placed => ({ cell: nothing, column, rowspan: 1 }))];
    const cells = filled.sort((a, b) => a.column - b.column).map((each) => cellOf(each, widths, columns, r < header));
    return cells.length > 0 ? [{ type: "table_row", content: cells }] : [];
  });
  return content.length > 0 ? { type: "table", content } : null;
}

/** A row that only merged cells pass through is no row. */
function closeEmptyRows(placed: Placed[][]): void {
  for (let r = placed.length - 1; r >= 0; r--) {
    if (placed[r]?.length !== 0) continue;
    for (const [above, row] of placed.slice(0, r).entries())
      for (const each of row) if (above + each.rowspan > r) each.rowspan--;
    placed.splice(r, 1);
  }
}

/** px for the proportions of a whole table. */
const wholeWidth = 800;

function cellOf({ cell, column, rowspan }: Placed, widths: readonly number[], columns: number, isHead: boolean): Cell {
  const total = widths.slice(0, columns).reduce((sum, width) => sum + width, 0);
  const known = widths.length >= columns && total > 0 && widths.slice(0, columns).every((width) => width > 0);
  const own = widths.slice(column, column + cell.span);
  const colwidth = known ? own.map((width) => Math.max(1, Math.round((width / total) * wholeWidth))) : null;
  const attrs = { colspan: cell.span, rowspan, colwidth };
  const texts = cell.paragraphs.filter((text) => text !== "");
  return {
    type: isHead ? "table_header" : "table_cell",
    attrs: cell.align ? { ...attrs, align: cell.align } : attrs,
    content: (texts.length > 0 ? texts : [""]).map((text) => paragraph("cell", text)),
  };
}
