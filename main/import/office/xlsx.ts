// A workbook (SpreadsheetML, ISO/IEC 29500-1, 18) as tables: each sheet that is shown, with its merged cells and the values
// as they are shown. Formulas count by the values that were last computed.
import { GazetteError } from "../../../shared/api.ts";
import type { Finding } from "../../../shared/proof/proof.ts";
import type { SourceFile, SourceLine } from "../../../shared/read/source.ts";
import { builtInFormat, shownNumber } from "./numberFormat.ts";
import type { OfficePackage } from "./package.ts";
import { type GridCell, type GridRow, tableOf } from "./tableGrid.ts";
import { child, children, type XmlElement } from "./xml.ts";

/** Largest table that is taken, rows and columns; more is data, not text. */
const limits = { rows: 5000, columns: 200 };

/** Throws GazetteError badFile for a file without sheets. */
export function readXlsx(office: OfficePackage, fileName: string): SourceFile {
  const main =
    [...office.relations("").values()].find(({ type }) => type === "officeDocument")?.target ?? "xl/workbook.xml";
  const workbook = office.xml(main);
  const targets = office.relations(main);
  const sheets = children(child(workbook, "sheets"), "sheet").filter(
    ({ attributes }) => !attributes.get("state")?.toLowerCase().includes("hidden"),
  );
  if (sheets.length === 0)
    throw new GazetteError("badFile", `“${fileName}”里没有工作表，可能不是Excel表格，请另存为.xlsx再导入。`);
  const part = (type: string) => {
    const name = [...targets.values()].find((each) => each.type === type)?.target;
    return name ? office.xml(name) : null;
  };
  const book: Book = {
    strings: children(part("sharedStrings"), "si").map(richText),
    formats: formatsOf(part("styles")),
    from1904: ["1", "true"].includes(child(workbook, "workbookPr")?.attributes.get("date1904") ?? ""),
  };
  const findings: Finding[] = [];
  const lines = sheets.flatMap((sheet): SourceLine[] => {
    const target = targets.get(sheet.attributes.get("r:id") ?? "")?.target;
    const root = target ? office.xml(target) : null;
    const name = sheet.attributes.get("name") ?? "";
    if (!root) return [];
    const { rows, widths, cut } = sheetRows(root, book);
    if (cut)
      findings.push({
        rule: "import.large-sheet",
        severity: "warning",
        message: `工作表“${name}”超过${limits.rows}行或${limits.columns}列，多出的没有收入，请拆开再导入`,
        excerpt: name,
      });
    const block = tableOf(rows, widths);
    if (!block) return [];
    // A sheet's own name is a title, one that the program gave is not.
    const title = /^(?:sheet|工作表)\s*\d*$/iu.test(name) ? [] : [{ text: name, align: "center" as const }];
    return [...title, { text: "", block }];
  });
  return { lines, revisions: [], remarks: [], findings };
}

interface Book {
  readonly strings: readonly string[];
  /** Format by index of a cell's style. */
  readonly formats: readonly string[];
  readonly from1904: boolean;
}

/** Text of a string with its runs; readings above words are left out. */
function richText(element: XmlElement): string {
  return element.elements
    .map((each) => (each.name === "t" ? each.text : each.name === "r" ? (child(each, "t")?.text ?? "") : ""))
    .join("");
}

function formatsOf(styles: XmlElement | null): string[] {
  const own = new Map(
    children(child(styles, "numFmts"), "numFmt").map(({ attributes }) => [
      Number(attributes.get("numFmtId")),
      attributes.get("formatCode") ?? "",
    ]),
  );
  return children(child(styles, "cellXfs"), "xf").map(({ attributes }) => {
    const id = Number(attributes.get("numFmtId") ?? 0);
    return own.get(id) ?? builtInFormat(id);
  });
}

