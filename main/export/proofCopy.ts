// A 校样 becomes a PDF: the issue as it is printed with the marks of proofreading, and its 校对记录 behind; or the record
// alone. Proved like every PDF, so that what is read on paper is the text that will be printed.
import type { ExportReport } from "../../shared/api.ts";
import { approvedContents, approvedText } from "../../shared/layout/approved.ts";
import type { Layout } from "../../shared/layout/display.ts";
import { LayoutCache, layoutIssue } from "../../shared/layout/layout.ts";
import { markedPages, type ProofMark, proofCopy } from "../../shared/layout/proofCopy.ts";
import { type ProofRecord, proofRecordLayout, type RecordEntry } from "../../shared/layout/proofRecord.ts";
import type { StyleSheet } from "../../shared/layout/style.ts";
import { type Issue, issueName, type Notice, type NoticeId, numberLine } from "../../shared/model/notice.ts";
import type { Ignore } from "../../shared/proof/ignore.ts";
import { severityNames } from "../../shared/proof/proof.ts";
import { noticeOf, type StoredFinding } from "../../shared/proof/stored.ts";
import { aboutIssue } from "./about.ts";
import { inOrder, refuseMissingImages } from "./export.ts";
import { type Composition, type Printing, printProved, refuseMissingGlyphs } from "./printing.ts";

export interface ProofCopyRequest extends Omit<Printing, "profile"> {
  readonly issue: Issue;
  readonly notices: ReadonlyMap<NoticeId, Notice>;
  readonly style: StyleSheet;
  /** In reading order, ignored ones among them. */
  readonly findings: readonly StoredFinding[];
  /** Those of the issue and of the office. */
  readonly ignores: readonly Ignore[];
  /** 字数 of what was read. */
  readonly characters: number;
  readonly made: ProofRecord["made"];
}

/** Throws GazetteError missingGlyph, notFound (a picture), diskFull, badFile or cancelled. */
export async function exportProofCopy(request: ProofCopyRequest): Promise<ExportReport> {
  const { issue, notices, style, fonts, images = new Map(), findings } = request;
  refuseMissingImages(inOrder(issue, notices), images);
  return printProved((onProgress): Composition => {
    const printed = layoutIssue(issue, notices, style, fonts, new LayoutCache());
    refuseMissingGlyphs(printed, "封面、目录或版权页", (id) => notices.get(id)?.title);
    const marks = findings.map(({ place, fix = null }, i): ProofMark => ({ mark: i + 1, place, fix }));
    const open = marks.filter((_, i) => findings[i]?.ignored === null);
    const record = proofRecordLayout(drawUpRecord(request, printed, marks), fonts);
    const heading = `校样　${issueName(issue)}　第${issue.version}版　未经签发，不得付印`;
    const layout = proofCopy(printed, open, record, heading, fonts);
    onProgress(layout.pages.length, layout.pages.length);
    const meta = aboutIssue(issue, inOrder(issue, notices));
    return {
      ...{ name: issueName(issue), style: style.name, layout },
      meta: { ...meta, title: `${meta.title}校样`, key: `proof copy ${meta.key}` },
      approved: () => ({
        approved: approvedText(issue, notices, style),
        contents: approvedContents(issue, notices, style),
        notices: inOrder(issue, notices).map((notice) => ({
          ...{ id: notice.id, title: notice.title, number: numberLine(notice) },
        })),
      }),
    };
  }, request);
}

/** `marks[i]` is that of `findings[i]`. */
function drawUpRecord(request: ProofCopyRequest, printed: Layout, marks: readonly ProofMark[]): ProofRecord {
  const { issue, notices, findings, ignores, characters, made } = request;
  const pages = markedPages(printed, marks);
  const entries = findings.map((finding, i): RecordEntry & { notice: NoticeId | null } => {
    const page = pages.get(i + 1);
    const ignore = ignores.find(({ id }) => id === finding.ignored);
    return {
      notice: noticeOf(finding.place),
      mark: i + 1,
      page: page === undefined ? "" : (printed.pages[page]?.label ?? ""),
      severity: severityNames[finding.severity],
      message: finding.message,
      quote: finding.quote,
      fix: finding.fix ?? null,
      ignored: ignore ? { by: ignore.by, at: ignore.at, reason: ignore.reason } : null,
    };
  });
  const byNotice = Map.groupBy(entries, ({ notice }) => notice);
  const order = [null, ...inOrder(issue, notices).map(({ id }) => id)];
  return {
    issue: { name: issueName(issue), published: issue.published, revision: issue.version },
    characters,
    groups: order.flatMap((id) => {
      const found = byNotice.get(id);
      return found ? [{ title: id === null ? "本期" : (notices.get(id)?.title ?? ""), entries: found }] : [];
    }),
    made,
  };
}
