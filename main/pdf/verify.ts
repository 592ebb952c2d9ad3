// The proof of an export: the finished bytes, read by an engine that did not write them, against what was approved.
// Contents entries against the page they name, the text of each notice character by character, links, bookmarks,
// folios, embedded fonts, pictures; each glyph against its character and its place. The expected text comes from the
// stored issue; the layout only tells where to look.
import type { ExportReport } from "../../shared/api.ts";
import type { ApprovedContents, ApprovedEntry } from "../../shared/layout/approved.ts";
import type { Layout, OutlineEntry } from "../../shared/layout/display.ts";
import type { Fonts } from "../../shared/layout/fonts.ts";
import type { NoticeId } from "../../shared/model/notice.ts";
import { pagesOfSheets, type Sheet } from "./booklet.ts";
import { checkGlyphs } from "./glyphProof.ts";
import { checkInks } from "./inkProof.ts";
import { checkOutlines } from "./outlineProof.ts";
import { checkPages } from "./pageProof.ts";
import { pdfium } from "./pdfium.ts";
import { type ApprovedPictures, checkPictures } from "./pictureProof.ts";
import { around, commonLength, pageName } from "./places.ts";
import { comparable, comparableParts, printedPieces } from "./printedOrder.ts";
import { type ReadCharacter, type ReadPage, type ReadPdf, readPdf } from "./reader.ts";
import { faceName } from "./readFont.ts";
import { checkSight } from "./sightProof.ts";

/** What must stand in the PDF. */
export interface Expectation {
  readonly layout: Layout;
  /** In reading order; part: "cover", "imprint", "section" or a notice id (approvedText of shared/layout/approved.ts). */
  readonly approved: readonly { readonly part: string; readonly lines: readonly string[] }[];
  /** Null when none are to be printed (approvedContents). */
  readonly contents: ApprovedContents | null;
  /** Notices of the issue in printed order: title, and the number line of the title without its brackets. */
  readonly notices: readonly { readonly id: NoticeId; readonly title: string; readonly number: string }[];
  /** Sides of the sheets that a press file is printed on, which has neither links nor bookmarks; absent or null: pages by
   *  themselves, with both. */
  readonly sheets?: readonly Sheet[] | null;
  /** Absent: what the pictures show is not compared. */
  readonly pictures?: ApprovedPictures;
}

/** The part of an ExportReport that the re-read file answers for. */
export type PdfProof = Pick<ExportReport, "pages" | "characters" | "contents" | "notices" | "faces" | "mismatches">;

/** Starts the engine that will read, so that it is ready when the file is written. */
export function prepareProof(): void {
  // A failure comes again, and is told, when the engine is asked for.
  pdfium().catch(() => {});
}

/** `fonts`: those of the layout. `onProgress(done, total)` counts pages. Bytes that are no PDF give a proof with that one
 *  mismatch. */
export async function verifyPdf(
  bytes: Uint8Array,
  expectation: Expectation,
  fonts: Fonts,
  onProgress?: (done: number, total: number) => void,
): Promise<PdfProof> {
  const pdf = await readPdf(bytes, onProgress);
  if (pdf !== null) return provePdf(bytes, pdf, expectation, fonts);
  const unread = ["生成的文件不能作为PDF重新打开"];
  return { pages: 0, characters: 0, contents: [], notices: [], faces: [], mismatches: unread };
}

/** The proof of a file that has been read. */
export async function provePdf(
  bytes: Uint8Array,
  read: ReadPdf,
  expectation: Expectation,
  fonts: Fonts,
): Promise<PdfProof> {
  const { sheets } = expectation;
  const pdf = sheets ? pagesOfSheets(read, expectation.layout, sheets) : read;
  const text = compareText(pdf, expectation);
  const printed = readContents(pdf, expectation.contents);
  const contents = printed.entries.map((entry, i) => checkEntry(pdf, expectation, text, entry, i + 1));
  return {
    pages: pdf.pages.length,
    characters: text.characters,
    contents: contents.map(({ section, title, number, folio, onPage, right }) => ({
      section,
      title,
      number,
      folio,
      onPage,
      right,
    })),
    notices: text.notices,
    faces: eachFace(pdf.faces),
    mismatches: [
      ...text.mismatches,
      ...contents.flatMap((entry) => entry.mismatches),
      ...printed.strays,
      ...checkFolios(pdf, expectation.layout),
      ...checkBookmarks(pdf, expectation, text),
      ...checkLinks(pdf, expectation),
      ...checkFaces(pdf),
      ...checkSight(pdf),
      ...checkGlyphs(pdf, fonts).mismatches,
      ...(await checkOutlines(bytes, pdf, fonts)),
      ...(await checkInks(bytes, expectation.layout, sheets ?? null)),
      ...checkPages(pdf, expectation.layout, fonts),
      ...(await checkPictures(pdf, expectation.layout, expectation.pictures ?? null)),
    ],
  };
}

