// What the rules look at: the paragraphs of a notice with their places, its tables as grids, and the issue they stand
// in. Made from stored notices here, and from a reading of a dump by read/proofread.ts, which adds the lines.
import {
  type Block,
  footnotesOf,
  type Paragraph,
  type ParagraphKind,
  paragraphText,
  type Table,
} from "../model/block.ts";
import type { Issue, IssueFields, IssueId, NoticeFields, NoticeId } from "../model/notice.ts";
import type { ProofPlace } from "./stored.ts";

/** One paragraph, or a footnote of it. A paragraph of a table cell has kind "cell", a footnote "note". */
export interface Passage {
  readonly text: string;
  readonly kind: ParagraphKind | "title";
  /** Index of its block in the body; -1 for the title of the notice. */
  readonly block: number;
  /** In a table: row, cell of that row, paragraph of that cell. */
  readonly cell?: readonly [row: number, cell: number, paragraph: number];
  /** Which footnote of the paragraph, from 0. */
  readonly note?: number;
  /** Where each line of the dump begins in `text` (UTF-16), rising; empty for stored notices. */
  readonly starts: readonly { readonly at: number; readonly line: number }[];
}

/** A table; a merged cell stands in the first place that it covers, the others are blank. */
export interface Grid {
  readonly block: number;
  readonly rows: readonly (readonly string[])[];
  /** Index, in its row, of the cell whose text stands there; the shape of `rows`. */
  readonly cells: readonly (readonly number[])[];
  /** How many rows of the head. */
  readonly header: number;
  /** Dump line of each row; empty for stored notices. */
  readonly lines: readonly number[];
}

export interface ProofNotice extends NoticeFields {
  readonly id: NoticeId | null;
  readonly signers: readonly string[];
  readonly passages: readonly Passage[];
  readonly grids: readonly Grid[];
  /** Its lines in the dump; empty for stored notices. */
  readonly typed: readonly TypedLine[];
}

/** A line as it was typed, before the reader put marks and spaces right. */
export interface TypedLine {
  readonly line: number;
  readonly text: string;
}

export interface ProofIssue {
  /** Null for a dump, and for a notice looked at alone. */
  readonly id: IssueId | null;
  /** Null for loose notices. */
  readonly fields: Omit<IssueFields, "style"> | null;
  /** ISO; "" when not set. */
  readonly published: string;
  readonly notices: readonly ProofNotice[];
  /** Lines of cover, contents and imprint in the dump; empty for stored notices. */
  readonly frame: readonly TypedLine[];
}

/** The dump line of an offset of a passage; undefined for stored notices. */
export function lineAt(passage: Passage, at: number): number | undefined {
  return passage.starts.findLast((start) => start.at <= at)?.line ?? passage.starts[0]?.line;
}

/** The title of a notice as a passage. */
export function titleOf({ passages, title }: ProofNotice): Passage {
  return passages[0] ?? { text: title, kind: "title", block: -1, starts: [] };
}

/** The passages in which some words stand: cheaper than an expression that finds nothing. */
export function saying(passages: readonly Passage[], words: string): readonly Passage[] {
  return passages.filter(({ text }) => text.includes(words));
}

/** The place of [from, to) of a passage of a stored notice. */
export function placeIn(notice: { readonly id: NoticeId }, passage: Passage, from: number, to: number): ProofPlace {
  if (passage.kind === "title") return { in: "field", notice: notice.id, field: "title", from, to };
  const { block, cell, note } = passage;
  return {
    ...{ in: "body", notice: notice.id, block },
    ...(cell === undefined ? {} : { cell }),
    ...(note === undefined ? {} : { note }),
    ...{ from, to },
  };
}

/** `lines[i]`: dump lines of block i and the text each contributed; `typed`: its
 *  lines as they stand there; both absent for stored notices. */
