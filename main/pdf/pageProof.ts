// The pages of a re-read PDF against the pages of the layout: their sizes, where each glyph stands, in which face, size
// and ink, the rules and areas, and the text that is no approved text (folios, running heads, repeated heads, leaders).
import { type Ink, inkColour, type Layout, type Page, type TextRun } from "../../shared/layout/display.ts";
import type { Fonts } from "../../shared/layout/fonts.ts";
import { mm } from "../../shared/layout/millimetre.ts";
import { outlineOf } from "./glyphProof.ts";
import { type Place, pageName, sentenceOf } from "./places.ts";
import { comparable } from "./printedOrder.ts";
import type { Box, Colour, ReadCharacter, ReadPage, ReadPdf, ReadRun, ReadShape } from "./reader.ts";

/** What the writer's rounding leaves, pt. */
const near = 0.05;
/** The same of an outline in its em. */
const nearInEm = 0.002;
/** Of 255: an ink comes back as another one, not a little paler. */
const inkTolerance = 48;

export function checkPages(pdf: ReadPdf, layout: Layout, fonts: Fonts): string[] {
  const astray: Place[] = [];
  const restyled: Place[] = [];
  const told: string[] = [];
  const inks = inksOf(layout);
  for (const [index, page] of layout.pages.entries()) {
    const found = pdf.pages[index];
    if (!found) continue;
    const name = pageName(pdf, index);
    if (Math.abs(found.width - page.width) > near || Math.abs(found.height - page.height) > near)
      told.push(`${name}的大小是${sides(found)}，版面是${sides(page)}`);
    const glyphs = glyphsOf(page);
    told.push(...checkArtifacts(name, found, glyphs), ...checkShapes(name, found, page, inks));
    const isAlike = alikeRuns(inks);
    for (const { glyph, character } of pairs(glyphs, found.characters))
      if (!isAlike(glyph.run, character.run)) restyled.push({ page: index, text: character.character });
      else if (!isInPlace(glyph, character, fonts)) astray.push({ page: index, text: character.character });
  }
  return [
    ...told,
    ...sentenceOf(pdf, restyled, "的字体、字号、方向或颜色与版面不同"),
    ...sentenceOf(pdf, astray, "不在版面上的位置"),
  ];
}

function sides({ width, height }: { readonly width: number; readonly height: number }): string {
  return `${(width / mm).toFixed(1)}×${(height / mm).toFixed(1)}毫米`;
}

// ---------------------------------------------------------------- glyphs

/** A character that the layout prints. */
interface Glyph {
  readonly character: string;
  readonly run: TextRun;
  /** Which glyph of the run. */
  readonly at: number;
  /** Whether the glyph begins with it; one glyph may stand for several characters. */
  readonly begins: boolean;
}

function glyphsOf(page: Page): Glyph[] {
  const glyphs: Glyph[] = [];
  for (const run of page.items)
    if (run.kind === "text")
      for (let at = 0; at < run.gids.length; at++)
        for (const [i, character] of charactersOf(run, at).entries())
          glyphs.push({ character, run, at, begins: i === 0 });
  return glyphs;
}

/** Remembered, since an issue of a hundred pages prints some thousand different characters: those of one UTF-16 unit by
 *  it, the others by their text. */
const spelled = new Map<number | string, readonly string[]>();
const mostSpelled = 50_000;

function charactersOf({ text, starts }: TextRun, at: number): readonly string[] {
  const [from = 0, to = text.length] = [starts[at], starts[at + 1]];
  const key = to - from === 1 ? text.charCodeAt(from) : text.slice(from, to);
  let characters = spelled.get(key);
  if (!characters) {
    if (spelled.size >= mostSpelled) spelled.clear();
    characters = Array.from(comparable(text.slice(from, to)));
    spelled.set(key, characters);
  }
  return characters;
}

/** The glyphs with the characters that were read for them: all when the texts are one, else those before the first
 *  difference and behind the last. What lies between is told by the comparison of the texts. */
function pairs(
  glyphs: readonly Glyph[],
  characters: readonly ReadCharacter[],
): { readonly glyph: Glyph; readonly character: ReadCharacter }[] {
  const [n, m] = [glyphs.length, characters.length];
  const isSame = (i: number, k: number) => glyphs[i]?.character === characters[k]?.character;
  let before = 0;
  while (before < n && before < m && isSame(before, before)) before++;
  let behind = 0;
  while (behind < Math.min(n, m) - before && isSame(n - 1 - behind, m - 1 - behind)) behind++;
  const found: { glyph: Glyph; character: ReadCharacter }[] = [];
  for (const [i, glyph] of glyphs.entries()) {
    const character = i < before ? characters[i] : i >= n - behind ? characters[i + m - n] : undefined;
    if (glyph.begins && character) found.push({ glyph, character });
  }
  return found;
}

/** Whether a run that was read has face, size, direction and ink of the layout's. The last pair is remembered, since the
 *  characters of a line ask for the same. */
