// A reading in the JSON shape of the answer key that importers are judged by (`zhengbao read --json`).
import type { Draft, PrintedEntry, Reading } from "./reading.ts";

const people = /任$|员$|编委$|编辑?$|校对$/u;

/** Absent values are null, as in the key. */
export function answerKey(reading: Reading): unknown {
  const { issue } = reading;
  return {
    issue: issue && {
      title: issue.gazetteTitle,
      subtitle: issue.officialTitle || null,
      pinyinTitle: isEnglish(issue.englishTitle) ? null : issue.englishTitle || null,
      englishTitle: isEnglish(issue.englishTitle) ? issue.englishTitle : null,
      year: issue.year,
      issueNo: issue.number,
      totalNo: issue.serial,
      publishDate: issue.published || null,
      organ: issue.organ || null,
      statement: issue.statement,
      slogans: issue.slogans,
      masthead: masthead(issue.imprint),
    },
    tocEntries: reading.printedContents.map(tocEntry),
    noticeCount: reading.drafts.length,
    notices: reading.drafts.map(notice),
    findings: reading.findings,
  };
}

function isEnglish(title: string): boolean {
  return /gazette|government|bulletin/iu.test(title);
}

/** The members of the 编辑委员会 stand under it; names are lists. */
function masthead(imprint: readonly { readonly label: string; readonly value: string }[]): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  let board: Record<string, unknown> | null = null;
  for (const { label, value } of imprint) {
    const content = people.test(label) && value !== "" ? value.split(" ") : value;
    if (/^(?:编辑委员会|编委会)$/u.test(label) && value === "") {
      board = {};
      out[label] = board;
    } else if (board && /任$|委员$|成员$|编委$/u.test(label)) board[label] = content;
    else {
      board = null;
      out[label] = content;
    }
  }
  return out;
}

function tocEntry(entry: PrintedEntry): unknown {
  return {
    section: entry.section || null,
    title: entry.title,
    docNumber: entry.docNumber || null,
    uniformNumber: entry.uniformNumber || null,
    page: entry.page,
    lines: [entry.line, entry.numberLine ?? entry.line],
  };
}

function notice(draft: Draft, i: number): unknown {
  return {
    index: i + 1,
    issuers: draft.issuers,
    title: draft.title,
    docNumber: draft.docNumber || null,
    uniformNumber: draft.uniformNumber || null,
    recipients: draft.addressee || null,
    signers: draft.signers,
    signDate: draft.dated || null,
    kind: draft.kind,
    section: draft.section || null,
    headings: draft.counts.headings,
    tableCount: draft.counts.tables.length,
    attachments: draft.annexes.map(({ number, title, omitted }) => ({ no: number, title, omitted })),
    embeddedDocuments: draft.embedded,
    startLine: draft.startLine,
    endLine: draft.endLine,
    paragraphCount: draft.counts.paragraphs,
    firstChars: draft.counts.firstChars,
    lastChars: draft.counts.lastChars,
    tables: draft.counts.tables,
    findings: draft.findings,
  };
}
