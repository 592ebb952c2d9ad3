// What a gazette is made of: notices 公文, and the issue 期 that puts them in sections 栏目 in an order.
// Plain data, stored as it stands; the words are those of the trade (README, glossary).
import { type Block, footnoteMark, footnotesOf, noteMark, paragraphsOf, paragraphText } from "./block.ts";

export type NoticeId = string;
export type IssueId = string;
export type SectionId = string;

/** 文种, as named by 党政机关公文处理工作条例, and 任免 and 人事 which gazettes keep apart. */
export const noticeKinds = [
  "通知",
  "通告",
  "公告",
  "决定",
  "决议",
  "命令",
  "意见",
  "批复",
  "通报",
  "函",
  "报告",
  "请示",
  "议案",
  "公报",
  "纪要",
  "规定",
  "办法",
  "任免",
  "其他",
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** The fields of a notice that a person confirms at import and may edit later. */
export interface NoticeFields {
  /** Full title as printed, issuers first, on one line; joint issuers separated by one space. */
  readonly title: string;
  /** 发文机关, in the order of the title. */
  readonly issuers: readonly string[];
  /** 发文字号, 临政办发〔2023〕5号; "" where there is none. */
  readonly docNumber: string;
  /** 规范性文件统一登记号, LXDR—2023—00001; "" where there is none. */
  readonly uniformNumber: string;
  readonly kind: NoticeKind;
  /** 成文日期, ISO yyyy-mm-dd; "" when unknown. */
  readonly dated: string;
  /** 栏目 in which it was, or should be, printed; a hint for composing. */
  readonly section: string;
}

export interface Notice extends NoticeFields {
  readonly id: NoticeId;
  readonly body: readonly Block[];
  /** Grows by one with each stored change, of fields or body. */
  readonly version: number;
}

export interface Section {
  readonly id: SectionId;
  readonly title: string;
  /** Notices in printed order. A notice stands at most once in an issue. */
  readonly entries: readonly NoticeId[];
}

/** A line of the imprint 版权页: 主管：临湘市人民政府. */
export interface ImprintLine {
  readonly label: string;
  readonly value: string;
}

export interface IssueFields {
  /** 刊名 临湘政报 */
  readonly gazetteTitle: string;
  /** 公报名 临湘市人民政府公报 */
  readonly officialTitle: string;
  readonly englishTitle: string;
  readonly year: number;
  /** 第N期 */
  readonly number: number;
  /** 总第N期; null where the gazette does not count. */
  readonly serial: number | null;
  /** 出版日期 ISO; "" when not set. */
  readonly published: string;
  /** The organ line of the cover: 临湘市人民政府机关刊物. */
  readonly organ: string;
  /** The statement of the cover, a line each: 本刊是市人民政府公文的标准文本. */
  readonly statement: readonly string[];
  /** 补白 slogans. */
  readonly slogans: readonly string[];
  readonly imprint: readonly ImprintLine[];
  /** Name of the house style, a file of assets/styles. */
  readonly style: string;
}

export interface Issue extends IssueFields {
  readonly id: IssueId;
  readonly sections: readonly Section[];
  readonly version: number;
}

/** 临湘政报2023年第3期 */
export function issueName(issue: Pick<IssueFields, "gazetteTitle" | "year" | "number">): string {
  return `${issue.gazetteTitle}${issue.year}年第${issue.number}期`;
}

/** The title as it is broken for print: the issuer lines, then the rest (关于…的通知). When the title does not begin
 *  with its issuers, it is all rest. */
export function splitTitle(notice: Pick<NoticeFields, "title" | "issuers">): { issuers: string[]; rest: string } {
  let rest = notice.title.trim();
  const issuers: string[] = [];
  for (const issuer of notice.issuers) {
    if (!issuer || !rest.startsWith(issuer)) break;
    issuers.push(issuer);
    rest = rest.slice(issuer.length).replace(/^[\s、，]+/u, "");
  }
  return rest ? { issuers, rest } : { issuers: [], rest: notice.title.trim() };
}

/** How a notice is called in a sentence: 《关于印发〈示例办法〉的通知》, without its issuers; titles within a title take
 *  single marks (GB/T 15834, 书名号). */
export function citedTitle(notice: Pick<NoticeFields, "title" | "issuers">): string {
  const title = splitTitle(notice).rest || "无题名";
  return `《${title.replaceAll("《", "〈").replaceAll("》", "〉")}》`;
}

/** 2023-06-25 -> 2023年6月25日 (GB/T 9704 7.3.5.4: Arabic digits, no leading zeros); "" for "". */
export function printedDate(iso: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  return match ? `${match[1]}年${Number(match[2])}月${Number(match[3])}日` : "";
}

/** The number line under a title, without its parentheses: 登记号, one space, 文号; "" when it has neither. */
export function numberLine(notice: Pick<NoticeFields, "docNumber" | "uniformNumber">): string {
  return [notice.uniformNumber, notice.docNumber].filter(Boolean).join(" ");
}

/** The text of one notice that the editor-in-chief approves, a paragraph each, in reading order. Footnotes are numbered
 *  through the notice; the text of each stands after its paragraph, behind its mark. The brackets of the number line are
 *  the house style's (`numberBrackets`, e.g. ["(", ")"]). */
export function noticeText(notice: Notice, numberBrackets: readonly [string, string]): string[] {
  const number = numberLine(notice);
  const lines = [notice.title];
  if (number) lines.push(numberBrackets[0] + number + numberBrackets[1]);
  let notes = 0;
  for (const paragraph of notice.body.flatMap(paragraphsOf)) {
    const text = paragraphText(paragraph);
    if (text.trim() === "") continue;
    let marks = notes;
    lines.push(text.replaceAll(noteMark, () => footnoteMark(++marks)));
    for (const note of footnotesOf(paragraph)) lines.push(footnoteMark(++notes) + note);
  }
  return lines;
}

/** 字数 of a block: its characters and those of its footnotes, white space and marks of footnotes aside. */
export function characterCount(block: Block): number {
  const texts = paragraphsOf(block).flatMap((each) => [paragraphText(each), ...footnotesOf(each)]);
  return Array.from(squash(texts.join("")).replaceAll(noteMark, "")).length;
}

/** Text without white space: how texts are compared, since spacing (二字姓名, 总　则) belongs to the house style. */
export function squash(text: string): string {
  return text.replace(/\s+/gu, "");
}
