// The contents 目录: sections, in them entries whose leader and folio always end on their last line. Derived from the
// laid-out body; a section is said again at the head of the next page.
import { type Notice, numberLine } from "../model/notice.ts";
import type { Page } from "./display.ts";
import { type Piece, type PieceText, type Placing, paginate, type Slab } from "./flow.ts";
import { copyOf, type Made, oneLine, pieceOf, shapeOf, stack } from "./frontText.ts";
import { type Copy, collect, type SetLine, type Shape, setParagraph, widthOf } from "./paragraph.ts";
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

/** How close the lines of the contents may come, so that a few entries need no page of their own. */
const tightest = 0.8;

export function contentsPages(lines: readonly ContentsLine[], shop: Workshop): FrontPage[] {
  const loose = contentsAt(lines, 1, shop);
  if (loose.length < 2) return loose;
  // The tightest first: mostly it gains nothing either, and the others need not be tried at every edit.
  const tight = contentsAt(lines, tightest, shop);
  if (tight.length === loose.length) return loose;
  for (const share of [0.95, 0.9, 0.85]) {
    const pages = contentsAt(lines, share, shop);
    if (pages.length === tight.length) return pages;
  }
  return tight;
}

/** `share`: of the style's pitch and gap. */
function contentsAt(lines: readonly ContentsLine[], share: number, { style: usual, ...rest }: Workshop): FrontPage[] {
  const { pitch, gap } = usual.contents;
  const style = { ...usual, contents: { ...usual.contents, pitch: pitch * share, gap: gap * share } };
  const shop: Workshop = { ...rest, style };
  const pieces: Piece[] = [];
  const lineOf = new Map<Piece, ContentsLine>();
  const head = headSlab(style.contents.head, style.contents.headSetting, 2.6, shop);
  pieces.push({ ...pieceOf(head), keep: true });
  let section: Slab | null = null;
  for (const [i, line] of lines.entries()) {
    if (section === null || lines[i - 1]?.section !== line.section) {
      const made = headSlab(line.section, style.contents.section, 2, shop);
      section = { ...made.slab, height: made.slab.height + style.contents.gap };
      // A section is a head of its own; on the next page it is said again, as part of what follows.
      if (line.section) pieces.push({ ...pieceOf(made), before: style.contents.gap, keep: true });
      else section = null;
    }
    const first = pieces.at(-1)?.keep === true;
    const cut = { head: section, opening: [], closing: [] };
    const piece: Piece = { ...pieceOf(entryMade(line, shop)), before: style.contents.gap, ...(first ? {} : { cut }) };
    lineOf.set(piece, line);
    pieces.push(piece);
  }
  const pages = paginate(pieces, style.grid.pitch * style.grid.lines, 1);
  return pages.map((placings, i) => ({
    kind: "contents",
    label: `目${i + 1}`,
    placings,
    lines: placings.flatMap(({ piece, y }) => {
      const line = lineOf.get(piece);
      return line ? [{ line, y, height: piece.height }] : [];
    }),
  }));
}

function headSlab(text: string, font: FrontText, leading: number, shop: Workshop): Made {
  const lines = oneLine(text, font, shop);
  const height = font.size * leading;
  return { slab: { height, texts: stack(lines, 0, height, font.ink), rules: [] }, part: "contents", lines };
}

/** Title and number; leader and folio end its last line, or stand on one line more when the text fills it. */
function entryMade(entry: ContentsLine, shop: Workshop): Made {
  const { contents, numberBrackets, latinGap } = shop.style;
  const font = contents.entry;
  const measure = typeAreaWidth(shop.style);
  const bare = contents.number === "none" ? "" : numberLine(entry.notice);
  const number = bare && numberBrackets[0] + bare + numberBrackets[1];
  // Where the number has its own line, only that one must keep clear of the folio.
  const shape: Shape = {
    ...shapeOf(font.size, measure, "left", contents.hanging),
    indents: (_, index) => [index === 0 ? 0 : contents.hanging, contents.hanging],
    right: contents.number === "below" ? 0 : 3,
  };
  const set = (text: string) => setParagraph(copyOf(text, font, shop.style), shape, shop.typeCase);
  const title = brokenBySense(entry.notice, measure / font.size - shape.right, shop);
  const joined = contents.number === "after" ? set(title + number) : [];
  // A number that does not end the title's last line is not torn: it goes below.
  const lines = joined.length === title.split("\n").length ? joined : set(number ? `${title}\n${number}` : title);
  const folio = setParagraph(
    copyOf(contents.folio.replace("{n}", entry.folio), font, shop.style),
    shapeOf(font.size, measure, "right"),
    shop.typeCase,
  );
  const last = lines.at(-1);
  const folioWidth = folio[0]?.width ?? 0;
  const room = (line: SetLine | undefined) =>
    measure - folioWidth - (line ? line.x + line.width : contents.hanging * font.size);
  const fits = room(last) >= 3 * font.size;
  const count = lines.length + (fits ? 0 : 1);
  const leader = leaderLine(contents.leader, room(fits ? last : undefined) - font.size, font, shop, latinGap);
  const top = (count - 1) * contents.pitch;
  const texts = [
    ...stack(lines, 0, contents.pitch, font.ink),
    ...stack(leader, top, contents.pitch, font.ink, measure - folioWidth - 0.5 * font.size).map(
      (text): PieceText => ({ ...text, artifact: "leader" }),
    ),
    ...stack(folio, top, contents.pitch, font.ink),
  ];
  return {
    slab: { height: count * contents.pitch, texts, rules: [] },
    part: "contents",
    lines: [...lines, ...folio],
  };
}

/** The title as it stands in the contents, its lines parted by forced breaks. `room`: em. */
function brokenBySense(notice: Notice, room: number, shop: Workshop): string {
  return shop.cache.get(notice, "contents", () => {
    const { title } = notice;
    const { entry, hanging } = shop.style.contents;
    const galley = collect(copyOf(title, entry, shop.style), 0, title.length, shop.typeCase);
    const ends = breakEntry(galley, room, room - hanging).map((end) => galley.sorts[end]?.at ?? title.length);
    return ends.map((end, i) => title.slice(ends[i - 1] ?? 0, end).trim()).join("\n");
  });
}

/** As many leader signs as fill the room, ending at x = 0. */
function leaderLine(sign: string, room: number, font: FrontText, shop: Workshop, latinGap: number): SetLine[] {
  const one: Copy = { text: sign, roles: [{ to: sign.length, role: font.role }], latinGap };
  const width = widthOf(one, shop.typeCase) * font.size;
  const count = width > 0 ? Math.floor(room / width) : 0;
  if (count < 1) return [];
  const text = sign.repeat(count);
  const lines = setParagraph(
    { ...one, text, roles: [{ to: text.length, role: font.role }] },
    shapeOf(font.size, (count + 1) * width, "left"),
    shop.typeCase,
  );
  return lines.map((line) => ({ ...line, runs: line.runs.map((run) => ({ ...run, x: run.x - count * width })) }));
}
