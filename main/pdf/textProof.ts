// A PDF of any origin against a text alone, without a layout: every paragraph in order, white space aside; and the texts
// of a 付印单, which are known by their fingerprints. In a file of ours what is no approved text is marked; in one of
// another program folios and contents are plain text, so what stands between two paragraphs is passed over and counted.
import { around, commonLength, pageName } from "./places.ts";
import { comparable } from "./printedOrder.ts";
import type { ReadCharacter, ReadPage, ReadPdf } from "./reader.ts";

/** The approved text as it was extracted, and the page of each of its UTF-16 units. */
export interface Extracted {
  readonly text: string;
  readonly pageOf: readonly number[];
  /** Whether the file tells artifacts and contents from approved text. */
  readonly marked: boolean;
}

export function extract(pdf: ReadPdf): Extracted {
  const marked = pdf.pages.some(({ characters }) => characters.some(({ mark }) => mark !== "text"));
  let text = "";
  const pageOf: number[] = [];
  for (const [index, page] of pdf.pages.entries())
    for (const { character } of marked ? page.characters.filter(({ mark }) => mark === "text") : withoutFolio(page)) {
      text += character;
      for (let i = 0; i < character.length; i++) pageOf.push(index);
    }
  return { text, pageOf, marked };
}

/** A page without a lowest line that holds a number and nothing else. */
function withoutFolio({ characters }: ReadPage): readonly ReadCharacter[] {
  const lowest = Math.max(...characters.map(({ y }) => y));
  const isLowest = ({ y }: ReadCharacter) => Math.abs(y - lowest) < 1;
  const line = characters
    .filter(isLowest)
    .map(({ character }) => character)
    .join("");
  return /^\D?\d+\D?$/u.test(line) ? characters.filter((one) => !isLowest(one)) : characters;
}

export interface TextComparison {
  readonly paragraphs: number;
  readonly mismatches: readonly string[];
  /** Places of text that is in the file and not in the approved text; only told apart from furniture in a marked one. */
  readonly passedOver: number;
}

/** Footnotes stand in the text behind their paragraph, and in print behind its last line on their page or at the foot. */
const footnote = /^[①-⑳㉑-㉟㊱-㊿]/u;

/** `lines`: a paragraph each, in reading order, as `build --text` writes them. Where paragraphs are wrong, it goes on with
 *  the next that is found. A row of a table may be split over two pages, each with a piece of every cell; one that is split
 *  over three is told as a difference, and such a file is checked against its issue instead. */
export function compareLines(
  pdf: ReadPdf,
  { text, pageOf, marked }: Extracted,
  lines: readonly string[],
): TextComparison {
  const paragraphs = lines.map(comparable).filter(Boolean);
  const mismatches: string[] = [];
  /** Footnotes whose foot of the page has not come yet. */
  const waiting: string[] = [];
  let passedOver = 0;
  let at = 0;
  const where = (place: number) => pageName(pdf, pageOf[Math.min(place, pageOf.length - 1)] ?? 0);
  let resumed = 0;
  const met = new Set<number>();
  for (const [i, paragraph] of paragraphs.entries()) {
    if (i < resumed || met.has(i)) continue;
    at = behindNotes(text, at, waiting);
    const own = footnotesBehind(paragraphs, i);
    const left = [...waiting, ...own];
    const end = matched(text, at, paragraph, left);
    if (end !== null) {
      at = end;
      // What stood within the paragraph is not looked for behind it, and the others of its own not before their turn.
      for (const [k, note] of own.entries()) if (!left.includes(note)) met.add(i + 1 + k);
      waiting.splice(0, waiting.length, ...waiting.filter((note) => left.includes(note)));
      continue;
    }
    if (footnote.test(paragraph)) {
      waiting.push(paragraph);
      continue;
    }
    const row = splitRow(text, at, pageOf, paragraphs, i);
    if (row) {
      at = row.at;
      resumed = row.next;
      continue;
    }
    const found = text.indexOf(paragraph, at);
    const next = paragraphs[i + 1];
    const isSkip = found >= 0 && (next === undefined || text.indexOf(next, at) >= found || text.indexOf(next, at) < 0);
    if (isSkip) {
      if (marked) mismatches.push(`${where(at)}多出“${text.slice(at, Math.min(found, at + 20))}”，定稿中没有`);
      else passedOver++;
      at = found + paragraph.length;
      continue;
    }
    const begin = marked ? at : nearest(text, paragraph, at);
    const same = commonLength(paragraph, text.slice(begin, begin + paragraph.length));
    mismatches.push(
      `第${i + 1}段在${where(begin + same)}与定稿不符：定稿为“${around(paragraph, same, 0)}”，PDF中为“${around(text, begin + same, begin)}”`,
    );
    // A short paragraph further on may stand anywhere.
    const isAhead = (one: string, n: number) => (n === i + 1 || (n > i && one.length >= 8)) && text.includes(one, at);
    resumed = paragraphs.findIndex(isAhead);
    at = resumed < 0 ? text.length : text.indexOf(paragraphs[resumed] ?? "", at);
    if (resumed < 0) break;
  }
  at = behindNotes(text, at, waiting);
  for (const note of waiting) mismatches.push(`脚注“${note.slice(0, 20)}”没有照此印出`);
  if (at < text.length) {
    if (marked) mismatches.push(`${where(at)}多出“${text.slice(at, at + 20)}”，定稿中没有`);
    else passedOver++;
  }
  return { paragraphs: paragraphs.length, mismatches, passedOver };
}

