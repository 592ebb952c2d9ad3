// The 校样: an issue as it is printed, with what proofreading found marked for those who read on paper: the words
// underlined, a number above their end and in the outer margin beside their line, with the correction where it is short
// (GB/T 14706: marks stand in the margin, beside the line). The list of the numbers, the 校对记录, follows the last page.
// All of it is artifact: the text that is proofread stays what it is.
import type { WordPlace } from "../model/wordPlace.ts";
import { type Box, boxesOf, boxOfRun } from "./boxes.ts";
import type { Item, Layout, Page, TextRun } from "./display.ts";
import type { Fonts } from "./fonts.ts";
import { facesOf, formTypeCase, rounded, setWords, type Type } from "./form.ts";
import type { TypeCase } from "./typecase.ts";

export interface ProofMark {
  /** Number in the margin and in the record. */
  readonly mark: number;
  readonly place: WordPlace;
  /** Shown in the margin when it is short; null: none. */
  readonly fix: string | null;
}

/** pt. `edge`: from the edge of the paper to the numbers; `step`: between two of one line. */
const margin = { edge: 12, width: 44, size: 8, step: 10 };
/** Between two lines: size, and from the top of the words up to the baseline. */
const above = { size: 4.5, baseline: 0.3 };
const longestFix = 4;

/** The page on which each mark's words begin, by its number; marks that are not printed are missing. */
export function markedPages(layout: Layout, marks: readonly ProofMark[]): Map<number, number> {
  const pages = new Map<number, number>();
  for (const [index, page] of layout.pages.entries())
    for (const { mark, place } of marks)
      if (!pages.has(mark) && boxesOf(page, place).length > 0) pages.set(mark, index);
  return pages;
}

/** The pages with their marks, a heading that says what they are, and the record behind them. */
export function proofCopy(
  layout: Layout,
  marks: readonly ProofMark[],
  record: Layout,
  heading: string,
  fonts: Fonts,
): Layout {
  const typeCase = formTypeCase(fonts);
  const begins = markedPages(layout, marks);
  const pages = layout.pages.map((page, index): Page => {
    const found = marks.flatMap((mark) => {
      const boxes = boxesOf(page, mark.place);
      return boxes.length > 0 ? [{ mark, boxes, begins: begins.get(mark.mark) === index }] : [];
    });
    const items = [...headingOf(page, heading, typeCase), ...marksOf(page, index, found, typeCase)];
    return { ...page, items: [...page.items, ...items.map(rounded)] };
  });
  const behind = record.pages.map(
    (page): Page => ({ ...page, label: `校对记录${page.label}`, items: page.items.map(asArtifact) }),
  );
  const all = [...pages, ...behind];
  return { ...layout, pages: all, faces: facesOf(all) };
}

interface Found {
  readonly mark: ProofMark;
  readonly boxes: readonly Box[];
  readonly begins: boolean;
}

/** At the head of the page, or at its foot where the head is a coloured area. */
function headingOf(page: Page, heading: string, typeCase: TypeCase): Item[] {
  const set = (y: number) =>
    words(heading, page.width - 2 * margin.edge, { size: 7.5, align: "center" }, margin.edge, y, typeCase);
  const atHead = set(8);
  const areas = page.items.flatMap((item) => areaOf(item) ?? []);
  return atHead.some((run) => areas.some((area) => overlap(area, boxOfRun(run)))) ? set(page.height - 18) : atHead;
}

/** A painted area; a band is a thick level rule. */
function areaOf(item: Item): Box | null {
  if (item.kind === "fill")
    return { left: item.x, top: item.y, right: item.x + item.width, bottom: item.y + item.height };
  if (item.kind !== "rule") return null;
  const { x1, x2, y1, y2, width } = item;
  return { left: Math.min(x1, x2), right: Math.max(x1, x2), top: y1 - width / 2, bottom: y2 + width / 2 };
}

function marksOf(page: Page, index: number, found: readonly Found[], typeCase: TypeCase): Item[] {
  const items: Item[] = [];
  // An opened spread has its even index at the right.
  const left = index % 2 === 0 ? page.width - margin.edge - margin.width : margin.edge;
  const align = index % 2 === 0 ? "left" : "right";
  let free = 0;
  for (const { mark, boxes, begins } of found.toSorted((a, b) => topOf(a) - topOf(b))) {
    for (const { left: x1, right: x2, bottom } of boxes)
      items.push({ kind: "rule", x1, x2, y1: bottom, y2: bottom, width: 0.6, ink: "red", of: "page" });
    const last = boxes.at(-1);
    if (last) items.push(...numberAbove(page, String(mark.mark), last, typeCase));
    if (!begins) continue;
    const top = Math.max(free, topOf({ boxes }));
    const short = mark.fix !== null && mark.fix.length <= longestFix ? ` ${mark.fix || "删"}` : "";
    items.push(...words(`${mark.mark}${short}`, margin.width, { size: margin.size, align }, left, top, typeCase));
    free = top + margin.step;
  }
  return items;
}

/** The number above the end of the words, in the room between two lines; none where that is too narrow. */
function numberAbove(page: Page, mark: string, { right, top }: Box, typeCase: TypeCase): Item[] {
  const [run, ...more] = words(mark, 30, { size: above.size }, 0, 0, typeCase);
  if (!run || more.length > 0) return [];
  const width = (run.xs.at(-1) ?? 0) + above.size * 0.6;
  const box = {
    left: right,
    right: right + width,
    top: top - above.baseline - above.size * 0.75,
    bottom: top - above.baseline,
  };
  const taken = page.items.some((item) => item.kind === "text" && overlap(box, boxOfRun(item)));
  return taken ? [] : [{ ...run, x: box.left, y: box.bottom }];
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function topOf({ boxes }: Pick<Found, "boxes">): number {
  return boxes[0]?.top ?? 0;
}

/** Words in red at a place of the page. */
function words(text: string, width: number, type: Type, x: number, y: number, typeCase: TypeCase): TextRun[] {
  const { items } = setWords(text, width, { role: "hei", ...type, ink: "red" }, typeCase);
  return items.map((run) => ({ ...run, x: run.x + x, y: run.y + y, artifact: "mark" }));
}

function asArtifact(item: Item): Item {
  return item.kind === "text" ? { ...item, artifact: "mark" } : item;
}
