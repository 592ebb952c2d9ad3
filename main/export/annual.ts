// The 总目录 of a year becomes a PDF that may be trusted (printing.ts). Its folios are those of the issues, so each issue
// is laid out first, in its own style.
import type { ExportReport } from "../../shared/api.ts";
import {
  type AnnualIssue,
  type AnnualOrder,
  type AnnualRow,
  annualContents,
  annualHeads,
  annualRows,
  annualText,
  issuesOfYear,
} from "../../shared/layout/annual.ts";
import { LayoutCache, layoutIssue } from "../../shared/layout/layout.ts";
import type { StyleSheet } from "../../shared/layout/style.ts";
import type { Issue, Notice, NoticeId } from "../../shared/model/notice.ts";
import { type Composition, type Printing, printProved, refuseMissingGlyphs, refuseUndated } from "./printing.ts";
import type { ExportProfile } from "./profiles.ts";

/** An issue as it is printed: with the style that its folios come from. */
export interface IssueOfYear {
  readonly issue: Issue;
  readonly notices: ReadonlyMap<NoticeId, Notice>;
  readonly style: StyleSheet;
}

export interface AnnualRequest extends Omit<Printing, "images" | "profile"> {
  /** Absent: for the screen. */
  readonly profile?: ExportProfile;
  readonly year: number;
  readonly order: AnnualOrder;
  /** Those of other years are left out. */
  readonly issues: readonly IssueOfYear[];
  /** Of the 总目录 itself. */
  readonly style: StyleSheet;
}

export interface AnnualExport {
  readonly report: ExportReport;
  /** What was printed, for a table of it. */
  readonly rows: readonly AnnualRow[];
}

/** A report with mismatches means that nothing was delivered and an older file at `out` still stands. Progress of the
 *  layout counts issues. Throws GazetteError notFound (no notice was printed in that year), missingGlyph, diskFull,
 *  badFile or cancelled. */
export async function exportAnnual(request: AnnualRequest): Promise<AnnualExport> {
  const { year, order, style, fonts, profile = { name: "screen" } } = request;
  const issues = issuesOfYear(year, request.issues);
  const printed: AnnualIssue[] = [];
  refuseUndated(profile, issues.at(-1)?.issue.published ?? "", "其中最后一期");
  const printing = { ...request, profile: profile.name === "archive" ? { ...profile, notices: new Map() } : profile };
  const report = await printProved((onProgress): Composition => {
    for (const [i, { issue, notices, style: own }] of issues.entries()) {
      const { contents } = layoutIssue(issue, notices, own, fonts, new LayoutCache());
      printed.push({ issue, notices, contents });
      onProgress(i + 1, issues.length);
    }
    const layout = annualContents(year, printed, style, fonts, new LayoutCache(), order);
    refuseMissingGlyphs(layout, "总目录", () => undefined);
    const name = annualHeads(year, printed).join("");
    const last = issues.at(-1)?.issue;
    const meta = {
      title: name,
      author: last?.officialTitle || last?.gazetteTitle || "",
      subject: last?.organ ?? "",
      published: last?.published ?? "",
      key: `annual ${name} ${order}`,
    };
    const approved = () => ({
      approved: [{ part: "annual", lines: annualText(year, printed, style, order) }],
      contents: null,
      notices: [],
    });
    return { name, style: style.name, layout, meta, approved };
  }, printing);
  return { report, rows: annualRows(printed, order) };
}
