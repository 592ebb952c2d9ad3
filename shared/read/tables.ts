// Tables of a dump: tab-separated rows, markdown rows, or one cell per line behind a tab. Page breaks repeat a table's
// title and header and may cut a row; here the pieces become one table again, and what was repaired is reported.
import { type Block, type Cell, type Figure, paragraph, paragraphText, type Row, type Table } from "../model/block.ts";
import type { Finding } from "../proof/proof.ts";
import { cellText, headerText } from "./cells.ts";
import type { Line } from "./lines.ts";
import { fold, tidy } from "./tidy.ts";

export interface TextItem {
  readonly type: "text";
  readonly line: Line;
  /** A table's title or unit printed again after a page break: not part of the text. */
  repeat: boolean;
}
export interface TableItem {
  readonly type: "table";
  /** Text right above that belongs to it: title, unit, note. */
  readonly above: readonly TextItem[];
  readonly title: string;
  readonly columns: readonly string[];
  readonly dataRows: number;
  readonly block: Block;
  readonly lines: readonly number[];
  readonly findings: readonly Finding[];
}

export interface FigureItem {
  readonly type: "figure";
  readonly block: Figure;
  readonly lines: readonly number[];
}

/** A table or picture that the file gives as such. */
interface Given {
  readonly type: "given";
  readonly block: Table | Figure;
  readonly line: number;
}

interface GridRow {
  readonly line: number;
  cells: string[];
}
interface Run {
  readonly type: "run";
  readonly rows: GridRow[];
  /** Rows before the markdown rule; null where there is none. */
  readonly ruled: number | null;
}
interface Grid {
  readonly above: readonly TextItem[];
  readonly rows: GridRow[];
  readonly header: number;
  readonly width: number;
  readonly dropped: number[];
  readonly findings: Finding[];
}

const beside = /^[（(]?(?:单位|统计|截至|截止|填报|时间|日期|计量单位)/u;
const continued = /^[（(]?续(?:上)?表?\d*[）)]?$/u;
const totalLabel = /^(?:合计|总计|小计|共计|全市合计|全县合计)$/u;
const numberLabel = /^(?:序号|编号|项次|序)$/u;

type Gathered = TextItem | TableItem | FigureItem;

/** Parts the lines of a body into text, tables and pictures, in order. Blank lines are gone. */
export function gatherTables(lines: readonly Line[]): Gathered[] {
  const out: (Gathered | Grid)[] = [];
  let open: { grid: Grid; at: number } | null = null;
  for (const item of gatherRuns(lines)) {
    if (item.type === "text") {
      out.push(item);
      continue;
    }
    if (item.type === "given") {
      out.push(givenItem(item, titleItems(out)));
      open = null;
      continue;
    }
    const between = open
      ? out
          .slice(open.at + 1)
          .filter(isText)
          .filter((each) => !each.repeat)
      : [];
    if (open && continuesGrid(open.grid, between, item)) {
      for (const text of between) text.repeat = true;
      append(open.grid, item, between);
      continue;
    }
    const grid = newGrid(item, titleItems(out));
    open = { grid, at: out.length };
    out.push(grid);
  }
  return out.map((item) => ("type" in item ? item : finish(item)));
}

const isText = (item: Gathered | Grid): item is TextItem => "type" in item && item.type === "text";

/** Text lines, unbroken runs of rows, and blocks. */
function gatherRuns(lines: readonly Line[]): (TextItem | Run | Given)[] {
  const items: (TextItem | Run | Given)[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at];
    if (!line) break;
    if (line.block) {
      items.push({ type: "given", block: line.block, line: line.no });
      at++;
    } else if (cellPerLine(lines, at)) {
      const { rows, taken } = readCellLines(lines, at);
      items.push({ type: "run", rows, ruled: null });
      at += taken;
    } else if (line.cells && isRow(lines, at)) {
      const rows: GridRow[] = [];
      let ruled: number | null = null;
      for (; lines[at]?.cells; at++) {
        const row = lines[at];
        if (row?.rule) ruled = rows.length;
        else if (row?.cells) rows.push({ line: row.no, cells: [...row.cells] });
      }
      items.push({ type: "run", rows, ruled });
    } else {
      if (line.bare !== "")
        items.push({ type: "text", line: line.cells ? { ...line, text: tidy(line.bare) } : line, repeat: false });
      at++;
    }
  }
  return items;
}

