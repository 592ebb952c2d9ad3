// How near layout comes to issues that were really printed: the page on which each notice begins, ours beside the one
// in the printed contents, and the places where a paragraph of the dump is cut because the printed page or column ended there.
// Nothing here is tuned to a text; what can be tuned is the house style.
import type { Layout, Source, TextRun } from "../../shared/layout/display.ts";
import { LayoutCache, layoutIssue } from "../../shared/layout/layout.ts";
import { blockText } from "../../shared/model/block.ts";
import { type Notice, type NoticeId, numberLine, squash } from "../../shared/model/notice.ts";
import type { Reading } from "../../shared/read/reading.ts";
import { loadStyle } from "../export/styles.ts";
import { openFonts } from "../fonts/faces.ts";
import { assets, readSeed } from "./subject.ts";

/** Each printed issue with the house style that is its own. */
const printedIssues = [
  { name: "002", style: "linxiang" },
  { name: "004", style: "luxi" },
] as const;

export async function pagesBesidePrint(): Promise<object> {
  const results: Record<string, object> = {};
  for (const { name, style } of printedIssues) {
    const printed = await readSeed(name, style);
    if (!printed) continue;
    const { issue, notices, reading, text } = printed;
    const sheet = loadStyle(assets, style);
    const layout = layoutIssue(issue, notices, sheet, openFonts(), new LayoutCache());
    const starts = startsOf(reading, layout);
    console.log(`${name}，版式${style}，共${layout.pages.length}页。各篇起始页（本程序／印本）：`);
    for (const { title, printed, ours } of starts) {
      const mark = printed === null ? "印本有误或未印" : ours === printed ? "同" : `差${ours - printed}`;
      console.log(`  ${String(ours).padStart(3)} ／ ${String(printed ?? "—").padStart(3)}  ${mark}  ${title}`);
    }
    const cuts = cutsOf(text, reading, notices, layout);
    const line = sheet.grid.characters;
    for (const { line: at, off } of cuts) console.log(`  第${at}行末断页，本程序${off === 0 ? "相同" : `差${off}字`}`);
    const known = starts.filter((start) => start.printed !== null);
    results[name] = {
      style,
      starts: { ours: starts.map((one) => one.ours), printed: starts.map((one) => one.printed) },
      equalStarts: known.filter((one) => one.ours === one.printed).length,
      startsWithinOne: known.filter((one) => Math.abs(one.ours - (one.printed ?? 0)) <= 1).length,
      knownStarts: known.length,
      cuts: cuts.length,
      cutsToTheCharacter: cuts.filter((cut) => cut.off === 0).length,
      cutsWithinOneLine: cuts.filter((cut) => Math.abs(cut.off) <= line).length,
    };
  }
  return results;
}

interface Start {
  readonly title: string;
  /** Page in the printed contents; null where that is a printed error or missing. */
  readonly printed: number | null;
  readonly ours: number;
}

interface CutPlace {
  readonly notice: NoticeId;
  /** Line of the dump that ends at the cut, 1-based. */
  readonly line: number;
  /** Characters from the cut to the nearest end of one of our pages or columns, negative when ours ends earlier. */
  readonly off: number;
}

/** Start pages in the order of the issue. A printed page that does not rise with the order is an error of the print. */
function startsOf(reading: Reading, layout: Layout): Start[] {
  const pages = layout.contents.map((_, i) => reading.printedContents[i]?.page ?? null);
  return layout.contents.map((entry, i) => {
    const printed = pages[i] ?? null;
    const fits = printed !== null && rises(pages, i);
    return { title: entry.title, printed: fits ? printed : null, ours: Number(entry.folio) };
  });
}

/** Whether the others agree with page i, all but two at most: those before are not greater, those after not smaller. */
function rises(pages: readonly (number | null)[], i: number): boolean {
  const page = pages[i] ?? 0;
  const against = pages.filter((other, k) => other !== null && ((k < i && other > page) || (k > i && other < page)));
  return against.length <= 2;
}

/** The cuts of the dump: neighbouring lines that stand in one paragraph, the first of them long enough to be text. */
function cutsOf(dump: string, reading: Reading, notices: ReadonlyMap<NoticeId, Notice>, layout: Layout): CutPlace[] {
  const raw = dump.split("\n");
  const lines = raw.map(plain);
  const heads = columnHeads(layout);
  return reading.drafts.flatMap((draft, k) => {
    const notice = notices.get(`n${k + 1}`);
    if (!notice) throw new RangeError(`draft ${k + 1} is no notice of the issue`);
    const text = positions(notice);
    const own = (heads.get(notice.id) ?? []).map((source) => text.at(source));
    const cuts: CutPlace[] = [];
    for (let i = draft.startLine - 1; i < draft.endLine - 1; i++) {
      const before = lines[i] ?? "";
      let after = i + 1;
      while (after < draft.endLine && lines[after] === "") after++;
      const next = lines[after] ?? "";
      if (before.length < shortest || next.length < 2 || after === i + 1 || raw[i]?.includes("\t")) continue;
      const seam = before.slice(-reach) + next.slice(0, reach);
      for (const { whole, begin } of text.paragraphs) {
        const found = whole.indexOf(seam);
        if (found < 0) continue;
        const cut = begin + found + Math.min(reach, before.length);
        const off = own.map((end) => end - cut).sort((a, b) => Math.abs(a) - Math.abs(b))[0];
        cuts.push({ notice: notice.id, line: i + 1, off: off ?? Number.POSITIVE_INFINITY });
        break;
      }
    }
    return cuts;
  });
}

const shortest = 17;
const reach = 12;

/** Without white space and differences of width. */
const plain = (text: string): string => squash(text.normalize("NFKC"));

interface Positions {
  readonly paragraphs: readonly { readonly whole: string; readonly begin: number }[];
  /** Place of a source in the characters of the notice. */
  at(source: Source): number;
}

function positions(notice: Notice): Positions {
  const paragraphs: { whole: string; begin: number }[] = [];
  const begins: number[] = [];
  let begin = plain(notice.title).length + plain(numberLine(notice)).length;
  for (const block of notice.body) {
    begins.push(begin);
    for (const text of blockText(block)) {
      const whole = plain(text);
      if (block.type === "paragraph") paragraphs.push({ whole, begin });
      begin += whole.length;
    }
  }
  return {
    paragraphs,
    at(source) {
      if (source.in !== "body") return 0;
      const block = notice.body[source.block];
      const text = block && block.type === "paragraph" ? (blockText(block)[0] ?? "") : "";
      return (begins[source.block] ?? 0) + plain(text.slice(0, source.from)).length;
    },
  };
}

/** Where each page or column but the first of a notice begins in its text. */
function columnHeads(layout: Layout): Map<NoticeId, Source[]> {
  const heads = new Map<NoticeId, Source[]>();
  for (const page of layout.pages) {
    if (page.kind !== "body") continue;
    let previous: TextRun | null = null;
    for (const item of page.items) {
      if (item.kind !== "text" || item.artifact || !item.source) continue;
      const isHead = !previous || (item.y < previous.y - page.height / 4 && item.x >= page.width * 0.45);
      previous = item;
      if (isHead && item.source.in === "body")
        heads.set(item.source.notice, [...(heads.get(item.source.notice) ?? []), item.source]);
    }
  }
  return heads;
}
