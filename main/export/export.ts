// An issue becomes a PDF that may be trusted (printing.ts): its text, contents and pictures are those that were approved.
import { type ExportReport, GazetteError } from "../../shared/api.ts";
import { approvedContents, approvedText } from "../../shared/layout/approved.ts";
import { LayoutCache, layoutIssue } from "../../shared/layout/layout.ts";
import type { StyleSheet } from "../../shared/layout/style.ts";
import { type Issue, issueName, type Notice, type NoticeId, numberLine } from "../../shared/model/notice.ts";
import type { Images } from "../pdf/write.ts";
import { type Composition, type Printing, printProved, refuseMissingGlyphs } from "./printing.ts";
import type { ExportProfile } from "./profiles.ts";

export interface ExportRequest extends Omit<Printing, "profile"> {
  /** Absent: for the screen. */
  readonly profile?: ExportProfile;
  readonly issue: Issue;
  readonly notices: ReadonlyMap<NoticeId, Notice>;
  readonly style: StyleSheet;
}

/** A report with mismatches means that nothing was delivered and an older file at `out` still stands.
 *  Throws GazetteError missingGlyph, notFound (a picture), badRequest (a press file without a date), diskFull, badFile or
 *  cancelled. */
export async function exportIssue(request: ExportRequest): Promise<ExportReport> {
  const { issue, notices, style, fonts, images = new Map(), profile = { name: "screen" } } = request;
  // ISO 15930-7 asks for dates, and the clock is not read.
  if ("condition" in profile && !issue.published)
    throw new GazetteError("badRequest", "交印厂的PDF要写明日期，请先填写本期的出版日期再导出。");
  refuseMissingImages(inOrder(issue, notices), images);
  return printProved(
    (onProgress): Composition => {
      const layout = layoutIssue(issue, notices, style, fonts, new LayoutCache());
      refuseMissingGlyphs(layout, "封面、目录或版权页", (id) => notices.get(id)?.title);
      onProgress(layout.pages.length, layout.pages.length);
      const meta = {
        title: issueName(issue),
        author: issue.officialTitle || issue.gazetteTitle,
        subject: issue.organ,
        published: issue.published,
        key: issue.id,
      };
      const approved = () => ({
        approved: approvedText(issue, notices, style),
        contents: approvedContents(issue, notices, style),
        notices: inOrder(issue, notices).map((notice) => ({
          id: notice.id,
          title: notice.title,
          number: numberLine(notice),
        })),
      });
      return { name: issueName(issue), style: style.name, layout, meta, approved };
    },
    { ...request, profile: profile.name === "archive" ? { ...profile, notices } : profile },
  );
}

/** The notices of an issue in printed order. */
export function inOrder(issue: Issue, notices: ReadonlyMap<NoticeId, Notice>): Notice[] {
  return issue.sections
    .flatMap((section) => section.entries)
    .map((id) => {
      const notice = notices.get(id);
      if (!notice) throw new RangeError(`the issue names notice ${id}, which is not given`);
      return notice;
    });
}

/** A picture whose file is lost would leave a hole in print. */
function refuseMissingImages(notices: readonly Notice[], images: Images): void {
  for (const { title, body } of notices)
    if (body.some((block) => block.type === "figure" && !images.has(block.attrs.image)))
      throw new GazetteError(
        "notFound",
        `《${title}》中有一张图片已不在稿库，没有生成文件，请删去这张图片或重新插入后再导出。`,
      );
}