function isRow(lines: readonly Line[], at: number): boolean {
  const filled = lines[at]?.cells?.filter(Boolean).length ?? 0;
  return filled >= 2 || Boolean(lines[at - 1]?.cells) || Boolean(lines[at + 1]?.cells);
}

const soleCell = (line: Line | undefined) => line !== undefined && /^\s*\t[^\t]*$/u.test(line.raw);

function cellPerLine(lines: readonly Line[], at: number): boolean {
  if (!soleCell(lines[at])) return false;
  return (
    lines.slice(at, at + 8).filter(soleCell).length >= 3 &&
    !lines.slice(at, at + 4).some((line) => /\t.*\t/u.test(line.raw))
  );
}

/** One cell per line, led by a tab; other lines go on in the same cell; a blank line ends a row when a tab follows. */
function readCellLines(lines: readonly Line[], from: number): { rows: GridRow[]; taken: number } {
  const rows: GridRow[] = [];
  let row: GridRow | null = null;
  let blank = false;
  let at = from;
  for (; at < lines.length; at++) {
    const line = lines[at];
    if (!line) break;
    if (line.raw.trim() === "" && !line.raw.includes("\t")) {
      blank = true;
      continue;
    }
    if (soleCell(line)) {
      if (!row || blank) {
        row = { line: line.no, cells: [] };
        rows.push(row);
      }
      row.cells.push(line.bare);
    } else if (/\t.*\t/u.test(line.raw) || /^(?:附\s*件|备注[：:]|注[：:])/u.test(line.bare)) break;
    else if (row) row.cells[row.cells.length - 1] = `${row.cells.at(-1) ?? ""}\n${line.text}`.replace(/^\n/u, "");
    blank = false;
  }
  return { rows, taken: at - from };
}

/** Title, unit and the like right above a table. */
function titleItems(out: readonly (Gathered | Grid)[]): TextItem[] {
  const above: TextItem[] = [];
  for (let at = out.length - 1; at >= 0 && above.length < 4; at--) {
    const item = out[at];
    if (!item || !isText(item)) break;
    const text = item.line.text;
    const note = beside.test(text) || /^注[：:]/u.test(text);
    if (!note && (/[。；：，、]$/u.test(text) || text.length > 60)) break;
    above.unshift(item);
    if (!note) break;
  }
  return above;
}

function labels(cells: readonly string[]): string {
  return cells.map(fold).filter(Boolean).join("|");
}

function headerRows(rows: readonly GridRow[], ruled: number | null): number {
  const [first, second] = rows;
  if (!first || ruled === 0) return 0;
  const filled = first.cells.filter(Boolean);
  if (
    ruled === null &&
    (filled.length < 2 || /^\d+$/u.test(first.cells[0] ?? "") || filled.some((cell) => cell.length > 40))
  )
    return 0;
  const below = second?.cells.filter(Boolean) ?? [];
  const two =
    second !== undefined &&
    rows.length > 2 &&
    first.cells.slice(1).includes("") &&
    second.cells[0] === "" &&
    below.length >= 1 &&
    below.every((cell) => cell.length <= 20 && !/^[\d.]+$/u.test(cell)) &&
    first.cells.some((cell, i) => cell === "" && second.cells[i]);
  return two ? 2 : 1;
}

function newGrid(run: Run, above: readonly TextItem[]): Grid {
  const rows = run.rows.filter((row) => row.cells.some(Boolean));
  const ruled =
    run.ruled === null ? null : run.rows.slice(0, run.ruled).some((row) => row.cells.some(Boolean)) ? run.ruled : 0;
  const header = headerRows(rows, ruled);
  const width = Math.max(...rows.map((row) => row.cells.length), 1);
  return { above, rows: rows.map((row) => ({ ...row })), header, width, dropped: [], findings: [] };
}

