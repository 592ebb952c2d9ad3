// One page of the display list -> its content stream, item by item in the same order, so that the text of the PDF
// comes out in reading order. Whatever is not approved text is marked as an artifact, the contents as TOC, and a picture
// as a figure with what it shows.
import {
  type Artifact,
  type Ink,
  type Item,
  inkColour,
  type Page,
  type Picture,
  type TextRun,
} from "../../shared/layout/display.ts";
import type { RedInk } from "../../shared/layout/redInk.ts";
import type { PdfFont } from "./font.ts";
import { textString } from "./objects.ts";
import { type NamedPicture, upright } from "./picture.ts";

/** A font of the document and its name in the resources of every page. */
export interface NamedFont {
  readonly name: string;
  readonly font: PdfFont;
}

/** How a piece of the content is marked. Items in a row with the same tag stand in one marked content. */
export interface Tag {
  /** The operator that begins it; called once for each marked content. */
  open(): string;
}

/** Tells what is no artifact apart. */
export interface Tagger {
  /** Null: it is not marked. */
  tagOf(item: TextRun | Picture): Tag | null;
}

/** Operators that choose the colour of an ink. */
export type Colours = (ink: Ink, use: "fill" | "stroke") => string;

/** What a page is written with. `fontOf` and `pictureOf` throw RangeError for what the document has not. */
export interface Means {
  readonly fontOf: (face: string) => NamedFont;
  readonly pictureOf: (image: string) => NamedPicture;
  readonly tagger: Tagger;
  readonly colours: Colours;
}

/** Where the top left corner of a page stands on its paper, in PDF's coordinates, pt. */
export interface Corner {
  readonly left: number;
  readonly top: number;
}

export function pageContent(
  page: Page,
  { fontOf, pictureOf, tagger, colours }: Means,
  { left, top }: Corner = { left: 0, top: page.height },
): string {
  const lines = [`1 0 0 -1 ${number(left)} ${number(top)} cm`];
  let open: Tag | null = null;
  const mark = (next: Tag | null) => {
    if (next === open) return;
    if (open !== null) lines.push("EMC");
    if (next !== null) lines.push(next.open());
    open = next;
  };
  for (const item of page.items) {
    if (item.kind === "link") continue;
    mark(artifactOf(item) ?? (item.kind === "text" || item.kind === "picture" ? tagger.tagOf(item) : null));
    if (item.kind === "text") lines.push(textOperators(item, fontOf(item.face), colours));
    else if (item.kind === "picture") lines.push(pictureOperators(item, pictureOf(item.image)));
    else if (item.kind === "rule")
      lines.push(
        `${colours(item.ink, "stroke")} ${number(item.width)} w ${number(item.x1)} ${number(item.y1)} m ${number(item.x2)} ${number(item.y2)} l S`,
      );
    else
      lines.push(
        `${colours(item.ink, "fill")} ${number(item.x)} ${number(item.y)} ${number(item.width)} ${number(item.height)} re f`,
      );
  }
  mark(null);
  return lines.join("\n");
}

const constant = (operator: string): Tag => ({ open: () => operator });

/** Names and types of ISO 32000-1, 14.8.2.2. */
const artifactTags: Readonly<Record<Artifact, Tag>> = {
  folio: constant("/Artifact << /Type /Pagination /Subtype /Footer >> BDC"),
  runningHead: constant("/Artifact << /Type /Pagination /Subtype /Header >> BDC"),
  repeat: constant("/Artifact << /Type /Pagination >> BDC"),
  leader: constant("/Artifact << /Type /Layout >> BDC"),
  filler: constant("/Artifact << /Type /Page >> BDC"),
  mark: constant("/Artifact << /Type /Page >> BDC"),
};

function artifactOf(item: Exclude<Item, { kind: "link" }>): Tag | null {
  if (item.kind === "picture") return null;
  if (item.kind !== "text") return artifactTags.leader;
  return item.artifact ? artifactTags[item.artifact] : null;
}

const contentsTag = constant("/TOC BMC");

/** Marks for a file without a structure: the contents, and pictures with what they show. */
export const plainTags: Tagger = {
  tagOf(item) {
    if (item.kind === "picture") return figureTag(item);
    return item.source?.in === "front" && item.source.part === "contents" ? contentsTag : null;
  },
};

/** Marked content with the words for those who cannot see it (ISO 32000-1, 14.8.4.5 and 14.9.3). Two pictures are two
 *  figures, whatever their words. */
function figureTag({ alt }: Picture): Tag {
  return constant(alt === "" ? "/Figure BMC" : `/Figure << /Alt ${textString(alt)} >> BDC`);
}

function pictureOperators({ x, y, width, height }: Picture, { name, orientation }: NamedPicture): string {
  const box = `${number(width)} 0 0 ${number(-height)} ${number(x)} ${number(y + height)} cm`;
  return `q ${box}${upright(orientation)} /${name} Do Q`;
}

/** One Tm and one TJ: the pen goes by the widths of the font, and each difference to the wanted place is an adjustment
 *  in 1/1000 em. What rounding leaves is carried along, so that it never adds up to more than 0.05/1000 em. */
function textOperators(run: TextRun, { name, font }: NamedFont, colours: Colours): string {
  const cuts = run.cuts && new Map(run.cuts.map((cut) => [cut.at, cut]));
  let parts = "";
  let string = "";
  let pen = 0;
  for (const [i, gid] of run.gids.entries()) {
    const wanted = ((run.xs[i] ?? Number.NaN) / run.size) * 1000;
    const move = Math.round((pen - wanted) * 10) / 10;
    if (Number.isNaN(move)) throw new RangeError(`no place for glyph ${i} of “${run.text}”`);
    if (move !== 0) {
      if (string) parts += `<${string}>`;
      parts += number(move);
      string = "";
      pen -= move;
    }
    const cut = cuts?.get(i);
    const text = run.text.slice(run.starts[i], run.starts[i + 1]);
    const shown = font.show(gid, text, cut?.left ?? 0, cut?.right ?? 0);
    string += shown.code;
    pen += shown.advance;
  }
  if (string) parts += `<${string}>`;
  const matrix = turns[run.turn ?? 0];
  return `BT ${colours(run.ink, "fill")} /${name} ${number(run.size)} Tf ${matrix} ${number(run.x)} ${number(run.y)} Tm [${parts}] TJ ET`;
}

/** The page is y down; glyphs are y up. Clockwise turns: 90 sends the pen down the page, 270 up. */
const turns = { 0: "1 0 0 -1", 90: "0 1 1 0", 270: "0 -1 -1 0" } as const;

/** Black and grey are grey levels, so that they stay K in print; only red is a colour. */
export const screenColours =
  (red?: RedInk): Colours =>
  (ink, use) => {
    const [r, g, b] = inkColour(ink, red);
    if (ink !== "red") return `${number(r)} ${use === "fill" ? "g" : "G"}`;
    return `${number(r)} ${number(g)} ${number(b)} ${use === "fill" ? "rg" : "RG"}`;
  };

/** At most three decimals (0.001 pt), never in exponent form. */
export function number(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no coordinate`);
  const rounded = Math.round(value * 1000) / 1000;
  return rounded === 0 ? "0" : String(rounded);
}
