// Which paragraphs of a notice are headings in the structure of an archived PDF, and how they nest (ISO 14289-1, 7.4).
import { type Block, type Paragraph, type ParagraphKind, paragraphText } from "../../shared/model/block.ts";
import { headLength } from "../../shared/model/numbering.ts";

/** Kinds that are headings, and how they nest; each stands below the nearest above it that ranks higher. 一、 and （一）
 *  are headings where they stand on a line of their own. */
const headingRanks: Partial<Record<ParagraphKind, number>> = {
  documentTitle: 1,
  annexTitle: 1,
  chapter: 2,
  section: 3,
  level1: 4,
  level2: 5,
};
const runInKinds: readonly ParagraphKind[] = ["level1", "level2"];
/** What stands behind the text of a document, so that a line above it heads nothing. */
const endKinds: readonly ParagraphKind[] = ["signature", "date", "annexNote", "annexLabel"];

/** Heading elements end at H6. */
const deepest = 6;

/** The element of the paragraph at `index`: H2, P, LBody. A heading stands below `level`, that of the title, and `above`,
 *  the ranks of the headings that are open, which are brought up to date. No level is left out (ISO 14289-1, 7.4.2). */
export function typeOf(body: readonly Block[], index: number, level: number, above: number[]): string {
  const block = body[index];
  if (block?.type !== "paragraph") throw new RangeError(`block ${index} is no paragraph`);
  const { kind } = block.attrs;
  if (kind === "names") return "LBody";
  const rank = headingRanks[kind];
  if (rank === undefined || (runInKinds.includes(kind) && !isHead(block, body[index + 1], rank))) return "P";
  while ((above.at(-1) ?? 0) >= rank) above.pop();
  above.push(rank);
  return `H${Math.min(deepest, level + above.length)}`;
}

/** Whether a numbered line is a head alone, and heads something: items of a list follow each other. */
function isHead(block: Paragraph, next: Block | undefined, rank: number): boolean {
  const text = paragraphText(block).trim();
  if (text === "" || headLength(text) < text.length || !next) return false;
  if (next.type !== "paragraph") return true;
  const { kind } = next.attrs;
  return !endKinds.includes(kind) && (headingRanks[kind] ?? deepest) > rank;
}