function alikeRuns(inks: Inks): (run: TextRun, found: ReadRun) => boolean {
  let last: { readonly run: TextRun; readonly found: ReadRun; readonly alike: boolean } | null = null;
  return (run, found) => {
    if (last?.run !== run || last.found !== found) {
      const alike =
        found.face === run.face &&
        Math.abs(found.size - run.size) < near &&
        found.turn === (run.turn ?? 0) &&
        isNear(found.colour, inks[run.ink]);
      last = { run, found, alike };
    }
    return last.alike;
  };
}

type Inks = Readonly<Record<Ink, Colour>>;

/** The inks as PDFium shows them, those of a press nearly so; in what they are written, inkProof.ts reads. */
function inksOf({ red }: Layout): Inks {
  const shown = (ink: Ink): Colour => {
    const [r, g, b] = inkColour(ink, red);
    return [r * 255, g * 255, b * 255];
  };
  return { black: shown("black"), red: shown("red"), grey: shown("grey"), white: shown("white") };
}

const isNear = (colour: Colour, wanted: Colour): boolean =>
  wanted.every((part, i) => Math.abs(part - (colour[i] ?? 0)) < inkTolerance);

/** Its origin where the layout says, and its outline from there as the layout cuts it. */
function isInPlace({ run, at }: Glyph, character: ReadCharacter, fonts: Fonts): boolean {
  const along = run.xs[at] ?? 0;
  const x = run.turn === 90 || run.turn === 270 ? run.x : run.x + along;
  const y = run.turn === 90 ? run.y + along : run.turn === 270 ? run.y - along : run.y;
  if (Math.abs(character.x - x) > near || Math.abs(character.y - y) > near) return false;
  const outline = outlineOf(character);
  const own = fonts.face(run.face).inkBox(run.gids[at] ?? 0);
  const cut = run.cuts ? (run.cuts.find((one) => one.at === at)?.left ?? 0) / 1000 : 0;
  return !outline || !own || Math.abs(outline.xMin - (own.xMin - cut)) <= nearInEm;
}

// ---------------------------------------------------------------- artifacts

function checkArtifacts(name: string, found: ReadPage, glyphs: readonly Glyph[]): string[] {
  let wanted = "";
  for (const { run, character } of glyphs) if (run.artifact !== undefined) wanted += character;
  let printed = "";
  for (const { mark, character } of found.characters) if (mark === "artifact") printed += character;
  if (wanted === printed) return [];
  let same = 0;
  while (same < wanted.length && wanted[same] === printed[same]) same++;
  const around = (text: string) => text.slice(Math.max(0, same - 8), same + 12) || "（无）";
  return [`${name}的页码、页眉、续表表头等与版面不符：版面为“${around(wanted)}”，PDF中为“${around(printed)}”`];
}

// ---------------------------------------------------------------- rules and areas

/** Whatever stands outside the trimmed page, as marks for the printer do, is none of the layout's. */
function checkShapes(name: string, found: ReadPage, page: Page, inks: Inks): string[] {
  const wanted = page.items.flatMap((item): Wanted[] => {
    if (item.kind === "rule") {
      const { x1, y1, x2, y2, width, ink } = item;
      const box = { left: Math.min(x1, x2), top: Math.min(y1, y2), right: Math.max(x1, x2), bottom: Math.max(y1, y2) };
      return [{ ...box, stroke: width, filled: false, ink }];
    }
    if (item.kind !== "fill") return [];
    const { x, y, width, height, ink } = item;
    return [{ left: x, top: y, right: x + width, bottom: y + height, stroke: 0, filled: true, ink }];
  });
  const isOnPage = (box: Box) =>
    box.right > -near && box.bottom > -near && box.left < page.width + near && box.top < page.height + near;
  const drawn = found.shapes.filter(
    (shape) => shape.kind !== "picture" && (shape.filled || shape.stroke > 0) && isOnPage(shape),
  );
  const left = [...drawn];
  const missing = wanted.filter(isOnPage).filter((one) => {
    const at = left.findIndex((shape) => isShape(shape, one, inks));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [
    ...(missing.length > 0 ? [`${name}少了版面上的${missing.length}处线条或色块`] : []),
    ...(left.length > 0 ? [`${name}多出版面以外的${left.length}处线条、色块或图形`] : []),
  ];
}

interface Wanted extends Box {
  readonly stroke: number;
  readonly filled: boolean;
  readonly ink: Ink;
}

function isShape(shape: ReadShape, wanted: Wanted, inks: Inks): boolean {
  const edges = ["left", "top", "right", "bottom"] as const;
  return (
    shape.filled === wanted.filled &&
    Math.abs(shape.stroke - wanted.stroke) < near &&
    edges.every((edge) => Math.abs(shape[edge] - wanted[edge]) < near) &&
    isNear(shape.colour, inks[wanted.ink])
  );
}
