// The typed contents page against the notices: numbers, titles, what is missing on either side, order, and page numbers
// that do not rise. Two printed issues out of two had such errors.
import type { Finding } from "../proof/proof.ts";
import type { Contents } from "./contents.ts";
import type { Head } from "./heads.ts";
import type { PrintedEntry } from "./reading.ts";
import { fold } from "./tidy.ts";

/** A notice for this check: `at` is its head, `line` the line of its number. */
export interface CheckedNotice {
  readonly head: Pick<Head, "title" | "issuers" | "docNumber" | "uniformNumber">;
  readonly line: number;
}

/** For each entry the index of its notice, or -1. By number and title, then by title, then by number, each notice once. */
export function matchEntries(entries: readonly PrintedEntry[], notices: readonly CheckedNotice[]): number[] {
  const free = new Set(notices.keys());
  const titles = notices.map(({ head }) => titlesOf(head));
  const places: number[] = entries.map(() => -1);
  const numbered = (entry: PrintedEntry, at: number) =>
    entry.docNumber !== "" && notices[at]?.head.docNumber === entry.docNumber;
  const titled = (entry: PrintedEntry, at: number) => titles[at]?.includes(fold(entry.title)) ?? false;
  const both = (entry: PrintedEntry, at: number) => numbered(entry, at) && titled(entry, at);
  for (const matches of [both, titled, numbered])
    for (const [i, entry] of entries.entries()) {
      if (places[i] !== -1) continue;
      for (const at of free) {
        if (!matches(entry, at)) continue;
        places[i] = at;
        free.delete(at);
        break;
      }
    }
  return places;
}

/** A title with and without its issuers, as a contents page prints it. */
function titlesOf(head: CheckedNotice["head"]): string[] {
  const short = head.issuers.reduce((title, issuer) => title.replace(issuer, ""), head.title);
  return [fold(head.title), fold(short)];
}

export function checkContents(contents: Contents, notices: readonly CheckedNotice[]): Finding[] {
  const { entries } = contents;
  if (entries.length === 0) return [];
  const places = matchEntries(entries, notices);
  const findings: Finding[] = [];
  const report = (
    rule: string,
    severity: Finding["severity"],
    line: number,
    excerpt: string,
    message: string,
    evidence?: string,
    counterpart?: Finding["counterpart"],
  ) =>
    findings.push({
      rule,
      severity,
      message,
      excerpt,
      line,
      ...(evidence ? { evidence } : {}),
      ...(counterpart ? { counterpart } : {}),
    });

  for (const [i, entry] of entries.entries()) {
    const notice = notices[places[i] ?? -1];
    if (!notice) {
      report("toc.extra", "error", entry.line, entry.title, `目录第${entry.line}行的“${entry.title}”在正文中没有找到`);
      continue;
    }
    const { head, line } = notice;
    const fields = [
      ["toc.docno-mismatch", "发文字号", entry.docNumber, head.docNumber],
      ["toc.uniform-mismatch", "登记号", entry.uniformNumber, head.uniformNumber],
    ] as const;
    for (const [rule, name, printed, body] of fields) {
      if (printed === body) continue;
      const at = entry.numberLine ?? entry.line;
      report(
        rule,
        "error",
        at,
        printed,
        `目录（第${at}行）的${name}是“${printed || "无"}”，正文（第${line}行）是“${body || "无"}”`,
        `正文为 ${body || "无"}（第${line}行）`,
        { line, excerpt: body },
      );
    }
    if (!titlesOf(head).includes(fold(entry.title)))
      report(
        "toc.title-mismatch",
        "error",
        entry.line,
        entry.title,
        `目录（第${entry.line}行）的标题是“${entry.title}”，正文（第${line}行）是“${head.title}”`,
        `正文为 ${head.title}（第${line}行）`,
        { line, excerpt: head.title },
      );
  }
  for (const [at, { head, line }] of notices.entries())
    if (!places.includes(at))
      report("toc.missing", "error", line, head.title, `正文第${line}行的“${head.title}”没有列入目录`);

  for (const i of outOfOrder(places.map((place) => (place < 0 ? null : place)))) {
    const entry = entries[i];
    if (entry) report("toc.order", "warning", entry.line, entry.title, `目录中“${entry.title}”的先后与正文不一致`);
  }
  for (const i of outOfOrder(entries.map((entry) => entry.page))) {
    const entry = entries[i];
    if (!entry) continue;
    const [before, after] = [entries[i - 1]?.page, entries[i + 1]?.page];
    const serial = /(\d+)号$/u.exec(entry.docNumber)?.[1];
    const hint = serial === String(entry.page) ? "，与发文字号的序号相同，疑是把序号当成了页码" : "";
    report(
      "toc.page-order",
      "error",
      entry.line,
      `${entry.page}`,
      `目录“${entry.title}”的页码是${entry.page}，前后条目是${before ?? "无"}和${after ?? "无"}，页码没有递增${hint}`,
    );
  }
  const seen = new Set<string>();
  for (const { title, line } of contents.sections) {
    if (seen.has(title))
      report(
        "toc.section-duplicated",
        "hint",
        line,
        title,
        `栏目“${title}”在目录第${line}行又出现一次，已并为一个栏目`,
      );
    seen.add(title);
  }
  return findings;
}

/** Indexes of the values that break a rising order: all but a longest run that never falls, and of two such runs the
 *  lower one, as a wrong page is mostly too high. Null values do not count. */
function outOfOrder(values: readonly (number | null)[]): number[] {
  /** ends[n]: index of the lowest value that ends a run of n + 1 values. */
  const ends: number[] = [];
  const before = new Map<number, number | undefined>();
  for (const [i, value] of values.entries()) {
    if (value === null) continue;
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[ends[middle] ?? 0] ?? 0) > value) high = middle;
      else low = middle + 1;
    }
    before.set(i, ends[low - 1]);
    ends[low] = i;
  }
  const kept = new Set<number>();
  for (let at = ends.at(-1); at !== undefined; at = before.get(at)) kept.add(at);
  return values.flatMap((value, i) => (value === null || kept.has(i) ? [] : [i]));
}
