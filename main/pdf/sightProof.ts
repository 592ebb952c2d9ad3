// Whether a person can see what a re-read PDF says: ink under every character, nothing laid over it, no two printed
// over each other, nothing beyond the edge of the page. Asks only the file.
import { type Place, pageName, sentenceOf } from "./places.ts";
import type { Box, Colour, ReadCharacter, ReadPage, ReadPdf, ReadShape } from "./reader.ts";

/** An area narrower than this is a rule, pt. */
const thinnestArea = 1.5;
/** Share of a character's box that an area may touch. */
const touched = 0.2;
/** Two inks that differ by less than this of 255 in every part are not told apart. */
const faintest = 40;
/** Overlap of two characters that is no accident of their outlines, em. */
const overlap = 0.15;
/** Outlines may reach this far beyond the edge, pt. */
const edge = 0.5;

export function checkSight(pdf: ReadPdf): string[] {
  const blank: Place[] = [];
  const hidden: Place[] = [];
  const faint: Place[] = [];
  const crossed: Place[] = [];
  const outside: Place[] = [];
  const added: string[] = [];
  for (const [index, page] of pdf.pages.entries()) {
    const at = ({ character }: ReadCharacter): Place => ({ page: index, text: character });
    blank.push(...page.characters.filter(({ inked, run }) => !inked || !run.painted).map(at));
    outside.push(...page.characters.filter((box) => !isOn(page, box)).map(at));
    for (const area of page.shapes.flatMap(areaOf))
      for (const character of page.characters) {
        if (!isTouched(character, area)) continue;
        if (area.order > character.run.order) hidden.push(at(character));
        else if (area.kind === "picture") crossed.push(at(character));
        else if (area.kind === "path" && isFaint(character.run.colour, area.colour)) faint.push(at(character));
      }
    crossed.push(...overlapping(page.characters).map(at));
    const name = pageName(pdf, index);
    if (page.repeated.length > 0) added.push(`${name}有${page.repeated.length}处文字重复印在同一个位置`);
    if (page.annotations > 0) added.push(`${name}有${page.annotations}处批注、图章或表单`);
    if (page.rotation !== 0 && !isUpright(page)) added.push(`${name}被转了${page.rotation * 90}度`);
    if (page.cropped) added.push(`${name}被裁小了，边上的内容看不到`);
  }
  return [
    ...sentenceOf(pdf, blank, "没有印迹"),
    ...sentenceOf(pdf, hidden, "被色块或图片盖住"),
    ...sentenceOf(pdf, faint, "与底色分不清"),
    ...sentenceOf(pdf, crossed, "与别的文字或图片印得重叠"),
    ...sentenceOf(pdf, outside, "在页面以外"),
    ...added,
  ];
}

/** Whether most of what stands on a turned page stands upright as it is shown: a landscape table on a screen. */
function isUpright({ rotation, characters }: ReadPage): boolean {
  const upright = characters.filter(({ run }) => run.turn !== null && (run.turn / 90 + rotation) % 4 === 0);
  return upright.length > characters.length / 2;
}

function isOn({ width, height }: ReadPage, { left, top, right, bottom }: Box): boolean {
  return left > -edge && top > -edge && right < width + edge && bottom < height + edge;
}

/** What is painted of a shape, when it is wide enough to hide anything. */
function areaOf(shape: ReadShape): ReadShape[] {
  if (!shape.filled && !(shape.straight && shape.stroke >= thinnestArea)) return [];
  const reach = shape.straight ? shape.stroke / 2 : 0;
  const area = {
    ...shape,
    left: shape.left - reach,
    top: shape.top - reach,
    right: shape.right + reach,
    bottom: shape.bottom + reach,
  };
  return Math.min(area.right - area.left, area.bottom - area.top) < thinnestArea ? [] : [area];
}

function isTouched(box: Box, area: Box): boolean {
  const width = Math.min(box.right, area.right) - Math.max(box.left, area.left);
  const height = Math.min(box.bottom, area.bottom) - Math.max(box.top, area.top);
  if (width <= 0 || height <= 0) return false;
  return width * height > touched * (box.right - box.left) * (box.bottom - box.top);
}

function isFaint(ink: Colour, ground: Colour): boolean {
  return ink.every((part, i) => Math.abs(part - (ground[i] ?? 0)) < faintest);
}

/** Characters whose outlines cross another's by so much that they cannot be meant to. The two halves of a —— are one
 *  outline. */
function overlapping(characters: readonly ReadCharacter[]): ReadCharacter[] {
  const sorted = characters.toSorted((a, b) => a.top - b.top);
  const found: ReadCharacter[] = [];
  for (const [i, one] of sorted.entries())
    for (let k = i + 1; k < sorted.length; k++) {
      const other = sorted[k];
      if (!other || other.top >= one.bottom) break;
      if (other.left >= one.right || one.left >= other.right) continue;
      const least = overlap * Math.min(one.run.size, other.run.size);
      if (Math.min(one.bottom, other.bottom) - other.top < least) continue;
      if (Math.min(one.right, other.right) - Math.max(one.left, other.left) < least) continue;
      const isOneGlyph = one.run === other.run && one.left === other.left && one.right === other.right;
      if (!isOneGlyph) found.push(one);
    }
  return found;
}
