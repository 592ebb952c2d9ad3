// A file that says more than its characters: its lines with what an office program knows of them. A dump has only texts; a
// Word file also tells tables, pictures, footnotes, alignment, and what is still under revision.
import type { Figure, Table } from "../model/block.ts";
import type { Finding } from "../proof/proof.ts";

/** A paragraph, or in its place a table or picture. */
export interface SourceLine {
  /** With its literal number; "" for a block. noteMark stands where a footnote is, "\n" for a forced line break. */
  readonly text: string;
  readonly block?: Table | Figure;
  /** Texts of its footnotes, in order. */
  readonly notes?: readonly string[];
  /** How it is set, where that is not as usual: a 落款 stands right, a title in the middle. */
  readonly align?: "center" | "right";
  /** A forced page begins with it. */
  readonly begins?: "page";
}

/** Words that are in the file by a revision that nobody has accepted yet. */
export interface Revision {
  readonly kind: "inserted" | "deleted";
  readonly author: string;
  /** ISO time; "" where the file does not say. */
  readonly at: string;
  readonly text: string;
  /** 1-based line. */
  readonly line: number;
}

export interface Remark {
  readonly author: string;
  readonly at: string;
  readonly text: string;
  readonly line: number;
}

export interface SourceFile {
  readonly lines: readonly SourceLine[];
  readonly revisions: readonly Revision[];
  readonly remarks: readonly Remark[];
  /** What could not be taken over, with lines. */
  readonly findings: readonly Finding[];
}