interface TextProof {
  readonly characters: number;
  readonly notices: PdfProof["notices"];
  /** Index of the page on which the text of a notice begins. */
  readonly startPage: ReadonlyMap<NoticeId, number>;
  readonly mismatches: readonly string[];
}

/** Walks the text of the file and the approved text side by side. After a difference it goes on where the next piece
 *  begins, so that one wrong notice does not make all that follow it wrong. */
function compareText(pdf: ReadPdf, { approved, notices, layout }: Expectation): TextProof {
  let actual = "";
  const pageOf: number[] = [];
  for (const [page, { characters: found }] of pdf.pages.entries())
    for (const { character, mark } of found)
      if (mark === "text") {
        actual += character;
        for (let i = 0; i < character.length; i++) pageOf.push(page);
      }
  const titles = new Map(notices.map((notice) => [notice.id, notice.title]));
  const parts = comparableParts(approved);

  const startPage = new Map<NoticeId, number>();
  const wrong = new Set<string>();
  const mismatches: string[] = [];
  const pieces = printedPieces(parts, layout);
  let at = 0;
  for (const [i, { part, text, head, begins }] of pieces.entries()) {
    const right = actual.startsWith(text, at);
    const next = pieces[i + 1]?.head;
    const resume = next === undefined ? actual.length : actual.indexOf(next, at + head.length);
    const end = right ? at + text.length : resume < 0 ? at + text.length : resume;
    if (titles.has(part) && begins && actual.startsWith(head, at)) startPage.set(part, pageOf[at] ?? 0);
    if (!right) {
      wrong.add(part);
      const same = commonLength(text, actual.slice(at, end));
      const where = pageName(pdf, pageOf[Math.min(at + same, pageOf.length - 1)] ?? 0);
      const title = titles.get(part);
      const name = title === undefined ? (partNames[part.replace(/ \d+$/u, "")] ?? part) : `《${title}》`;
      const printed = around(actual.slice(0, end), at + same, at);
      mismatches.push(`${name}${where}的文字与定稿不符：定稿为“${around(text, same, 0)}”，PDF中为“${printed}”`);
    }
    at = end;
  }
  if (at < actual.length)
    mismatches.push(`${pageName(pdf, pageOf[at] ?? 0)}多出定稿以外的文字“${actual.slice(at, at + 20)}”`);
  const proofs = parts.flatMap(({ part, lines }) => {
    const title = titles.get(part);
    return title === undefined ? [] : [{ id: part, title, characters: lines.join("").length, right: !wrong.has(part) }];
  });
  return { characters: actual.length, notices: proofs, startPage, mismatches };
}

const partNames: Readonly<Record<string, string>> = {
  cover: "封面",
  imprint: "版权页",
  section: "栏目页",
  annual: "总目录",
};

/** The folio printed on a page: the digits of its lowest line of artifacts; null when there are none. */
function printedFolio(page: ReadPage | undefined): string | null {
  const artifacts = page?.characters.filter((character) => character.mark === "artifact") ?? [];
  const lowest = Math.max(...artifacts.map((character) => character.y));
  const line = artifacts.filter((character) => Math.abs(character.y - lowest) < 1);
  return /^\D*(\d+)\D*$/.exec(line.map((character) => character.character).join(""))?.[1] ?? null;
}

interface EntryProof extends Readonly<PdfProof["contents"][number]> {
  readonly mismatches: readonly string[];
}

/** What the contents print for an entry, and whether the page it names bears that title, number and folio. `position`
 *  counts from 1. */
