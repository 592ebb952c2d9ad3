// Checks of outside data: what a window, a file or a stored row sends is `unknown` until one of these has looked at
// every value of it. A check returns a fresh, canonical copy (known keys in a fixed order), so equal data have equal
// JSON and nothing unforeseen is carried along. Strings must be well-formed UTF-16, else they would not survive SQLite.

import type { BodyPatch } from "./block.ts";
import {
  type Block,
  type Cell,
  type Figure,
  type Footnote,
  type Inline,
  type Mark,
  notelessKinds,
  noteMark,
  type Paragraph,
  paragraphKinds,
  type Row,
} from "./block.ts";
import { type ImprintLine, type IssueFields, type NoticeFields, noticeKinds, type Section } from "./notice.ts";

/** Outside data has the wrong shape. `path` names the place (fields.issuers[2]), `fault` says in Chinese what must be
 *  otherwise there, as the rest of a sentence that begins with the place. */
export class ShapeError extends Error {
  readonly path: string;
  readonly fault: string;
  constructor(path: string, fault: string) {
    super(`${path}${fault}`);
    this.name = "ShapeError";
    this.path = path;
    this.fault = fault;
  }
}

/** Returns the value as a T, or throws ShapeError naming `path`. */
export type Check<T> = (value: unknown, path: string) => T;
type Checked<C> = C extends Check<infer T> ? T : never;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const controls = /[\u0000-\u0008\u000a-\u001f\u007f]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the same, but lines may be broken
const controlsButBreaks = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/u;

/** A string on one line of at most `max` UTF-16 units, without control characters. */
export function line(max: number, min = 0): Check<string> {
  return (value, path) => {
    const string = anyText(max)(value, path);
    if (controls.test(string)) throw new ShapeError(path, "应是一行文字，不能含控制字符");
    if (string.length < min) throw new ShapeError(path, "不能空着");
    return string;
  };
}

/** A string that may have several lines. */
export function anyText(max: number): Check<string> {
  return (value, path) => {
    if (typeof value !== "string") throw new ShapeError(path, "应是文字");
    if (value.length > max) throw new ShapeError(path, `不能超过${max}字`);
    if (!value.isWellFormed() || controlsButBreaks.test(value)) throw new ShapeError(path, "不能含控制字符");
    return value;
  };
}

export function integer(min: number, max: number = Number.MAX_SAFE_INTEGER): Check<number> {
  return (value, path) => {
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < min || value > max)
      throw new ShapeError(path, `应是${min}至${max}的整数`);
    return value;
  };
}

export function oneOf<const T extends readonly unknown[]>(values: T): Check<T[number]> {
  const known = new Map<unknown, T[number]>(values.map((one) => [one, one]));
  return (value, path) => {
    const found = known.get(value);
    if (found === undefined) throw new ShapeError(path, `应是“${values.join("、")}”之一`);
    return found;
  };
}

export function nullable<T>(check: Check<T>): Check<T | null> {
  return (value, path) => (value === null ? null : check(value, path));
}

export function list<T>(check: Check<T>, max: number, min = 0): Check<T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new ShapeError(path, "应是列表");
    if (value.length < min || value.length > max) throw new ShapeError(path, `应有${min}至${max}项`);
    return Array.from(value, (item: unknown, i) => check(item, `${path}[${i}]`));
  };
}

function plain(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new ShapeError(path, "应是一组字段");
  return value as Readonly<Record<string, unknown>>; // any object is one of unknown values
}

/** An object with exactly these keys. */
export function record<F extends Record<string, Check<unknown>>>(
  fields: F,
): Check<{ -readonly [K in keyof F]: Checked<F[K]> }> {
  const some = subset(fields);
  const keys = Object.keys(fields);
  return (value, path) => {
    const given = some(value, path);
    for (const key of keys) if (!Object.hasOwn(given, key)) throw new ShapeError(`${path}.${key}`, "缺少内容");
    return given as { -readonly [K in keyof F]: Checked<F[K]> }; // every key was checked just now
  };
}

/** An object with some of these keys and no others; a key whose value is undefined counts as absent. */
export function subset<F extends Record<string, Check<unknown>>>(
  fields: F,
): Check<{ -readonly [K in keyof F]?: Checked<F[K]> }> {
  const checks = Object.entries(fields);
  return (value, path) => {
    const given = plain(value, path);
    for (const key of Object.keys(given))
      if (!Object.hasOwn(fields, key)) throw new ShapeError(`${path}.${key}`, "是多余的内容");
    const copy: Record<string, unknown> = {};
    for (const [key, check] of checks)
      if (Object.hasOwn(given, key) && given[key] !== undefined) copy[key] = check(given[key], `${path}.${key}`);
    return copy as { -readonly [K in keyof F]?: Checked<F[K]> }; // every key that is there was checked just now
  };
}

