// An issue becomes a PDF that may be trusted: laid out, written, put on disk, read back from there and compared with
// what was approved. Only a file without a single mismatch is delivered.
import { createHash } from "node:crypto";
import { type ExportPhase, type ExportReport, GazetteError } from "../../shared/api.ts";
import { approvedContents, approvedText } from "../../shared/layout/approved.ts";
import type { Layout } from "../../shared/layout/display.ts";
import type { Fonts } from "../../shared/layout/fonts.ts";
import { LayoutCache, layoutIssue } from "../../shared/layout/layout.ts";
import type { StyleSheet } from "../../shared/layout/style.ts";
import { type Issue, issueName, type Notice, type NoticeId, numberLine } from "../../shared/model/notice.ts";
import { type PdfProof, verifyPdf } from "../pdf/verify.ts";
import { type Images, writePdf } from "../pdf/write.ts";
import { deliver } from "./deliver.ts";

export interface ExportRequest {
  readonly issue: Issue;
  readonly notices: ReadonlyMap<NoticeId, Notice>;
  readonly style: StyleSheet;
  readonly fonts: Fonts;
  /** The files of the pictures that the notices show; absent: they show none. */
  readonly images?: Images;
  /** Path of the PDF; its folder must exist. */
  readonly out: string;
  readonly onProgress?: (phase: ExportPhase, done: number, total: number) => void;
  /** Looked at between the phases; whoever must stop at once runs the export in a thread and ends that. */
  readonly signal?: AbortSignal;
}

/** A report with mismatches means that nothing was delivered and an older file at `out` still stands.
 *  Throws GazetteError missingGlyph, notFound (a picture), diskFull, badFile or cancelled. */
export async function exportIssue(request: ExportRequest): Promise<ExportReport> {
  const { issue, notices, style, fonts, out, signal } = request;
  const images: Images = request.images ?? new Map();
  const progress = request.onProgress ?? (() => {});
  const seconds: Record<ExportPhase, number> = { layout: 0, write: 0, verify: 0, deliver: 0 };
  const timed = async <T>(phase: ExportPhase, work: () => T | Promise<T>): Promise<T> => {
    if (signal?.aborted) throw new GazetteError("cancelled", "已取消导出，没有生成文件。");
    const start = performance.now();
    try {
      return await work();
    } finally {
      seconds[phase] = (performance.now() - start) / 1000;
    }
  };
  const counting = (phase: ExportPhase) => (done: number, total: number) => progress(phase, done, total);

  refuseMissingImages(inOrder(issue, notices), images);
  progress("layout", 0, 1);
  const layout = await timed("layout", () => layoutIssue(issue, notices, style, fonts, new LayoutCache()));
  refuseMissingGlyphs(layout, notices);
  progress("layout", layout.pages.length, layout.pages.length);

  const meta = {
    title: issueName(issue),
    author: issue.officialTitle || issue.gazetteTitle,
    subject: issue.organ,
    published: issue.published,
    key: issue.id,
  };
  const bytes = await timed("write", () => writePdf(layout, fonts, meta, counting("write"), images));

  const expectation = {
    layout,
    approved: approvedText(issue, notices, style),
    contents: approvedContents(issue, notices, style),
    notices: inOrder(issue, notices).map((notice) => ({
      id: notice.id,
      title: notice.title,
      number: numberLine(notice),
    })),
  };
  let proof: PdfProof | null = null;
  await timed("deliver", () =>
    deliver(out, bytes, async (written) => {
      proof = await timed("verify", () => verifyPdf(written, expectation, counting("verify")));
      return proof.mismatches.length === 0;
    }),
  );
  if (proof === null) throw new RangeError("the PDF was delivered without proof");
  seconds.deliver -= seconds.verify;
  progress("deliver", 1, 1);
  return {
    ...(proof as PdfProof),
    issue: issueName(issue),
    style: style.name,
    warnings: layout.warnings,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    bytes: bytes.length,
    seconds,
  };
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

/** A character that no face can draw would leave a hole in print. */
function refuseMissingGlyphs(layout: Layout, notices: ReadonlyMap<NoticeId, Notice>): void {
  const missing = layout.warnings.filter((warning) => warning.code === "missingGlyph");
  const first = missing[0];
  if (!first) return;
  const source = first.source;
  const title = source && source.in !== "front" ? notices.get(source.notice)?.title : undefined;
  const code = Array.from(first.text ?? "", (c) => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase()}`).join(" ");
  const more = missing.length > 1 ? `，另有${missing.length - 1}处` : "";
  throw new GazetteError(
    "missingGlyph",
    `${title ? `《${title}》中的` : "封面、目录或版权页中的"}“${first.text ?? ""}”（${code}）没有字体能够印出${more}，没有生成文件，请改用别的字或安装含有此字的字体。`,
  );
}