export function proofNotice(
  fields: NoticeFields & { readonly id?: NoticeId },
  body: readonly Block[],
  lines: readonly (readonly TypedLine[])[] = [],
  typed: readonly TypedLine[] = [],
): ProofNotice {
  const starts = typed.slice(0, 1).map(({ line }) => ({ at: 0, line }));
  const passages = [
    { text: fields.title, kind: "title", block: -1, starts } as const,
    ...body.flatMap((node, block) => blockPassages(node, block, lines[block])),
  ];
  const { title, issuers, docNumber, uniformNumber, kind, dated, section } = fields;
  return {
    ...{ title, issuers, docNumber, uniformNumber, kind, dated, section },
    id: fields.id ?? null,
    signers: signersOf(passages),
    passages,
    grids: body.flatMap((node, block) =>
      node.type === "table" ? [{ block, ...gridOf(node), lines: (lines[block] ?? []).map(({ line }) => line) }] : [],
    ),
    typed,
  };
}

/** A stored issue with its notices in printed order, each in the section in which it stands. */
export function storedIssue(issue: Issue, notices: readonly ProofNotice[]): ProofIssue {
  const section = new Map(issue.sections.flatMap(({ title, entries }) => entries.map((id) => [id, title] as const)));
  const placed = notices.map((notice) => ({ ...notice, section: section.get(notice.id ?? "") ?? notice.section }));
  return { id: issue.id, fields: issue, published: issue.published, notices: placed, frame: [] };
}

/** The paragraphs of a block with their footnotes, those of a table row by row. */
export function blockPassages(node: Block, block: number, lines: readonly TypedLine[] = []): Passage[] {
  if (node.type === "paragraph") {
    const passage = passageOf(node, block, lines);
    const notes = node.content ? footnotesOf(node) : [];
    const { starts } = passage;
    return [passage, ...notes.map((text, note) => ({ text, kind: "note" as const, block, note, starts }))];
  }
  if (node.type !== "table") return [];
  return node.content.flatMap((row, r) =>
    row.content.flatMap((cell, c) =>
      cell.content.map((paragraph, p) => ({
        ...passageOf(paragraph, block, lines.slice(r, r + 1)),
        cell: [r, c, p] as const,
      })),
    ),
  );
}

function passageOf(node: Paragraph, block: number, lines: readonly TypedLine[]): Passage {
  const text = paragraphText(node);
  const starts = [];
  let at = 0;
  for (const { line, text: part } of lines) {
    starts.push({ at, line });
    // White space may have been closed up when the lines were joined.
    for (let left = part.replace(/\s/gu, "").length; left > 0 && at < text.length; at++)
      if (!/\s/u.test(text[at] ?? "")) left--;
  }
  return { text, kind: node.attrs.kind, block, starts };
}

/** The organs above the first date that has some. */
function signersOf(passages: readonly Passage[]): string[] {
  const first = passages.findIndex(({ kind }, i) => kind === "date" && passages[i - 1]?.kind === "signature");
  const signers: string[] = [];
  for (let i = first - 1; passages[i]?.kind === "signature"; i--) signers.unshift(passages[i]?.text ?? "");
  return signers;
}

function gridOf(table: Table): Pick<Grid, "rows" | "cells" | "header"> {
  const rows: string[][] = table.content.map(() => []);
  const cells: number[][] = table.content.map(() => []);
  for (const [r, row] of table.content.entries()) {
    let c = 0;
    for (const [index, cell] of row.content.entries()) {
      while (rows[r]?.[c] !== undefined) c++;
      const text = cell.content.map(paragraphText).join("\n");
      for (let down = 0; down < cell.attrs.rowspan; down++)
        for (let across = 0; across < cell.attrs.colspan; across++) {
          const [target, places] = [rows[r + down], cells[r + down]];
          if (!target || !places) continue;
          target[c + across] = down + across === 0 ? text : "";
          places[c + across] = down === 0 ? index : -1;
        }
      c += cell.attrs.colspan;
    }
  }
  const header = table.content.findIndex((row) => row.content.some((cell) => cell.type === "table_cell"));
  return {
    rows: rows.map((row) => Array.from(row, (text) => text ?? "")),
    cells,
    header: header < 0 ? rows.length : header,
  };
}
