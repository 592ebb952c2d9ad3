// The contents 目录: sections, in them entries whose leader and folio always end on their last line. Derived from the
// laid-out body; a section is said again at the head of the next page, and an entry that no page can hold is divided
// between its lines. The 总目录 of a year (annual.ts) is made of the same lists.
import type { Notice } from "../model/notice.ts";
import { contentsTexts, sectionHead } from "./approved.ts";
import { slack } from "./column.ts";
import type { Page } from "./display.ts";
import { type Piece, type PieceText, type Placing, paginate, type Slab } from "./flow.ts";
import { copyOf, type Made, pieceOf, shapeOf, stack } from "./frontText.ts";
import { type Copy, collect, widthOf } from "./galley.ts";
import { type SetLine, type Shape, setParagraph, warningsOf } from "./paragraph.ts";
import { type FrontText, typeAreaWidth } from "./style.ts";
import { breakEntry } from "./title.ts";
import type { Workshop } from "./workshop.ts";

/** A line of the contents: title and number are those of the notice. */
export interface ContentsLine {
  readonly notice: Notice;
  readonly section: string;
  readonly folio: string;
}

export interface FrontPage {
  readonly kind: Page["kind"];
  readonly label: string;
  /** In the type area; the cover reaches beyond it. */
  readonly placings: readonly Placing[];
  /** Which line of the contents stands where. */
  readonly lines: readonly { readonly line: ContentsLine; readonly y: number; readonly height: number }[];
}

/** None where the style prints no contents. `above` stands at the head of the first page. */
export function contentsPages(
  lines: readonly ContentsLine[],
  shop: Workshop,
  above: readonly Made[] = [],
): FrontPage[] {
  const { style } = shop;
  if (!style.contents.show) return [];
  const texts = contentsTexts(lines, style);
  const listed = lines.map((line, i): Listed<ContentsLine> => {
    const { ordinal = "", title = "", number = "" } = texts[i] ?? {};
    const folio = folioText(line.folio, shop);
    return { of: line, head: sectionHead(line.section, style), ordinal, title, number, issue: "", folio };
  });
  const head = headMade(style.contents.head, style.contents.headSetting, headLeading, shop);
  return listPages([...above, head], listed, folioRoom, shop).map(({ placings, lines: placed }, i) => ({
    kind: "contents",
    label: `目${i + 1}`,
    placings,
    lines: placed.map(({ of, y, height }) => ({ line: of, y, height })),
  }));
}

/** (12) */
const folioText = (folio: string, { style }: Pick<Workshop, "style">): string =>
  style.contents.folio.replace("{n}", folio);

/** Room for a folio, em of the entry. */
export const folioRoom = 3;
/** Height of the heads of a list, em of theirs. */
export const headLeading = 2.6;
const sectionLeading = 2;

// ---------------------------------------------------------------- lists

/** An entry of a list, its texts as printed, "" for what is not; `head` is that of its section. */
export interface Listed<T> {
  readonly of: T;
  readonly head: string;
  readonly ordinal: string;
  readonly title: string;
  readonly number: string;
  /** Stands in a column of its own left of the folio: 第3期. */
  readonly issue: string;
  readonly folio: string;
}

export interface ListPage<T> {
  readonly placings: readonly Placing[];
  /** Which entry, or part of one, stands where; pt in the type area. */
  readonly lines: readonly { readonly of: T; readonly y: number; readonly height: number }[];
}

/** How close the lines of a list may come, so that a few entries need no page of their own. */
const tightest = 0.8;

/** Pages of a list under `heads`. `room`: what the lines of an entry leave to its folio, em. */
export function listPages<T>(
  heads: readonly Made[],
  listed: readonly Listed<T>[],
  room: number,
  shop: Workshop,
): ListPage<T>[] {
  const entries = listed.map((entry) => ({ ...entry, rows: rowsOf(entry, room, shop) }));
  const at = (share: number) => planAt(heads, entries, share, shop);
  const loose = at(1);
  if (loose.pages.length < 2) return drawn(loose, shop);
  // The tightest first: mostly it gains nothing either, and the others need not be tried at every edit.
  const tight = at(tightest);
  if (tight.pages.length === loose.pages.length) return drawn(loose, shop);
  for (const share of [0.95, 0.9, 0.85]) {
    const plan = at(share);
    if (plan.pages.length === tight.pages.length) return drawn(plan, shop);
  }
  return drawn(tight, shop);
}

/** Entries on pages by their heights alone: the texts are drawn for the plan that is taken. */
interface Plan<T> {
  readonly pages: readonly (readonly Placing[])[];
  /** The entry of a piece, and its lines that the piece holds. */
  readonly parts: ReadonlyMap<Piece, { readonly of: T; readonly rows: readonly Row[] }>;
  /** Distance of baselines, pt. */
  readonly pitch: number;
}

