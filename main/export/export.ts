// An issue becomes a PDF that may be trusted (printing.ts): its text, contents and pictures are those that were approved.
import { type ExportReport, GazetteError } from "../../shared/api.ts";
import { approvedContents, approvedText } from "../../shared/layout/approved.ts";
import type { Layout, LayoutWarning } from "../../shared/layout/display.ts";
import { LayoutCache, layoutIssue } from "../../shared/layout/layout.ts";
import type { StyleSheet } from "../../shared/layout/style.ts";
import { captionOf } from "../../shared/model/block.ts";
import { type Issue, issueName, type Notice, type NoticeId, numberLine } from "../../shared/model/notice.ts";
import type { Images } from "../pdf/write.ts";
import { aboutIssue } from "./about.ts";
import { type Composition, type Printing, printProved, refuseMissingGlyphs, refuseUndated } from "./printing.ts";
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
  refuseUndated(profile, issue.published, "本期");
  refuseMissingImages(inOrder(issue, notices), images);
  return printProved(
    (onProgress): Composition => {
      const layout = layoutIssue(issue, notices, style, fonts, new LayoutCache());
      refuseMissingGlyphs(layout, "封面、目录或版权页", (id) => notices.get(id)?.title);
      onProgress(layout.pages.length, layout.pages.length);
      const meta = aboutIssue(issue, inOrder(issue, notices));
      const approved = () => ({
        approved: approvedText(issue, notices, style),
        contents: approvedContents(issue, notices, style),
        notices: inOrder(issue, notices).map((notice) => ({
          id: notice.id,
          title: notice.title,
          number: numberLine(notice),
        })),
      });
      const warnings = profile.name === "archive" ? untoldPictures(layout, notices) : [];
      return { name: issueName(issue), style: style.name, layout, meta, warnings, approved };
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

/** Pictures that say nothing to a person who cannot see them: PDF/UA-1 (7.3) asks for words. */
function untoldPictures(layout: Layout, notices: ReadonlyMap<NoticeId, Notice>): LayoutWarning[] {
  return layout.pages.flatMap(({ items }, page) =>
    items.flatMap((item): LayoutWarning[] => {
      if (item.kind !== "picture" || item.alt !== "") return [];
      const { title, body } = notices.get(item.source.notice) ?? { title: "", body: [] };
      if (captionOf(body, item.source.block) !== "") return [];
      const message = `《${title}》中有一幅图既没有图题，也没有替代文字，看不见图的人无从知道图上是什么，请选中这幅图，写上替代文字。`;
      return [{ code: "untoldPicture", message, page, y: item.y, source: { ...item.source, from: 0 } }];
    }),
  );
}

/** A picture whose file is lost would leave a hole in print. Throws GazetteError notFound. */
export function refuseMissingImages(notices: readonly Notice[], images: Images): void {
  for (const { title, body } of notices)
    if (body.some((block) => block.type === "figure" && !images.has(block.attrs.image)))
      throw new GazetteError(
        "notFound",
        `《${title}》中有一张图片已不在稿库，没有生成文件，请删去这张图片或重新插入后再导出。`,
      );
}
