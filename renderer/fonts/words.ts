// What the window says of typefaces: which can be chosen for a role, and what a choice would do to the open issue.
import type { FontState } from "../../shared/api.ts";
import type { FaceRole, FoundFace } from "../../shared/layout/fonts.ts";
import type { LineChanges } from "../../shared/layout/lineChanges.ts";

/** The faces to choose from, best first: those that are usual for the role, then by family; those that cannot be printed
 *  with last. Without a query, faces without Chinese are left out where Chinese is set. */
export function facesFor(found: FontState["found"], role: FaceRole, query: string): FoundFace[] {
  const words = query.trim().toLowerCase();
  const fits = ({ id, family, chinese, usual }: FoundFace) =>
    words === ""
      ? chinese || role === "latin" || usual.includes(role)
      : `${family}\n${id}`.toLowerCase().includes(words);
  const rank = (face: FoundFace) => (face.unusable === null ? (face.usual.includes(role) ? 0 : 1) : 2);
  return found.filter(fits).sort((a, b) => rank(a) - rank(b) || a.family.localeCompare(b.family, "zh"));
}

/** What a sample is set in besides the characters of `sampleMarks`. */
export const chineseSample = "示例市人民政府关于印发规定的通知";
export const latinSample = "GB/T 9704-2012, No.15 (2026) 37.5%";

/** `changes` null: they cannot be told. */
export function effectSentence(changes: LineChanges | null): string {
  if (!changes) return "换行会不会变现在算不出来，改用后请重看版面。";
  const { pagesBefore, pagesAfter, lines, notices, lacking } = changes;
  const pages = pagesBefore === pagesAfter ? `仍是${pagesAfter}页` : `由${pagesBefore}页变为${pagesAfter}页`;
  const moved =
    lines === 0 && pagesBefore === pagesAfter
      ? "改用后，本期的换行和页码都不变"
      : `改用后，本期有${notices}篇公文的${lines}行从别的字起头，${pages}`;
  const shown = lacking.slice(0, 8).join("、");
  const more = lacking.length > 8 ? `等${lacking.length}个字` : "";
  return lacking.length === 0 ? `${moved}。` : `${moved}；它没有${shown}${more}，由别的字体代。`;
}