/** Identifiers are made by the program: letters, digits, - and _. */
export const identifier: Check<string> = (value, path) => {
  if (typeof value !== "string" || !/^[\w-]{1,64}$/.test(value)) throw new ShapeError(path, "应是编号");
  return value;
};

/** yyyy-mm-dd of a day that exists, or "". */
export const isoDate: Check<string> = (value, path) => {
  if (value === "") return "";
  const match = typeof value === "string" ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) : null;
  const day = match ? new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]))) : null;
  if (!day || day.toISOString().slice(0, 10) !== value) throw new ShapeError(path, "应是2026-06-25这样的日期");
  return value;
};

export const noticeShape = {
  title: line(1000),
  issuers: list(line(200, 1), 50),
  docNumber: line(100),
  uniformNumber: line(100),
  kind: oneOf(noticeKinds),
  dated: isoDate,
  section: line(200),
};
export const noticeFields: Check<NoticeFields> = record(noticeShape);
export const someNoticeFields: Check<Partial<NoticeFields>> = subset(noticeShape);

const imprintLine: Check<ImprintLine> = record({ label: line(100), value: line(1000) });
const issueShape = {
  gazetteTitle: line(100, 1),
  officialTitle: line(200),
  englishTitle: line(300),
  year: integer(1900, 2999),
  number: integer(1, 9999),
  serial: nullable(integer(1, 99999)),
  published: isoDate,
  organ: line(200),
  statement: list(line(500), 50),
  slogans: list(line(200), 50),
  imprint: list(imprintLine, 100),
  style: line(64, 1),
};
export const issueFields: Check<IssueFields> = record(issueShape);
export const someIssueFields: Check<Partial<IssueFields>> = subset(issueShape);

/** The sections of an issue; no section and no notice may stand in them twice. */
export const sections: Check<Section[]> = (value, path) => {
  const found = list(record({ id: identifier, title: line(200), entries: list(identifier, 5000) }), 500)(value, path);
  for (const ids of [found.map((section) => section.id), found.flatMap((section) => section.entries)]) {
    const seen = new Set<string>();
    const twice = ids.find((id) => seen.size === seen.add(id).size);
    if (twice !== undefined) throw new ShapeError(path, `中${twice}重复出现`);
  }
  return found;
};

const maxColumns = 200;
const maxRows = 5000;
export const maxBlocks = 50_000;

const align = nullable(oneOf(["left", "center", "right", "justify"]));
const strong: Check<Mark> = record({ type: oneOf(["strong"]) });

/** Text in which nothing can be taken for the place of a footnote. */
function written(max: number): Check<string> {
  const check = line(max, 1);
  return (value, path) => {
    const text = check(value, path);
    if (text.includes(noteMark)) throw new ShapeError(path, "含有印不出来的占位符（U+FFFC），请删去");
    return text;
  };
}

/** Most UTF-16 units of a footnote's text. */
export const maxNote = 2000;

const hardBreak = record({ type: oneOf(["hard_break"]) });
export const footnoteAttrs: Check<Footnote["attrs"]> = record({ text: written(maxNote) });
const footnote = record({ type: oneOf(["footnote"]), attrs: footnoteAttrs });
const textNode = subset({ type: oneOf(["text"]), text: written(200_000), marks: list(strong, 1) });
const inline: Check<Inline> = (value, path) => {
  const given = plain(value, path).type;
  if (given === "hard_break") return hardBreak(value, path);
  if (given === "footnote") return footnote(value, path);
  const { type, text, marks } = textNode(value, path);
  if (!type || !text) throw new ShapeError(path, "应是文字或换行");
  return marks && marks.length > 0 ? { type, text, marks } : { type, text };
};

const paragraphShape = subset({
  type: oneOf(["paragraph"]),
  attrs: subset({ kind: oneOf(paragraphKinds), align }),
  content: list(inline, 20_000),
});
function hasNote({ content }: { readonly content?: readonly Inline[] }): boolean {
  return content?.some((each) => each.type === "footnote") ?? false;
}
function paragraphNode(value: unknown, path: string): Paragraph {
  const node = paragraphShape(value, path);
  const kind = node.attrs?.kind;
  if (!node.type || !kind) throw new ShapeError(path, "应是有类别的段落");
  if (notelessKinds.includes(kind) && hasNote(node)) throw new ShapeError(path, "是题名、落款、名单或表格，不能有脚注");
  const attrs = node.attrs?.align === undefined ? { kind } : { kind, align: node.attrs.align };
  return node.content && node.content.length > 0
    ? { type: node.type, attrs, content: node.content }
    : { type: node.type, attrs };
}

const width: Check<number> = (value, path) => {
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0 || value > 100_000)
    throw new ShapeError(path, "应是列宽");
  return value;
};

