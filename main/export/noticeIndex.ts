// The files of the notices of an issue as an office and its web site know them: their names, and an index as a table and
// as JSON.
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { issueLine } from "../../shared/layout/approved.ts";
import { anyText, integer, list, record } from "../../shared/model/check.ts";
import { csvOf } from "../../shared/model/csv.ts";
import type { IssueFields, Notice } from "../../shared/model/notice.ts";
import { fileNameOf } from "./fileName.ts";
import { sha256 } from "./fingerprint.ts";

const text = anyText(100_000);

/** A row of the index. `dated`: ISO or ""; `first`, `last`: folios of the gazette. */
const noticeRow = record({
  order: integer(1),
  section: text,
  title: text,
  issuers: list(text, 100),
  docNumber: text,
  uniformNumber: text,
  kind: text,
  dated: text,
  first: text,
  last: text,
  pages: integer(1),
  file: text,
  bytes: integer(1),
  sha256: text,
});
export type NoticeRow = ReturnType<typeof noticeRow>;

/** In printed order. */
const noticeIndex = record({ gazette: text, issue: text, published: text, notices: list(noticeRow, 100_000) });

/** A notice and where it stands in the gazette. */
export interface Placed {
  readonly notice: Notice;
  readonly section: string;
  readonly first: string;
  readonly last: string;
  readonly pages: number;
}

/** `order` of `count`, from 1. */
export function rowOf({ notice, section, ...at }: Placed, bytes: Uint8Array, order: number, count: number): NoticeRow {
  const { title, issuers, docNumber, uniformNumber, kind, dated } = notice;
  return {
    ...{ order, section, title, issuers: [...issuers], docNumber, uniformNumber, kind, dated },
    ...{ first: at.first, last: at.last, pages: at.pages },
    ...{ file: noticeFileName(notice, order, count), bytes: bytes.length, sha256: sha256(bytes) },
  };
}

/** Bytes of a file name: with its folder it stays below the 260 characters that Windows takes of a path. */
const longestName = 200;

/** 01-标题（文号）.pdf; a title that is too long is cut, the 文号 is not. */
export function noticeFileName(
  { title, docNumber }: Pick<Notice, "title" | "docNumber">,
  order: number,
  count: number,
): string {
  const digits = String(order).padStart(Math.max(2, String(count).length), "0");
  const number = docNumber ? `（${fileNameOf(docNumber, longestName / 2)}）` : "";
  const room = longestName - Buffer.byteLength(`${digits}-${number}.pdf`);
  return `${digits}-${fileNameOf(title, room)}${number}.pdf`;
}

const columns: readonly (readonly [head: string, cell: (row: NoticeRow) => string])[] = [
  ["次序", ({ order }) => String(order)],
  ["栏目", ({ section }) => section],
  ["题名", ({ title }) => title],
  ["发文机关", ({ issuers }) => issuers.join("、")],
  ["文号", ({ docNumber }) => docNumber],
  ["登记号", ({ uniformNumber }) => uniformNumber],
  ["文种", ({ kind }) => kind],
  ["成文日期", ({ dated }) => dated],
  ["起页", ({ first }) => first],
  ["止页", ({ last }) => last],
  ["页数", ({ pages }) => String(pages)],
  ["文件", ({ file }) => file],
  ["SHA-256", ({ sha256 }) => sha256],
];

export function indexTable(rows: readonly NoticeRow[]): string {
  return csvOf([columns.map(([head]) => head), ...rows.map((row) => columns.map(([, cell]) => cell(row)))]);
}

export function indexJson(issue: IssueFields, notices: readonly NoticeRow[]): string {
  const { gazetteTitle, published } = issue;
  return `${JSON.stringify({ gazette: gazetteTitle, issue: issueLine(issue), published, notices }, null, 1)}\n`;
}

export const indexName = "index.json";

/** The files that an earlier export left in a folder; none where no index of ours can be read. */
export async function formerFiles(folder: string): Promise<Pick<NoticeRow, "file" | "sha256">[]> {
  try {
    const { notices } = noticeIndex(JSON.parse(await readFile(join(folder, indexName), "utf8")), indexName);
    return notices.filter(({ file }) => basename(file) === file);
  } catch {
    return [];
  }
}