/** How many of a run's first rows repeat the header. */
function repeatedHeader(grid: Grid, run: Run): number {
  let n = 0;
  while (
    n < Math.max(grid.header, 1) &&
    grid.rows[n] &&
    labels(run.rows[n]?.cells ?? []) === labels(grid.rows[n]?.cells ?? []) &&
    labels(run.rows[n]?.cells ?? []) !== ""
  )
    n++;
  return n;
}

function continuesGrid(grid: Grid, between: readonly TextItem[], run: Run): boolean {
  const titles = grid.above.map((item) => fold(item.line.text));
  const repeated = between.every((item) => titles.includes(fold(item.line.text)) || continued.test(item.line.text));
  if (!repeated) return false;
  if (grid.header > 0 && repeatedHeader(grid, run) > 0) return true;
  const width = Math.max(...run.rows.map((row) => row.cells.length), 0);
  const ownHeader = headerRows(run.rows, run.ruled) > 0 && numberLabel.test(fold(run.rows[0]?.cells[0] ?? ""));
  return width === grid.width && !ownHeader;
}

function append(grid: Grid, run: Run, between: readonly TextItem[]): void {
  const repeated = grid.header > 0 ? repeatedHeader(grid, run) : 0;
  const dropped = [...between.map((item) => item.line.no), ...run.rows.slice(0, repeated).map((row) => row.line)];
  grid.dropped.push(...dropped);
  const place = columnPlaces(grid, run, repeated);
  const carried = grid.rows.at(-1);
  for (const [i, row] of run.rows.slice(repeated).entries()) {
    if (!row.cells.some(Boolean)) continue;
    const cells = placeCells(grid, row, place);
    if (i === 0 && carried && spillsOver(grid, carried, cells)) {
      carried.cells = carried.cells.map((cell, c) => cell + (cells[c] ?? ""));
      grid.findings.push({
        rule: "table.spilled-row",
        severity: "hint",
        message: `第${row.line}行是上一页末行没有排完的文字，已并回第${carried.line}行`,
        excerpt: cells.filter(Boolean).join(" "),
        line: row.line,
      });
    } else grid.rows.push({ line: row.line, cells });
  }
}

/** For each column of a piece the column of the table it belongs to: by the labels of its repeated header. */
function columnPlaces(grid: Grid, run: Run, repeated: number): number[] | null {
  const own = run.rows[0]?.cells ?? [];
  const whole = grid.rows[0]?.cells ?? [];
  if (repeated !== 1 || grid.header !== 1 || own.length === whole.length || whole.includes("")) return null;
  let at = -1;
  return own.map((cell) => (cell === "" ? Math.max(at, 0) : ++at));
}

function placeCells(grid: Grid, row: GridRow, place: readonly number[] | null): string[] {
  if (!place) {
    const cells = [...row.cells];
    while (cells.length > grid.width && cells.at(-1) === "") cells.pop();
    return cells;
  }
  const cells: string[] = new Array(grid.width).fill("");
  for (const [i, cell] of row.cells.entries()) {
    const to = place[i];
    if (to === undefined || cell === "") continue;
    const before = cells[to] ?? "";
    // The second of two cells in one column: text of a cell that ran over several rows of the column beside it.
    const last = grid.rows.at(-1);
    const open = last?.cells[to]?.split("\n") ?? [];
    if (before !== "" && open.length > 1 && last && !/[。；！？]$/u.test(open.at(-1) ?? "")) {
      last.cells[to] += cell;
      shifted(grid, row, cell, `，接在第${last.line}行之后`);
    } else if (before !== "") {
      cells[to] = `${before}\n${cell}`;
      shifted(grid, row, cell, "，并入左边一格");
    } else cells[to] = cell;
  }
  return cells;
}

