// The list of findings as it is walked: which are shown, under which notice, and which comes next. Pure.
import type { NoticeId } from "../../shared/model/notice.ts";
import type { Severity } from "../../shared/proof/proof.ts";
import { noticeOf, type StoredFinding } from "../../shared/proof/stored.ts";

export const severities: readonly Severity[] = ["error", "warning", "hint"];

export interface Filter {
  readonly severities: readonly Severity[];
  /** null: all. */
  readonly notice: NoticeId | null;
  readonly rule: string | null;
  /** Ignored ones instead of the open ones. */
  readonly ignored: boolean;
}

export const allOpen: Filter = { severities, notice: null, rule: null, ignored: false };

/** A finding in the list. Two of one notice may be alike in all but their place; `key` tells them apart. */
export interface FindingRow {
  readonly key: string;
  readonly finding: StoredFinding;
}

export interface FindingGroup {
  /** null: of the issue itself. */
  readonly notice: NoticeId | null;
  readonly rows: readonly FindingRow[];
}

/** All findings in reading order, named. */
export function rowsOf(findings: readonly StoredFinding[]): FindingRow[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const count = (seen.get(finding.id) ?? 0) + 1;
    seen.set(finding.id, count);
    return { key: count === 1 ? finding.id : `${finding.id} ${count}`, finding };
  });
}

export function shownRows(rows: readonly FindingRow[], filter: Filter): FindingRow[] {
  return rows.filter(
    ({ finding }) =>
      (finding.ignored !== null) === filter.ignored &&
      filter.severities.includes(finding.severity) &&
      (filter.rule === null || finding.rule === filter.rule) &&
      (filter.notice === null || noticeOf(finding.place) === filter.notice),
  );
}

/** The rows under their notices, in the order in which these are printed; what is about the issue stands first. */
export function groupsOf(rows: readonly FindingRow[], entries: readonly NoticeId[]): FindingGroup[] {
  const byNotice = Map.groupBy(rows, ({ finding }) => noticeOf(finding.place));
  return [null, ...entries].flatMap((notice) => {
    const found = byNotice.get(notice);
    return found ? [{ notice, rows: found }] : [];
  });
}

/** The row after (1) or before (-1) the one with this key, going round; from nowhere the first or the last. */
export function stepRow(rows: readonly FindingRow[], key: string | null, by: 1 | -1): FindingRow | null {
  const at = rows.findIndex((row) => row.key === key);
  const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : (at + by + rows.length) % rows.length;
  return rows[next] ?? null;
}

/** The row to walk to when the one at `key` has gone from `before`: the first one behind it that is still there. */
export function successor(before: readonly FindingRow[], key: string, now: readonly FindingRow[]): FindingRow | null {
  const at = before.findIndex((row) => row.key === key);
  const left = new Map(now.map((row) => [row.key, row]));
  for (const { key: next } of before.slice(at + 1)) {
    const row = left.get(next);
    if (row) return row;
  }
  return now.at(-1) ?? null;
}

/** How often each rule found something among the rows, most often first. */
export function ruleCounts(rows: readonly FindingRow[]): { readonly rule: string; readonly count: number }[] {
  return Array.from(
    Map.groupBy(rows, ({ finding }) => finding.rule),
    ([rule, found]) => ({ rule, count: found.length }),
  ).sort((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1));
}