function footnotesBehind(paragraphs: readonly string[], i: number): readonly string[] {
  let end = i + 1;
  while (footnote.test(paragraphs[end] ?? "")) end++;
  return paragraphs.slice(i + 1, end);
}

/** Where a paragraph ends that stands at `at`, footnotes of its page in between; null when it is not there. */
function matched(text: string, at: number, paragraph: string, waiting: string[]): number | null {
  if (text.startsWith(paragraph, at)) return at + paragraph.length;
  if (waiting.length === 0) return null;
  const left = [...waiting];
  let place = at;
  for (let i = 0; i < paragraph.length; i++, place++) {
    if (text[place] === paragraph[i]) continue;
    const behind = behindNotes(text, place, left);
    if (text[behind] !== paragraph[i]) return null;
    place = behind;
  }
  waiting.splice(0, waiting.length, ...left);
  return place;
}

/** Most paragraphs that the cells of one row are looked for to hold, and most characters of it on one page. */
const mostCells = 120;
const mostOfRow = 6000;

/** The cells of a row that begin at paragraph `first` and are printed in two pieces: up to the end of the page the
 *  beginnings of all, on the next page the rests of all. `next`: the paragraph behind them; null when they are not. */
function splitRow(
  text: string,
  at: number,
  pageOf: readonly number[],
  paragraphs: readonly string[],
  first: number,
): { readonly at: number; readonly next: number } | null {
  let end = at;
  while (end < text.length && end - at <= mostOfRow && pageOf[end] === pageOf[at]) end++;
  if (end === text.length || end - at > mostOfRow) return null;
  // How much of the page the beginnings of the cells so far may fill; what their rests then fill follows from it.
  let filled = new Set([0]);
  let length = 0;
  for (let next = first; next < Math.min(paragraphs.length, first + mostCells); next++) {
    const cell = paragraphs[next] ?? "";
    const reached = new Set<number>();
    for (const from of filled) {
      const same = Math.min(commonLength(cell, text.slice(at + from, at + from + cell.length)), end - at - from);
      for (let begun = 0; begun <= same; begun++)
        if (text.startsWith(cell.slice(begun), end + length - from)) reached.add(from + begun);
    }
    length += cell.length;
    filled = reached;
    if (filled.size === 0) return null;
    const isWhole = filled.has(end - at) && text.startsWith(paragraphs[next + 1] ?? "", at + length);
    if (isWhole && length > end - at) return { at: at + length, next: next + 1 };
  }
  return null;
}

function behindNotes(text: string, at: number, waiting: string[]): number {
  let place = at;
  for (;;) {
    const index = waiting.findIndex((note) => text.startsWith(note, place));
    if (index < 0) return place;
    place += waiting.splice(index, 1)[0]?.length ?? 0;
  }
}

/** Where the beginning of a paragraph stands next, or `at`. */
function nearest(text: string, paragraph: string, at: number): number {
  for (const length of [16, 8, 4]) {
    const found = text.indexOf(paragraph.slice(0, length), at);
    if (found >= 0) return found;
  }
  return at;
}

/** A text that is known by its title, its pieces and a fingerprint of the whole. */
export interface KnownText {
  readonly title: string;
  readonly pieces: readonly { readonly at: number; readonly length: number }[];
  isRight(text: string): boolean;
}

/** For each text the indexes of the pages on which it stands; null when it is not as it was. Pieces are sought by the
 *  title, so that what was changed in one text does not make the next one wrong. */
export function findTexts(
  { text, pageOf }: Extracted,
  known: readonly KnownText[],
): ({ readonly first: number; readonly last: number } | null)[] {
  let shift = 0;
  return known.map(({ title, pieces, isRight }) => {
    const begin = pieces[0]?.at ?? 0;
    const candidates = [begin + shift, begin, ...allOf(text, comparable(title))];
    for (const candidate of candidates) {
      const moved = candidate - begin;
      const whole = pieces.map(({ at, length }) => text.slice(Math.max(0, at + moved), at + moved + length)).join("");
      if (!isRight(whole)) continue;
      shift = moved;
      const places = pieces.flatMap(({ at, length }) => [
        pageOf[at + moved] ?? 0,
        pageOf[at + moved + length - 1] ?? 0,
      ]);
      return { first: Math.min(...places), last: Math.max(...places) };
    }
    return null;
  });
}

function allOf(text: string, words: string): number[] {
  const found: number[] = [];
  if (words === "") return found;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) found.push(at);
  return found;
}