const span = integer(1, maxRows);
const cellShape = record({
  type: oneOf(["table_cell", "table_header"]),
  attrs: subset({ colspan: span, rowspan: span, colwidth: nullable(list(width, maxColumns)), align }),
  content: list(cellParagraph, 1000, 1),
});
function cellNode(value: unknown, path: string): Cell {
  const { type, attrs, content } = cellShape(value, path);
  const { colspan = 1, rowspan = 1, colwidth = null } = attrs;
  if (colwidth && colwidth.length !== colspan) throw new ShapeError(`${path}.attrs.colwidth`, `应有${colspan}个列宽`);
  const base = { colspan, rowspan, colwidth };
  return { type, attrs: attrs.align === undefined ? base : { ...base, align: attrs.align }, content };
}

function cellParagraph(value: unknown, path: string): Paragraph {
  const found = paragraphNode(value, path);
  if (hasNote(found)) throw new ShapeError(path, "在表格中，不能有脚注");
  return found;
}

const rowShape: Check<Row> = record({ type: oneOf(["table_row"]), content: list(cellNode, maxColumns) });
const flag = oneOf([true, false]);
const tableShape = subset({
  type: oneOf(["table"]),
  attrs: record({ landscape: flag, wholeRows: flag }),
  content: list(rowShape, maxRows, 1),
});
const tableNode: Check<Block> = (value, path) => {
  const { type, attrs, content } = tableShape(value, path);
  if (!type || !content) throw new ShapeError(path, "应是有行的表格");
  checkRectangle(content, path);
  return attrs?.landscape || attrs?.wholeRows ? { type, attrs, content } : { type, content };
};

const share: Check<number> = (value, path) => {
  if (typeof value !== "number" || !(value >= 0.1 && value <= 1)) throw new ShapeError(path, "应在0.1至1之间");
  return value;
};
/** Lower-case SHA-256 of a picture's file. */
const imageId: Check<string> = (value, path) => {
  if (typeof value !== "string" || !/^[0-9a-f]{64}$/.test(value)) throw new ShapeError(path, "应是图片的编号");
  return value;
};
/** Most pixels of a picture's width or height. */
export const maxSide = 20_000;
const side = integer(1, maxSide);
export const figureAttrs: Check<Figure["attrs"]> = record({
  image: imageId,
  width: side,
  height: side,
  share,
  alt: line(1000),
});
const figureNode: Check<Figure> = record({ type: oneOf(["figure"]), attrs: figureAttrs });
const forcedBreak = record({ type: oneOf(["forced_break"]), attrs: record({ to: oneOf(["page", "column"]) }) });

/** Cells with their spans must fill a rectangle exactly: no hole, no overlap, no cell that hangs out below. */
function checkRectangle(rows: readonly Row[], path: string): void {
  let columns = 0;
  let hanging: number[] = []; // per column, the rows that a cell from above still covers
  for (const [i, row] of rows.entries()) {
    const next: number[] = [];
    let column = 0;
    const skipCovered = () => {
      for (; (hanging[column] ?? 0) > 0; column++) next[column] = (hanging[column] ?? 0) - 1;
    };
    for (const cell of row.content) {
      skipCovered();
      for (let k = 0; k < cell.attrs.colspan; k++, column++) {
        if ((hanging[column] ?? 0) > 0) throw new ShapeError(`${path}.content[${i}]`, "的单元格不能重叠");
        next[column] = cell.attrs.rowspan - 1;
      }
      if (column > maxColumns) throw new ShapeError(path, `不能超过${maxColumns}列`);
    }
    skipCovered();
    if (i === 0) columns = column;
    if (column !== columns || columns === 0) throw new ShapeError(`${path}.content[${i}]`, `应占满${columns}列`);
    hanging = next;
  }
  if (hanging.some((left) => left > 0)) throw new ShapeError(path, "的单元格不能超出末行");
}

const block: Check<Block> = (value, path) => {
  switch (plain(value, path).type) {
    case "table":
      return tableNode(value, path);
    case "figure":
      return figureNode(value, path);
    case "forced_break":
      return forcedBreak(value, path);
    default:
      return paragraphNode(value, path);
  }
};

/** The blocks of a body: kinds, marks, footnotes, table rectangles, pictures and sizes all checked. */
export const blocks: Check<Block[]> = list(block, maxBlocks);

const patchShape = record({ from: integer(0, maxBlocks), to: integer(0, maxBlocks), blocks });
export const bodyPatch: Check<BodyPatch> = (value, path) => {
  const patch = patchShape(value, path);
  if (patch.from > patch.to) throw new ShapeError(`${path}.to`, `不能小于${patch.from}`);
  return patch;
};

/** Strict reading of a body; throws ShapeError. */
export function parseBlocks(value: unknown): Block[] {
  return blocks(value, "body");
}
