// A place of words in what is stored, for all that speaks of them: findings, their marks in text and print.
import type { IssueFields, NoticeFields, NoticeId } from "./notice.ts";

/** Where words stand. Offsets are UTF-16 units into the text of that paragraph, footnote or field. A place of an issue is
 *  a field of it (its number, its publication), of which the whole is meant. */
export type WordPlace =
  | {
      readonly in: "body";
      readonly notice: NoticeId;
      readonly block: number;
      /** In a table: row, cell of that row, paragraph of that cell. */
      readonly cell?: readonly [row: number, cell: number, paragraph: number];
      /** In a footnote: which one of the paragraph, from 0. */
      readonly note?: number;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly in: "field";
      readonly notice: NoticeId;
      readonly field: keyof NoticeFields;
      readonly from: number;
      readonly to: number;
    }
  | { readonly in: "issue"; readonly field: keyof IssueFields };
