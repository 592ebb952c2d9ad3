// How the pages of the issue go on printed sheets, in the words of the status bar.
import type { PagePlan } from "../../shared/layout/display.ts";

/** How the pages go on sheets: 共58页，骑马钉须为4的倍数，尚缺2页. */
export function planInWords({ pages, fillers, lacking }: PagePlan): string {
  const filled = fillers > 0 ? `（含补白${fillers}页）` : "";
  return `共${pages}页${filled}，${lacking === 0 ? "合骑马钉" : `骑马钉须为4的倍数，尚缺${lacking}页`}`;
}
