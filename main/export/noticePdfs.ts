// Each notice of an issue as a PDF of its own 单行, for the web site: its pages of the gazette, written as an archived file
// and proved like the issue. With an index for those who publish them. Either all files are right, or none is made.
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { unzipSync, zipSync } from "fflate";
import { type ExportPhase, type ExportReport, GazetteError } from "../../shared/api.ts";
import { entriesOf } from "../../shared/layout/approved.ts";
import type { Layout } from "../../shared/layout/display.ts";
import { excerptOf } from "../../shared/layout/excerpt.ts";
import { LayoutCache, layoutIssue } from "../../shared/layout/layout.ts";
import type { StyleSheet } from "../../shared/layout/style.ts";
import { issueName, type Notice, noticeText, numberLine } from "../../shared/model/notice.ts";
import { type Expectation, eachFace, type PdfProof, prepareProof, verifyPdf } from "../pdf/verify.ts";
import { writePdf } from "../pdf/write.ts";
import { aboutNotice } from "./about.ts";
import { deliver, diskTrouble } from "./deliver.ts";
import { type ExportRequest, refuseMissingImages } from "./export.ts";
import { sha256 } from "./fingerprint.ts";
import { formerFiles, indexJson, indexName, indexTable, type Placed, rowOf } from "./noticeIndex.ts";
import { refuseMissingGlyphs, rulesBroken } from "./printing.ts";

/** What `exportIssue` takes but for the place and the purpose. */
export type NoticesRequest = Omit<ExportRequest, "out" | "profile">;

/** A finished file, by its name in the folder. */
interface MadeFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface MadeNotices {
  /** `bytes` are those of all PDFs, `sha256` is that of the index, which has those of the PDFs. */
  readonly report: ExportReport;
  /** The PDFs in printed order, then the index as CSV and as JSON; none when the report has mismatches. */
  readonly files: readonly MadeFile[];
}

/** A folder of PDFs with `index.csv` and `index.json`, which is made when it does not exist (the one around it must).
 *  What an earlier export left there is removed, unless it was changed since; nothing else is touched. A report with
 *  mismatches means that nothing was delivered. Throws GazetteError as exportIssue. */
export async function exportNoticeFolder(request: NoticesRequest, folder: string): Promise<ExportReport> {
  const { report, files } = await makeNotices(request);
  if (files.length === 0) return report;
  const { onProgress = () => {} } = request;
  const start = performance.now();
  const names = new Set(files.map(({ name }) => name));
  await mkdir(folder).catch((error: unknown) => {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw diskTrouble(error, folder);
  });
  const former = (await formerFiles(folder)).filter(({ file }) => !names.has(file));
  for (const [i, { name, bytes }] of files.entries()) {
    await deliverWhole(join(folder, name), bytes);
    onProgress("deliver", i + 1, files.length);
  }
  for (const { file, sha256: written } of former) {
    const bytes = await readFile(join(folder, file)).catch(() => null);
    if (bytes && sha256(bytes) === written) await rm(join(folder, file), { force: true });
  }
  return delivered(report, start);
}

/** The same files in one ZIP, stored as they are; the same issue gives the same bytes. */
export async function exportNoticeZip(request: NoticesRequest, out: string): Promise<ExportReport> {
  const { report, files } = await makeNotices(request);
  if (files.length === 0) return report;
  const start = performance.now();
  const zip = zipSync(Object.fromEntries(files.map(({ name, bytes }) => [name, bytes])), { level: 0, mtime: zipDate });
  await deliverWhole(out, zip, (written) => {
    const found = unzipSync(written);
    return files.every(({ name, bytes }) => Buffer.from(found[name] ?? []).equals(bytes));
  });
  request.onProgress?.("deliver", 1, 1);
  return delivered({ ...report, bytes: zip.length, sha256: sha256(zip) }, start);
}

/** A ZIP knows local times only, and none before 1980. */
const zipDate = new Date(1980, 0, 1);

const delivered = (report: ExportReport, start: number): ExportReport => ({
  ...report,
  seconds: { ...report.seconds, deliver: (performance.now() - start) / 1000 },
});

/** Throws GazetteError badFile when the disk gives back other bytes. */
async function deliverWhole(
  target: string,
  bytes: Uint8Array,
  isRight: (written: Uint8Array) => boolean = () => true,
): Promise<void> {
  const isSame = await deliver(
    target,
    bytes,
    async (written) => Buffer.from(written).equals(bytes) && isRight(written),
  );
  if (!isSame) throw new GazetteError("badFile", `${target} 写到磁盘后读出的内容不同，没有生成，请换一个位置。`);
}

// ---------------------------------------------------------------- the files

