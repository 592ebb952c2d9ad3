// The text that must stand in the print, as the editor-in-chief approved it: cover, imprint, then notice by notice,
// paragraph by paragraph, in reading order. Made from the stored issue alone, never from a layout, so that the proof of
// an export has something independent to compare with. The contents are derived, and are proved separately.
import { type Issue, type IssueFields, type Notice, type NoticeId, noticeText, printedDate } from "../model/notice.ts";
import type { StyleSheet } from "./style.ts";

export interface ApprovedPart {
  readonly part: "cover" | "imprint" | NoticeId;
  /** A paragraph each; compared without white space (squash). */
  readonly lines: readonly string[];
}

/** Throws RangeError when the issue names a notice that is not in `notices`. */
export function approvedText(
  issue: Issue,
  notices: ReadonlyMap<NoticeId, Notice>,
  style: Pick<StyleSheet, "numberBrackets">,
): ApprovedPart[] {
  const parts: ApprovedPart[] = [
    { part: "cover", lines: coverText(issue) },
    { part: "imprint", lines: imprintText(issue) },
  ];
  for (const id of issue.sections.flatMap((section) => section.entries)) {
    const notice = notices.get(id);
    if (!notice) throw new RangeError(`issue names notice ${id}, which is not given`);
    parts.push({ part: id, lines: noticeText(notice, style.numberBrackets) });
  }
  return parts;
}

/** The texts of the cover, from top to bottom. */
export function coverText(issue: IssueFields): string[] {
  const date = printedDate(issue.published);
  return [
    issue.officialTitle,
    issue.englishTitle,
    issue.gazetteTitle,
    issueLine(issue),
    date && `${date}出版`,
    issue.organ,
    ...issue.statement,
  ].filter((line) => line.trim() !== "");
}

/** 2023年第3期（总第57期） */
export function issueLine(issue: Pick<IssueFields, "year" | "number" | "serial">): string {
  return `${issue.year}年第${issue.number}期${issue.serial === null ? "" : `（总第${issue.serial}期）`}`;
}

/** The texts of the imprint: 补白, then 主管：示例市人民政府, a line each. */
export function imprintText(issue: Pick<IssueFields, "slogans" | "imprint">): string[] {
  return [...issue.slogans, ...issue.imprint.map((line) => `${line.label}：${line.value}`)].filter(
    (line) => line.trim() !== "",
  );
}
