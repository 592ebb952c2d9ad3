// The front matter: cover, contents 目录 and imprint 版权页. The contents are derived from the laid-out body; their own
// length moves no folio, since the body is numbered from 1, so one pass is enough. No blank page is left where the
// imprint can stand.
import { type Issue, type IssueFields, type Notice, numberLine, printedDate } from "../model/notice.ts";
import { issueLine } from "./approved.ts";
import type { Ink, Page, Rule } from "./display.ts";
import { emAscent, emDescent } from "./face.ts";
import { type Origin, type Piece, type PieceText, type Placing, paginate, type Slab } from "./flow.ts";
import { type Copy, collect, type SetLine, type Shape, setParagraph, warningsOf, widthOf } from "./paragraph.ts";
import { type FrontText, measureOf, type StyleSheet } from "./style.ts";
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

/** All pages before page 1, an even number of them, so that the body begins on a right-hand page. */
export function frontPages(issue: Issue, lines: readonly ContentsLine[], shop: Workshop): FrontPage[] {
  const cover: FrontPage = { kind: "cover", label: "封面", placings: [alone(coverSlab(issue, shop), 0)], lines: [] };
  const pages = [cover, ...contentsPages(lines, shop)];
  const imprint = imprintSlab(issue, shop);
  const { pitch, lines: count } = shop.style.grid;
  const height = pitch * count;
  if (imprint) {
    const placing = alone(imprint, height - imprint.slab.height);
    const last = pages.at(-1);
    const used = last?.placings.at(-1);
    const foot = used ? used.y + used.piece.height : 0;
    if (pages.length % 2 === 0 && last && foot + 2 * pitch <= placing.y)
      pages[pages.length - 1] = { ...last, placings: [...last.placings, placing] };
    else pages.push({ kind: "imprint", label: "版权页", placings: [placing], lines: [] });
  }
  if (pages.length % 2 === 1) pages.push({ kind: "blank", label: "空白页", placings: [], lines: [] });
  return pages;
}

// ---------------------------------------------------------------- lines of the front matter

interface Made {
  readonly slab: Slab;
  readonly part: "cover" | "contents" | "imprint";
  readonly lines: readonly SetLine[];
}

function alone(made: Made, y: number): Placing {
  return { piece: pieceOf(made), x: 0, y, head: null, edges: [], spanning: [] };
}

function pieceOf(made: Made): Piece {
  const origin: Origin = { in: "front", part: made.part };
  const warnings = made.lines.flatMap(warningsOf);
  return { ...made.slab, origin, warnings, onGrid: false, before: 0, newPage: false, keep: false };
}

const copyOf = (text: string, font: FrontText, style: StyleSheet): Copy => ({
  text,
  roles: [{ to: Math.max(1, text.length), role: font.role }],
  latinGap: style.latinGap,
  ...(font.spacing > 0 ? { spread: spaced(text, font.spacing) } : {}),
});

function spaced(text: string, room: number): ReadonlyMap<number, number> {
  const spread = new Map<number, number>();
  let at = 0;
  for (const character of text) {
    spread.set(at, room);
    at += character.length;
  }
  return spread;
}

/** Centred on one line, smaller when it would not fit. */
function oneLine(text: string, font: FrontText, shop: Workshop): SetLine[] {
  const measure = measureOf(shop.style);
  const copy = copyOf(text, font, shop.style);
  const width = widthOf(copy, shop.typeCase) * font.size;
  const size = width > measure ? Math.floor((font.size * measure * 10) / width) / 10 : font.size;
  return setParagraph(copy, shapeOf(size, measure, "center"), shop.typeCase);
}

const shapeOf = (size: number, measure: number, align: Shape["align"], hanging = 0): Shape => ({
  size,
  measure,
  align,
  indents: () => [0, hanging],
  right: 0,
});

/** Texts of lines that follow each other at `pitch` from `top`. */
function stack(lines: readonly SetLine[], top: number, pitch: number, ink: Ink, x = 0): PieceText[] {
  return lines.flatMap((line, i) =>
    line.runs.map((run) => ({
      run,
      x,
      y: top + (i + 0.5) * pitch + ((emAscent - emDescent) / 2) * run.size,
      ink,
    })),
  );
}

const redRule = (y: number, width: number, thick: number): Rule => ({
  kind: "rule",
  x1: 0,
  y1: y,
  x2: width,
  y2: y,
  width: thick,
  ink: "red",
});

// ---------------------------------------------------------------- cover