/** A notice in the layout of its issue. */
interface Cut extends Placed {
  readonly excerpt: Layout;
}

async function makeNotices(request: NoticesRequest): Promise<MadeNotices> {
  const { issue, notices, style, fonts, images = new Map(), onProgress: progress = () => {}, signal } = request;
  const seconds: Record<ExportPhase, number> = { layout: 0, write: 0, verify: 0, deliver: 0 };
  const timed = async <T>(phase: ExportPhase, work: () => T | Promise<T>): Promise<T> => {
    if (signal?.aborted) throw new GazetteError("cancelled", "已取消导出，没有生成文件。");
    const start = performance.now();
    const made = await work();
    seconds[phase] += (performance.now() - start) / 1000;
    return made;
  };
  const entries = entriesOf(issue, notices);
  refuseMissingImages(
    entries.map(({ notice }) => notice),
    images,
  );
  prepareProof();
  progress("layout", 0, 1);
  const layout = await timed("layout", () => layoutIssue(issue, notices, style, fonts, new LayoutCache()));
  refuseMissingGlyphs(layout, "封面、目录或版权页", (id) => notices.get(id)?.title);
  progress("layout", layout.pages.length, layout.pages.length);
  const cuts = entries.map(({ notice, section }) => cutOf(notice, section, layout));
  const total = cuts.reduce((sum, { pages }) => sum + pages, 0);
  const made: { readonly cut: Cut; readonly bytes: Uint8Array }[] = [];
  let done = 0;
  for (const cut of cuts) {
    const about = aboutNotice(issue, cut.notice, cut.first, cut.last);
    const profile = { name: "archive", notices } as const;
    const bytes = await timed("write", () => writePdf(cut.excerpt, fonts, about, undefined, images, profile));
    made.push({ cut, bytes });
    done += cut.pages;
    progress("write", done, total);
  }
  const proofs: PdfProof[] = [];
  done = 0;
  for (const { cut, bytes } of made) {
    proofs.push(await timed("verify", () => proofOf(cut, bytes, request)));
    done += cut.pages;
    progress("verify", done, total);
  }

  const rows = made.map(({ cut, bytes }, i) => rowOf(cut, bytes, i + 1, made.length));
  const index = encoded(indexJson(issue, rows));
  const report: ExportReport = {
    issue: issueName(issue),
    style: style.name,
    profile: "archive",
    pages: total,
    characters: proofs.reduce((sum, { characters }) => sum + characters, 0),
    contents: [],
    notices: proofs.flatMap((proof) => proof.notices),
    faces: eachFace(proofs.flatMap((proof) => proof.faces)),
    mismatches: proofs.flatMap(({ mismatches }) => mismatches),
    warnings: layout.warnings,
    sha256: sha256(index),
    bytes: made.reduce((sum, { bytes }) => sum + bytes.length, 0),
    seconds,
  };
  if (report.mismatches.length > 0) return { report, files: [] };
  const pdfs = made.map(({ bytes }, i): MadeFile => ({ name: rows[i]?.file ?? "", bytes }));
  const table: MadeFile = { name: "index.csv", bytes: encoded(indexTable(rows)) };
  return { report, files: [...pdfs, table, { name: indexName, bytes: index }] };
}

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);

function cutOf(notice: Notice, section: string, layout: Layout): Cut {
  const excerpt = excerptOf(layout, notice.id);
  const { pages } = excerpt;
  const [first, last] = [pages[0]?.label ?? "", pages.at(-1)?.label ?? ""];
  return { notice, section, excerpt, first, last, pages: pages.length };
}

/** What must stand in the file of one notice. */
export function expectedOf(notice: Notice, excerpt: Layout, style: StyleSheet): Expectation {
  return {
    layout: excerpt,
    approved: [{ part: notice.id, lines: noticeText(notice, style.numberBrackets) }],
    contents: null,
    notices: [{ id: notice.id, title: notice.title, number: numberLine(notice) }],
  };
}

/** The proof of one file, each sentence with the title of its notice. */
async function proofOf({ excerpt, notice }: Cut, bytes: Uint8Array, request: NoticesRequest): Promise<PdfProof> {
  const { fonts, style, images = new Map() } = request;
  const pictures = { images, palette: "screen" as const };
  const expectation = { ...expectedOf(notice, excerpt, style), pictures };
  const proof = await verifyPdf(bytes, expectation, fonts);
  const faults = await rulesBroken(bytes, "archive");
  const named = (sentence: string) => (sentence.includes(notice.title) ? sentence : `《${notice.title}》${sentence}`);
  return { ...proof, mismatches: [...proof.mismatches, ...faults].map(named) };
}