/** `share`: of the style's pitch and gap. */
function planAt<T>(
  heads: readonly Made[],
  entries: readonly { readonly of: T; readonly head: string; readonly rows: readonly Row[] }[],
  share: number,
  shop: Workshop,
): Plan<T> {
  const { contents, grid } = shop.style;
  const height = grid.pitch * grid.lines;
  const pitch = contents.pitch * share;
  const before = contents.gap * share;
  const pieces: Piece[] = heads.map((head) => ({ ...pieceOf(head), keep: true }));
  const parts = new Map<Piece, { of: T; rows: readonly Row[] }>();
  let head: Slab | null = null;
  for (const [i, { of, head: words, rows: all }] of entries.entries()) {
    const begins = words !== entries[i - 1]?.head;
    if (begins) {
      const made = words ? headMade(words, contents.section, sectionLeading, shop) : null;
      head = made && { ...made.slab, height: made.slab.height + before };
      if (made) pieces.push({ ...pieceOf(made), before, keep: true });
    }
    // A section is a head of its own; on the next page it is said again, as part of what follows.
    const cut = { head, opening: [], closing: [] };
    const isTall = all.length * pitch > (height - (head?.height ?? 0)) / 2;
    const set = (rows: readonly Row[], isFirst: boolean): Piece => {
      const divide = (free: number): readonly [Piece, Piece] | null => {
        const count = Math.floor((free + slack) / pitch);
        if (count < 1 || count >= rows.length) return null;
        return [set(rows.slice(0, count), isFirst), set(rows.slice(count), false)];
      };
      const slab: Slab = { height: rows.length * pitch, texts: [], rules: [] };
      const piece: Piece = {
        ...pieceOf({ slab, part: "contents", lines: [] }),
        before,
        ...(isFirst ? {} : { cut }),
        ...(isTall ? { divide } : {}),
      };
      parts.set(piece, { of, rows });
      return piece;
    };
    pieces.push(set(all, begins));
  }
  return { pages: paginate(pieces, height, 1), parts, pitch };
}

function drawn<T>({ pages, parts, pitch }: Plan<T>, shop: Workshop): ListPage<T>[] {
  return pages.map((placings) => {
    const lines: { of: T; y: number; height: number }[] = [];
    const placed = placings.map((placing): Placing => {
      const { piece, y } = placing;
      const part = parts.get(piece);
      if (!part) return placing;
      lines.push({ of: part.of, y, height: piece.height });
      return { ...placing, piece: { ...piece, ...drawing(part.rows, pitch, shop) } };
    });
    return { placings: placed, lines };
  });
}

/** Centred, on as many lines as it needs. `leading`: height of a single line, em. */
export function headMade(text: string, font: FrontText, leading: number, { style, typeCase }: Workshop): Made {
  const { size, ink } = font;
  const lines = setParagraph(copyOf(text, font, style), shapeOf(size, typeAreaWidth(style), "center"), typeCase);
  const height = size * (leading + (lines.length - 1) * closeLeading);
  const texts = stack(lines, (size * (leading - closeLeading)) / 2, size * closeLeading, ink);
  return { slab: { height, texts, rules: [] }, part: "contents", lines };
}

/** Distance of the lines of a long head, em. */
const closeLeading = 1.5;

// ---------------------------------------------------------------- entries

/** What stands on one line of an entry; at the right issue and folio, and a leader that ends at `to`, pt. */
interface Row {
  readonly texts: readonly SetLine[];
  readonly leader?: { readonly lines: readonly SetLine[]; readonly to: number };
  readonly right?: readonly SetLine[];
}

function drawing(rows: readonly Row[], pitch: number, { style }: Workshop): Pick<Piece, "texts" | "warnings"> {
  const { ink } = style.contents.entry;
  const texts = rows.flatMap(({ texts, leader, right }, i): PieceText[] => {
    const put = (line: SetLine, x = 0) => stack([line], i * pitch, pitch, ink, x);
    const dots = leader?.lines.flatMap((line) => put(line, leader.to)) ?? [];
    return [
      ...texts.flatMap((line) => put(line)),
      ...dots.map((text): PieceText => ({ ...text, artifact: "leader" })),
      ...(right ?? []).flatMap((line) => put(line)),
    ];
  });
  const lines = rows.flatMap(({ texts, right }) => [...texts, ...(right ?? [])]);
  return { texts, warnings: lines.flatMap(warningsOf) };
}

/** Title and number; leader and folio end the last line. When the text fills it, the number goes with them to one line
 *  more, or where that would not do they stand there alone. */
