// A list of names 名单 in aligned columns: each line holds a duty, a name, a post, parted by a tab or wide spaces; lines
// that follow each other share their columns. Names of two characters are spaced to three; the last column wraps under
// its own beginning.
import { type Block, noteMark, type Paragraph, paragraphText } from "../model/block.ts";
import type { Origin } from "./flow.ts";
import { type Copy, collect, type Galley, galleyWidth } from "./galley.ts";
import { breakLines, placeLine, type SetLine, setParagraph } from "./paragraph.ts";
import { type Setting, settingOf } from "./style.ts";
import { type Group, group, linePieces, measureIn, plain, shapeOf, type Workshop } from "./workshop.ts";

/** Room between two columns, em. */
const gap = 1.5;
/** The last column is no narrower than this, em; a list that leaves it less is set as plain lines. */
const leastRoom = 6;

interface Field {
  /** UTF-16 offsets in the text of the paragraph. */
  readonly from: number;
  readonly to: number;
}

const isNames = (block: Block | undefined): block is Paragraph =>
  block?.type === "paragraph" && block.attrs.kind === "names";

function fieldsOf(text: string): Field[] {
  const fields: Field[] = [];
  let from = 0;
  for (const match of text.matchAll(/[\t\n]|\u3000+| {2,}/gu)) {
    // A space between the two characters of a name, or at the beginning, parts nothing.
    if (match[0] === "\u3000" && /(?:^|[\s\u3000])\p{Script=Han}$/u.test(text.slice(0, match.index))) continue;
    fields.push({ from, to: match.index });
    from = match.index + match[0].length;
  }
  return [...fields, { from, to: text.length }].filter(({ from: a, to: b }) => b > a);
}

/** Throws RangeError when the block is no line of a list. */
export function namesGroup(body: readonly Block[], index: number, origin: Origin, shop: Workshop): Group {
  const block = body[index];
  if (!isNames(block)) throw new RangeError(`block ${index} is no line of a list of names`);
  const { style } = shop;
  const setting = settingOf(style, "names");
  const starts = shop.cache.get(body, "names", () => startsByLine(body, setting, shop))[index] ?? [];
  const key = `names ${origin.in === "front" ? "" : origin.notice} ${index} ${starts.join()}`;
  return shop.cache.get(block, key, () => {
    const lines = nameLines(block, starts, setting, shop);
    return group("names", setting, linePieces(lines, origin, style), "column");
  });
}

/** Where the columns begin, for each block of a body; [] for what is no line of a list. */
function startsByLine(body: readonly Block[], setting: Setting, shop: Workshop): (readonly number[])[] {
  const starts: (readonly number[])[] = [];
  while (starts.length < body.length) {
    const list: Paragraph[] = [];
    for (let block = body[starts.length]; isNames(block); block = body[starts.length + list.length]) list.push(block);
    const own = columnStarts(list, setting, shop);
    for (let i = 0; i < Math.max(1, list.length); i++) starts.push(own);
  }
  return starts;
}

/** Where the columns of a list begin, em; [] when they do not fit beside each other. */
function columnStarts(list: readonly Paragraph[], setting: Setting, shop: Workshop): number[] {
  const widths: number[] = [];
  for (const line of list) {
    const own = shop.cache.get(line, "name widths", () => fieldGalleys(line, setting, shop).map(galleyWidth));
    for (const [i, width] of own.entries()) if (i < own.length - 1) widths[i] = Math.max(widths[i] ?? 0, width);
  }
  const starts = [setting.indent];
  for (const width of widths) starts.push((starts.at(-1) ?? 0) + width + gap);
  const measure = measureIn("column", shop.style) / setting.size - setting.right;
  return measure - (starts.at(-1) ?? 0) >= leastRoom ? starts : [];
}

function fieldGalleys(line: Paragraph, setting: Setting, shop: Workshop): Galley[] {
  const text = paragraphText(line).replaceAll(noteMark, " ");
  const fields = fieldsOf(text);
  const spread = new Map<number, number>();
  for (const { from, to } of fields) if (/^\p{Script=Han}{2}$/u.test(text.slice(from, to))) spread.set(from, 1);
  const copy: Copy = { ...plain(text, setting, shop.style), spread };
  return fields.map(({ from, to }) => collect(copy, from, to, shop.typeCase));
}

function nameLines(block: Paragraph, starts: readonly number[], setting: Setting, shop: Workshop): SetLine[] {
  const galleys = fieldGalleys(block, setting, shop);
  const { size } = setting;
  const measure = measureIn("column", shop.style) / size - setting.right;
  if (starts.length < galleys.length || galleys.length === 0)
    return setParagraph(
      plain(paragraphText(block), setting, shop.style),
      shapeOf(setting, "column", shop.style),
      shop.typeCase,
    );
  const fields = galleys.map((galley, i) => {
    const indent = starts[i] ?? 0;
    const room = measure - indent;
    const ends = i === galleys.length - 1 ? breakLines(galley, room, room, true) : [galley.sorts.length];
    return ends.map((end, k) => placeLine(galley, ends[k - 1] ?? 0, end, { indent, room, align: "left", size }));
  });
  const first = fields.flatMap((lines) => lines[0] ?? []);
  const [last] = first.slice(-1);
  if (!last) return [];
  const head: SetLine = {
    ...last,
    runs: first.flatMap((line) => line.runs),
    x: first[0]?.x ?? last.x,
    width: last.x + last.width - (first[0]?.x ?? last.x),
    missing: first.flatMap((line) => line.missing),
    standIns: first.flatMap((line) => line.standIns),
  };
  return [head, ...(fields.at(-1)?.slice(1) ?? [])];
}