interface Cell {
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

/** The used part of a sheet as rows, empty margins left out. */
function sheetRows(root: XmlElement, book: Book): { rows: GridRow[]; widths: number[]; cut: boolean } {
  const hiddenColumns = hiddenOf(root);
  const found: Cell[] = [];
  let row = -1;
  for (const element of children(child(root, "sheetData"), "row")) {
    row = Number(element.attributes.get("r") ?? row + 2) - 1;
    if (["1", "true"].includes(element.attributes.get("hidden") ?? "")) continue;
    let column = -1;
    for (const cell of children(element, "c")) {
      column = columnOf(cell.attributes.get("r")) ?? column + 1;
      const text = valueOfCell(cell, book).trim();
      if (text !== "" && !hiddenColumns.has(column)) found.push({ row, column, text });
    }
  }
  const merges = children(child(root, "mergeCells"), "mergeCell").flatMap(
    ({ attributes }) => areaOf(attributes.get("ref")) ?? [],
  );
  const shownRows = sorted(found.map((cell) => cell.row));
  const [left = 0] = sorted(found.map((cell) => cell.column));
  const right = Math.max(left, ...found.map((cell) => cell.column));
  const columns = Array.from({ length: right - left + 1 }, (_, i) => left + i).filter(
    (column) => !hiddenColumns.has(column),
  );
  const cut = shownRows.length > limits.rows || columns.length > limits.columns;
  const texts = new Map(found.map((cell) => [`${cell.row} ${cell.column}`, cell.text]));
  const kept = columns.slice(0, limits.columns);
  const rows = shownRows.slice(0, limits.rows).map((at): GridRow => {
    const cells: GridCell[] = [];
    for (let i = 0; i < kept.length; ) {
      const column = kept[i] ?? 0;
      const area = merges.find(
        ({ top, bottom, from, to }) => top <= at && at <= bottom && from <= column && column <= to,
      );
      const span = area ? kept.filter((each) => each >= column && each <= area.to).length : 1;
      const firstRow = area ? shownRows.find((each) => each >= area.top) : at;
      const many = area ? shownRows.filter((each) => each >= area.top && each <= area.bottom).length > 1 : false;
      const text = texts.get(`${area ? area.top : at} ${area ? area.from : column}`) ?? "";
      cells.push({
        span,
        merge: !many ? "none" : firstRow === at ? "begins" : "goesOn",
        paragraphs: text.split("\n"),
        align: null,
      });
      i += span;
    }
    return { isHead: false, before: 0, cells };
  });
  return { rows, widths: widthsOf(root, kept), cut };
}

const sorted = (numbers: readonly number[]) => [...new Set(numbers)].sort((a, b) => a - b);

function valueOfCell(cell: XmlElement, { strings, formats, from1904 }: Book): string {
  const value = child(cell, "v")?.text ?? "";
  switch (cell.attributes.get("t")) {
    case "s":
      return strings[Number(value)] ?? "";
    case "inlineStr": {
      const inline = child(cell, "is");
      return inline ? richText(inline) : "";
    }
    case "b":
      return value === "1" ? "是" : "否";
    case "str":
    case "e":
      return value;
    default: {
      const number = Number(value);
      if (value === "" || Number.isNaN(number)) return value;
      return shownNumber(number, formats[Number(cell.attributes.get("s") ?? 0)] ?? "General", from1904);
    }
  }
}

/** B7 -> 1 */
function columnOf(reference: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}/u.exec(reference ?? "")?.[0];
  return letters ? Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1 : null;
}

function areaOf(reference: string | undefined) {
  const [, from, top, to, bottom] = /^([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)$/u.exec(reference ?? "") ?? [];
  const [first, last] = [columnOf(from), columnOf(to)];
  if (first === null || last === null) return null;
  return { from: first, to: last, top: Number(top) - 1, bottom: Number(bottom) - 1 };
}

interface Columns {
  readonly from: number;
  readonly to: number;
  readonly width: number;
  readonly hidden: boolean;
}

function columnsOf(root: XmlElement): Columns[] {
  return children(child(root, "cols"), "col").map(({ attributes }) => ({
    from: Number(attributes.get("min")) - 1,
    to: Math.min(Number(attributes.get("max")) - 1, 16_383),
    width: Number(attributes.get("width") ?? 0),
    hidden: ["1", "true"].includes(attributes.get("hidden") ?? ""),
  }));
}

function hiddenOf(root: XmlElement): ReadonlySet<number> {
  const hidden = columnsOf(root).filter((columns) => columns.hidden);
  return new Set(hidden.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i)));
}

function widthsOf(root: XmlElement, columns: readonly number[]): number[] {
  const given = columnsOf(root);
  const usual = Number(child(root, "sheetFormatPr")?.attributes.get("defaultColWidth") ?? 9);
  return columns.map((column) => given.find(({ from, to }) => from <= column && column <= to)?.width || usual);
}
