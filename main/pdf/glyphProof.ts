// Whether each character of a re-read PDF is drawn with its own glyph: the outline's box that PDFium gives, against the
// box that the face itself has for that character. Asks no layout, so it holds for a PDF of any origin whose faces are
// known. Two characters whose glyphs have one box within the tolerance (己 and 已 in some faces) are not told apart.
import type { Face, InkBox } from "../../shared/layout/face.ts";
import { type Fonts, faceRoles } from "../../shared/layout/fonts.ts";
import { type Place, sentenceOf } from "./places.ts";
import type { ReadCharacter, ReadPdf } from "./reader.ts";

/** PDFium gives boxes in 1/1000 em, rounded. */
const tolerance = 0.002;
/** Steps in which marks are cut off, em (Cut of the display list). */
const cutStep = 0.1;
const mostSteps = 5;

/** A sentence for the characters that are not drawn as their face draws them; names of faces that are not known here. */
export function checkGlyphs(
  pdf: ReadPdf,
  fonts: Fonts,
): { readonly mismatches: string[]; readonly unknown: readonly string[] } {
  const known = new Set(faceRoles.flatMap((role) => fonts.plan[role].chain));
  const boxes = new Map<string, Map<string, readonly InkBox[]>>(); // by face, then by character
  const unknown = new Set<string>();
  const wrong: Place[] = [];
  for (const [page, { characters }] of pdf.pages.entries())
    for (const character of characters) {
      const { face } = character.run;
      if (!known.has(face)) {
        unknown.add(face);
        continue;
      }
      let ofFace = boxes.get(face);
      if (!ofFace) {
        ofFace = new Map();
        boxes.set(face, ofFace);
      }
      let own = ofFace.get(character.character);
      if (!own) {
        own = inkBoxes(fonts.face(face), character.character);
        ofFace.set(character.character, own);
      }
      if (!isDrawnAs(character, own)) wrong.push({ page, text: character.character });
    }
  return { mismatches: sentenceOf(pdf, wrong, "印出的字形不是这个字"), unknown: [...unknown].sort() };
}

/** The boxes a face has for a character: plain, full-width, proportional, and joined as ——. Latin ligatures are taken
 *  apart by PDFium, so their letters may stand in the box of the whole. */
function inkBoxes(face: Face, character: string): InkBox[] {
  const code = character.codePointAt(0) ?? 0;
  const gids = [face.glyph(code), face.fullWidth(code), face.proportional(code)];
  if (character === "—") gids.push(face.ligature("——"));
  if (/[a-z]/u.test(character)) gids.push(...ligatures.filter(([, of]) => of.includes(character)).map(gidOf(face)));
  return [...new Set(gids)].flatMap((gid) => {
    const box = gid === 0 ? null : face.inkBox(gid);
    return box ? [box] : [];
  });
}

/** U+FB00–FB06 and the letters of each. */
const ligatures = Array.from({ length: 7 }, (_, i): readonly [number, string] => [
  0xfb00 + i,
  String.fromCodePoint(0xfb00 + i).normalize("NFKC"),
]);
const gidOf =
  (face: Face) =>
  ([code]: readonly [number, string]): number =>
    face.glyph(code);

function isDrawnAs(character: ReadCharacter, boxes: readonly InkBox[]): boolean {
  const drawn = outlineOf(character);
  if (!drawn) return false;
  for (const box of boxes) {
    if (!isNear(drawn.yMin, box.yMin) || !isNear(drawn.yMax, raisedTop(box.yMax))) continue;
    if (isNear(drawn.xMin, box.xMin) && isNear(drawn.xMax, box.xMax)) return true;
    const steps = /\p{P}/u.test(character.character) ? mostSteps : 0;
    for (let step = 1; step <= steps; step++) {
      const cut = step * cutStep;
      if (isNear(drawn.xMin + cut, box.xMin) && isNear(drawn.xMax + cut, box.xMax)) return true;
    }
  }
  return false;
}

function isNear(value: number, wanted: number): boolean {
  return Math.abs(value - wanted) <= tolerance;
}

/** PDFium adds a 64th to the top of each box, in whole 1/1000 em. */
function raisedTop(yMax: number): number {
  const top = Math.round(yMax * 1000);
  return (top + Math.trunc(top / 64)) / 1000;
}

/** The box of the outline from its origin, in em, y up, turned upright; null when it is slanted or flipped. */
export function outlineOf({ left, top, right, bottom, x, y, run }: ReadCharacter): InkBox | null {
  const { size, turn } = run;
  const [w, e, n, s] = [(left - x) / size, (right - x) / size, (y - top) / size, (y - bottom) / size];
  switch (turn) {
    case 0:
      return { xMin: w, yMin: s, xMax: e, yMax: n };
    case 90:
      return { xMin: -n, yMin: w, xMax: -s, yMax: e };
    case 180:
      return { xMin: -e, yMin: -n, xMax: -w, yMax: -s };
    case 270:
      return { xMin: s, yMin: -e, xMax: n, yMax: -w };
    default:
      return null;
  }
}
