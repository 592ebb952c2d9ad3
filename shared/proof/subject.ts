// What the rules look at: the paragraphs of a notice with their places, its tables as grids, and the issue they stand
// in. Made from stored notices here, and from a reading of a dump by read/proofread.ts, which adds the lines.
import { type Block, type Paragraph, type ParagraphKind, paragraphText, type Table } from "../model/block.ts";
import type { Issue, Notice, NoticeFields, NoticeId } from "../model/notice.ts";

/** One paragraph. A paragraph of a table cell has kind "cell". */
export interface Passage {
  readonly text: string;
  readonly kind: ParagraphKind | "title";
  /** Index of its block in the body; -1 for the title of the notice. */
  readonly block: number;
  /** Where each line of the dump begins in `text` (UTF-16), rising; empty for stored notices. */
  readonly starts: readonly { readonly at: number; readonly line: number }[];
}

/** A table; a merged cell stands in the first place that it covers, the others are blank. */
export interface Grid {
  readonly block: number;
  readonly rows: readonly (readonly string[])[];
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

/** `lines[i]`: dump lines of block i and the text each contributed; `typed`: its
 *  lines as they stand there; both absent for stored notices. */
export function proofNotice(
  fields: NoticeFields & { readonly id?: NoticeId },
  body: readonly Block[],
  lines: readonly (readonly TypedLine[])[] = [],
  typed: readonly TypedLine[] = [],
): ProofNotice {
  const passages: Passage[] = [];
  const grids: Grid[] = [];
  for (const [block, node] of body.entries()) {
    const from = lines[block] ?? [];
    if (node.type === "paragraph") passages.push(passageOf(node, block, from));
    if (node.type !== "table") continue;
    for (const [r, row] of node.content.entries())
      for (const paragraph of row.content.flatMap((cell) => cell.content))
        passages.push(passageOf(paragraph, block, from.slice(r, r + 1)));
    grids.push({ block, ...gridOf(node), lines: from.map(({ line }) => line) });
  }
  const starts = typed.slice(0, 1).map(({ line }) => ({ at: 0, line }));
  const title: Passage = { text: fields.title, kind: "title", block: -1, starts };
  const { title: words, issuers, docNumber, uniformNumber, kind, dated, section } = fields;
  return {
    ...{ title: words, issuers, docNumber, uniformNumber, kind, dated, section },
    id: fields.id ?? null,
    signers: signersOf(passages),
    passages: [title, ...passages],
    grids,
    typed,
  };
}

/** A stored issue with its notices in printed order. */
export function storedIssue(issue: Pick<Issue, "published">, notices: readonly Notice[]): ProofIssue {
  return { published: issue.published, notices: notices.map((notice) => proofNotice(notice, notice.body)), frame: [] };
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

function gridOf(table: Table): Pick<Grid, "rows" | "header"> {
  const rows: string[][] = table.content.map(() => []);
  for (const [r, row] of table.content.entries()) {
    let c = 0;
    for (const cell of row.content) {
      while (rows[r]?.[c] !== undefined) c++;
      const text = cell.content.map(paragraphText).join("\n");
      for (let down = 0; down < cell.attrs.rowspan; down++)
        for (let across = 0; across < cell.attrs.colspan; across++) {
          const target = rows[r + down];
          if (target) target[c + across] = down + across === 0 ? text : "";
        }
      c += cell.attrs.colspan;
    }
  }
  const header = table.content.findIndex((row) => row.content.some((cell) => cell.type === "table_cell"));
  return { rows: rows.map((row) => Array.from(row, (text) => text ?? "")), header: header < 0 ? rows.length : header };
}