function checkEntry(
  pdf: ReadPdf,
  expectation: Expectation,
  text: TextProof,
  { entry, printed }: PrintedEntry,
  position: number,
): EntryProof {
  const number = expectation.notices.find(({ id }) => id === entry.notice)?.number ?? "";
  const target = text.startPage.get(entry.notice);
  const onPage = target === undefined ? null : printedFolio(pdf.pages[target]);
  const name = `目录第${position}条《${entry.title}》`;
  const mismatches: string[] = [];

  const targetText = target === undefined ? "" : textOf(pdf.pages[target]);
  if (target === undefined) mismatches.push(`${name}所指的公文在正文中没有找到题名`);
  else if (!targetText.includes(comparable(entry.title)))
    mismatches.push(`${name}的题名与${pageName(pdf, target)}上的题名不同`);
  if (printed === null) mismatches.push(`${name}没有照此印在目录页上`);
  else {
    if (!printed.number) mismatches.push(`${name}印出的文号不是“${number}”`);
    else if (target !== undefined && !targetText.includes(comparable(number)))
      mismatches.push(`${name}的文号“${number}”没有印在${pageName(pdf, target)}上`);
    if (printed.folio !== onPage)
      mismatches.push(`${name}写第${printed.folio || "？"}页，正文${onPage === null ? "没有页码" : `在第${onPage}页`}`);
    const link = pdf.pages[printed.first.page]?.links.find((candidate) => covers(candidate, printed.first));
    if (expectation.sheets) {
      if (link) mismatches.push(`${name}在交印厂的PDF中不应有链接`);
    } else if (!link) mismatches.push(`${name}在PDF中没有链接`);
    else if (target !== undefined && link.page !== target)
      mismatches.push(`${name}的链接通到${pageName(pdf, link.page)}，正文在${pageName(pdf, target)}`);
  }
  return {
    section: entry.section,
    title: entry.title,
    number,
    folio: printed?.folio ?? "",
    onPage,
    right: mismatches.length === 0,
    mismatches,
  };
}

function textOf(page: ReadPage | undefined): string {
  const characters = page?.characters.filter((character) => character.mark === "text") ?? [];
  return characters.map((character) => character.character).join("");
}

/** A character of the contents and the index of its page. */
interface Found extends Pick<ReadCharacter, "x" | "y"> {
  readonly page: number;
}

interface PrintedEntry {
  readonly entry: ApprovedEntry;
  /** null when it is not printed as approved. `number`: whether it stands between title and folio. */
  readonly printed: { readonly first: Found; readonly number: boolean; readonly folio: string } | null;
}

/** Reads the contents entry by entry, each sought behind the one before it, since two may have one title. Strays are
 *  texts of the contents that belong to no entry and are no head, and heads that are missing. */
function readContents(
  pdf: ReadPdf,
  approved: ApprovedContents | null,
): { readonly entries: readonly PrintedEntry[]; readonly strays: readonly string[] } {
  const found: Found[] = [];
  let text = "";
  for (const [page, { characters }] of pdf.pages.entries())
    for (const { character, mark, x, y } of characters)
      if (mark === "contents") {
        text += character;
        for (const _ of character.split("")) found.push({ x, y, page });
      }
  const strays: string[] = [];
  let end = 0;
  const readTo = (start: number, heads: readonly string[]) => {
    const place = pageName(pdf, (found[end] ?? found.at(-1))?.page ?? 0);
    let rest = text.slice(end, start);
    for (const head of heads)
      if (rest.startsWith(head)) rest = rest.slice(head.length);
      else strays.push(`${place}（目录）没有照此印出“${head}”`);
    if (rest) strays.push(`${place}（目录）有不属于任何条目的文字“${rest.slice(0, 20)}”`);
  };
  let heads = [comparable(approved?.head ?? "")];
  const entries = (approved?.entries ?? []).map((entry): PrintedEntry => {
    heads.push(comparable(entry.sectionHead));
    const words = comparable(entry.ordinal + entry.title);
    const start = text.indexOf(words, end);
    const first = found[start];
    if (!first) return { entry, printed: null };
    readTo(start, heads);
    heads = [];
    end = start + words.length;
    const number = comparable(entry.number);
    const hasNumber = text.startsWith(number, end);
    if (hasNumber) end += number.length;
    const folio = readFolio(text, end, found, approved?.folio ?? "{n}");
    end += folio.length;
    return { entry, printed: { first, number: hasNumber, folio: folio.digits } };
  });
  readTo(text.length, heads);
  return { entries, strays };
}

