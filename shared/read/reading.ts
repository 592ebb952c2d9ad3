// What a gazette dump was recognised as: the result of read.ts and the input of the review table.
// Nothing in it is stored before a person has accepted it.
import type { Block } from "../model/block.ts";
import type { IssueFields, NoticeFields } from "../model/notice.ts";
import type { Finding } from "../proof/proof.ts";

/** One notice found in a file. Lines are 1-based lines of the decoded text, split at "\n". */
export interface Draft extends NoticeFields {
  readonly blocks: readonly Block[];
  /** For each block the lines it came from: of a paragraph each line joined in it, of a table one for each row. */
  readonly lines: readonly (readonly number[])[];
  readonly startLine: number;
  readonly endLine: number;
  /** 署名, as signed; usually the issuers. */
  readonly signers: readonly string[];
  /** 主送机关 as printed, with its colon; "" when there is none. */
  readonly addressee: string;
  /** Annexes as listed in 附件说明, or where it is missing as printed; `omitted`: listed with （略）. */
  readonly annexes: readonly { readonly number: number | null; readonly title: string; readonly omitted: boolean }[];
  readonly embedded: readonly { readonly title: string }[];
  /** Counts that the importer is judged by; see reading's key (answer.ts). */
  readonly counts: DraftCounts;
  /** Doubts and defects of this notice, with lines. */
  readonly findings: readonly Finding[];
}

export interface DraftCounts {
  /** Logical text paragraphs after joining page cuts, tables apart. */
  readonly paragraphs: number;
  readonly headings: Readonly<
    Record<"level_yi" | "level_paren_yi" | "level_num" | "level_paren_num" | "chapters" | "articles", number>
  >;
  readonly tables: readonly {
    readonly title: string;
    readonly columns: readonly string[];
    readonly dataRows: number;
  }[];
  readonly firstChars: string;
  readonly lastChars: string;
}

/** A line of the typed contents page of an imported issue, as printed there, right or wrong. */
export interface PrintedEntry {
  readonly section: string;
  readonly title: string;
  readonly docNumber: string;
  readonly uniformNumber: string;
  readonly page: number | null;
  readonly line: number;
  /** Line of its number, where it has one. */
  readonly numberLine?: number;
}

export interface Reading {
  /** The issue frame (cover, imprint) when the file is a whole issue; null for loose notices. */
  readonly issue: Omit<IssueFields, "style"> | null;
  readonly printedContents: readonly PrintedEntry[];
  readonly drafts: readonly Draft[];
  /** Findings on the file as a whole: contents against bodies, normalisations done, residue. */
  readonly findings: readonly Finding[];
}
