// What the PDF of an issue, or of one of its notices, says about itself, made from the stored fields alone.
import { issueLine } from "../../shared/layout/approved.ts";
import { type Issue, issueName, type Notice, numberLine, squash } from "../../shared/model/notice.ts";
import type { PdfMeta } from "../pdf/write.ts";

/** Labels of the imprint that name who edits, the best first; 责任编辑 names persons. */
const editors = [/^编辑(?:单位|部|出版)/u, /^编[印纂]/u, /^承?主办/u, /^主编单位/u];

/** All keywords together, UTF-16 units; a string of PDF/A holds 32767 bytes at most (ISO 19005-2, 6.1.13). */
const mostKeywords = 8000;

/** `notices` in printed order. */
export function aboutIssue(issue: Issue, notices: readonly Notice[]): PdfMeta {
  return {
    title: issueName(issue),
    author: editorOf(issue),
    subject: [issue.officialTitle, issueLine(issue), issue.organ].filter(Boolean).join("，"),
    keywords: fitting([issue.gazetteTitle, ...notices.map(numberLine)]),
    published: issue.published,
    key: issue.id,
  };
}

/** `first`, `last`: folios of the pages of the issue on which it stands. */
export function aboutNotice(issue: Issue, notice: Notice, first: string, last: string): PdfMeta {
  const { title, issuers, docNumber, uniformNumber, kind } = notice;
  return {
    title,
    author: issuers.join("、") || editorOf(issue),
    subject: `载《${issue.gazetteTitle}》${issueLine(issue)}第${first === last ? first : `${first}至${last}`}页`,
    keywords: fitting([docNumber, uniformNumber, kind, issueName(issue)]),
    published: issue.published,
    key: `${issue.id} ${notice.id}`,
  };
}

/** 编辑单位, else 主办单位 of the imprint, else the gazette itself. */
function editorOf({ imprint, officialTitle, gazetteTitle }: Issue): string {
  const named = (label: RegExp) => imprint.find((line) => label.test(squash(line.label)) && line.value.trim() !== "");
  const line = editors.map(named).find((one) => one !== undefined);
  return line?.value.trim() || officialTitle || gazetteTitle;
}

/** Each once, and as many as may be. */
function fitting(words: readonly string[]): string[] {
  let room = mostKeywords;
  return [...new Set(words.filter(Boolean))].filter((word) => {
    room -= word.length + 1;
    return room >= 0;
  });
}
