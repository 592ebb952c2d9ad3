// Finding notices in the store's list: by words of the title, number, issuers, section or kind, or by pinyin initials
// of the title. And the years that its issues were printed in.
import type { IssueSummary, NoticeSummary } from "../../shared/api.ts";
import { numberLine } from "../../shared/model/notice.ts";
import { matches } from "../palette/pinyin.ts";

export type Use = "all" | "unused" | "used";

export function findNotices(library: readonly NoticeSummary[], query: string, use: Use): NoticeSummary[] {
  const words = query.trim();
  return library.filter(
    (notice) =>
      (use === "all" || (use === "used") === (notice.issue !== null)) &&
      (words === "" ||
        matches([notice.title, numberLine(notice), ...notice.issuers, notice.section, notice.kind].join(" "), words)),
  );
}

export interface YearOfIssues {
  readonly year: number;
  /** In the order of their names: 第2期 before 第10期. */
  readonly issues: readonly IssueSummary[];
}

/** The years in which notices were printed, the latest first. */
export function yearsOf(issues: readonly IssueSummary[]): YearOfIssues[] {
  const printed = issues.filter(({ notices }) => notices > 0);
  const inOrder = (a: IssueSummary, b: IssueSummary) => a.name.localeCompare(b.name, "zh-CN", { numeric: true });
  return [...Map.groupBy(printed, ({ year }) => year)]
    .map(([year, found]) => ({ year, issues: found.toSorted(inOrder) }))
    .sort((a, b) => b.year - a.year);
}
