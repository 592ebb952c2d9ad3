// A PDF that somebody hands in is checked again: against the issue it should hold, against a text, or against its 付印单.
// Nothing is trusted but the file; whatever it was changed with, the sentences say what is otherwise and on which page.
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { approvedContents, approvedText } from "../../shared/layout/approved.ts";
import { excerptOf } from "../../shared/layout/excerpt.ts";
import type { Fonts } from "../../shared/layout/fonts.ts";
import { LayoutCache, layoutIssue } from "../../shared/layout/layout.ts";
import type { PressSheet } from "../../shared/layout/pressSheet.ts";
import type { StyleSheet } from "../../shared/layout/style.ts";
import { GazetteError } from "../../shared/model/gazetteError.ts";
import { type Issue, issueName, type Notice, type NoticeId, numberLine } from "../../shared/model/notice.ts";
import type { FaceSet } from "../fonts/faces.ts";
import { checkGlyphs } from "../pdf/glyphProof.ts";
import { checkOutlines } from "../pdf/outlineProof.ts";
import { pageName } from "../pdf/places.ts";
import { openPdf, type ReadPdf } from "../pdf/reader.ts";
import { faceName } from "../pdf/readFont.ts";
import { isLocked } from "../pdf/readObjects.ts";
import { checkSight } from "../pdf/sightProof.ts";
import { compareLines, extract, findTexts } from "../pdf/textProof.ts";
import { checkFaces, provePdf } from "../pdf/verify.ts";
import { sheetsOf } from "../pdf/write.ts";
import { inOrder } from "./export.ts";
import { sha256 } from "./fingerprint.ts";
import { expectedOf } from "./noticePdfs.ts";
import { rulesBroken } from "./printing.ts";
import type { ExportProfile } from "./profiles.ts";

/** What a check of a PDF found. */
export interface Recheck {
  readonly pages: number;
  /** Of the approved text in the file, UTF-16 units. */
  readonly characters: number;
  /** What was compared: 目录10条和正文34829字. */
  readonly compared: string;
  /** A sentence for each thing that is otherwise; empty when the file is right. */
  readonly mismatches: readonly string[];
  /** What could not be checked, and why. */
  readonly notes: readonly string[];
}

/** A file on disk and what was read from it. */
export interface OpenedPdf {
  readonly bytes: Uint8Array;
  readonly pdf: ReadPdf;
}

/** Larger files do not fit in the engine's memory beside their pages: 512 MiB. */
const largestPdf = 512 * 1024 * 1024;

/** Throws GazetteError badFile for what is no PDF that can be read: another file, a broken, locked or scanned one. */
export async function openForCheck(path: string): Promise<OpenedPdf> {
  const name = basename(path);
  const refused = (what: string, cause?: unknown) => new GazetteError("badFile", `“${name}”${what}。`, { cause });
  const info = await stat(path).catch((error: unknown) => {
    throw refused("找不到或不能读取，请核对文件名", error);
  });
  if (!info.isFile()) throw refused("不是普通文件，请写明一个PDF文件");
  if (info.size === 0) throw refused("是空文件");
  if (info.size > largestPdf) throw refused(`超过${largestPdf / 1024 / 1024}兆字节，不能核对`);
  const bytes = await readFile(path).catch((error: unknown) => {
    throw refused("不能读取，请检查权限", error);
  });
  if (!bytes.subarray(0, 1024).includes("%PDF-")) throw refused("不是PDF文件");
  const pdf = await openPdf(bytes);
  if (pdf === "password") throw refused("设有打开口令，不能核对，请先去掉口令");
  if (await isLocked(bytes)) throw refused("加了密，限制打印或修改，不能核对，请先去掉限制");
  if (pdf === "broken" || pdf.pages.length === 0) throw refused("不是完整的PDF文件，可能没有传完或已经损坏");
  if (pdf.pages.every(({ characters }) => characters.length === 0))
    throw refused(
      pdf.pages.some(({ pictures }) => pictures.length > 0)
        ? "只有图片，没有文字，可能是扫描件，不能逐字核对"
        : "里没有文字，没有可以核对的内容",
    );
  return { bytes, pdf };
}

/** The whole proof of an export, for a file that may be of any origin. */
export async function recheckIssue(
  { bytes, pdf }: OpenedPdf,
  of: {
    readonly issue: Issue;
    readonly notices: ReadonlyMap<NoticeId, Notice>;
    readonly style: StyleSheet;
    readonly profile: ExportProfile;
  },
  fonts: Fonts,
): Promise<Recheck> {
  const { issue, notices, style, profile } = of;
  const layout = layoutIssue(issue, notices, style, fonts, new LayoutCache());
  const expectation = {
    layout,
    approved: approvedText(issue, notices, style),
    contents: approvedContents(issue, notices, style),
    notices: inOrder(issue, notices).map((one) => ({ id: one.id, title: one.title, number: numberLine(one) })),
    sheets: sheetsOf(layout, profile, issueName(issue)),
  };
  const { pages, characters, contents, mismatches } = await provePdf(bytes, pdf, expectation, fonts);
  const compared = `${contents.length > 0 ? `目录${contents.length}条和` : ""}正文${characters}字`;
  const faults = await rulesBroken(bytes, profile.name, "condition" in profile ? profile.condition : undefined);
  return { pages, characters, compared, mismatches: [...mismatches, ...faults], notes: [] };
}