/** 公报名 over a red rule, 刊名 very large, the issue, and at the foot the organ with its statement. */
function coverSlab(issue: IssueFields, shop: Workshop): Made {
  const { style } = shop;
  const measure = measureOf(style);
  const fonts = style.cover;
  const mm = 72 / 25.4;
  const page = style.page.height * mm;
  // From the head of the page; the frame of the slab begins at the type area.
  const at = (share: number) => page * share - style.typeArea.top * mm;
  const texts: PieceText[] = [];
  const lines: SetLine[] = [];
  const rules: Rule[] = [];
  const put = (text: string, font: FrontText, top: number, leading = 1.5) => {
    if (text.trim() === "") return top;
    const set = oneLine(text, font, shop);
    lines.push(...set);
    texts.push(...stack(set, top, font.size * leading, font.ink));
    return top + font.size * leading;
  };
  let y = put(issue.officialTitle, fonts.official, at(0.09));
  y = put(issue.englishTitle, fonts.english, y + 2);
  rules.push(redRule(y + 12, measure, 2.6), redRule(y + 16.5, measure, 0.7));
  y = put(issue.gazetteTitle, fonts.name, at(0.33), 1.3);
  y = put(issueLine(issue), fonts.issue, y + 34, 1.6);
  const date = printedDate(issue.published);
  put(date && `${date}出版`, fonts.date, y + 4, 1.6);
  const foot = fonts.organ.size * 1.8 + issue.statement.length * fonts.statement.size * 1.7;
  y = at(0.925) - foot;
  rules.push(redRule(y - 14, measure, 0.7), redRule(y - 9.5, measure, 2.6));
  y = put(issue.organ, fonts.organ, y, 1.8);
  for (const line of issue.statement) y = put(line, fonts.statement, y, 1.7);
  return { slab: { height: at(1), texts, rules }, part: "cover", lines };
}

// ---------------------------------------------------------------- contents

/** How close the lines of the contents may come, so that a few entries need no page of their own. */
const tightest = 0.8;

function contentsPages(lines: readonly ContentsLine[], shop: Workshop): FrontPage[] {
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
  const measure = measureOf(shop.style);
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

// ---------------------------------------------------------------- imprint

/** 补白 slogans, then the lines of the imprint between two red rules; null when the issue has neither. */
function imprintSlab(issue: IssueFields, shop: Workshop): Made | null {
  const { imprint } = shop.style;
  const slogans = issue.slogans.filter((line) => line.trim() !== "");
  const entries = issue.imprint.filter((line) => `${line.label}${line.value}`.trim() !== "");
  if (slogans.length + entries.length === 0) return null;
  const measure = measureOf(shop.style);
  const texts: PieceText[] = [];
  const lines: SetLine[] = [];
  const rules: Rule[] = [];
  let y = 0;
  for (const slogan of slogans) {
    const set = oneLine(slogan, imprint.slogan, shop);
    lines.push(...set);
    texts.push(...stack(set, y, imprint.slogan.size * 1.7, imprint.slogan.ink));
    y += imprint.slogan.size * 1.7;
  }
  if (entries.length > 0) {
    if (slogans.length > 0) y += imprint.pitch;
    rules.push(redRule(y, measure, 2), redRule(y + 3.5, measure, 0.6));
    y += imprint.pitch * 0.7;
    const longest = Math.max(...entries.map((entry) => [...entry.label].length));
    const font = imprint.line;
    for (const entry of entries) {
      const set = imprintLine(entry.label, entry.value, longest, font, measure - 4 * font.size, shop);
      lines.push(...set);
      texts.push(...stack(set, y, imprint.pitch, font.ink, 2 * font.size));
      y += set.length * imprint.pitch;
    }
    y += imprint.pitch * 0.5;
    rules.push(redRule(y, measure, 0.6));
  }
  return { slab: { height: y, texts, rules }, part: "imprint", lines };
}

/** 主　　管：…: labels are spaced to one width, values wrap under their beginning. */
function imprintLine(
  label: string,
  value: string,
  longest: number,
  font: FrontText,
  measure: number,
  shop: Workshop,
): SetLine[] {
  const text = `${label}：${value}`;
  const characters = [...label];
  const spread = new Map<number, number>();
  let at = 0;
  for (const character of characters.slice(0, -1)) {
    spread.set(at, (longest - characters.length) / (characters.length - 1));
    at += character.length;
  }
  // A name of two characters is spaced to three.
  if (/^\p{Script=Han}{2}$/u.test(value)) spread.set(text.length - value.length, 1);
  return setParagraph(
    { ...copyOf(text, font, shop.style), spread },
    shapeOf(font.size, measure, "left", longest + 1),
    shop.typeCase,
  );
}