/** The folio that stands at `from` in the style's pattern, all on one line: what follows may begin with a number, too. */
function readFolio(
  text: string,
  from: number,
  found: readonly Found[],
  pattern: string,
): { readonly digits: string; readonly length: number } {
  const [open = "", close = ""] = comparable(pattern).split("{n}");
  const begin = from + open.length;
  let end = begin;
  while (/\d/.test(text[end] ?? "") && Math.abs((found[end]?.y ?? 0) - (found[begin]?.y ?? 0)) < 1) end++;
  const isWhole = end > begin && text.startsWith(open, from) && text.startsWith(close, end);
  return isWhole ? { digits: text.slice(begin, end), length: end + close.length - from } : { digits: "", length: 0 };
}

function covers(link: ReadPage["links"][number], { x, y }: Found): boolean {
  return x >= link.left - 1 && x <= link.right + 1 && y >= link.top - 1 && y <= link.bottom + 1;
}

/** Every body page prints its own number, and the PDF's page label says the same. */
function checkFolios(pdf: ReadPdf, layout: Layout): string[] {
  if (pdf.pages.length !== layout.pages.length) return [`PDF有${pdf.pages.length}面，版面有${layout.pages.length}面`];
  return layout.pages.flatMap((page, i) => {
    const found = pdf.pages[i];
    if (found && found.label !== page.label) return [`PDF第${i + 1}面的页标签是“${found.label}”，应为“${page.label}”`];
    const folio = printedFolio(found);
    if (page.kind === "body" && folio !== page.label)
      return [`PDF第${i + 1}面印出的页码是“${folio ?? "（无）"}”，应为“${page.label}”`];
    return [];
  });
}

/** The bookmarks are those of the issue, and each notice's leads to where its title was found. */
function checkBookmarks(pdf: ReadPdf, { layout, notices, sheets }: Expectation, text: TextProof): string[] {
  const expected = sheets ? [] : flatten(layout.outline);
  if (expected.length !== pdf.bookmarks.length) return [`PDF有${pdf.bookmarks.length}个书签，应有${expected.length}个`];
  // Notices stand in the outline in printed order, so the next one of this title is meant, should two share it.
  let next = 0;
  return expected.flatMap(({ title, page }, i) => {
    const found = pdf.bookmarks[i];
    const notice = notices[next]?.title === title ? notices[next++] : undefined;
    const target = (notice && text.startPage.get(notice.id)) ?? page;
    if (found?.title === title && found.page === target) return [];
    return [`书签“${found?.title ?? ""}”应为“${title}”，通到${pageName(pdf, target)}`];
  });
}

/** A link that leads to the wrong place, or is missing, is told by its entry; here, those that no entry has. */
function checkLinks(pdf: ReadPdf, { layout, sheets }: Expectation): string[] {
  return pdf.pages.flatMap(({ links }, i) => {
    const wanted = sheets ? 0 : (layout.pages[i]?.items.filter(({ kind }) => kind === "link").length ?? 0);
    return links.length > wanted ? [`${pageName(pdf, i)}有${links.length}处链接，应有${wanted}处`] : [];
  });
}

function flatten(entries: readonly OutlineEntry[]): OutlineEntry[] {
  return entries.flatMap((entry) => [entry, ...flatten(entry.children)]);
}

/** Each face once, by its name without the tag of a subset; embedded when it is so wherever it is used. */
export function eachFace(fonts: ReadPdf["faces"]): ReadPdf["faces"] {
  const faces = new Map<string, boolean>();
  for (const { name, embedded } of fonts) {
    const face = faceName(name);
    faces.set(face, embedded && (faces.get(face) ?? true));
  }
  return Array.from(faces, ([name, embedded]) => ({ name, embedded })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function checkFaces(pdf: ReadPdf): string[] {
  return pdf.faces.filter((face) => !face.embedded).map((face) => `字体 ${face.name} 没有嵌入`);
}