function shifted(grid: Grid, row: GridRow, cell: string, where: string): void {
  grid.findings.push({
    rule: "table.column-shift",
    severity: "warning",
    message: `第${row.line}行比表头多出一列，多出的文字${where}，请对照原件`,
    excerpt: cell,
    line: row.line,
  });
}

/** Whether the first row of a piece is the rest of a row that the page break cut. */
function spillsOver(grid: Grid, carried: GridRow, cells: readonly string[]): boolean {
  const key = grid.header > 0 && numberLabel.test(fold(grid.rows[0]?.cells[0] ?? ""));
  if (!key || cells[0] !== "" || cells.some((cell) => totalLabel.test(fold(cell)))) return false;
  return cells.every((cell, c) => {
    if (cell === "") return true;
    const before = carried.cells[c] ?? "";
    if (before === "" || /[。；！？）]$/u.test(before)) return false;
    const starts = grid.rows.slice(grid.header).map((row) => row.cells[c]?.[0] ?? "");
    const fresh = starts.filter((start) => start === cell[0]).length >= Math.max(2, starts.length * 0.4);
    return !fresh;
  });
}

function titleOf(above: readonly TextItem[]): string {
  return above.find((item) => !beside.test(item.line.text) && !/^注[：:]/u.test(item.line.text))?.line.text ?? "";
}

function finish(grid: Grid): TableItem {
  const { width, header } = grid;
  const head = grid.rows.slice(0, header);
  const body = grid.rows.slice(header);
  const columns = Array.from({ length: header > 0 ? width : 0 }, (_, c) =>
    headerText(head.map((row) => row.cells[c] ?? "").findLast(Boolean) ?? ""),
  );
  const findings = [...grid.findings];
  if (grid.dropped.length > 0)
    findings.push({
      rule: "table.repeated-header",
      severity: "hint",
      message: `表格跨页，重复的表题和表头已去掉（第${grid.dropped.join("、")}行）`,
      excerpt: head[0]?.cells.join(" ") ?? "",
      line: grid.dropped[0] ?? 0,
    });
  const uneven = grid.rows.filter((row) => row.cells.length !== width);
  if (uneven.length > 0)
    findings.push({
      rule: "table.columns-differ",
      severity: "warning",
      message: `表格有${width}列，其中${uneven.length}行列数不同（如第${uneven[0]?.line}行），缺的补空格，请对照原件`,
      excerpt: uneven[0]?.cells.join(" ") ?? "",
      line: uneven[0]?.line ?? 0,
    });
  for (const row of grid.rows) while (row.cells.length < width) row.cells.push("");
  const numbered = header > 0 && numberLabel.test(fold(head[0]?.cells[0] ?? ""));
  const starts = groupStarts(body, numbered);
  const merged = body.filter((row, r) => starts[r] !== r && row.cells.slice(1).includes(""));
  if (merged.length > 0)
    findings.push({
      rule: "table.merged-cells",
      severity: "hint",
      message: `有${merged.length}行没有序号（如第${merged[0]?.line}行），其中的空格按与上一行合并处理，请对照原件`,
      excerpt: merged[0]?.cells.filter(Boolean).join(" ") ?? "",
      line: merged[0]?.line ?? 0,
    });
  return {
    type: "table",
    above: grid.above,
    title: titleOf(grid.above),
    columns,
    dataRows: body.filter((row) => !isTotal(row) && !isBand(row)).length,
    block: { type: "table", content: [...headRows(head, width), ...bodyRows(body, width, numbered)] },
    lines: grid.rows.map((row) => row.line),
    findings,
  };
}

/** Its words put right as those of a dump's tables are; a first row that reads as a head is one, though the file does not
 *  say so. */
