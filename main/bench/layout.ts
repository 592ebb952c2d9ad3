// Speed of layout alone: a whole issue cold and warm, one typed character at its start, middle and end, and the same for
// a bound volume 合订本 of a thousand pages, with the growth from page to page and the memory it takes.
import { readFileSync } from "node:fs";
import type { Layout } from "../../shared/layout/display.ts";
import type { Fonts } from "../../shared/layout/fonts.ts";
import { LayoutCache, layoutIssue } from "../../shared/layout/layout.ts";
import type { StyleSheet } from "../../shared/layout/style.ts";
import { type Block, footnotesOf, type Paragraph, paragraph, paragraphText } from "../../shared/model/block.ts";
import type { Notice, NoticeId } from "../../shared/model/notice.ts";
import type { Composed } from "../compose.ts";
import { inOrder } from "../export/export.ts";
import { loadStyle } from "../export/styles.ts";
import { openFonts } from "../fonts/faces.ts";
import { assets, quantile, round, subject } from "./subject.ts";

interface Spread {
  readonly p50: number;
  readonly p95: number;
}

const spreadOf = (times: readonly number[]): Spread => ({ p50: quantile(times, 0.5), p95: quantile(times, 0.95) });

/** One typed character in an issue of some 60 pages. */
export async function editTimes(): Promise<object> {
  const made = await subject("002", "linxiang");
  const style = loadStyle(assets, "linxiang");
  const fonts = openFonts();
  const { pages, edit, places } = editsOf(made, style, fonts, 100);
  return { pages, ...edit, places };
}

/** A two-column issue of some 80 pages, and bound volumes up to a thousand. The largest comes first, so that the peak of
 *  memory is its own. */
export async function layoutTimes(): Promise<object> {
  const made = await subject("004", "luxi");
  const style = loadStyle(assets, "luxi");
  const fonts = openFonts();
  const issuePages = layoutIssue(made.issue, made.notices, style, fonts, new LayoutCache()).pages.length;
  const volume = bound(made, Math.ceil(1000 / issuePages));
  const book = editsOf(volume, style, fonts, 60);
  const peak = peakMegabytes();

  const growth = [125, 250, 500, 1000].map((wanted) => {
    const { issue, notices } = bound(made, Math.ceil(wanted / issuePages));
    const { value, milliseconds } = time(() => layoutIssue(issue, notices, style, fonts, new LayoutCache()));
    const seconds = round(milliseconds / 1000, 2);
    console.log(`合订本${value.pages.length}页：首次排版${seconds}秒。`);
    return { pages: value.pages.length, seconds };
  });

  const cold = Array.from({ length: 5 }, () =>
    time(() => layoutIssue(made.issue, made.notices, style, fonts, new LayoutCache())),
  );
  const cache = new LayoutCache();
  layoutIssue(made.issue, made.notices, style, fonts, cache);
  const warm = Array.from({ length: 50 }, () => time(() => layoutIssue(made.issue, made.notices, style, fonts, cache)));
  const issue = editsOf(made, style, fonts, 100);
  const spread = (runs: readonly { readonly milliseconds: number }[]) =>
    spreadOf(runs.map(({ milliseconds }) => milliseconds));
  console.log(`${issue.pages}页：冷排${spread(cold).p50}毫秒，全部未变重排${spread(warm).p50}毫秒。`);
  return {
    pages: issue.pages,
    cold: spread(cold),
    warm: spread(warm),
    edit: issue.edit,
    editPlaces: issue.places,
    book: {
      pages: book.pages,
      fullSeconds: growth.at(-1)?.seconds,
      edit: book.edit,
      editPlaces: book.places,
      peakMegabytes: peak,
      growth,
      exponent: exponentOf(growth),
    },
  };
}

function time<T>(work: () => T): { value: T; milliseconds: number } {
  const begin = performance.now();
  const value = work();
  return { value, milliseconds: performance.now() - begin };
}

/** One typed character at the start, middle and end, from the changed block to the new display list. */
function editsOf({ issue, notices }: Composed, style: StyleSheet, fonts: Fonts, count: number) {
  const cache = new LayoutCache();
  const edited = new Map<NoticeId, Notice>(notices);
  const layout: Layout = layoutIssue(issue, edited, style, fonts, cache);
  const order = inOrder(issue, notices);
  const all: number[] = [];
  const places: Record<string, Spread> = {};
  for (const [place, at] of [
    ["start", 0],
    ["middle", 0.5],
    ["end", 1],
  ] as const) {
    const notice = order[Math.round(at * (order.length - 1))];
    if (!notice) throw new RangeError("the issue is empty");
    const times: number[] = [];
    for (let i = 0; i < count + 5; i++) {
      const body = type(edited.get(notice.id)?.body ?? [], at, i);
      const { milliseconds } = time(() => {
        edited.set(notice.id, { ...notice, body });
        return layoutIssue(issue, edited, style, fonts, cache);
      });
      if (i >= 5) times.push(milliseconds);
    }
    all.push(...times);
    const spread = spreadOf(times);
    places[place] = spread;
    console.log(
      `${layout.pages.length}页，在《${notice.title}》改一字：中位${spread.p50}毫秒，95%在${spread.p95}毫秒以内。`,
    );
  }
  return { pages: layout.pages.length, edit: spreadOf(all), places };
}

/** The notices of an issue several times over, as objects of their own. */
function bound({ issue, notices, images }: Composed, times: number): Composed {
  const all = new Map<NoticeId, Notice>();
  const sections = Array.from({ length: times }, (_, k) =>
    issue.sections.map((section) => ({
      ...section,
      id: `${section.id}-${k}`,
      title: `${section.title}${k + 1}`,
      entries: section.entries.map((id) => {
        const notice = notices.get(id);
        if (!notice) throw new RangeError(`issue names notice ${id}, which is not given`);
        const copy: Notice = { ...structuredClone(notice), id: `${id}-${k}` };
        all.set(copy.id, copy);
        return copy.id;
      }),
    })),
  ).flat();
  return { issue: { ...issue, sections }, notices: all, images };
}

/** A paragraph that its text alone makes. */
function isPlain(block: Block | undefined): boolean {
  return block?.type === "paragraph" && footnotesOf(block).length === 0;
}

/** The body with one character typed into its paragraph at a share of its length. */
function type(body: readonly Block[], at: number, count: number): Block[] {
  const places = [...body.keys()].filter((i) => isPlain(body[i]));
  const place = places[Math.round(at * (places.length - 1))] ?? 0;
  const block = body[place] as Paragraph; // chosen among the paragraphs
  const text = paragraphText(block);
  const middle = Math.floor(text.length / 2);
  const typed = text.slice(0, middle) + "改字试之"[count % 4] + text.slice(middle);
  return body.with(place, paragraph(block.attrs.kind, typed));
}

/** Slope of time over pages in logarithms: 1 is linear. */
function exponentOf(points: readonly { readonly pages: number; readonly seconds: number }[]): number {
  const xs = points.map(({ pages }) => Math.log(pages));
  const ys = points.map(({ seconds }) => Math.log(seconds));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(xs), mean(ys)];
  const above = xs.reduce((sum, value, i) => sum + (value - x) * ((ys[i] ?? 0) - y), 0);
  return round(above / xs.reduce((sum, value) => sum + (value - x) ** 2, 0), 2);
}

/** Highest memory of this process so far; null where the system does not tell. */
function peakMegabytes(): number | null {
  try {
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"));
    return peak ? Math.round(Number(peak[1]) / 1024) : null;
  } catch {
    return null;
  }
}