function rowsOf(
  entry: Pick<Listed<unknown>, "ordinal" | "title" | "number" | "issue" | "folio">,
  room: number,
  shop: Workshop,
): Row[] {
  const { style, typeCase, cache } = shop;
  const font = style.contents.entry;
  const { size } = font;
  const measure = typeAreaWidth(style);
  const set = (apart: boolean) =>
    cache.named(`contents entry ${room} ${apart} ${JSON.stringify([entry.ordinal, entry.title, entry.number])}`, () =>
      wordsOf(entry, room, apart, shop),
    );
  const atRight = (text: string, right: number) =>
    cache.named(`contents right ${right} ${text}`, () =>
      setParagraph(copyOf(text, font, style), { ...shapeOf(size, measure, "right"), right }, typeCase),
    );
  const right = [...(entry.issue ? atRight(entry.issue, folioRoom) : []), ...atRight(entry.folio, 0)];
  const end = Math.min(...right.map((line) => line.x));
  const freeBehind = ({ lines }: Words): number => {
    const last = lines.at(-1);
    return end - (last ? last.x + last.width : 0);
  };
  const hasRoom = (words: Words) => freeBehind(words) >= shortestLeader * size;
  const together = set(false);
  const apart = hasRoom(together) ? together : set(true);
  const words = hasRoom(apart) && apart.lines.length <= together.lines.length + 1 ? apart : together;
  const free = freeBehind(words);
  const fits = hasRoom(words);
  const dots = leaderLines((fits ? free : end - words.hanging * size) - size, shop);
  const rows = words.lines.map((line, i): Row => ({ texts: i === 0 ? [...words.ordinal, line] : [line] }));
  const closing = { leader: { lines: dots, to: end - size / 2 }, right };
  return fits ? rows.with(-1, { texts: rows.at(-1)?.texts ?? [], ...closing }) : [...rows, { texts: [], ...closing }];
}

/** Room for a leader, em: less, and it goes on the next line. */
const shortestLeader = 3;

interface Words {
  readonly ordinal: readonly SetLine[];
  readonly lines: readonly SetLine[];
  /** Where following lines begin, em. */
  readonly hanging: number;
}

/** The ordinal, and title and number beside it: they wrap under the first character of the title. `apart`: the number
 *  begins a line. */
function wordsOf(
  { ordinal, title, number }: Pick<Listed<unknown>, "ordinal" | "title" | "number">,
  free: number,
  apart: boolean,
  { style, typeCase }: Workshop,
): Words {
  const { contents } = style;
  const font = contents.entry;
  const measure = typeAreaWidth(style);
  const aside = ordinal ? widthOf(copyOf(ordinal, font, style), typeCase) : 0;
  const hanging = ordinal ? aside : contents.hanging;
  // Where the number has its own line, only that one must keep clear of the folio.
  const right = contents.number === "below" ? 0 : free;
  const shape: Shape = {
    ...shapeOf(font.size, measure, "left"),
    indents: (_, index) => [index === 0 ? aside : hanging, hanging],
    right,
  };
  const set = (text: string) => setParagraph(copyOf(text, font, style), shape, typeCase);
  // Broken by sense, the lines parted by forced breaks.
  const galley = collect(copyOf(title, font, style), 0, title.length, typeCase);
  const room = measure / font.size - right;
  const ends = breakEntry(galley, room - aside, room - hanging).map((end) => galley.sorts[end]?.at ?? title.length);
  const parts = ends.map((end, i) => title.slice(ends[i - 1] ?? 0, end).trim());
  const broken = parts.join("\n");
  const joined = contents.number === "after" && number && !apart ? set(broken + number) : [];
  // A number that does not end the title's last line is not torn: it goes below.
  const lines = joined.length === parts.length ? joined : set(number ? `${broken}\n${number}` : broken);
  const counted = ordinal
    ? setParagraph(copyOf(ordinal, font, style), shapeOf(font.size, measure, "left"), typeCase)
    : [];
  return { ordinal: counted, lines, hanging };
}

/** As many leader signs as fill the room (pt), ending at x = 0. */
function leaderLines(room: number, { style, typeCase, cache }: Workshop): readonly SetLine[] {
  const { leader, entry } = style.contents;
  const copy = (text: string): Copy => ({
    text,
    roles: [{ to: text.length, role: entry.role }],
    latinGap: style.latinGap,
  });
  const step = cache.named("contents leader", () => widthOf(copy(leader), typeCase)) * entry.size;
  const count = step > 0 ? Math.floor(room / step) : 0;
  if (count < 1) return [];
  return cache.named(`contents leader ${count}`, () => {
    const shape = shapeOf(entry.size, (count + 1) * step, "left");
    const lines = setParagraph(copy(leader.repeat(count)), shape, typeCase);
    return lines.map((line) => ({ ...line, runs: line.runs.map((run) => ({ ...run, x: run.x - count * step })) }));
  });
}