function givenItem({ block, line }: Given, above: readonly TextItem[]): TableItem | FigureItem {
  if (block.type === "figure") return { type: "figure", block, lines: [line] };
  const texts = block.content.map((row) => ({
    line,
    cells: row.content.map(({ content }) => content.map(paragraphText).join("\n").trim()),
  }));
  const said = block.content.findIndex((row) => row.content.some(({ type }) => type === "table_cell"));
  const header = said > 0 ? said : Math.min(1, headerRows(texts, null));
  const content = block.content.map(
    (row, r): Row => ({
      type: "table_row",
      content: row.content.map(
        ({ attrs, content: paragraphs }): Cell => ({
          type: r < header ? "table_header" : "table_cell",
          attrs,
          content: paragraphs.map((each) =>
            paragraph("cell", r < header ? headerText(paragraphText(each)) : cellText(paragraphText(each))),
          ),
        }),
      ),
    }),
  );
  const body = texts.slice(header);
  return {
    type: "table",
    above,
    title: titleOf(above),
    columns: (texts[header - 1]?.cells ?? []).map(headerText),
    dataRows: body.filter((row) => !isTotal(row) && !isBand(row)).length,
    block: { ...block, content },
    lines: [line],
    findings: [],
  };
}

const isTotal = (row: GridRow) =>
  row.cells
    .filter(Boolean)
    .slice(0, 2)
    .some((cell) => totalLabel.test(fold(cell)));
/** 一、土地供应类 across the whole width. */
const isBand = (row: GridRow) =>
  row.cells.length > 2 &&
  Boolean(row.cells[0]) &&
  !/^\d+$/u.test(row.cells[0] ?? "") &&
  row.cells.slice(1).every((cell) => cell === "");

function cell(type: Cell["type"], text: string, colspan = 1, rowspan = 1): Cell {
  const words = type === "table_header" ? [headerText(text)] : text.split("\n").map(cellText);
  return {
    type,
    attrs: { colspan, rowspan, colwidth: null },
    content: words.map((word) => paragraph("cell", word)),
  };
}

/** A label over blank cells spans them when the second row fills them, and two rows when the second is blank there. */
function headRows(head: readonly GridRow[], width: number): Row[] {
  const [first, second] = head;
  if (!first) return [];
  if (!second) return [{ type: "table_row", content: first.cells.map((text) => cell("table_header", text)) }];
  const top: Cell[] = [];
  const low: Cell[] = [];
  for (let c = 0; c < width; ) {
    let span = 1;
    while (c + span < width && first.cells[c + span] === "" && second.cells[c + span]) span++;
    const label = first.cells[c] ?? "";
    const under = second.cells.slice(c, c + span);
    if (under.some(Boolean)) {
      top.push(cell("table_header", label, span));
      low.push(...under.map((text) => cell("table_header", text)));
    } else top.push(cell("table_header", label, span, 2));
    c += span;
  }
  return [
    { type: "table_row", content: top },
    { type: "table_row", content: low },
  ];
}

/** A blank 序号 belongs to the number above it, and so do the blank cells of its row: they were one cell in print. */
function bodyRows(body: readonly GridRow[], width: number, numbered: boolean): Row[] {
  const groups = groupStarts(body, numbered);
  return body.map((row, r) => {
    if (isBand(row)) return { type: "table_row", content: [cell("table_cell", row.cells[0] ?? "", width)] };
    const content = row.cells.flatMap((text, c) => {
      const above = body.slice(groups[r], r).some((other) => other.cells[c] !== "");
      if (text === "" && above) return [];
      let rowspan = 1;
      if (text !== "") while (groups[r + rowspan] === groups[r] && body[r + rowspan]?.cells[c] === "") rowspan++;
      return [cell("table_cell", text, 1, rowspan)];
    });
    return { type: "table_row", content };
  });
}

/** For each row the index of the row whose 序号 it shares; its own where it has one. */
function groupStarts(body: readonly GridRow[], numbered: boolean): number[] {
  const starts: number[] = [];
  for (const [r, row] of body.entries()) {
    const above = body[r - 1];
    const shares = numbered && row.cells[0] === "" && !isTotal(row) && above && !isTotal(above) && !isBand(above);
    const start = starts[r - 1] ?? r;
    starts.push(shares && body[start]?.cells[0] !== "" ? start : r);
  }
  return starts;
}
