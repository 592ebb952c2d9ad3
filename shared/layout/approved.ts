// The text that must stand in the print, as the editor-in-chief approved it: cover, imprint, then notice by notice,
// paragraph by paragraph, in reading order, and the contents that lead to them. Made from the stored issue alone, never
// from a layout, so that the proof of an export has something independent to compare with.
import {
  type ImprintLine,
  type Issue,
  type IssueFields,
  type Notice,
  type NoticeFields,
  type NoticeId,
  noticeText,
  numberLine,
  printedDate,
  splitTitle,
} from "../model/notice.ts";
import type { StyleSheet } from "./style.ts";

export interface ApprovedPart {
  /** A section is its opener. */
  readonly part: "cover" | "imprint" | "section" | NoticeId;
  /** A paragraph each; compared without white space (squash). */
  readonly lines: readonly string[];
}

/** What a style prints beside the notices. */
type PrintedParts = Pick<StyleSheet, "numberBrackets" | "cover" | "opener" | "imprint">;

/** Throws RangeError when the issue names a notice that is not in `notices`. */
export function approvedText(
  issue: Issue,
  notices: ReadonlyMap<NoticeId, Notice>,
  style: PrintedParts,
): ApprovedPart[] {
  const cover: ApprovedPart[] =
    style.cover.template === "none" ? [] : [{ part: "cover", lines: coverText(issue, style.cover.template) }];
  const imprint: ApprovedPart = { part: "imprint", lines: imprintText(issue) };
  const body = entriesOf(issue, notices).flatMap(({ section, opens, notice }): ApprovedPart[] => {
    const text: ApprovedPart = { part: notice.id, lines: noticeText(notice, style.numberBrackets) };
    return opens && style.opener.kind !== "none" ? [{ part: "section", lines: [section] }, text] : [text];
  });
  return style.imprint.place === "front" ? [...cover, imprint, ...body] : [...cover, ...body, imprint];
}

/** A notice in its place in the issue; `opens`: it is the first of a section that has a name. */
export interface Entry {
  readonly section: string;
  readonly opens: boolean;
  readonly notice: Notice;
}

/** Throws RangeError when the issue names a notice that is not in `notices`. */
export function entriesOf(issue: Issue, notices: ReadonlyMap<NoticeId, Notice>): Entry[] {
  const entries = issue.sections.flatMap(({ title, entries }) => entries.map((id) => ({ section: title, id })));
  return entries.map(({ section, id }, i) => {
    const notice = notices.get(id);
    if (!notice) throw new RangeError(`issue names notice ${id}, which is not given`);
    return { section, opens: section !== "" && entries[i - 1]?.section !== section, notice };
  });
}

// ---------------------------------------------------------------- contents

/** The contents without their folios, which the proof reads in print. */
export interface ApprovedContents {
  readonly head: string;
  readonly entries: readonly ApprovedEntry[];
  /** How a folio is written: ({n}). */
  readonly folio: string;
}

/** An entry of the contents; all texts as printed, "" for what is not. */
export interface ApprovedEntry {
  readonly notice: NoticeId;
  readonly section: string;
  /** The head of its section, above the first entry of it. */
  readonly sectionHead: string;
  readonly ordinal: string;
  readonly title: string;
  readonly number: string;
}

/** Null where the style prints no contents. */
export function approvedContents(
  issue: Issue,
  notices: ReadonlyMap<NoticeId, Notice>,
  style: Pick<StyleSheet, "contents">,
): ApprovedContents | null {
  const { show, head, folio } = style.contents;
  if (!show) return null;
  const placed = entriesOf(issue, notices);
  const texts = contentsTexts(placed, style);
  const entries = placed.map(({ section, opens, notice }, i): ApprovedEntry => {
    const { ordinal = "", title = "", number = "" } = texts[i] ?? {};
    return {
      notice: notice.id,
      section,
      sectionHead: opens ? sectionHead(section, style) : "",
      ordinal,
      title,
      number,
    };
  });
  return { head, entries, folio };
}

/** Ordinal, title and number of each entry of the contents as printed. */
export function contentsTexts(
  entries: readonly { readonly section: string; readonly notice: Notice }[],
  style: Pick<StyleSheet, "contents">,
): { readonly ordinal: string; readonly title: string; readonly number: string }[] {
  const ordinals = contentsOrdinals(
    entries.map(({ section }) => section),
    style,
  );
  return entries.map(({ notice }, i) => ({
    ordinal: ordinals[i] ?? "",
    title: contentsTitle(notice, style),
    number: contentsNumber(numberLine(notice), style),
  }));
}

/** The ordinal of each entry, given the section in which it stands; "" where entries are not numbered. */
export function contentsOrdinals(sections: readonly string[], { contents }: Pick<StyleSheet, "contents">): string[] {
  let count = 0;
  return sections.map((section, i) => {
    count = contents.numbering === "section" && sections[i - 1] !== section ? 1 : count + 1;
    return contents.numbering === "none" ? "" : contents.ordinal.replace("{i}", String(count));
  });
}

/** （示政发〔2026〕1号） */
export function contentsNumber(number: string, { contents }: Pick<StyleSheet, "contents">): string {
  const [open, close] = contents.numberBrackets;
  return contents.number === "none" || number === "" ? "" : open + number + close;
}

/** A title as the contents print it: whole, or without its issuers where the rest says what it is about (关于…). What is
 *  left of 示例市人民政府令 or 公告 would say nothing. */
export function contentsTitle(
  notice: Pick<NoticeFields, "title" | "issuers">,
  { contents }: Pick<StyleSheet, "contents">,
): string {
  const { rest } = splitTitle(notice);
  return !contents.issuers && /^(?:关于|印发|转发|批转|公布|发布)/u.test(rest) ? rest : notice.title.trim();
}

/** 【县政府文件】 */
export function sectionHead(section: string, { contents }: Pick<StyleSheet, "contents">): string {
  return section && contents.sectionPattern.replace("{section}", () => section);
}

// ---------------------------------------------------------------- cover and imprint

/** The texts of the cover, from top to bottom; a masthead 报头 has fewer. */
export function coverText(issue: IssueFields, template: StyleSheet["cover"]["template"]): string[] {
  const date = printedDate(issue.published);
  const isPage = template !== "masthead";
  return [
    issue.officialTitle,
    isPage ? issue.englishTitle : "",
    issue.gazetteTitle,
    issueLine(issue),
    date && `${date}出版`,
    issue.organ,
    ...(isPage ? issue.statement : []),
  ].filter((line) => line.trim() !== "");
}

/** 2023年第3期（总第57期） */
export function issueLine(issue: Pick<IssueFields, "year" | "number" | "serial">): string {
  return `${issue.year}年第${issue.number}期${issue.serial === null ? "" : `（总第${issue.serial}期）`}`;
}

/** The texts of the imprint: 补白, then 主管：示例市人民政府, a line each. */
function imprintText(issue: Pick<IssueFields, "slogans" | "imprint">): string[] {
  const { slogans, entries } = imprintParts(issue);
  return [...slogans, ...entries.map((line) => `${line.label}：${line.value}`)];
}

/** What of the imprint is printed: a line that somebody left empty is none. */
export function imprintParts(issue: Pick<IssueFields, "slogans" | "imprint">): {
  readonly slogans: readonly string[];
  readonly entries: readonly ImprintLine[];
} {
  return {
    slogans: issue.slogans.filter((line) => line.trim() !== ""),
    entries: issue.imprint.filter(({ label, value }) => `${label}${value}`.trim() !== ""),
  };
}