/** The same for a notice that was exported by itself; `order`: its place in the issue, from 1. Throws GazetteError
 *  notFound. */
export async function recheckNotice(
  { bytes, pdf }: OpenedPdf,
  of: {
    readonly issue: Issue;
    readonly notices: ReadonlyMap<NoticeId, Notice>;
    readonly style: StyleSheet;
    readonly order: number;
  },
  fonts: Fonts,
): Promise<Recheck> {
  const { issue, notices, style, order } = of;
  const all = inOrder(issue, notices);
  const notice = all[order - 1];
  if (!notice) throw new GazetteError("notFound", `这期公报有${all.length}篇公文，没有第${order}篇。`);
  const layout = excerptOf(layoutIssue(issue, notices, style, fonts, new LayoutCache()), notice.id);
  const { pages, characters, mismatches } = await provePdf(bytes, pdf, expectedOf(notice, layout, style), fonts);
  const faults = await rulesBroken(bytes, "archive");
  const compared = `第${order}篇《${notice.title}》${characters}字`;
  return { pages, characters, compared, mismatches: [...mismatches, ...faults], notes: [] };
}

/** `lines`: a paragraph each, as `build --text` writes them. */
export async function recheckText(opened: OpenedPdf, lines: readonly string[], fonts: Fonts): Promise<Recheck> {
  const { pdf } = opened;
  const extracted = extract(pdf);
  const { paragraphs, mismatches, passedOver } = compareLines(pdf, extracted, lines);
  const seen = await lookOver(opened, fonts);
  const notes = passedOver > 0 ? [`PDF中另有${passedOver}处文字不在定稿中，可能是目录、页眉或页码，没有核对`] : [];
  return {
    pages: pdf.pages.length,
    characters: extracted.text.length,
    compared: `文字${paragraphs}段`,
    mismatches: [...mismatches, ...seen.mismatches],
    notes: [...notes, ...seen.notes],
  };
}

/** A file that was changed in any way has another fingerprint; the rest says what of it is still as it was. */
export async function recheckSheet(opened: OpenedPdf, sheet: PressSheet, faces: FaceSet): Promise<Recheck> {
  const { pdf, bytes } = opened;
  const mismatches: string[] = [];
  if (sha256(bytes) !== sheet.pdf.sha256)
    mismatches.push("文件校验码与付印单不同，付印以后文件被改动过，或者不是同一份");
  // The pages of a booklet are sheets, and stand in the order of the folds.
  const isBooklet = sheet.pdf.profile === "booklet";
  if (!isBooklet && pdf.pages.length !== sheet.pages)
    mismatches.push(`PDF有${pdf.pages.length}面，付印单上是${sheet.pages}面`);
  const extracted = extract(pdf);
  const known = sheet.notices.map((notice) => ({
    ...notice,
    isRight: (text: string) => sha256(text) === notice.sha256,
  }));
  for (const [i, found] of (isBooklet ? [] : findTexts(extracted, known)).entries()) {
    const notice = sheet.notices[i];
    if (!notice) continue;
    const { title, from, to } = notice;
    if (!found) {
      mismatches.push(`《${title}》（付印单上在第${from}至${to}页）的文字与付印时不同`);
      continue;
    }
    const [first, last] = [found.first, found.last].map((page) => pdf.pages[page]?.label ?? "");
    if (first !== from || last !== to)
      mismatches.push(
        `《${title}》在${pageName(pdf, found.first)}至${pageName(pdf, found.last)}，付印单上是第${from}至${to}页`,
      );
  }
  const named = new Set(pdf.faces.map(({ name }) => faceName(name)));
  const listed = new Set(sheet.faces.map(({ id }) => id));
  for (const face of named) if (!listed.has(face)) mismatches.push(`字体 ${face} 不在付印单上`);
  for (const { id, family } of sheet.faces)
    if (!named.has(id)) mismatches.push(`付印单上的字体${family}（${id}）在PDF中没有`);
  const changed = sheet.faces.filter(
    ({ id, sha256: before }) => faces.infos.some((info) => info.id === id) && sha256(faces.bytes(id)) !== before,
  );
  const seen = await lookOver(opened, faces.fonts);
  return {
    pages: pdf.pages.length,
    characters: extracted.text.length,
    compared: isBooklet ? "文件校验码和字形" : `付印单所列${sheet.notices.length}篇公文`,
    mismatches: [...mismatches, ...seen.mismatches],
    notes: [
      ...(isBooklet ? ["拼版文件的页按折页次序排列，没有逐篇核对文字"] : []),
      ...changed.map(({ family }) => `本机的${family}与付印时的不是同一个文件`),
      ...seen.notes,
    ],
  };
}

/** What holds for every file: it can be seen, each glyph is that of its character, the faces are embedded. */
async function lookOver({ bytes, pdf }: OpenedPdf, fonts: Fonts): Promise<Pick<Recheck, "mismatches" | "notes">> {
  const { mismatches, unknown } = checkGlyphs(pdf, fonts);
  return {
    mismatches: [...checkFaces(pdf), ...checkSight(pdf), ...mismatches, ...(await checkOutlines(bytes, pdf, fonts))],
    notes: unknown.map((face) => `本机没有字体 ${face}，没有核对它的字形`),
  };
}
