// Finding notices in the store's list: by words of the title, number, issuers, section or kind, or by pinyin initials
// of the title.
import type { NoticeSummary } from "../../shared/api.ts";
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
